"""Question time: reads the index and answers. Never imports `streamlit`."""

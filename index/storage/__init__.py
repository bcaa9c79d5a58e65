"""An index on disk: its generations, its tables, Chroma's copy and what opens them."""

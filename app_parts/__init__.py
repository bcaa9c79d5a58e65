"""What the app shows, as HTML: pure functions from answers and records, and their style."""

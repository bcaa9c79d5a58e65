"""What words give a verdict, put a matter off, or set a condition: one sentence or cell at a time."""

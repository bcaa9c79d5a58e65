"""Records -> cases, each with its decisions, and which of them are one matter over the sittings."""

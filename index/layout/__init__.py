"""A text as its page was laid out -> one for reading, and the way back to the record's own characters."""

"""One file a format: a file on disk -> the text that becomes its record's, and its pages."""

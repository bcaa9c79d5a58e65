"""What all records together say: the table of cases, their conditions, the words of the field."""

"""Evidence -> Draft: a file for each kind of answer, what they share, and the last look."""

"""Which of the words found may answer: passages cut into sentences, and what each holds."""

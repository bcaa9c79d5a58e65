"""Answers in better prose, by a language model where one is set: each sentence proved."""

"""What a text is made of: lines, sentences, numbers, titles, speeches, labelled fields, articles."""

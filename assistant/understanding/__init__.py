"""What a message asks, read from its words: of which places, times, cases, things and matters."""

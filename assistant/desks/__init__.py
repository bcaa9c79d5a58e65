"""What the pages beside the chat do: one case whole, a new paper, saved questions, corrections."""

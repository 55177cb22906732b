"""What is written to the terminal: the fewest bytes that it understands, never waited for."""

"""A decided request in words, for each of those who read it."""

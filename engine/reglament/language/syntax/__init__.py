"""From the text of a file to placed nodes, or to problems with their places."""

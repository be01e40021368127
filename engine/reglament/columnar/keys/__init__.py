"""What a decision asks of a row as one number, and the class of rows that answer alike."""

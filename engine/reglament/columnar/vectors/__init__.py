"""Values, terms and tests of many rows at once, as arrays of numbers."""

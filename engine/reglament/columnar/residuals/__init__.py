"""Rows that lack facts: what is left open of a decision, found once for all that leave the same."""

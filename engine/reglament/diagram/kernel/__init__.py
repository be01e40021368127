"""Hash-consed decision diagrams: made, combined, compiled from rules, and walked."""

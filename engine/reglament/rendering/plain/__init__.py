"""Plain values, ready for JSON and YAML: the same in every language."""

"""Words of a language for what a policy says: names, values, terms, tests, messages."""

"""Words in, words out: the doors that people and programs come in by; no rules of their own."""

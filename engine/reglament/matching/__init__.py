"""Rules over the facts of one session: their form, the fence around them, and a plain matcher."""

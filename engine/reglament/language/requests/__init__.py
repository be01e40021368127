"""From facts told, by whatever door, to typed facts: one reader for all."""

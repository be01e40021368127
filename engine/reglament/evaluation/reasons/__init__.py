"""Why a decision came out as it did: what became of every rule, and what alone settles it."""

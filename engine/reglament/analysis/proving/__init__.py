"""Questions about every request at once: a request that shows it, a proof, or why neither."""

"""What comparisons of facts allow together: bounds, monotone terms, cycles of differences."""

"""Missing facts: what they leave open, which outcomes are possible, what to ask first."""

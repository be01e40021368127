"""Pictures in SVG, and what they are drawn from."""

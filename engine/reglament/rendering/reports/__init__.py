"""Reports for build servers and editors."""

"""From a path to the files of a version, joined to its sections; and what is kept of them."""

"""What a version decides, as small steps that any back end can print, walk or write to a file."""

"""From placed nodes to a version of a policy, its names known and its types checked."""

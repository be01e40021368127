"""From versions of a policy to requests that are worth deciding: witnesses, without any solver."""

"""From two versions of a policy to the requests that they decide differently."""

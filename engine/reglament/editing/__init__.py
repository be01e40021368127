"""From the files of a policy to new or tidier ones, written whole or not at all."""

"""The functions of the language: a record each, and what comes of applying them."""

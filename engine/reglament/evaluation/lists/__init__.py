"""What the items of the lists that a request tells come to, whole or told in part."""

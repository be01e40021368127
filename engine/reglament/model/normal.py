"""The one form of text: canonically equal texts (`é`, or `e` with an accent after it) are equal."""

from __future__ import annotations

from unicodedata import normalize


def nfc(text: str) -> str:
    """The text in Unicode Normalization Form C, as a plain string."""
    return str.__str__(text) if text.isascii() else normalize("NFC", text)

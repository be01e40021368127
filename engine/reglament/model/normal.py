"""The one form of text: canonically equal texts (`é`, or `e` with an accent after it) are equal."""

from __future__ import annotations

from typing import Any
from unicodedata import normalize


def nfc(text: str) -> str:
    """The text in Unicode Normalization Form C, as a plain string."""
    return str.__str__(text) if text.isascii() else normalize("NFC", text)


def nfc_within(value: Any) -> Any:
    """The JSON value with every text in it in that form, keys too."""
    if isinstance(value, str):
        return nfc(value)
    if isinstance(value, dict):
        return {nfc(key): nfc_within(below) for key, below in value.items()}
    return [nfc_within(item) for item in value] if isinstance(value, list) else value

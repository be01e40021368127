"""Texts of a policy that read the same in every language."""

from __future__ import annotations

from reglament.model.words import Text


def same(text: str) -> Text:
    """The text, in Russian and in English."""
    return Text(ru=text, en=text)

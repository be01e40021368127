"""From the text of a page to one in which nothing reorders what is read, and how pages are closed.

Marks that turn the direction of text round (CVE-2021-42574) are shown as their numbers.
"""

from __future__ import annotations

import re
from typing import Final

# A page needs nothing but its own styles and pictures: no script, no address, no form.
POLICY: Final = (
    '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
    "style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'\">"
)
_TURNS: Final = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def visible(text: str) -> str:
    """The text, each mark that turns its direction shown as `[U+202E]`."""
    return _TURNS.sub(lambda match: f"[U+{ord(match[0]):04X}]", text)

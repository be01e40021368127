"""The blocks of docs/language.md that a test of the language decides by."""

from __future__ import annotations

import re
from typing import Any

import yaml

from support.places import DOCS

_BLOCK = re.compile(r"<!-- tested: (\S+) -->\n```yaml\n(.*?)\n```", re.DOTALL)


def documented(name: str) -> Any:
    """The block that a test shows which begins with the key `name`, as its YAML holds it."""
    text = (DOCS / "language.md").read_text("utf-8")
    (found,) = [block for _, block in _BLOCK.findall(text) if block.startswith(f"{name}:")]
    return yaml.safe_load(found)[name]

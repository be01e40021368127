"""From a template and what it shows to a page in HTML, or to text.

Whatever is not markup is escaped in a page.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader
from markupsafe import Markup, escape

from reglament.messages import Language, Message
from reglament.rendering.visible import POLICY, visible


def render(template: str, language: Language, **shown: Any) -> str:
    """The page, with its style inside."""

    def say(code: str) -> str:
        return Message(code).to(language)

    page = _environment().get_template(template)
    told = page.render(language=language, say=say, closed=Markup(POLICY), **shown)
    return visible(told)


def style() -> str:
    """The style of every page, as it stands in it."""
    return _environment().get_template("style.css").render()


def coded(text: str) -> Markup:
    """Text whose words in backticks are shown as code."""
    parts = str(escape(text)).split("`")
    marked = (f"<code>{one}</code>" if place % 2 else one for place, one in enumerate(parts))
    return Markup("".join(marked))  # its parts are escaped


def cell(text: str) -> str:
    """Text as a cell of a table in Markdown: a bar does not end it."""
    return text.replace("|", "\\|").replace("\n", " ")


@cache
def _environment() -> Environment:
    made = Environment(
        loader=PackageLoader("reglament.rendering"),
        autoescape=lambda name: name is None or not name.endswith(".txt"),
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["cell"] = cell
    made.filters["coded"] = coded
    return made

"""From a template and what it shows to a page in HTML; whatever is not markup is escaped."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup

from reglament.model.words import Language
from reglament.rendering.visible import POLICY, visible

TEMPLATES = Path(__file__).parent / "templates"


def render(template: str, language: Language, **shown: Any) -> str:
    """The page, with its style inside."""

    def say(ru: str, en: str) -> str:
        return ru if language == "ru" else en

    style = Markup((TEMPLATES / "style.css").read_text("utf-8"))
    page = _environment().get_template(template)
    told = page.render(language=language, say=say, style=style, closed=Markup(POLICY), **shown)
    return visible(told)


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )

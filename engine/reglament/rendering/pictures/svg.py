"""From shapes and words to the text of a picture in SVG: whatever is no markup is escaped."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree.ElementTree import Element, tostring

from reglament.rendering.visible import visible

LINE, LETTER = 16.0, 7.2  # the height of a line, the width of a letter, in 12 px of a sans-serif


def shape(tag: str, *inside: Element | str, **attributes: object) -> Element:
    """`shape("rect", x=1, class_="open")`: numbers shortened, `_` for `-`, the title inside."""
    named = {key.rstrip("_").replace("_", "-"): _short(value) for key, value in attributes.items()}
    made = Element(tag, named)
    for part in inside:
        if isinstance(part, str):
            made.text = (made.text or "") + part
        else:
            made.append(part)
    return made


def text(x: float, y: float, words: str, **attributes: object) -> Element:
    """Words with the left end of their base line at a place."""
    return shape("text", words, x=x, y=y, **attributes)


def picture(
    box: tuple[float, float, float, float], title: str, parts: Sequence[Element], **more: object
) -> str:
    """The whole picture: `box` is its left, top, width and height; `title` is read out aloud.

    It needs nothing from outside: no script, no font, no style sheet but the page's own.
    """
    view = " ".join(map(_short, box))
    root = shape("svg", shape("title", title), *parts, viewBox=view, role="img", **more)
    root.set("xmlns", "http://www.w3.org/2000/svg")
    return visible(tostring(root, encoding="unicode"))


def _short(value: object) -> str:
    return f"{value:.1f}".removesuffix(".0") if isinstance(value, float) else str(value)

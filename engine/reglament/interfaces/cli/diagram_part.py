"""From a decision to a drawing of its diagram: text on the terminal, or a picture in a file."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from shutil import which
from subprocess import run
from typing import TYPE_CHECKING

from reglament.interfaces.cli.shared_options import say
from reglament.messages import Language, Message, Words
from reglament.model.problems import refusal
from reglament.model.regulation import Version

if TYPE_CHECKING:
    from reglament.rendering.drawing import Box


def print_diagram(
    version: Version, name: str, language: Language, *, is_local: bool, output: str | None
) -> None:
    """Draw the decision `name`; into the file `output`, a picture where it ends in `.svg`,
    `.dot` or `.mmd`.

    Raises Refused where there is no such decision or the diagram cannot be drawn.
    """
    from reglament.analysis.interview import decision_named
    from reglament.diagram.kernel.forest import TooLarge
    from reglament.rendering.drawing import boxes, draw
    from reglament.rendering.labels import label

    name = decision_named(version, name).name
    try:
        if output is None or not output.endswith((".svg", ".dot", ".mmd")):
            drawn = draw(version, name, language, is_local=is_local)
        else:
            found = boxes(version, name, language, is_local=is_local)
            drawn = _picture(output, found, label(version, name, language))
    except TooLarge as large:
        raise refusal("diagram-too-large", _too_large(large.nodes)) from None
    if output is None:
        say(drawn)
    else:
        _write(output, drawn)


def _picture(output: str, drawn: Mapping[int, Box], title: str) -> str:
    """Graphviz lays it out where it is installed, and we do where it is not."""
    from reglament.rendering.diagram_picture import dot, mermaid, svg

    if output.endswith(".mmd"):
        return mermaid(drawn, title)
    if output.endswith(".dot"):
        return dot(drawn, title)
    program = which("dot")
    if program is None:
        return svg(drawn, title)
    told = dot(drawn, title).encode()
    return run([program, "-Tsvg"], input=told, capture_output=True, check=True).stdout.decode()


def _write(output: str, text: str) -> None:
    """Written at once; a file that cannot be written is told by the group, as for any output."""
    Path(output).write_text(text.rstrip("\n") + "\n", encoding="utf-8")


def _too_large(nodes: int) -> Words:
    return Message("diagram-not-built-more", nodes=nodes)

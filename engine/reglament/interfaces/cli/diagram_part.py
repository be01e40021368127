"""From a decision to a drawing of its diagram: text on the terminal, or a picture in a file."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from shutil import which
from subprocess import SubprocessError, run
from typing import TYPE_CHECKING

from reglament.interfaces.cli.output import say
from reglament.messages import Language, Message
from reglament.model.problems import refusal
from reglament.model.regulation import Version

if TYPE_CHECKING:
    from reglament.rendering.pictures.drawing import Box

PATIENCE = 30  # seconds for Graphviz, which takes less than one for what people can read


def print_diagram(
    version: Version, name: str, language: Language, *, is_local: bool, output: str | None
) -> None:
    """Draw the decision `name`; into the file `output`, a picture where it ends in `.svg`,
    `.dot` or `.mmd`.

    Raises Refused where there is no such decision or the diagram cannot be drawn.
    """
    from reglament.analysis.interview import decision_named
    from reglament.diagram.kernel.forest import TooLarge
    from reglament.rendering.pictures.drawing import boxes, draw
    from reglament.rendering.words.labels import label

    name = decision_named(version, name).name
    try:
        if output is None or not output.endswith((".svg", ".dot", ".mmd")):
            drawn = draw(version, name, language, is_local=is_local)
        else:
            found = boxes(version, name, language, is_local=is_local)
            drawn = _picture(output, found, label(version, name, language))
    except TooLarge as large:
        words = Message("diagram-not-built-more", nodes=large.nodes)
        raise refusal("diagram-too-large", words) from None
    if output is None:
        say(drawn)
    else:
        _write(output, drawn)


def _picture(output: str, drawn: Mapping[int, Box], title: str) -> str:
    """Graphviz lays it out where it is installed and does so; elsewhere we do."""
    from reglament.rendering.pictures.diagram_picture import dot, mermaid, svg

    if output.endswith(".mmd"):
        return mermaid(drawn, title)
    if output.endswith(".dot"):
        return dot(drawn, title)
    return _by_graphviz(dot(drawn, title)) or svg(drawn, title)


def _by_graphviz(told: str) -> str | None:
    """The picture as SVG; None where there is no Graphviz, or it fails or takes too long."""
    from reglament.rendering.visible import visible

    program = which("dot")
    if program is None:
        return None
    command = [program, "-Tsvg"]
    try:
        laid = run(command, input=told.encode(), capture_output=True, check=True, timeout=PATIENCE)
        return visible(laid.stdout.decode())
    except (OSError, SubprocessError, UnicodeDecodeError):
        return None


def _write(output: str, text: str) -> None:
    """Write all of it, or nothing. Raises Refused where it cannot be written."""
    from reglament.editing.atomic import write_whole

    write_whole(Path(output), text.rstrip("\n") + "\n")

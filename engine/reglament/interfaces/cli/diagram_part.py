"""From a decision to a drawing of its diagram: text on the terminal, or an SVG file."""

from __future__ import annotations

from pathlib import Path

from reglament.interfaces.cli.shared_options import say
from reglament.model.policy import Version
from reglament.model.problems import refusal
from reglament.model.words import Language, Words


def print_diagram(
    version: Version, name: str, language: Language, *, is_local: bool, output: str | None
) -> None:
    """Draw the decision `name`; into the file `output`, a picture where it ends in `.svg`.

    Raises Refused where there is no such decision or the diagram cannot be drawn.
    """
    from reglament.analysis.interview import decision_named
    from reglament.diagram.kernel.forest import TooLarge
    from reglament.rendering.diagram_picture import picture
    from reglament.rendering.drawing import boxes, draw
    from reglament.rendering.labels import label

    decision = decision_named(version, name).name
    try:
        if output is None:
            say(draw(version, decision, language, is_local=is_local))
        elif output.endswith(".svg"):
            drawn = boxes(version, decision, language, is_local=is_local)
            _write(output, picture(drawn, label(version, decision, language)))
        else:
            _write(output, draw(version, decision, language, is_local=is_local))
    except TooLarge as large:
        raise refusal("diagram-too-large", _too_large(large.nodes)) from None


def _write(output: str, text: str) -> None:
    """Written at once; a file that cannot be written is told by the group, as for any output."""
    Path(output).write_text(text.rstrip("\n") + "\n", encoding="utf-8")


def _too_large(nodes: int) -> Words:
    return Words(
        ru=f"диаграмма не построена: в ней больше {nodes} узлов",
        en=f"the diagram was not built: it has more than {nodes} nodes",
    )

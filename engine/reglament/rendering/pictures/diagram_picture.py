"""From the boxes of a drawing to a picture: SVG, or the text of Graphviz or Mermaid.

Words of an answer stand in a box without a border, between a test and what follows. An
outcome stands behind each answer that leads to it, so that no line crosses the picture for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from itertools import pairwise
from textwrap import wrap
from xml.etree.ElementTree import Element

from reglament.diagram.kernel.forest import Node
from reglament.frozen import frozen
from reglament.messages import Message
from reglament.model.problems import refusal
from reglament.rendering.pictures.drawing import Box
from reglament.rendering.pictures.layered import Point, laid_out
from reglament.rendering.pictures.svg import LETTER, LINE, picture, shape, text

MOST_BOXES = 300
MARGIN, LONGEST_LINE = 10.0, 30
BETWEEN_LAYERS, BETWEEN_BOXES = 34.0, 12.0
EDGE = "#7a8899"


class Role(StrEnum):
    """What a box of the picture is."""

    TEST = "test"
    ANSWER = "answer"
    OUTCOME = "outcome"


FILL = {Role.TEST: "#e8eef7", Role.OUTCOME: "#e5f3e5", Role.ANSWER: "#ffffff"}


@frozen
class _PlacedBox:
    words: str
    role: Role

    @property
    def lines(self) -> list[str]:
        return wrap(self.words, LONGEST_LINE) or [""]

    @property
    def size(self) -> tuple[float, float]:
        longest = max(map(len, self.lines))
        return longest * LETTER + 2 * MARGIN, len(self.lines) * LINE + MARGIN


@frozen
class _Graph:
    boxes: list[_PlacedBox]
    edges: list[tuple[int, int]]


def svg(boxes: Mapping[Node, Box], title: str) -> str:
    """The picture as SVG, laid out in layers. Raises Refused where it is too large."""
    graph = _graph(boxes)
    layout = laid_out(
        [box.size for box in graph.boxes], graph.edges, (BETWEEN_LAYERS, BETWEEN_BOXES)
    )
    placed = list(zip(graph.boxes, layout.places, strict=True))
    left = min(x - box.size[0] / 2 for box, (x, _) in placed) - MARGIN
    right = max(x + box.size[0] / 2 for box, (x, _) in placed) + MARGIN
    top = min(y - box.size[1] / 2 for box, (_, y) in placed) - MARGIN - 2 * LINE
    bottom = max(y + box.size[1] / 2 for box, (_, y) in placed) + MARGIN
    right = max(right, left + len(title) * LETTER * 1.3 + 2 * MARGIN)
    whole = (left, top, right - left, bottom - top)
    head = text(left + MARGIN, top + 1.5 * LINE, title, font_size=15, font_weight="bold")
    back = shape("rect", x=left, y=top, width=whole[2], height=whole[3], fill="#ffffff")
    lines = [_line(way) for way in layout.ways]
    drawn = [part for box, place in placed for part in _drawn(box, place)]
    return picture(
        whole, title, [back, head, *lines, *drawn], font_family="sans-serif", font_size=12
    )


def dot(boxes: Mapping[Node, Box], title: str) -> str:
    """The picture in the language of Graphviz. Raises Refused where it is too large."""
    graph = _graph(boxes)
    lines = [
        f"  n{number} [label={_quoted(chr(10).join(box.lines))} {_DOT[box.role]}]"
        for number, box in enumerate(graph.boxes)
    ]
    lines += [f"  n{start} -> n{end} [arrowhead=none]" for start, end in graph.edges]
    head = (
        f"  graph [rankdir=LR labelloc=t labeljust=l ranksep=0.3 label={_quoted(title)}]",
        '  node [fontname="sans-serif" fontsize=12]',
    )
    return "\n".join(["digraph {", *head, *lines, "}", ""])


def mermaid(boxes: Mapping[Node, Box], title: str) -> str:
    """The picture in the language of Mermaid. Raises Refused where it is too large."""
    graph = _graph(boxes)
    lines = []
    for number, box in enumerate(graph.boxes):
        opening, closing = _MERMAID[box.role]
        lines.append(f"  n{number}{opening}{_entity(box.words)}{closing}")
    lines += [f"  n{start} --- n{end}" for start, end in graph.edges]
    lines += [f"  classDef {role} fill:{FILL[role]},stroke:{EDGE},color:#000" for role in Role]
    for role in Role:
        named = [f"n{number}" for number, box in enumerate(graph.boxes) if box.role is role]
        lines += [f"  class {','.join(named)} {role}"] if named else []
    return "\n".join(["---", f"title: {_quoted(title)}", "---", "flowchart LR", *lines, ""])


_DOT = {
    Role.TEST: f'shape=box style="rounded,filled" fillcolor="{FILL[Role.TEST]}" color="{EDGE}"',
    Role.OUTCOME: f'shape=box style="filled" fillcolor="{FILL[Role.OUTCOME]}" color="{EDGE}"',
    Role.ANSWER: "shape=plaintext",
}
_MERMAID = {Role.TEST: ('("', '")'), Role.OUTCOME: ('["', '"]'), Role.ANSWER: ('["', '"]')}


def _quoted(words: str) -> str:
    escaped = words.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def _entity(words: str) -> str:
    """Mermaid has entities in place of an escape; `#` begins one."""
    return words.replace("#", "#35;").replace('"', "#quot;").replace("<", "#lt;")


def _graph(boxes: Mapping[Node, Box]) -> _Graph:
    """Every test and answer as a box of its own, parents before children."""
    if len(boxes) > MOST_BOXES:
        message = Message("diagram-nodes-picture-made", count=len(boxes), most_boxes=MOST_BOXES)
        raise refusal("drawing-too-large", message)
    placed: dict[object, _PlacedBox] = {}
    edges: list[tuple[object, object]] = []
    for node in [one for one, box in boxes.items() if not box.is_outcome] or list(boxes):
        role = Role.OUTCOME if boxes[node].is_outcome else Role.TEST
        placed[node] = _PlacedBox(boxes[node].words, role)
        for number, (words, child) in enumerate(boxes[node].ways):
            answer = (node, number)
            placed[answer] = _PlacedBox(words, Role.ANSWER)
            end: object = child
            if boxes[child].is_outcome:
                end = (answer, child)
                placed[end] = _PlacedBox(boxes[child].words, Role.OUTCOME)
            edges += [(node, answer), (answer, end)]
    at = {key: number for number, key in enumerate(placed)}
    return _Graph(list(placed.values()), [(at[start], at[end]) for start, end in edges])


def _line(way: Sequence[Point]) -> Element:
    """A curve from box to bend to box, level where it leaves and where it arrives."""
    parts = [f"M{way[0][0]:.1f},{way[0][1]:.1f}"]
    for (x, y), (to_x, to_y) in pairwise(way):
        half = (to_x - x) / 2
        parts.append(f"C{x + half:.1f},{y:.1f} {to_x - half:.1f},{to_y:.1f} {to_x:.1f},{to_y:.1f}")
    return shape("path", d=" ".join(parts), fill="none", stroke=EDGE)


def _drawn(box: _PlacedBox, place: Point) -> Iterator[Element]:
    (width, height), (x, y) = box.size, place
    edge = {} if box.role is Role.ANSWER else {"stroke": EDGE, "rx": 5}
    yield shape(
        "rect", x=x - width / 2, y=y - height / 2, width=width, height=height,
        fill=FILL[box.role], **edge,
    )  # fmt: skip
    for number, line in enumerate(box.lines, 1):
        baseline = y - height / 2 + MARGIN / 2 + number * LINE - LINE / 4
        yield text(x, baseline, line, text_anchor="middle")

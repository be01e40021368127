"""From the boxes of a drawing to a picture in SVG, laid out in layers from left to right.

The layout is Sugiyama's (1981), by grandalf; drawsvg writes the SVG. Both are pure
Python and come with the extra `draw`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import import_module
from textwrap import wrap
from typing import Any

from reglament.diagram.kernel.forest import Node
from reglament.model.problems import refusal
from reglament.model.words import Words
from reglament.rendering.drawing import Box
from reglament.rendering.visible import visible

NEEDED = ("drawsvg", "grandalf.graphs", "grandalf.layouts")
MOST_BOXES = 300
LINE, LETTER, MARGIN = 16.0, 7.2, 10.0
LONGEST_LINE = 30
BETWEEN_LAYERS, BETWEEN_BOXES = 34.0, 12.0
TEST, OUTCOME, ANSWER = "#e8eef7", "#e5f3e5", "none"


@dataclass(slots=True)
class _Placed:
    """A box with its lines; the layout runs downwards, so it is laid out turned."""

    lines: list[str]
    fill: str
    xy: tuple[float, float] = (0.0, 0.0)
    width: float = field(init=False)
    height: float = field(init=False)
    # The names that the layout reads.
    w: float = field(init=False)
    h: float = field(init=False)

    def __post_init__(self) -> None:
        self.width = max(map(len, self.lines)) * LETTER + 2 * MARGIN
        self.height = len(self.lines) * LINE + MARGIN
        self.w, self.h = self.height, self.width


def picture(boxes: Mapping[Node, Box], title: str) -> str:
    """The SVG text of a drawing. Raises Refused where it is too large or the extra is missing."""
    if len(boxes) > MOST_BOXES:
        raise refusal("drawing-too-large", _too_large(len(boxes)))
    try:
        drawsvg, graphs, layouts = map(import_module, NEEDED)
    except ImportError:
        raise refusal("extra-missing", _EXTRA) from None
    placed, edges = _placed(boxes)
    _lay_out(graphs, layouts, placed, edges)
    return _svg(drawsvg, placed, edges, title)


def _placed(boxes: Mapping[Node, Box]) -> tuple[list[_Placed], list[tuple[int, int]]]:
    """Every test and answer as a box of its own, so that the layout keeps them apart.

    An outcome stands behind each answer that leads to it: no line then crosses the picture.
    """
    tests = [node for node, box in boxes.items() if not box.is_outcome] or list(boxes)
    places = {node: index for index, node in enumerate(tests)}
    placed = [_box(boxes[node].words, TEST) for node in tests]
    edges = []
    for node in tests:
        for answer, child in boxes[node].ways:
            edges.append((places[node], len(placed)))
            placed.append(_box(answer, ANSWER))
            end = places.get(child, len(placed))
            edges.append((len(placed) - 1, end))
            if end == len(placed):
                placed.append(_box(boxes[child].words, OUTCOME))
    return placed, edges


def _box(words: str, fill: str) -> _Placed:
    return _Placed(wrap(words, LONGEST_LINE) or [""], fill)


def _lay_out(
    graphs: Any, layouts: Any, placed: list[_Placed], edges: list[tuple[int, int]]
) -> None:
    vertices = [graphs.Vertex(index) for index in range(len(placed))]
    for vertex, box in zip(vertices, placed, strict=True):
        vertex.view = box
    lines = [graphs.Edge(vertices[a], vertices[b]) for a, b in edges]
    core = graphs.Graph(vertices, lines).C[0]
    layout = layouts.SugiyamaLayout(core)
    layout.xspace, layout.yspace = BETWEEN_BOXES, BETWEEN_LAYERS
    layout.init_all(roots=[vertices[0]])
    layout.draw(6)


def _svg(drawsvg: Any, placed: list[_Placed], edges: list[tuple[int, int]], title: str) -> str:
    places = [(box.xy[1], box.xy[0]) for box in placed]
    left = min(x - box.width / 2 for (x, _), box in zip(places, placed, strict=True))
    top = min(y - box.height / 2 for (_, y), box in zip(places, placed, strict=True))
    right = max(x + box.width / 2 for (x, _), box in zip(places, placed, strict=True))
    bottom = max(y + box.height / 2 for (_, y), box in zip(places, placed, strict=True))
    head = 2 * LINE
    drawing = drawsvg.Drawing(
        right - left + 2 * MARGIN,
        bottom - top + 2 * MARGIN + head,
        origin=(left - MARGIN, top - MARGIN - head),
        font_family="sans-serif",
        id_prefix="reglament",
    )
    drawing.append(drawsvg.Title(title))
    drawing.append(
        drawsvg.Rectangle(left - MARGIN, top - MARGIN - head, "100%", "100%", fill="#fff")
    )
    drawing.append(drawsvg.Text(title, 15, left, top - LINE, font_weight="bold"))
    for start, end in edges:
        drawing.append(_line(drawsvg, places[start], placed[start], places[end], placed[end]))
    for place, box in zip(places, placed, strict=True):
        drawing.append(_shape(drawsvg, place, box))
    return visible(str(drawing.as_svg()))


def _line(
    drawsvg: Any,
    start: tuple[float, float],
    first: _Placed,
    end: tuple[float, float],
    last: _Placed,
) -> Any:
    x, y = start[0] + first.width / 2, start[1]
    to_x, to_y = end[0] - last.width / 2, end[1]
    bend = max(BETWEEN_LAYERS / 2, (to_x - x) / 2)
    path = drawsvg.Path(stroke="#7a8899", fill="none")
    return path.M(x, y).C(x + bend, y, to_x - bend, to_y, to_x, to_y)


def _shape(drawsvg: Any, place: tuple[float, float], box: _Placed) -> Any:
    group = drawsvg.Group()
    x, y = place[0] - box.width / 2, place[1] - box.height / 2
    if box.fill != ANSWER:
        group.append(
            drawsvg.Rectangle(x, y, box.width, box.height, rx=5, fill=box.fill, stroke="#7a8899")
        )
    else:
        group.append(drawsvg.Rectangle(x, y, box.width, box.height, fill="#fff"))
    for number, line in enumerate(box.lines, 1):
        baseline = y + MARGIN / 2 + number * LINE - LINE / 4
        group.append(drawsvg.Text(line, 12, place[0], baseline, text_anchor="middle"))
    return group


_EXTRA = Words(
    ru="для картинки нужно дополнение: `pip install reglament[draw]`",
    en="a picture needs the extra: `pip install reglament[draw]`",
)


def _too_large(count: int) -> Words:
    return Words(
        ru=f"в диаграмме {count} узлов, картинка делается до {MOST_BOXES}",
        en=f"the diagram has {count} nodes, and a picture is made of {MOST_BOXES} at most",
    )

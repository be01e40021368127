"""A decision is drawn in words: every outcome and every answer, shared parts once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from operator import mul
from shutil import which
from subprocess import run
from xml.etree import ElementTree

import pytest
from hypothesis import assume, given

from reglament import Refused
from reglament.diagram.kernel.branches import given_answer
from reglament.diagram.kernel.compiler import Compiler
from reglament.diagram.kernel.reachable import ReachableEdges
from reglament.language.loading.version_loader import read_version
from reglament.rendering.pictures.diagram_picture import MOST_BOXES, dot, mermaid, svg
from reglament.rendering.pictures.drawing import Box, boxes, draw
from support.laws import examples
from support.random_policies import BROKEN, answer, policies, requests
from support.refunds import HEAD, YES_NO, written
from support.shipped import shipped

FEW = examples(40)


@pytest.fixture(scope="module")
def version():
    return shipped("technical-support").versions[-1]


def test_a_decision_is_a_tree_of_its_tests(version) -> None:
    assert draw(version, "channel", "en").splitlines() == [
        "channel: channel of the request",
        "├─ e-mail, phone or portal → accepted",
        "└─ anything else → not accepted",
    ]


def test_null_is_drawn_by_what_it_means(version) -> None:
    assert draw(version, "free_until", "ru").splitlines() == [
        "последний день бесплатной поддержки: день регистрации ключа",
        "├─ ключ не зарегистрирован → нет",
        "└─ есть → день регистрации ключа плюс 3 месяца",
    ]


def test_a_shared_part_is_drawn_once_and_referred_to(version) -> None:
    text = draw(version, "scope", "en")

    for number in set(re.findall(r"\[(\d)\]", text)):
        drawn = re.findall(rf"→ [^→↑]*\[{number}\]$", text, re.MULTILINE)
        referred = re.findall(rf"↑ [^→↑]*\[{number}\]$", text, re.MULTILINE)
        assert len(drawn) == 1
        assert referred


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ("more than 2 hours", "2 hours or less", "more than 100,000.00")),
        ("ru", ("больше чем 2 часа", "2 часа и меньше")),
    ],
)
def test_a_span_is_told_by_the_bound_that_the_policy_names(
    language: str, words: tuple[str, ...]
) -> None:
    """And not by the microsecond or the cent that comes next."""
    dora = shipped("dora-incident-reporting").versions[-1]
    text = draw(dora, "thresholds_together", language).replace("\u00a0", " ")

    assert [one for one in words if one not in text] == []
    assert "0.000001" not in text


def test_a_decision_may_be_worked_back_to_facts(version) -> None:
    assert "scope" in draw(version, "answer", "en")
    assert "scope" not in draw(version, "answer", "en", is_local=False)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "│  ├─ not regulated → refer to a person"),
        ("ru", "│  ├─ не регламентировано → передать человеку"),
    ],
)
def test_outcomes_that_no_facts_give_together_are_not_drawn(version, language, said) -> None:
    """Where there is no support, nothing is in scope, out of it or not regulated."""
    text = draw(version, "answer", language)

    assert said in text.splitlines()
    assert "conflict" not in text
    assert "коллизия" not in text


def test_a_test_that_only_one_answer_is_left_of_is_not_drawn(version) -> None:
    """Whoever is entitled to support has hours in which it is considered."""
    assert draw(version, "response_due", "en").splitlines() == [
        "response due: tier",
        "├─ no support → none",
        "└─ free support, paid support or certified partner support → moment the request was "
        "created plus working hours to consider the request (support hours)",
    ]


@FEW
@given(policies(), requests(most_missing=0))
def test_no_answer_that_a_request_gives_is_left_out(version, told) -> None:
    outcomes = {name: answer(version, told, name).outcome for name in version.decisions}
    assume(not any(isinstance(o, tuple) and o[:1] == (BROKEN,) for o in outcomes.values()))
    diagrams = Compiler(version, is_local=True)
    for name in version.decisions:
        node = diagrams.decision(name)
        reached = ReachableEdges(diagrams, node)
        while not diagrams.forest.is_terminal(node):
            variable = diagrams.forest.variable(node)
            (value,) = given_answer(variable, {**told, **outcomes}, version.hours)
            node, above = diagrams.forest.child(node, value), node
            assert node in {child for _, child in reached.of(above)}


TOGETHER = f"""
decisions:
  cheap: {{{YES_NO}, rules: [{{id: c, when: {{amount: {{less_than: 10}}}}, then: yes}}],
    otherwise: {{then: no}}}}
  dear: {{{YES_NO}, rules: [{{id: e, when: {{amount: {{at_least: 20}}}}, then: yes}}],
    otherwise: {{then: no}}}}
  whole: {{{YES_NO}, rules: [{{id: w, when: {{broken: false}}, then: yes}}],
    otherwise: {{then: no}}}}
  d:
    {YES_NO}
    rules:
      - {{id: d-cheap, when: {{cheap: yes}}, then: yes}}
      - {{id: d-OTHER, when: {{OTHER: yes}}, then: no}}
    otherwise: {{then: no}}
"""


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "a conflict, if that can be"), ("ru", "коллизия, если так бывает")],
)
@pytest.mark.parametrize(("other", "can_be"), [("dear", False), ("whole", True)])
def test_a_conflict_is_drawn_where_some_facts_give_it(
    tmp_path, language, said, other, can_be
) -> None:
    folder = written(tmp_path, HEAD, TOGETHER.replace("OTHER", other))

    assert (said in draw(read_version(folder), "d", language)) is can_be


@FEW
@given(policies())
def test_every_test_that_is_drawn_has_answers_and_every_outcome_none(version) -> None:
    for name in version.decisions:
        drawn = boxes(version, name, "en", is_local=False)
        text = draw(version, name, "en", is_local=False)
        for box in drawn.values():
            assert box.is_outcome == (not box.ways)
            assert all(child in drawn and answer for answer, child in box.ways)
            assert box.words in text
        ways = sum(len(box.ways) for box in drawn.values())
        assert len(text.splitlines()) == ways + 1


def test_a_picture_shows_every_test_and_outcome(version) -> None:
    drawn = boxes(version, "scope", "ru")

    picture = svg(drawn, "входит ли услуга")

    shown = " ".join(ElementTree.fromstring(picture).itertext())
    words = " ".join(box.words for box in drawn.values()).split()
    assert set(words) <= set(shown.split())
    assert picture == svg(boxes(version, "scope", "ru"), "входит ли услуга")


SPACE = "{http://www.w3.org/2000/svg}"
WITH_LARGE_BOXES = [
    ("technical-support", "scope"),
    ("technical-support", "payment_contact"),
    ("dora-incident-reporting", "next_steps"),
    ("dora-incident-reporting", "final_due"),
]


def points_of(path: str) -> Iterator[tuple[float, float]]:
    """Points along curves, one behind the other, close to each other."""
    numbers = [float(one) for one in re.findall(r"-?[\d.]+", path)]
    points = list(zip(numbers[::2], numbers[1::2], strict=True))
    for at in range(0, len(points) - 1, 3):
        a, b, c, d = points[at : at + 4]
        for step in range(101):
            t = step / 100
            parts = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3)
            x, y = (sum(map(mul, parts, one)) for one in zip(a, b, c, d, strict=True))
            yield x, y


@pytest.mark.parametrize(("policy", "decision"), WITH_LARGE_BOXES)
def test_no_line_of_a_picture_runs_through_a_box(policy: str, decision: str) -> None:
    version = shipped(policy).versions[-1]
    picture = ElementTree.fromstring(svg(boxes(version, decision, "en"), decision))
    drawn = [element.attrib for element in picture.iter(f"{SPACE}rect")][1:]
    rects = [[float(one[key]) for key in ("x", "y", "width", "height")] for one in drawn]
    paths = [path.attrib["d"] for path in picture.iter(f"{SPACE}path")]

    assert paths
    for x, y in (point for path in paths for point in points_of(path)):
        for left, top, width, height in rects:
            assert not (left + 1 < x < left + width - 1 and top < y < top + height)


@pytest.mark.parametrize("write", [dot, mermaid])
def test_graphviz_and_mermaid_are_told_the_same_boxes(version, write) -> None:
    drawn = boxes(version, "scope", "en")
    text = write(drawn, 'a "title"').replace("\\n", " ")

    assert all(box.words in text for box in drawn.values())
    answers = sum(len(box.ways) for box in drawn.values())
    assert len(re.findall(r"n\d+ --?[->] n\d+", text)) == 2 * answers


@pytest.mark.skipif(which("dot") is None, reason="no Graphviz here")
def test_graphviz_reads_what_it_is_told(version) -> None:
    told = dot(boxes(version, "tier", "ru"), 'раздел "регламента"')

    laid = run(["dot", "-Tsvg"], input=told.encode(), capture_output=True, check=True)

    assert 'раздел "регламента"' in " ".join(ElementTree.fromstring(laid.stdout).itertext())


def test_a_picture_that_nobody_could_read_is_refused() -> None:
    with pytest.raises(Refused, match="at most"):
        svg({node: Box("x", True, ()) for node in range(MOST_BOXES + 1)}, "x")

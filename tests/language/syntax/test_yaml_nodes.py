"""What the strict reader gives: nodes with their places, documents, JSON."""

from __future__ import annotations

from collections import deque
from decimal import Decimal

import pytest

from reglament.language.syntax.json_text import json_value, parse_json_lines
from reglament.language.syntax.source import MappingNode, Scalar, Source, at, key_at, plain
from reglament.language.syntax.yaml_text import parse_yaml
from reglament.model.problems import Place, Problem
from support.strict_yaml import read_well


@pytest.mark.usefixtures("either_parser")
@pytest.mark.parametrize(
    ("path", "line", "column", "width"),
    [
        (["ключ"], 1, 7, 17),
        (["ключ", 0], 1, 8, 6),
        (["ключ", 1], 1, 16, 3),
        (["ключ", 2], 1, 21, 2),
        (["b"], 2, 5, 3),
        (["пусто"], 3, 7, 1),
        (["текст"], 4, 8, 1),
        (["свёрнутый"], 6, 12, 5),
        (["список"], 9, 3, 1),
        (["список", 0], 9, 5, 2),
        (["список", 0, "id"], 9, 9, 1),
    ],
)
def test_places_count_characters_not_bytes(path, line, column, width):
    node = read_well(
        "ключ: [привет, 'м', 😀x]   # слово\r\nb:  'q'\r\nпусто:\r\nтекст: |\r\n  два\r\n"
        "свёрнутый: слова\r\n  дальше\r\nсписок:\r\n  - id: 1\r\n"
    )

    assert at(node, deque(path)).place == Place("f.yaml", line, column, width)


def test_a_key_has_its_own_place():
    node = read_well("а:\n  - канал: x\n")

    key = key_at(node, ["а", 0, "канал"])

    assert key is not None
    assert key.place == Place("f.yaml", 2, 5, 5)
    assert key_at(node, []) is None
    assert key_at(node, ["а", 0]) is None


def test_a_path_that_leads_nowhere_ends_at_the_last_node_met():
    node = read_well("a: [1]\n")

    assert at(node, ["a", 5, "x"]) is at(node, ["a"])


def test_keys_are_text_whatever_they_look_like():
    node = read_well("10:00: a\nno: b\n012: c\ntrue: d\n2026-01-01: e\n")

    assert plain(node) == {"10:00": "a", "no": "b", "012": "c", "true": "d", "2026-01-01": "e"}


def test_a_mapping_finds_its_keys_in_the_written_order():
    node = read_well("b: 1\na: 2\n")

    assert isinstance(node, MappingNode)
    assert node.keys == ("b", "a")
    assert node.get("c") is None


def test_an_alias_is_the_very_node_it_refers_to():
    node = read_well("a: &x {b: 1}\nc: *x\n")

    assert at(node, ["c"]) is at(node, ["a"])


@pytest.mark.parametrize("text", ["", "\n\n", "# only a comment\n", "---", "null"])
def test_an_empty_document_is_one_null_on_its_line(text):
    node = read_well(text)

    assert isinstance(node, Scalar)
    assert (node.value, node.place.line) == (None, 1)


def test_many_documents_are_read_where_they_are_asked_for():
    problems: list[Problem] = []

    nodes = parse_yaml(Source("f", "a: 1\n---\nb: 2\n---\n- 3\n"), problems, many=True)

    assert [plain(node) for node in nodes] == [{"a": 1}, {"b": 2}, [3]]
    assert problems == []


def test_documents_before_a_mistake_are_kept():
    problems: list[Problem] = []

    nodes = parse_yaml(Source("f", "a: 1\n---\nb: 'x\n"), problems, many=True)

    assert [plain(node) for node in nodes] == [{"a": 1}]
    assert [problem.code for problem in problems] == ["yaml-unclosed"]


def test_json_keeps_its_own_escapes_exponents_and_tabs():
    node = read_well('\n{\n\t"путь": "a\\/b",\n\t"лицо": "\\ud83d\\ude00", "n": [1e3, -2.50, 0]\n}')

    assert plain(node) == {"путь": "a/b", "лицо": "😀", "n": [1000, Decimal("-2.50"), 0]}
    assert at(node, ["лицо"]).place == Place("f.yaml", 4, 10, 14)
    assert at(node, ["n", 1]).place == Place("f.yaml", 4, 37, 5)


def test_json_lines_are_placed_each_on_its_line():
    text = '{"a": 1}\n\n{"b": \n  [2, {"c": 2}]\r\n'

    first, second, third = parse_json_lines(Source("f", text))

    assert (plain(first), first.place.line) == ({"a": 1}, 1)
    assert second.to_text("en").splitlines()[0] == "f:3:7: the line is not JSON"
    assert (plain(third), third.place.line) == ([2, {"c": 2}], 4)


def test_a_json_line_nested_too_deep_leaves_the_other_lines():
    text = "1\n" + "[" * 9_000 + "]" * 9_000 + "\n2"

    first, second, third = parse_json_lines(Source("f", text))

    assert (plain(first), plain(third)) == (1, 2)
    assert [(p.code, p.place.line) for p in second.problems] == [("nested-too-deep", 2)]


@pytest.mark.parametrize("mark", ["\u2028", "\u2029", "\u0085", "\x0b", "\x0c", "\x1c", "\r"])
def test_json_lines_end_at_a_newline_alone(mark):
    found = list(parse_json_lines(Source("f", f'"a"\n{mark}"b"\n')))

    assert len(found) == 2
    assert plain(found[0]) == "a"
    assert (plain(found[1]) == "b") if mark == "\r" else found[1].problems


def test_an_unseen_character_outside_of_a_json_text_is_named():
    _, second = parse_json_lines(Source("f", '{"a": 1}\n\ufeff{"a": 2}\n'))

    assert second.to_text("en") == (
        'f:2:1: invisible character U+FEFF\n    2 | \ufffd{"a": 2}\n      | ^\n   = delete it'
    )


def test_json_written_by_programs_has_each_key_once():
    assert json_value('{"a": 1.10, "b": [900719925474099.99]}') == {
        "a": Decimal("1.10"),
        "b": [Decimal("900719925474099.99")],
    }
    for wrong in ('{"a": 1e99999999999999999999}', '{"a": 1, "a": 1}', "NaN", "[Infinity]", "{"):
        with pytest.raises(ValueError, match=r"."):
            json_value(wrong)

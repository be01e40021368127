"""Wrong shapes: each mistake is told once, in both languages, where it stands."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reglament.language.syntax import bundled
from reglament.language.syntax.bundled import SchemaName, policies_folder, schema_text
from reglament.language.syntax.schema_check import check_shape
from reglament.language.syntax.source import (
    MappingNode,
    Node,
    Scalar,
    SequenceNode,
    Source,
    plain,
    read_source,
)
from reglament.language.syntax.yaml_text import parse_yaml
from reglament.model.problems import Place, Problem
from reglament.model.words import translations


def cases() -> Any:
    """Lines of a policy, each with the one problem it has."""
    problems: list[Problem] = []
    node = parse_yaml(read_source(Path(__file__).parent / "wrong_shapes.yaml"), problems)
    assert node is not None
    assert problems == []
    return plain(node)


WRONG = pytest.mark.parametrize("wrong", cases(), ids=lambda wrong: wrong["text"])


def problems_of(text: str, schema_name: SchemaName = "policy") -> list[Problem]:
    source = Source("p.yaml", text)
    problems: list[Problem] = []
    node = parse_yaml(source, problems)
    assert node is not None
    check_shape(node, schema_name, problems, source)
    return problems


def test_a_sentence_of_a_letter_may_have_a_condition_without_being_a_list() -> None:
    sentence = "{when: {b: 1}, text: It is free.}"
    for said in (sentence, f"[{sentence}]"):
        assert problems_of(f"explain: {{answer: a, say: {{a: {{free: {said}}}}}}}") == []


def places_of(text: str) -> list[tuple[str, int, int]]:
    return [
        (problem.code, problem.place.line, problem.place.column)
        for problem in problems_of(text)
        if problem.place is not None
    ]


@WRONG
def test_a_mistake_is_told_once_where_it_stands_and_in_both_languages(wrong: Any) -> None:
    (problem,) = problems_of(wrong["text"])

    assert problem.code == wrong["code"]
    assert translations(problem.message) == {"ru": wrong["ru"], "en": wrong["en"]}
    assert (problem.hint and translations(problem.hint)) == wrong.get("hint")
    place = problem.place
    assert place is not None
    assert place.line == 1
    assert problem.source_line == wrong["text"]
    assert wrong["text"][place.column - 1 : place.column - 1 + place.width] == wrong["at"]


def test_every_mistake_of_a_file_is_told_in_written_order() -> None:
    text = """\
policy: technical-support
titel: {ru: а, en: a}
facts:
  a: {type: number}
  b: {type: text, label: {}}
decisions:
  d:
    type: date
    rules:
      - when: {a: 1}
        then: {months_after: [a]}
        colour: [red]
"""

    assert places_of(text) == [
        ("unknown-key", 2, 1),
        ("unknown-word", 4, 13),
        ("too-few", 5, 26),
        ("missing-key", 10, 9),
        ("too-few", 11, 30),
        ("unknown-key", 12, 9),
    ]


@pytest.mark.parametrize(
    "rule",
    [
        "{then: x, colour: [red]}",  # what is told would not do for what is missing
        "{id: a, colour: red, size: 1}",  # which of the two?
        "{colour: red}",  # as which of the two?
    ],
)
def test_an_unknown_key_that_need_not_be_the_missing_one_is_told_beside_it(rule: str) -> None:
    told = places_of(f"decisions: {{d: {{type: date, rules: [{rule}]}}}}")

    codes = [code for code, *_ in told]
    assert codes.count("missing-key") >= 1
    assert codes.count("unknown-key") >= 1


def test_a_misspelt_key_is_not_also_reported_as_missing() -> None:
    assert places_of("clauses: {c: {were: x, summary: {ru: а, en: a}}}") == [("unknown-key", 1, 15)]


def test_a_word_that_yaml_reading_refused_is_not_also_of_a_wrong_type() -> None:
    codes = [problem.code for problem in problems_of("facts: {a: {type: decimal, places: 1_0}}")]

    assert codes == ["yaml-number"]


def test_a_problem_names_the_file_and_shows_the_line() -> None:
    (problem,) = problems_of("policy: a\nhold_from: 2024-01-01\n")

    assert problem.place == Place("p.yaml", 2, 1, 9)
    assert problem.to_text("en") == (
        "p.yaml:2:1: unknown key `hold_from`\n"
        "    2 | hold_from: 2024-01-01\n"
        "      | ^^^^^^^^^\n"
        "   = did you mean `holds_from`?"
    )


RIGHT = [
    "time_zone: Europe/Moscow",
    "facts: {a: {type: list, item: {type: choice, open: true}}}",
    "facts: {a: {type: decimal, places: 2, null_means: {ru: нет, en: none}}}",
    "parameters: {fee: {type: decimal, places: 2, values: {2024-01-01: 100.00, 2025-01-01: 120}}}",
    "hours: {h: {calendar: {reading: r, a: x, b: y}, from: 10:00, until: '19:00'}}",
    "examples: [{name: n, facts: {a: {b: null}}, expect: {d: null, e: {outcome: 1, rules: []}}}]",
    "clauses: {toc: {where: x, summary: {ru: а, en: a}, fingerprint: 'sha256:0123456789abcdef'}}",
]
RULES = [
    "{id: r, then: null}",
    "{id: r, then: {name: Иван, email: a@b.example}}",
    "{id: r, then: {reading: x, a: {sum: [1, 2.5]}, b: {name: n}}}",
    "{id: r, then: x, overrides: {a: b}, under: {a: b}, from: 2024-01-01, until: 2024-12-31}",
    "{id: r, then: x, when: {a: [null, {after: 2024-01-01}], any: [{b: 1}, {not: {c: true}}]}}",
    "{id: r, then: x, when: {a: {at_least: 2 days, less_than: limit}, b: {is_not: [x, null]}}}",
    "{id: r, then: {round_half_up: [{quotient_down: [a, 12, 0.01]}, 0.05]}}",
    "{id: r, then: {working_hours_after: [a, 8], hours: h, at_closing: {reading: x, b: closing}}}",
]


@pytest.mark.parametrize("text", RIGHT)
def test_what_the_language_allows_is_no_mistake(text: str) -> None:
    assert problems_of(text) == []


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_that_the_language_allows_is_no_mistake(rule: str) -> None:
    assert problems_of(f"decisions: {{d: {{type: date, rules: [{rule}]}}}}") == []


@pytest.mark.parametrize("depth", [1, 57])
def test_conditions_may_nest_as_deep_as_a_file_may(depth: int) -> None:
    condition = "{not: " * depth + "{a: 1}" + "}" * depth
    rule = f"{{id: r, then: x, when: {condition}}}"

    assert problems_of(f"decisions: {{d: {{type: date, rules: [{rule}]}}}}") == []


def test_a_tree_too_deep_to_check_is_refused_and_not_a_traceback() -> None:
    place = Place("p.yaml")
    node: Node = Scalar(1, "1", False, place)
    for _ in range(5000):
        node = MappingNode(((Scalar("not", "not", False, place), node),), place)
    problems: list[Problem] = []

    check_shape(node, "request", problems, Source("p.yaml", "x"))

    assert [problem.code for problem in problems] == ["nested-too-deep"]


def test_a_request_is_checked_by_its_own_schema() -> None:
    (problem,) = problems_of("{request: {'created at': x}}", "request")

    assert problem.code == "wrong-form"
    assert problem.message.to("en") == (
        "expected a name in Latin letters such as `request.service` as the key, found `created at`"
    )
    assert problem.place == Place("p.yaml", 1, 12, 12)


SECTIONS = ["facts", "decisions", "hours", "readings", "examples", "title", "x", "when", "then"]
TREES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.sampled_from([*SECTIONS, "", "no", "10:00"]),
    lambda below: (
        st.lists(below, max_size=3)
        | st.dictionaries(st.sampled_from([*SECTIONS, "rules", "id", "type"]), below, max_size=3)
    ),
    max_leaves=12,
)


def placed(value: object, place: Place) -> Node:
    if isinstance(value, dict):
        entries = [
            (Scalar(key, key, False, place), placed(one, place)) for key, one in value.items()
        ]
        return MappingNode(tuple(entries), place)
    if isinstance(value, list):
        return SequenceNode(tuple(placed(item, place) for item in value), place)
    assert value is None or isinstance(value, bool | int | str)
    return Scalar(value, str(value), False, place)


@given(TREES, st.sampled_from(["policy", "request", "decision"]))
def test_no_tree_breaks_the_check_and_every_problem_speaks_both_languages(
    value: object, schema_name: SchemaName
) -> None:
    problems: list[Problem] = []

    check_shape(placed(value, Place("p.yaml")), schema_name, problems, Source("p.yaml", "x"))

    for problem in problems:
        assert problem.code != "wrong-shape", "a keyword of the schema has no words of its own"
        assert problem.message.to("ru") != problem.message.to("en")
        assert problem.place is not None


def test_jsonschema_is_not_imported_until_a_shape_is_checked() -> None:
    code = "import sys, reglament.language.syntax.schema_check; print('jsonschema' in sys.modules)"

    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert ast.literal_eval(told.stdout) is False


def test_schemas_and_policies_are_found_in_a_checkout() -> None:
    assert schema_text("policy").startswith("{")
    assert (policies_folder() / "technical-support").is_dir()


def test_schemas_and_policies_are_found_inside_an_installed_package(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "schemas").mkdir()
    (tmp_path / "schemas" / "policy.schema.json").write_text("{}", encoding="utf-8")
    (tmp_path / "policies").mkdir()
    monkeypatch.setattr(bundled, "PACKAGE", tmp_path)

    assert schema_text("policy") == "{}"
    assert policies_folder() == tmp_path / "policies"

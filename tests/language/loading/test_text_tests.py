"""What a text is like: how it begins and ends, what it holds, which form it has."""

from __future__ import annotations

import re
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reglament import Policy, load_policy
from reglament.analysis.counterfactual.nearest_change import nearest_change
from reglament.analysis.findings import check
from reglament.analysis.testing.cases import generated_cases
from reglament.diagram.kernel.text_samples import text_with
from reglament.evaluation import Evaluator
from reglament.model.problems import Refused
from reglament.model.terms import Constant, FactRef
from reglament.model.text_forms import KINDS, form_of
from reglament.model.text_tests import TEXT_TESTS
from support.cli_runner import run

HEAD = """
policy: texts
version: "1"
title: {en: Texts}
holds_from: 2000-01-01
known_from: 2000-01-01
time_zone: UTC
chosen_by: day
facts:
  day: {type: date, label: {en: day}}
  t: {type: text, null_means: {en: none}, label: {en: text}}
  s: {type: text, label: {en: other text}}
  n: {type: integer, label: {en: number}}
  li: {type: list, item: {type: text}, label: {en: list}}
  kind: {type: choice, options: {portal: {en: portal}, phone: {en: phone}}, label: {en: kind}}
decisions:
"""
TEST = """
  d:
    label: {en: d}
    outcomes: {yes: {en: yes}, no: {en: no}}
    rules: [{id: r, when: {WHEN}, then: yes}]
    otherwise: {then: no}
"""
PIECES = st.lists(
    st.one_of(
        st.sampled_from(["a", "b", "-", "7", "."]),
        st.tuples(st.sampled_from(sorted(KINDS)), st.integers(0, 2), st.integers(1, 3)),
    ),
    min_size=1,
    max_size=4,
)
# The same kinds as Python's regular expressions have them, for ASCII.
SETS = {"letter": "[A-Za-z]", "upper": "[A-Z]", "lower": "[a-z]", "digit": "[0-9]", "any": "."}


def policy_of(tmp_path: Path, decisions: str) -> Policy:
    path = tmp_path / "texts.yaml"
    path.write_text(HEAD + decisions, encoding="utf-8")
    return load_policy(path)


@given(PIECES, st.text("abAB7-. ", max_size=8))
def test_a_form_matches_what_a_regular_expression_does(pieces: list[Any], text: str) -> None:
    form, expression = "", ""
    for piece in pieces:
        if isinstance(piece, str):
            form, expression = form + piece, expression + re.escape(piece)
        else:
            kind, least, more = piece
            form += f"{{{kind} {least}..{least + more}}}"
            expression += f"{SETS[kind]}{{{least},{least + more}}}"

    assert form_of(form).matches(text) is bool(re.fullmatch(expression, text, re.DOTALL))


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["starts_with", "ends_with", "contains"]),
            st.text("ab", min_size=1, max_size=3),
            st.booleans(),
        ),
        min_size=1,
        max_size=3,
    )
)
def test_a_text_is_found_if_there_is_one(asked: list[tuple[str, str, bool]]) -> None:
    tests = [(TEXT_TESTS[word](FactRef("t"), Constant(said)), way) for word, said, way in asked]
    found = text_with(tests)
    some = any(
        all(type(test).is_so(text, said) is way for (test, way), (_, said, _) in
            zip(tests, asked, strict=True))
        for text in map("".join, (w for n in range(8) for w in product("abc", repeat=n)))
    )  # fmt: skip

    assert (found is not None) is some
    for (test, way), (_, said, _) in zip(tests, asked, strict=True):
        assert found is None or type(test).is_so(found, said) is way


def test_a_long_form_and_a_long_text_take_no_time() -> None:
    form = form_of("{any 0..100}" * 5)

    assert form.matches("a" * 500)
    assert not form.matches("a" * 10_000)
    assert not form_of("{letter 0..100}" * 4 + "!").matches("a" * 400)


@pytest.mark.parametrize(
    ("when", "text", "holds"),
    [
        ("t: {starts_with: INV-}", "INV-7", True),
        ("t: {starts_with: INV-}", "inv-7", False),
        ("t: {starts_with: INV-}", None, False),
        ("not: {t: {starts_with: INV-}}", None, True),
        ("t: {ends_with: .pdf}", "a.pdf", True),
        ('t: {contains: "@"}', "a@b", True),
        ("t: {contains: s}", "a+red+b", True),
        ("t: {contains: {literal: s}}", "a+red+b", False),
        ("t: {starts_with: {same_as: s}}", "redder", True),
        ('t: {matches_form: "{upper 2}-{digit 3..5}"}', "AB-1234", True),
        ('t: {matches_form: "{upper 2}-{digit 3..5}"}', "AB-12", False),
        ('t: {matches_form: "{upper 2}-{digit 3..5}"}', "АЯ-123", True),
        ('t: {matches_form: "{digit}{{x}}"}', "7{x}", True),
        ("kind: {starts_with: p}", "", True),
    ],
)
def test_a_text_is_like_this(tmp_path: Path, when: str, text: str | None, holds: bool) -> None:
    policy = policy_of(tmp_path, TEST.replace("WHEN", when))
    told = {"day": "2024-01-01", "t": text, "s": "red", "n": 1, "li": [], "kind": "phone"}
    decided = policy.decide(told)

    assert decided["d"].outcome == ("yes" if holds else "no")
    assert all(decided.explain(language, "auditor") for language in ("en", "ru", "de"))


@pytest.mark.parametrize(
    ("when", "code"),
    [
        ("n: {starts_with: a}", "wrong-operator"),
        ("li: {contains: a}", "wrong-operator"),
        ('t: {starts_with: ""}', "empty-text"),
        ('t: {matches_form: "{digits 3}"}', "wrong-form"),
        ('t: {matches_form: "{digit 3"}', "wrong-form"),
        ('t: {matches_form: "{digit 5..3}"}', "wrong-form"),
        ('t: {matches_form: "{digit 1000}"}', "wrong-form"),
        ("t: {matches_form: {same_as: s}}", "wrong-form"),
        ("t: {contains: {same_as: n}}", "not-comparable"),
        ("t: {begins_with: a}", "unknown-key"),
    ],
)
def test_a_mistake_is_told_at_its_place(tmp_path: Path, when: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        policy_of(tmp_path, TEST.replace("WHEN", when))

    assert [problem.code for problem in refused.value.problems] == [code]
    result = run("check", "--policy", str(tmp_path / "texts.yaml"), "--lang", "ru")
    assert result.exit_code == 2
    assert "Traceback" not in result.output


TOGETHER = """
  d:
    label: {en: d}
    outcomes: {yes: {en: yes}, no: {en: no}}
    rules:
      - {id: long, when: {t: {starts_with: ABC}}, then: yes}
      - {id: short, when: {t: {starts_with: AB}}, then: no, overrides: [long]}
      - {id: word, when: {t: ABX}, then: yes, overrides: [short]}
      - {id: form, when: {t: {matches_form: "{digit 4}"}}, then: yes}
      - {id: never, when: {t: {matches_form: "{digit 4}", starts_with: A}}, then: yes}
    otherwise: {then: no}
"""


def test_check_knows_what_tests_of_one_text_leave(tmp_path: Path) -> None:
    found = check(policy_of(tmp_path, TOGETHER).versions[0])

    dead = {rule for one in found if one.code == "rule-never-decides" for rule in one.rules[:1]}
    assert dead == {"long", "never"}
    assert {str(one.proof) for one in found} == {"exact"}


def test_what_is_possible_is_what_some_text_gives(tmp_path: Path) -> None:
    rules = """
  d:
    label: {en: d}
    type: integer
    rules:
      - {id: a, when: {t: {starts_with: ABC}}, then: 1}
      - {id: b, when: {t: {starts_with: AB, ends_with: X}, not: {t: {contains: BC}}}, then: 2}
      - {id: c, when: {t: {starts_with: ABC}, not: {t: {contains: B}}}, then: 3}
    otherwise: {then: 0}
"""
    version = policy_of(tmp_path, rules).versions[0]

    found = Evaluator(version).evaluate({"day": None, "s": "", "n": 1, "li": (), "kind": "phone"})

    assert set(found["d"].possible or ()) == {0, 1, 2}


def test_a_generated_case_reaches_a_form(tmp_path: Path) -> None:
    version = policy_of(tmp_path, TOGETHER).versions[0]
    told = [str(one.facts.get("t")) for one in generated_cases(version)]

    assert any(form_of("{digit 4}").matches(text) for text in told)
    assert any(text.startswith("AB") for text in told)


def test_a_change_is_a_text_of_which_all_of_it_is_so(tmp_path: Path) -> None:
    rules = """
  d:
    label: {en: d}
    outcomes: {home: {en: home}, abroad: {en: abroad}, wrong: {en: wrong}}
    rules:
      - {id: home, when: {s: {matches_form: "DE{digit 4}"}}, then: home}
      - {id: other, when: {s: {matches_form: "{upper 2}{digit 4}"}, not: {s: {starts_with: DE}}}, then: abroad}
    otherwise: {then: wrong}
"""  # noqa: E501
    evaluator = Evaluator(policy_of(tmp_path, rules).versions[0])

    for wanted in ("abroad", "wrong"):
        change = nearest_change(evaluator, {"s": "DE1234"}, {"d": wanted})
        assert change.changes, wanted

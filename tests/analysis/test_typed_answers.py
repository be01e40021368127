"""What is typed in answer to a question about a list: items with commas between, or JSON."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reglament.analysis.interview import next_question
from reglament.analysis.typed_answers import value_typed
from reglament.evaluation import Evaluator
from reglament.language.syntax.mismatch import TypeMismatch
from reglament.model.values import Value
from reglament.policy import Policy


def typed(item: dict[str, Any], text: str) -> Value:
    """What the text tells of a list whose items have the type."""
    policy = Policy.from_text(
        {
            "policy": "typed", "version": "1", "title": "typed", "languages": ["en"],
            "holds_from": "2020-01-01", "known_from": "2020-01-01", "time_zone": "UTC",
            "facts": {"some": {"type": "list", "item": item, "label": "some"}},
            "decisions": {
                "count": {
                    "type": "integer", "label": "count",
                    "rules": [{"id": "count", "then": {"count": "some"}}],
                }
            },
        }
    )  # fmt: skip
    (version,) = policy.versions
    question = next_question(Evaluator(version), {}, ["count"])
    assert question is not None
    return value_typed(version, question, text)


TEXT, WHOLE, PRICE = {"type": "text"}, {"type": "integer"}, {"type": "decimal", "places": 2}
WORD = {"type": "choice", "options": {"x": "first", "y": "second"}}


@pytest.mark.parametrize(
    ("item", "text", "told"),
    [
        (TEXT, "a, b", ["a", "b"]),
        (TEXT, '["a", "b, c"]', ["a", "b, c"]),
        (TEXT, "[a, b]", ["a", "b"]),
        (TEXT, "[]", []),
        (TEXT, "-", []),
        (TEXT, '["1"]', ["1"]),
        (WHOLE, "[1, 2]", [1, 2]),
        (WHOLE, '["1", 2]', [1, 2]),
        (PRICE, "[1.50, 2]", ["1.50", "2.00"]),
        ({"type": "date"}, '["2026-11-20"]', ["2026-11-20"]),
        ({"type": "boolean"}, "[true, false]", [True, False]),
        (WORD, '["second", "x"]', ["y", "x"]),
    ],
)  # fmt: skip
def test_a_list_is_typed(item: dict[str, Any], text: str, told: list[Any]) -> None:
    found = typed(item, text)

    assert isinstance(found, tuple)
    assert [str(one) for one in found] == [str(one) for one in told]


@pytest.mark.parametrize("text", ["[1, x]", "[[1]]", '[{"a": 1}]', "[null]", "[NaN]", "[1.5]", "["])
def test_what_is_no_list_of_such_items_is_refused(text: str) -> None:
    with pytest.raises(TypeMismatch):
        typed(WHOLE, text)


@given(st.text(st.sampled_from('[]{}",1a. -\\'), max_size=12))
def test_any_line_is_a_list_of_texts_or_unfit(text: str) -> None:
    try:
        found = typed(TEXT, text)
    except TypeMismatch:
        return
    assert isinstance(found, tuple)
    assert all(isinstance(one, str) for one in found)

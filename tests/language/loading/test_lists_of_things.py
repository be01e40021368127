"""How lists of things are written in a policy, and what is said of mistakes in them."""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
import yaml

from reglament import Policy, Refused, load_policy

ORDERS = Path(__file__).parents[2] / "cases" / "lists" / "orders.yaml"
LABEL = {"en": "new", "ru": "новое", "de": "neu"}
TEXT = yaml.safe_load(ORDERS.read_text("utf-8"))


def changed(**decisions: Any) -> dict[str, Any]:
    text = deepcopy(TEXT)
    del text["examples"]
    for name, decision in decisions.items():
        text["decisions"][name.replace("__", ".")] = decision
    return text


def truth(when: Any) -> dict[str, Any]:
    rule = {"id": "new-rule", "when": when, "then": True}
    return {
        "label": LABEL,
        "type": "boolean",
        "rules": [rule],
        "otherwise": {"then": False},
    }


def number(then: Any, **more: Any) -> dict[str, Any]:
    rules = [{"id": "new-rule", "then": then}]
    return {"label": LABEL, "type": "decimal", "places": 2, "rules": rules, **more}


def problems(text: Any) -> list[tuple[str, str]]:
    with pytest.raises(Refused) as refused:
        Policy.from_text(text)
    return [(one.code, one.message.to("en")) for one in refused.value.problems]


@pytest.mark.parametrize(
    ("when", "code", "words"),
    [
        ({"line.price": {"more_than": 5}}, "item-unnamed", "`line.price` speaks of one item"),
        ({"order.lines": "book"}, "wrong-type", "cannot be compared with a value"),
        ({"order.lines": ["book"]}, "wrong-type", "cannot be compared with a value"),
        ({"order.lines": {"where": {"line.kind": "book"}}}, "empty-condition", "nothing is asked"),
        ({"order.lines": {"som": {"line.kind": "book"}}}, "unknown-key", "som"),
        ({"order.lines": {"some": {"line.kin": "book"}}}, "unknown-fact", "line.kin"),
        ({"order.lines": {"some": {"line.kind": "bok"}}}, "unknown-word", "bok"),
        (
            {"order.lines": {"some": {"order.lines": {"at_least": 1}}}},
            "list-inside-itself",
            "cannot be asked about",
        ),
    ],
)
def test_a_mistake_in_a_condition_is_told(when: Any, code: str, words: str) -> None:
    found = problems(changed(new=truth(when)))

    assert any(one == code and words in said for one, said in found), found


@pytest.mark.parametrize(
    ("then", "code"),
    [
        ({"sum": "line.price", "over": "order.line"}, "unknown-list"),
        ({"sum": "line.kind", "over": "order.lines"}, "wrong-argument"),
        ({"sum": "line.prise", "over": "order.lines"}, "unknown-name"),
        ({"sum": "line.price", "over": "order.lines", "were": {}}, "unknown-key"),
        ({"count": "order.line"}, "unknown-list"),
        ({"maximum": "line.price", "over": "order.lines"}, "may-be-null"),
    ],
)
def test_a_mistake_in_a_total_is_told(then: Any, code: str) -> None:
    assert code in [one for one, _ in problems(changed(new=number(then)))]


def test_a_decision_about_each_item_begins_with_its_name() -> None:
    decision = {**number(0), "for_each": "order.lines"}

    assert problems(changed(cost=decision))[0][0] == "for-each-name"
    assert problems(changed(line__cost=number(0)))[0][0] == "name-taken"
    assert problems(changed(line__price=decision))[0][0] == "name-taken"
    other = {**number(0), "for_each": "order.line"}
    assert problems(changed(line__cost=other))[0][0] == "unknown-list"


def test_a_total_that_rests_on_itself_is_told() -> None:
    text = changed(
        highest=number({"sum": "line.share", "over": "order.lines"}),
        line__share={**number({"sum": ["line.price", "highest"]}), "for_each": "order.lines"},
    )
    code, said = problems(text)[0]

    assert code == "decisions-circle"
    assert "`line.share`" in said
    assert "`highest`" in said


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda fact: fact.pop("at_most"), "missing-key"),
        (lambda fact: fact.update(at_least=200), "empty-interval"),
        (lambda fact: fact.update(null_means={"en": "none"}), "list-never-null"),
        (lambda fact: fact["item"].update(called="order"), "name-taken"),
        (
            lambda fact: fact["item"]["fields"].update(
                tags={"type": "list", "label": {"en": "tags"}}
            ),
            "list-inside-list",
        ),
    ],
)
def test_a_mistake_in_the_list_is_told(change: Any, code: str) -> None:
    text = changed()
    change(text["facts"]["order.lines"])

    assert code in [one for one, _ in problems(text)]


def test_a_field_that_is_refused_is_not_called_undeclared() -> None:
    text = changed(new=truth({"order.lines": {"some": {"line.tags": "a", "line.kind": "book"}}}))
    fields = text["facts"]["order.lines"]["item"]["fields"]
    fields["tags"] = {"type": "list", "label": fields["kind"]["label"]}

    assert [code for code, _ in problems(text)] == ["list-inside-list"]


def test_a_divisor_of_an_item_is_shown_not_to_be_zero() -> None:
    ratio = {
        "sum": {"quotient_half_up": ["line.quantity", "line.price", 0.01]},
        "over": "order.lines",
    }
    assert "divisor-may-be-zero" in [one for one, _ in problems(changed(new=number(ratio)))]
    Policy.from_text(changed(new=number(ratio | {"where": {"line.price": {"more_than": 0}}})))


def test_messages_are_in_every_language() -> None:
    text = changed(new=truth({"line.price": {"more_than": 5}}))
    with pytest.raises(Refused) as refused:
        Policy.from_text(text)
    (problem,) = refused.value.problems

    assert "относится к одной позиции" in problem.message.to("ru")
    assert "gehört zu einer Position" in problem.message.to("de")
    assert problem.hint is not None
    assert "order.lines: {some: …}" in problem.hint.to("ru")


def test_a_bundle_and_a_copy_decide_alike(tmp_path: Path) -> None:
    policy = load_policy(ORDERS)
    (tmp_path / "orders.bundle.json").write_text(policy.bundle(), "utf-8")
    again = load_policy(tmp_path / "orders.bundle.json")

    for one, other in zip(policy.versions[0].examples, again.versions[0].examples, strict=True):
        assert other == one
        assert again.decide(other.facts).to_dict() == policy.decide(one.facts).to_dict()


def test_reading_the_same_text_gives_the_same_names() -> None:
    one, other = load_policy(ORDERS).versions[0], load_policy(ORDERS).versions[0]

    assert list(one.facts) == list(other.facts)
    assert one.digest == other.digest

"""From the hit policy of a decision to what it means rule by rule: which of them override which.

The words are those of DMN 1.4 (8.2.8). Since each becomes plain overrides, every reader of rules
means the same by it, missing facts included.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from reglament.language.loading.rules_section import Heading, WrittenRule
from reglament.language.loading.scope import Names
from reglament.language.syntax.source import Scalar
from reglament.messages import Message
from reglament.model.regulation import Override, Rule
from reglament.model.terms import Constant

MOST_ORDERED = 500  # rules of one order: each pair of them is an override


def with_hit_policy(
    names: Names, heading: Heading, written: Sequence[WrittenRule]
) -> list[WrittenRule]:
    """The rules with the overrides that the hit policy of the decision, and `all`, stand for.

    `any` (where none is said): rules that apply together agree. `first`: a rule overrides those
    written after it. `priority`: a rule overrides those whose outcome stands later among the
    `outcomes` of the decision.
    """
    expanded = [_over_all(one, written) for one in written]
    node = heading.node.get("hit_policy")
    if not isinstance(node, Scalar) or node.value == "any":
        return expanded
    if not heading.kind.gives_one:
        names.report.add("decision-kind", heading.node.key("hit_policy"), _ONE_OUTCOME)
        return expanded
    live = [one for one in expanded if one.is_live]
    if len(live) > MOST_ORDERED:
        message = Message("too-many-ordered-rules", count=len(live), most=MOST_ORDERED)
        names.report.add("too-many-rules", node, message)
        return expanded
    if node.value == "first":
        later = {one.rule.id: live[place + 1 :] for place, one in enumerate(live)}
    else:
        later = _of_less(names, heading, live)
    return [
        _overriding(one, (other.rule for other in later.get(one.rule.id, ()))) for one in expanded
    ]


def _over_all(one: WrittenRule, written: Sequence[WrittenRule]) -> WrittenRule:
    """The rule; where it overrides `all`, it names every other one that counts."""
    if not one.is_over_all:
        return one
    return _overriding(one, (other.rule for other in written if other is not one and other.is_live))


def _overriding(one: WrittenRule, others: Iterable[Rule]) -> WrittenRule:
    own = {override.rule: override for override in one.rule.overrides}
    for other in others:
        own.setdefault(other.id, Override(other.id, is_written=False))
    return replace(one, rule=replace(one.rule, overrides=tuple(own.values())))


def _of_less(
    names: Names, heading: Heading, live: Sequence[WrittenRule]
) -> dict[str, list[WrittenRule]]:
    """For each rule those whose outcome has less priority than its own."""
    places = {word: place for place, word in enumerate(heading.type.options)}
    ranked: list[tuple[int, WrittenRule]] = []
    for one in live:
        then = one.rule.then
        place = places.get(str(then.value)) if isinstance(then, Constant) else None
        if place is None:
            names.report.add("priority-unclear", one.then_place, Message("priority-needs-words"))
            return {}
        ranked.append((place, one))
    return {
        one.rule.id: [other for lower, other in ranked if lower > place] for place, one in ranked
    }


_ONE_OUTCOME = Message("hit-policy-of-one-outcome")

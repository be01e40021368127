"""From facts told to the rules behind an outcome, by a walk as short as the one to the outcome."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from reglament.backend.python import Decide, generate
from reglament.evaluation.rule_functions import Behind
from reglament.memo import Memo
from reglament.model.decisions import Decision
from reglament.model.regulation import Fact, Version
from reglament.plan.nodes import Let, Plan, PlanInput, Unplanned


def rule_finder(version: Version, let: Let) -> Decide | None:
    """A function from facts and the outcomes of earlier decisions to what is behind an outcome.

    It gives one `Behind`; or a marker where what is known does not lead there by itself.
    None where the diagram of the rules was too large.
    """
    if isinstance(let.body, Unplanned):
        return None
    return _generated(version, {"rules": let}, is_whole=False)


def every_rule_finder(version: Version, lets: Mapping[str, Let]) -> Decide:
    """The same for all decisions at once, of requests where every one has an outcome.

    A marker stands for those whose diagram was too large.
    """
    placed = {f"rules {place}": let for place, let in enumerate(lets.values())}
    return _generated(version, placed, is_whole=True)


def _generated(version: Version, lets: Mapping[str, Let], *, is_whole: bool) -> Decide:
    read = sorted(frozenset[str]().union(*(let.reads for let in lets.values())))
    # To the rules of a decision, earlier decisions are what facts are to the whole.
    told: dict[str, Fact | Decision] = {**version.facts, **version.decisions}
    inputs = {name: PlanInput(told[name].type, told[name].is_nullable) for name in read}
    plan = Plan(version.policy, version.version, inputs, lets)
    behind = Memo[Any, Behind](lambda found: Behind(*found))
    return generate(plan, version.hours, is_whole=is_whole, stands_for=behind.__getitem__)

"""From a condition as a program is given it, in a policy's own words, to one that can be tested."""

from __future__ import annotations

import json
from collections.abc import Mapping
from zoneinfo import ZoneInfo

from reglament.language.loading.expressions.scope import Scope, Symbol
from reglament.language.loading.expressions.when_section import read_condition
from reglament.language.syntax.diagnostics import Diagnostics
from reglament.language.syntax.source import Source
from reglament.language.syntax.yaml_text import parse_yaml
from reglament.model.conditions import Condition
from reglament.model.problems import Problem, Refused
from reglament.model.regulation import Version
from reglament.model.terms import DecisionRef, FactRef


def read_where(version: Version, where: Mapping[str, object]) -> Condition:
    """The condition that `where`, as `diff --format json` prints it, states of the version.

    Raises Refused for a condition that the version cannot read.
    """
    problems: list[Problem] = []
    node = parse_yaml(Source("where", json.dumps(where, ensure_ascii=False)), problems)
    report = Diagnostics()
    names = Scope(report, ZoneInfo(version.zone), hours=frozenset(version.hours))
    names.read_condition = read_condition
    names.facts, names.decisions = set(version.facts), set(version.decisions)
    names.known = {
        **{n: Symbol(FactRef(n), f.type, f.is_nullable) for n, f in version.facts.items()},
        **{
            n: Symbol(DecisionRef(n), d.outcome_type, d.is_nullable)
            for n, d in version.decisions.items()
        },
    }
    for name in version.decisions:
        names.declare_fields(name)
    condition = read_condition(names, node) if node is not None else None
    if condition is None or problems or report.problems:
        raise Refused([*problems, *report.problems])
    return condition

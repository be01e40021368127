"""From worked examples to the rules that they name and no decision has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from reglament.analysis.findings.finding import Finding, Severity, places_of
from reglament.language.syntax.suggest import did_you_mean, suggestion
from reglament.messages import SOURCE, Message, Words
from reglament.model.decisions import Decision
from reglament.model.problems import Place
from reglament.model.regulation import Version

_NAMING = ("rules", "met", "unmet", "open")
_FEWEST = 2
_OTHERWISE = "-otherwise"
Uses = dict[tuple[str, str], list[Place | None]]


def absent_rules(version: Version) -> Iterator[Finding]:
    """Each rule named in examples that is not there, told where it was by all signs.

    That is its decision, where its `otherwise` is named or several examples agree on the name.
    """
    for (name, rule), uses in _uses(version).items():
        decision = version.decisions[name]
        is_otherwise = rule == name + _OTHERWISE and decision.otherwise is None
        places = places_of(*uses)
        if is_otherwise or len(uses) >= _FEWEST:
            places = (*places_of(_misspelt(version, decision, rule) or decision.place), *places[:1])
        yield Finding(
            code="example-names-no-rule",
            severity=Severity.ERROR,
            message=_message(name, rule, len(uses), is_otherwise=is_otherwise),
            decision=name,
            subject=rule,
            places=places,
            hint=suggestion(rule, [one.id for _, one in version.written_rules()]),
        )


def _misspelt(version: Version, decision: Decision, rule: str) -> Place | None:
    """The rule of the decision that is near to the name and that no example names."""
    meant = did_you_mean(rule, [one.id for one in decision.every_rule()])
    named = {
        one
        for example in version.examples
        for wanted in example.expects.values()
        for one in _named(wanted)
    }
    rules = (one for one in decision.every_rule() if one.id == meant and meant not in named)
    return next((one.place for one in rules), None)


def _message(name: str, rule: str, count: int, *, is_otherwise: bool) -> Words:
    places = Message("in-examples", count=count)
    if is_otherwise:
        return Message("decision-no-otherwise-named", name=name, rule=rule, places=places)
    return Message("decision-no-rule-named", name=name, rule=rule, places=places)


def _uses(version: Version) -> Uses:
    """By decision and name of a rule that is none: where examples name it."""
    known = {rule.id for _, rule in version.written_rules()} | set(version.dormant)
    places: Uses = {}
    for example in version.examples if any(one.unknown for one in version.examples) else ():
        told = {_word(problem.message): problem.place for problem in example.unknown}
        for name, wanted in example.expects.items():
            for rule in _named(wanted):
                if rule not in known:
                    places.setdefault((name, rule), []).append(told.get(rule, example.place))
    return places


def _named(wanted: Mapping[str, object]) -> Iterator[str]:
    for key in _NAMING:
        rules = wanted.get(key, ())
        if isinstance(rules, str):
            yield rules
        elif isinstance(rules, tuple):
            yield from rules


def _word(message: Words) -> str:
    return message.to(SOURCE).partition("`")[2].rpartition("`")[0]

"""Random rules inside the fence and random sessions of facts, from a seed."""

from __future__ import annotations

from random import Random

from reglament.matching.matching_rules import (
    FieldKind,
    FieldTest,
    Join,
    MatchRule,
    Pattern,
    RuleSet,
    SessionFact,
)
from reglament.model.reactions import FieldOperator

SHAPE = {"a": FieldKind.NUMBER, "b": FieldKind.NUMBER, "t": FieldKind.TEXT, "f": FieldKind.FLAG}
KINDS = ("ka", "kb", "kc", "clock")
TEXTS = ("x", "портал", 'a"b', "")
RULES = 6


def random_rules(chance: Random) -> RuleSet:
    """Six rules of one to four patterns: joins anywhere, `none` last, a clock that passes."""
    rules = tuple(_rule(chance, f"rule-{number}") for number in range(RULES))
    return RuleSet(rules, dict.fromkeys(KINDS, SHAPE), frozenset({"clock"}))


def random_facts(chance: Random, rules: RuleSet, count: int) -> list[SessionFact]:
    """Facts of every kind, now and then without a field that no join needs."""
    return [_fact(chance, rules, seq) for seq in range(1, count + 1)]


def _fact(chance: Random, rules: RuleSet, seq: int) -> SessionFact:
    kind = chance.choice(KINDS)
    needed = rules.needed.get(kind, frozenset())
    told = {"a": chance.randrange(4), "b": chance.randrange(4)}
    told |= {"t": chance.choice(TEXTS), "f": chance.random() < 0.5}
    kept = {name: value for name, value in told.items() if name in needed or chance.random() < 0.85}
    return SessionFact(kind, seq, kept)


def _rule(chance: Random, name: str) -> MatchRule:
    aliases: list[str] = []
    patterns: list[Pattern] = []
    for number in range(chance.randint(1, 3)):
        patterns.append(_pattern(chance, f"p{number}", chance.choice(KINDS), aliases))
        aliases.append(f"p{number}")
    for number in range(chance.choice((0, 0, 1, 2))):
        one = _pattern(chance, f"n{number}", chance.choice(KINDS[:-1]), aliases)
        patterns.append(Pattern(one.alias, one.kind, one.tests, one.joins, absent=True))
    return MatchRule(name, tuple(patterns))


def _pattern(chance: Random, alias: str, kind: str, aliases: list[str]) -> Pattern:
    tests = tuple(_test(chance) for _ in range(chance.randrange(3)))
    joins = tuple(_join(chance, aliases) for _ in range(chance.randrange(3)) if aliases)
    return Pattern(alias, kind, tests, joins)


def _test(chance: Random) -> FieldTest:
    field = chance.choice(tuple(SHAPE))
    if SHAPE[field] is FieldKind.NUMBER:
        return FieldTest(field, chance.choice(tuple(FieldOperator)), chance.randrange(4))
    value = chance.choice(TEXTS) if SHAPE[field] is FieldKind.TEXT else chance.random() < 0.5
    return FieldTest(field, chance.choice((FieldOperator.IS, FieldOperator.IS_NOT)), value)


def _join(chance: Random, aliases: list[str]) -> Join:
    field = chance.choice(tuple(SHAPE))
    alike = [name for name, kind in SHAPE.items() if kind is SHAPE[field]]
    operators = (
        tuple(FieldOperator)
        if SHAPE[field] is FieldKind.NUMBER
        else (FieldOperator.IS, FieldOperator.IS_NOT)
    )
    return Join(field, chance.choice(operators), chance.choice(aliases), chance.choice(alike))

"""From a set of rules to everything in it that would leave the fence around durable-rules.

The fence was measured: outside it the library crashes, hangs or misses firings. Whatever the
matcher in use, a policy keeps inside it, so that both give the same results.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from reglament.frozen import frozen
from reglament.matching.matching_rules import (
    ORDERING,
    FieldKind,
    FieldTest,
    Join,
    MatchRule,
    Pattern,
    RuleSet,
    Scalar,
    SessionFact,
    Shape,
)
from reglament.messages import ListedWords, Message, Words

LARGEST: Final = 2**53
LONGEST_TEXT: Final = 4_000
MOST_FIELDS: Final = 200
MOST_PATTERNS: Final = 16
MOST_GROUPS: Final = 12
MOST_RULES_OF_A_KIND: Final = 60
MOST_TESTS_OF_A_KIND: Final = 250
MOST_RULES: Final = 4_000
OWN_FIELDS: Final = frozenset({"id", "sid", "exception", "kind", "seq", "g", "session"})
OWN_KINDS: Final = frozenset({"close"})
_NAME: Final = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
_KIND: Final = re.compile(r"[A-Za-z][A-Za-z0-9_:.-]*")
KIND_OF: Final[dict[type, FieldKind]] = {
    bool: FieldKind.FLAG,
    int: FieldKind.NUMBER,
    str: FieldKind.TEXT,
}


@frozen
class Breach:
    """Where a rule (None: the set as a whole) leaves the fence, and how."""

    rule: str | None
    code: str
    message: Words


class OutsideFence(ValueError):
    """Rules or a fact that no matcher is given."""


def breaches(rules: RuleSet) -> Iterator[Breach]:
    """Every breach of the fence, in the order of the rules."""
    yield from _of_shapes(rules)
    yield from _of_the_set(rules)
    for rule in rules.rules:
        for code, message in _of_rule(rules, rule):
            yield Breach(rule.id, code, message)


def refuse_outside(rules: RuleSet) -> None:
    """Raises OutsideFence with every breach."""
    found = [f"{breach.rule or '-'}: {breach.message.to('en')}" for breach in breaches(rules)]
    if found:
        raise OutsideFence("; ".join(found))


def check_fact(rules: RuleSet, fact: SessionFact) -> None:
    """Raises OutsideFence for a fact of another shape than was declared."""
    shape = rules.shapes.get(fact.kind)
    if shape is None:
        raise OutsideFence(f"unknown kind of fact: {fact.kind}")
    missing = rules.needed.get(fact.kind, frozenset()) - fact.fields.keys()
    if missing:
        raise OutsideFence(f"{fact.kind}: a join needs {', '.join(sorted(missing))}")
    for field, value in fact.fields.items():
        if field not in shape or KIND_OF.get(type(value)) is not shape[field]:
            raise OutsideFence(f"{fact.kind}.{field}: no such field, or a value of another kind")
        if not is_plain(value):
            raise OutsideFence(f"{fact.kind}.{field}: a number or text too large")


def is_plain(value: Scalar) -> bool:
    """Whether the value is small enough to be compared exactly."""
    if isinstance(value, str):
        return len(value) <= LONGEST_TEXT and "\0" not in value
    return -LARGEST <= value <= LARGEST


Found = Iterator[tuple[str, Words]]


def _of_shapes(rules: RuleSet) -> Iterator[Breach]:
    for kind, shape in rules.shapes.items():
        if kind in OWN_KINDS or not _KIND.fullmatch(kind):
            yield Breach(None, "fence-kind", _both(f"`{kind}`", Message("reserved-kind")))
        if len(shape) > MOST_FIELDS:
            yield Breach(None, "fence-fields", _both(f"`{kind}`", Message("too-many-fields")))
        for field in shape:
            if field in OWN_FIELDS or not _NAME.fullmatch(field):
                words = _both(f"`{kind}.{field}`", Message("reserved-field"))
                yield Breach(None, "fence-field", words)


def _of_the_set(rules: RuleSet) -> Iterator[Breach]:
    if len(rules.rules) > MOST_RULES:
        yield Breach(None, "fence-rules", _both("", Message("too-many-rules")))
    for name, count in Counter(rule.id for rule in rules.rules).items():
        if count > 1:
            yield Breach(name, "fence-rule-twice", _both(f"`{name}`", Message("told-twice-linter")))
    opened: Counter[str] = Counter()
    tested: Counter[str] = Counter()
    for rule in rules.rules:
        opened.update({pattern.kind for pattern in rule.patterns})
        tested.update(one.kind for one in rule.patterns for _ in (*one.tests, *one.joins, one))
    for kind, count in opened.items():
        if count > MOST_RULES_OF_A_KIND:
            words = _both(f"`{kind}`: {count}", Message("rules-one-kind"))
            yield Breach(None, "fence-open", words)
    for kind, count in tested.items():
        if count > MOST_TESTS_OF_A_KIND:
            words = _both(f"`{kind}`: {count}", Message("tests-one-kind"))
            yield Breach(None, "fence-tests", words)


def _of_rule(rules: RuleSet, rule: MatchRule) -> Found:
    if not rule.patterns or rule.patterns[0].absent:
        yield "fence-first", _both("", Message("what-comes-first"))
    if len(rule.patterns) > MOST_PATTERNS:
        yield "fence-patterns", _both("", Message("too-many-patterns"))
    known: dict[str, Pattern] = {}
    seen: set[str] = set()
    for before, pattern in zip((None, *rule.patterns), rule.patterns, strict=False):
        if before is not None and before.absent and not pattern.absent:
            yield "fence-none-last", _both("", Message("none-comes-last"))
        if pattern.alias in seen or not _NAME.fullmatch(pattern.alias):
            words = _both(f"`{pattern.alias}`", Message("alias-taken-no-name"))
            yield "fence-alias", words
        yield from _of_pattern(rules, pattern, known)
        seen.add(pattern.alias)
        if not pattern.absent:
            known[pattern.alias] = pattern


def _of_pattern(rules: RuleSet, pattern: Pattern, known: dict[str, Pattern]) -> Found:
    shape = rules.shapes.get(pattern.kind)
    if shape is None:
        yield "fence-kind", _both(f"`{pattern.kind}`", Message("unknown-kind"))
        return
    if pattern.absent and pattern.kind in rules.transient:
        words = _both(f"`{pattern.kind}`", Message("transient-under-none"))
        yield "fence-transient", words
    if len(pattern.tests) + len(pattern.joins) > MOST_GROUPS:
        yield "fence-groups", _both("", Message("too-many-tests-pattern"))
    for test in pattern.tests:
        yield from _of_test(shape, test)
    for join in pattern.joins:
        yield from _of_join(rules, shape, join, known)


def _of_test(shape: Shape, test: FieldTest) -> Found:
    kind = shape.get(test.field)
    if kind is None or KIND_OF.get(type(test.value)) is not kind:
        yield "fence-type", _both(f"`{test.field}`", Message("field-another-kind"))
    elif not is_plain(test.value):
        yield "fence-value", _both(f"`{test.field}`", Message("value-too-large"))
    elif test.operator in ORDERING and kind is not FieldKind.NUMBER:
        yield "fence-order", _both(f"`{test.field}`", _ORDER)


def _of_join(rules: RuleSet, shape: Shape, join: Join, known: dict[str, Pattern]) -> Found:
    above = known.get(join.alias)
    if above is None:
        yield "fence-alias", _both(f"`{join.alias}`", Message("no-such-alias-above"))
        return
    kind = shape.get(join.field)
    other = rules.shapes.get(above.kind, {}).get(join.other)
    if kind is None or other is not kind:
        words = _both(f"`{join.field}`, `{join.other}`", Message("different-kinds-field"))
        yield "fence-type", words
    elif join.operator in ORDERING and kind is not FieldKind.NUMBER:
        yield "fence-order", _both(f"`{join.field}`", _ORDER)


_ORDER: Final = Message("only-numbers-ordered")


def _both(what: str, words: Words) -> Words:
    return ListedWords((what, words), ": ") if what else words

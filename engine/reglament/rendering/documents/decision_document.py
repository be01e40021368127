"""From a decided request to plain values ready for JSON, the same in every language."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any, Literal, TypeAlias, get_args

from reglament.memo import MemoByIdentity, once_for_each
from reglament.messages import Language, Words
from reglament.model.decisions import Decision
from reglament.model.lists import ItemList, total_behind
from reglament.model.outcomes import (
    AsOfSource,
    Document,
    ItemsSeen,
    Note,
    Outcome,
    Refusal,
    RuleTrace,
    Status,
    TestSeen,
    WorkedSpan,
)
from reglament.model.regulation import Version
from reglament.model.values import Type, Value
from reglament.model.words import LANGUAGES, translations
from reglament.rendering.plain.conditions_as_written import as_written
from reglament.rendering.plain.plain_tests import (
    SaidOfTest,
    asked_shape,
    plain_term,
    plain_tests,
    rule_shape,
)
from reglament.rendering.plain.plain_values import AS_IT_IS, WORDS, of_type, plain, told_by
from reglament.rendering.words.sentences import because, rules_that_say

DETERMINED = Status.DETERMINED
_DETERMINED = str(DETERMINED)
MOST_KEPT = 256
FORMAT = 1
"""Of the document; `docs/stability.md` says what its readers may rely on."""


Level = Literal["outcomes", "reasons", "full"]
# The moment that chose the version, where it came from, and what is noted.
When: TypeAlias = tuple[datetime, AsOfSource, Iterable[Note]]
# The rules, the clauses that they cite, and the rules that say why.
Reasons: TypeAlias = tuple[Iterable[str], Iterable[str], Iterable[str]]
LEVELS: tuple[Level, ...] = get_args(Level)


REASONS = ("rules", "clauses", "because_rules")
"""What the level `reasons` adds to what is told of a decision."""


def document(
    version: Version,
    doc: Document,
    only: Collection[str] | None = None,
    *,
    level: Level = "full",
    sufficient: bool = False,
    is_for_text: bool = False,
) -> dict[str, Any]:
    """The decision document, its keys always in the same order; internal decisions left out.

    With `only` the other decisions are left out, too. At the level `outcomes` it holds what came
    out, is possible and needed; at `reasons` also the ids of rules and clauses; at `full`
    everything. With `sufficient`, told facts that alone settle each outcome stand there, too.
    `is_for_text` leaves traces of very many rules to `document_text`.

    Raises ValueError for a level that there is not.
    """
    refuse_no_level(level)
    writer = _Writer(version, doc, level, is_for_text=is_for_text)
    write = getattr(writer, level)
    found: dict[str, Any] = {}
    for name, outcome in doc.decisions.items():
        decision = version.decisions[name]
        if not decision.is_internal and (only is None or name in only):
            found[name] = write(decision, outcome)
            if doc.assumed:
                found[name] |= _assumed(version, doc, name)
            if sufficient:
                found[name]["sufficient"] = list(outcome.sufficient)
    return whole(version, doc.as_of, doc.as_of_source, doc.notes, found)


def narrowed(
    made: Mapping[str, Any], level: Level, only: Collection[str] | None
) -> Mapping[str, Any]:
    """What `document` writes at a level below, or with `only`, from what it wrote at `reasons`."""
    if level == "reasons" and only is None:
        return made
    left_out = () if level == "reasons" else REASONS
    decisions = {
        name: {key: told for key, told in one.items() if key not in left_out}
        for name, one in made["decisions"].items()
        if only is None or name in only
    }
    return {**made, "decisions": decisions}


def refuse_no_level(level: str) -> None:
    """Raises ValueError for a level that there is not."""
    if level not in LEVELS:
        raise ValueError(f"level is one of {', '.join(LEVELS)}: not {level!r}")


def whole(
    version: Version,
    as_of: datetime,
    source: AsOfSource,
    notes: Iterable[Note],
    decisions: dict[str, Any],
) -> dict[str, Any]:
    """The document round what is told of the decisions."""
    noted = plain_notes(version.languages)
    return {
        "format": FORMAT,
        "policy": {"id": version.policy, "version": version.version, "digest": version.digest},
        "as_of": as_of.isoformat(),
        "as_of_source": source,
        "notes": [noted[note].copy() for note in notes],
        "decisions": decisions,
    }


def settled_document(
    version: Version,
    when: When,
    values: Sequence[Value],
    reasons: Mapping[str, Reasons] | None,
    only: Collection[str] | None = None,
) -> dict[str, Any]:
    """The same document where every decision led to an outcome: `values`, by the version's order.

    With `reasons` it is of that level.
    """
    found: dict[str, Any] = {}
    for (name, as_it_is, said), value in zip(_told_by(version), values, strict=True):
        if said is None or (only is not None and name not in only):
            continue
        outcome = possible = value
        if value.__class__ not in as_it_is:
            outcome = possible = said(value)
            if outcome.__class__ not in AS_IT_IS:  # a list or an object is nobody else's
                possible = said(value)
        found[name] = shape = settled(outcome, possible)
        if reasons is not None:
            add_reasons(shape, *reasons[name])
    return whole(version, *when, found)


def settled(outcome: Any, possible: Any) -> dict[str, Any]:
    """What came out, so that nothing else is possible, and nothing is needed."""
    return {"status": _DETERMINED, "outcome": outcome, "possible": [possible], "needs": []}


def add_reasons(
    shape: dict[str, Any], rules: Iterable[str], clauses: Iterable[str], saying: Iterable[str]
) -> None:
    """By which rules and clauses; of the rules those that say why, too."""
    shape["rules"] = [*rules]
    shape["clauses"] = [*clauses]
    shape["because_rules"] = [*saying]


@once_for_each
def _told_by(
    version: Version,
) -> Sequence[tuple[str, frozenset[type], Callable[[Value], Any] | None]]:
    """By which values of each decision are plain as they are, and how others are told.

    None for an internal one, which is not told.
    """
    decisions = version.decisions.values()
    return [
        (one.name, *((AS_IT_IS, None) if one.is_internal else told_by(one.outcome_type)))
        for one in decisions
    ]


def _assumed(version: Version, doc: Document, decision: str) -> dict[str, list[str]]:
    """The facts assumed on which the decision may rest."""
    behind = version.facts_behind(decision)
    names = [name for name in doc.assumed if name in behind]
    return {"assumed": names} if names else {}


def words(
    message: Words | None, languages: Iterable[Language] = LANGUAGES
) -> dict[str, str] | None:
    """A message in each of the languages: those of the policy, where one is known."""
    return None if message is None else translations(message, languages)


@lru_cache(maxsize=MOST_KEPT)
def plain_notes(languages: tuple[Language, ...]) -> MemoByIdentity[Note, dict[str, str]]:
    """Notes as plain values; nearly all are the same few objects."""
    return MemoByIdentity(lambda note: _note(note, languages), MOST_KEPT)


def _note(note: Note, languages: tuple[Language, ...]) -> dict[str, str]:
    told = {"code": note.code, "fact": note.fact, "told": note.told, "near": note.near}
    said = translations(note.message, languages)
    return {**said, **{key: value for key, value in told.items() if value}}


class _Writer:
    """Writes the outcomes of one document, a method a level."""

    def __init__(
        self,
        version: Version,
        doc: Document,
        level: Level,
        around: tuple[tuple[ItemList, int], ...] = (),
        *,
        is_for_text: bool = False,
    ) -> None:
        """`around` has the item of which it speaks, and the one that has it in a list."""
        self.version, self.doc = version, doc
        self.around = around
        self.languages = version.languages
        self.is_for_text = is_for_text
        self.plain_tests: Mapping[int, SaidOfTest] = {}

    def outcomes(self, decision: Decision, outcome: Outcome) -> dict[str, Any]:
        """What came out, what is possible, what is needed."""
        if outcome.status is DETERMINED:
            value, type_ = outcome.outcome, decision.outcome_type
            if value.__class__ in WORDS:
                return settled(value, value)
            # A list or an object is nobody else's.
            return settled(of_type(value, type_), of_type(value, type_))
        type_, left = decision.outcome_type, outcome.possible
        shape: dict[str, Any] = {
            "status": str(outcome.status),
            "outcome": None,
            "possible": None if left is None else [of_type(value, type_) for value in left],
            "needs": self._needs(outcome.needs),
        }
        if not outcome.is_exact:
            shape["exact"] = False
        if outcome.refused is not None:
            shape["refused"] = refused(outcome.refused, self.languages)
        return shape

    def reasons(self, decision: Decision, outcome: Outcome) -> dict[str, Any]:
        """The same, and why."""
        shape = self.outcomes(decision, outcome)
        saying = rules_that_say(self.version, decision, outcome)
        add_reasons(shape, outcome.rules, outcome.clauses, saying)
        return shape

    def full(self, decision: Decision, outcome: Outcome) -> dict[str, Any]:
        """Everything."""
        if decision.for_each is not None:
            return self._each(decision, outcome)
        version, doc = self.version, self.doc
        seen = outcome.rules_seen if self.is_for_text else None
        if seen is None:
            outcome, self.plain_tests = outcome.whole, plain_tests(version)[decision.name]
        shape = {
            **self.outcomes(decision, outcome),
            "rules": list(outcome.rules),
            "clauses": list(outcome.clauses),
            "readings": list(outcome.readings),
            "because": words(because(version, doc, outcome), self.languages),
        }
        if decision.kind.has_requirements:
            shape |= {name: list(getattr(outcome, name)) for name in ("met", "unmet", "open")}
        if decision.kind.lists_items:
            shape |= _collection(outcome, decision.type)
        if outcome.open_clauses:
            shape["open_clauses"] = list(outcome.open_clauses)
        if outcome.ledger:
            shape["ledger"] = [_span(row) for row in outcome.ledger]
        shape["trace"] = seen or [self._rule(rule) for rule in outcome.trace]
        return shape

    def _each(self, decision: Decision, outcome: Outcome) -> dict[str, Any]:
        """A decision that is made for each item of a list: the outcomes, and each by itself."""
        of_one = self.version.lists[decision.for_each or ""].item
        items: list[dict[str, Any]] = []
        for number, one in enumerate(outcome.each, 1):
            items_of = self.version.lists[decision.for_each or ""]
            writer = _Writer(of_one, one, "full", ((items_of, number), *self.around))
            inner = one.decisions[decision.name]
            items.append({"item": number, **writer.full(of_one.decisions[decision.name], inner)})
        shape = {"for_each": decision.for_each, **self.outcomes(decision, outcome)}
        shape |= {part: list(getattr(outcome, part)) for part in ("rules", "clauses", "readings")}
        return {**shape, "items": items}

    def _needs(self, names: Iterable[str]) -> list[str]:
        """The names of facts, and of the fields of an item as a request has them."""
        found = list(names)
        for items, number in self.around:
            found = [items.path(name, number) for name in found]
        return found

    def _rule(self, trace: RuleTrace) -> dict[str, Any]:
        rule, status, by, tests, *_ = trace
        return rule_shape(rule, status, by, [self._seen(test) for test in tests])

    def _seen(self, seen: TestSeen) -> dict[str, Any]:
        test, holds, value, is_told, needs, items = seen
        if items is not None:
            return self._list_test(seen, items)
        said = self.plain_tests.get(id(test))
        if value.__class__ not in AS_IT_IS:
            value = plain(value)
        if said is None or not is_told:
            shape = asked_shape(test) | {"holds": holds, "told": is_told}
            return shape | {"seen": value if is_told else None, "needs": self._needs(needs)}
        # Half of a document: in one piece, of what is known beforehand of nearly every test.
        word, name, operator, operand = said
        return {
            "subject": {word: name},
            "operator": operator,
            "operand": operand.copy() if operand.__class__ is list else operand,
            "holds": holds,
            "told": True,
            "seen": value,
            "needs": self._needs(needs) if needs else [],
        }

    def _list_test(self, seen: TestSeen, items: ItemsSeen) -> dict[str, Any]:
        """A test of a list, with the numbers of the items that it counts; the first is 1."""
        total = total_behind(self.version, seen.test.subject)
        written = as_written(seen.test, self.version).when or {}
        return {
            "subject": {"list": None if total is None else total.over},
            "operator": seen.test.word,
            "operand": plain_term(seen.test.said),
            "written": plain(written),
            "holds": seen.holds,
            "told": seen.is_told,
            "seen": plain(seen.seen) if seen.is_told else None,
            "by": list(items.by),
            "open": list(items.open),
            "more": items.is_open,
            "needs": list(seen.needs),
        }


def refused(refusal: Refusal, languages: Iterable[Language] = LANGUAGES) -> dict[str, Any]:
    """Why there is no outcome."""
    problem = refusal.problem
    return {
        "code": problem.code,
        "message": words(problem.message, languages),
        "hint": words(problem.hint, languages),
        "fact": problem.fact,
        "rules": list(refusal.rules),
        "because_of": list(refusal.because_of),
    }


def _collection(outcome: Outcome, type_: Type) -> dict[str, Any]:
    items = [
        {"id": item.id, "rule": item.rule, "attached": plain(item.attached)}
        | ({} if isinstance(item.value, str | None) else {"value": of_type(item.value, type_)})
        for item in outcome.items
    ]
    return {"items": items, "open": list(outcome.open), "ask": list(outcome.ask)}


def _span(row: WorkedSpan) -> dict[str, Any]:
    return {
        "day": plain(row.day),
        "from": plain(row.start),
        "to": plain(row.end),
        "minutes": plain(row.minutes),
    }

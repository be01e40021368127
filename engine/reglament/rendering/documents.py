"""From a decided request to plain values ready for JSON, the same in every language.

Dates and datetimes become ISO 8601 (with the offset), durations too (`PT8H`).
Decimals become strings, because a JSON number would lose their exactness in
most readers: `"120.00"`. Lists and records stay lists and objects.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime, timedelta
from decimal import MAX_EMAX, MAX_PREC, MIN_EMIN, Context, Decimal
from typing import Any

from reglament.messages import Words
from reglament.model.conditions import Test
from reglament.model.outcomes import Document, Note, Outcome, Refusal, RuleTrace, Span, TestSeen
from reglament.model.policy import DecisionKind, Version
from reglament.model.terms import Constant, DecisionRef, FactRef, Term
from reglament.model.values import Kind, Type, Value
from reglament.model.words import translations
from reglament.rendering.sentences import because

_EXACT = Context(prec=MAX_PREC, Emax=MAX_EMAX, Emin=MIN_EMIN)  # rounds nothing


def document(
    version: Version, doc: Document, only: Collection[str] | None = None
) -> dict[str, Any]:
    """The decision document, its keys always in the same order; internal decisions left out.

    With `only` the other decisions are left out, too.
    """
    shown = [
        outcome
        for name, outcome in doc.decisions.items()
        if not version.decisions[name].is_internal and (only is None or name in only)
    ]
    return {
        "policy": {"id": doc.policy, "version": doc.version, "digest": doc.digest},
        "as_of": plain(doc.as_of),
        "as_of_source": doc.as_of_source,
        "notes": [_note(note) for note in doc.notes],
        "decisions": {outcome.decision: _decision(version, doc, outcome) for outcome in shown},
    }


def plain(value: Value) -> Any:
    """One value as JSON can hold it."""
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, timedelta):
        return iso_duration(value)
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {key: plain(part) for key, part in value.items()}
    if isinstance(value, tuple):
        return [plain(part) for part in value]
    return value


def of_type(value: Value, type_: Type) -> Any:
    """The value as plain, a number with the digits of its type: 17.5 and 17.50 are one outcome."""
    if type_.kind is Kind.DECIMAL and isinstance(value, Decimal | int):
        return plain(_with_places(Decimal(value), type_.places))
    if isinstance(value, tuple):  # of a collection the type is that of its items
        return [of_type(item, type_.item or type_) for item in value]
    if isinstance(value, Mapping):
        types = dict(type_.fields)
        return {
            key: of_type(part, types[key]) if key in types else plain(part)
            for key, part in value.items()
        }
    return plain(value)


def _with_places(number: Decimal, places: int) -> Decimal:
    """The number with so many digits after the point, or more where it has more; no -0."""
    digits = max(places, -int(number.normalize(_EXACT).as_tuple().exponent))
    told = number.quantize(Decimal(1).scaleb(-digits), context=_EXACT)
    return told if told else abs(told)


def iso_duration(value: timedelta) -> str:
    """ISO 8601: `PT8H`, `P2DT30M`, `PT0.5S`; a minus sign in front where negative."""
    if value < timedelta(0):
        return f"-{iso_duration(-value)}"
    minutes, seconds = divmod(value.seconds, 60)
    hours, minutes = divmod(minutes, 60)
    exact = f"{seconds}.{value.microseconds:06}".rstrip("0").rstrip(".")
    clock = [(hours, f"{hours}H"), (minutes, f"{minutes}M"), (exact != "0", f"{exact}S")]
    days = f"{value.days}D" if value.days else ""
    time = "".join(text for counts, text in clock if counts)
    if not days and not time:
        return "PT0S"
    return f"P{days}T{time}" if time else f"P{days}"


def words(message: Words | None) -> dict[str, str] | None:
    """A message in every language of the policy."""
    return None if message is None else translations(message)


def _note(note: Note) -> dict[str, str]:
    told = {"code": note.code, "fact": note.fact, "told": note.told, "near": note.near}
    return {**translations(note.message), **{key: value for key, value in told.items() if value}}


def _decision(version: Version, doc: Document, outcome: Outcome) -> dict[str, Any]:
    decision = version.decisions[outcome.decision]
    kind = decision.kind
    shape: dict[str, Any] = {
        "status": outcome.status.value,
        "outcome": of_type(outcome.outcome, decision.outcome_type)
        if outcome.is_determined
        else None,
        "possible": _possible(outcome, decision.outcome_type),
        "needs": list(outcome.needs),
        "sufficient": list(outcome.sufficient),
        "rules": list(outcome.rules),
        "clauses": list(outcome.clauses),
        "readings": list(outcome.readings),
        "because": words(because(version, doc, outcome)),
    }
    if not outcome.is_exact:
        shape["exact"] = False
    if outcome.refused is not None:
        shape["refused"] = refused(outcome.refused)
    if kind is DecisionKind.CHECKLIST:
        shape |= {name: list(getattr(outcome, name)) for name in ("met", "unmet", "open")}
    if kind is DecisionKind.COLLECTION:
        shape |= _collection(outcome, decision.type)
    if outcome.open_clauses:
        shape["open_clauses"] = list(outcome.open_clauses)
    if outcome.ledger:
        shape["ledger"] = [_span(row) for row in outcome.ledger]
    return shape | {"trace": [_rule(rule) for rule in outcome.trace]}


def refused(refusal: Refusal) -> dict[str, Any]:
    """Why there is no outcome."""
    problem = refusal.problem
    return {
        "code": problem.code,
        "message": words(problem.message),
        "hint": words(problem.hint),
        "fact": problem.fact,
        "rules": list(refusal.rules),
        "because_of": list(refusal.because_of),
    }


def _possible(outcome: Outcome, type_: Type) -> list[Any] | None:
    if outcome.is_determined:
        return [of_type(outcome.outcome, type_)]
    if outcome.possible is None:
        return None
    return [of_type(value, type_) for value in outcome.possible]


def _collection(outcome: Outcome, type_: Type) -> dict[str, Any]:
    items = [
        {"id": item.id, "rule": item.rule, "attached": plain(item.attached)}
        | ({} if isinstance(item.value, str | None) else {"value": of_type(item.value, type_)})
        for item in outcome.items
    ]
    return {"items": items, "open": list(outcome.open), "ask": list(outcome.ask)}


def _span(row: Span) -> dict[str, Any]:
    return {
        "day": plain(row.day),
        "from": plain(row.start),
        "to": plain(row.end),
        "minutes": plain(row.minutes),
    }


def _rule(trace: RuleTrace) -> dict[str, Any]:
    return {
        "rule": trace.rule,
        "status": trace.status.value,
        "by": list(trace.by),
        "tests": [_seen(seen) for seen in trace.tests],
    }


def _seen(seen: TestSeen) -> dict[str, Any]:
    return {
        **_test(seen.test),
        "holds": seen.holds,
        "told": seen.is_told,
        "seen": plain(seen.seen) if seen.is_told else None,
        "needs": list(seen.needs),
    }


def _test(test: Test) -> dict[str, Any]:
    return {"subject": _term(test.subject), "operator": test.word, "operand": _term(test.said)}


def _term(term: Term) -> Any:
    """A constant as its value, a name as `{fact: …}` or `{decision: …}`, a formula by function."""
    if isinstance(term, Constant):
        return plain(term.value)
    if isinstance(term, FactRef):
        return {"fact": term.name}
    if isinstance(term, DecisionRef):
        return {"decision": term.name}
    return {term.function: [_term(argument) for argument in term.arguments]}

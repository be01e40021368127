"""From a condition to the `when` that a policy writes for it, as plain values.

A policy compares a fact or a decision with a literal or a name. What takes more than that, a
formula say, cannot be written there: such a part is left out, and the whole says less.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from reglament.frozen import frozen
from reglament.functions.table import field_name
from reglament.functions.totals import COUNT
from reglament.model.conditions import AllOf, AnyOf, Comparison, Condition, Counted, Not, OneOf
from reglament.model.lists import total_behind
from reglament.model.operators import AMOUNT_WORDS, DAY_WORDS, Operator
from reglament.model.regulation import Version
from reglament.model.terms import Constant, DecisionRef, FactRef, Formula, Term, Total
from reglament.model.text_tests import TextTest
from reglament.model.values import LENGTHS, NUMBERS, TEXT, WORDS, Kind, Type
from reglament.model.visitor import hours_of
from reglament.rendering.plain.plain_values import plain

_AMOUNTS = {operator: word for word, operator in AMOUNT_WORDS.items()}
_DAYS = {operator: word for word, operator in DAY_WORDS.items()}


@frozen
class WrittenCondition:
    """A condition in a policy's syntax; `when` is None if it holds of every request.

    `is_whole` is false if parts were left out: it then holds of other requests too.
    """

    when: dict[str, Any] | None
    is_whole: bool


UNWRITTEN = WrittenCondition(None, False)


def as_written(condition: Condition, version: Version) -> WrittenCondition:
    """The condition as `version` writes it; parts that it cannot write are left out."""
    match condition:
        case AllOf(parts):
            return _all([as_written(part, version) for part in parts])
        case AnyOf(parts):
            return _any([as_written(part, version) for part in parts])
        case Not(part):
            written_condition = as_written(part, version)
            return (
                WrittenCondition({"not": written_condition.when}, True)
                if written_condition.when and written_condition.is_whole
                else UNWRITTEN
            )
        case Counted():
            return _counted(condition, version)
        case Comparison():
            return _comparison(condition, version)
    name = _name(condition.subject, version)
    if name is None or any(hours not in version.hours for hours in hours_of(condition)):
        return UNWRITTEN
    if not isinstance(condition.said, Constant):
        said = _name(condition.said, version)
        return (
            UNWRITTEN
            if said is None
            else WrittenCondition({name: {condition.word: {"same_as": said}}}, True)
        )
    if isinstance(condition, TextTest):
        text = _bare(plain(condition.said.value), TEXT, version)
        return WrittenCondition({name: {condition.word: text}}, True)
    told: Any = plain(condition.said.value)
    type_ = _type(condition.subject, version)
    if isinstance(condition, OneOf):
        return WrittenCondition({name: _one([_bare(one, type_, version) for one in told])}, True)
    item = type_.item if type_ is not None else None
    return WrittenCondition({name: {condition.word: _bare(told, item, version)}}, True)


def _bare(said: Any, type_: Type | None, version: Version) -> Any:
    """The word, as it is read back where something else is called so."""
    is_name = type_ is not None and type_.kind in WORDS and _is_name(said, type_, version)
    return {"literal": said} if is_name else said


def _counted(condition: Counted, version: Version) -> WrittenCondition:
    parts = [as_written(part, version) for part in condition.parts]
    if not all(part.when and part.is_whole for part in parts):
        return UNWRITTEN
    least, most = condition.at_least, condition.at_most
    said: dict[str, Any] = {"at_least": least} if least > 0 else {}
    if most < len(parts):
        said |= {"at_most": most}
    if least == most:
        said = {"exactly": least}
    return WrittenCondition({"met": {**said, "of": [part.when for part in parts]}}, True)


def _list_test(test: Comparison, version: Version) -> WrittenCondition:
    """A test of how many items of a list are so."""
    total = total_behind(version, test.subject)
    if total is None or total.function != COUNT or not isinstance(test.operand, Constant):
        return UNWRITTEN
    item, word = version.lists[total.over].item, test.word
    where = as_written(total.where, item)
    if not where.is_whole:
        return UNWRITTEN
    if word == "every":
        return _every(total, item)
    if word not in ("some", "none"):
        word = "exactly" if test.operator is Operator.IS else _AMOUNTS[test.operator]
        narrowed = {} if where.when is None else {"where": where.when}
        return WrittenCondition({total.over: {**narrowed, word: test.operand.value}}, True)
    return WrittenCondition({total.over: {word: where.when or {}}}, True)


def _every(total: Total, item: Version) -> WrittenCondition:
    """What each of those has to be that would make *every* false by not being so."""
    parts = total.where.parts if isinstance(total.where, AllOf) else (total.where,)
    *narrowed, last = parts
    so = as_written(last.part if isinstance(last, Not) else Not(last), item)
    where = as_written(AllOf(tuple(narrowed)), item)
    more = {} if where.when is None else {"where": where.when}
    return WrittenCondition({total.over: {**more, "every": so.when or {}}}, True)


def _all(parts: list[WrittenCondition]) -> WrittenCondition:
    is_whole = all(part.is_whole for part in parts)
    told = [part.when for part in parts if part.when is not None]
    if not told:
        return WrittenCondition(None, is_whole)
    return WrittenCondition(_together(told), is_whole)


def _together(parts: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """One mapping that says all of it; operators of one name stand in one test."""
    found: dict[str, Any] = {}
    rest: list[dict[str, Any]] = []
    for part in parts:
        ((name, test),) = part.items() if len(part) == 1 else (("", part),)
        if name and name not in found:
            found[name] = test
        elif name and _can_merge(found[name], test):
            found[name] = {**found[name], **test}
        else:
            rest.append(part)
    return {**found, "all": rest} if rest and "all" not in found else _nested(found, rest)


def _nested(found: dict[str, Any], rest: list[dict[str, Any]]) -> dict[str, Any]:
    return {"all": [found, *rest]} if rest else found


def _can_merge(one: Any, other: Any) -> bool:
    both = isinstance(one, dict) and isinstance(other, dict)
    return both and not one.keys() & other.keys() and not {"not", "any"} & {*one, *other}


def _any(parts: list[WrittenCondition]) -> WrittenCondition:
    if not all(part.when for part in parts):
        return WrittenCondition(None, all(part.is_whole for part in parts))
    told = [part.when for part in parts]
    return WrittenCondition({"any": told}, all(part.is_whole for part in parts))


def _one(values: list[Any]) -> Any:
    return values[0] if len(values) == 1 else values


def _comparison(test: Comparison, version: Version) -> WrittenCondition:
    if total_behind(version, test.subject) is not None:
        return _list_test(test, version)
    subject, operator, operand = test.subject, test.operator, test.operand
    if _name(subject, version) is None:
        subject, operator, operand = operand, operator.turned, subject
    name, type_ = _name(subject, version), _type(subject, version)
    said = _operand(operand, type_, version)
    if name is None or type_ is None or said is None:
        return UNWRITTEN
    is_day_of = isinstance(subject, Formula) and subject.function == "day_of"
    if is_day_of and not _is_day(operand, version):
        return UNWRITTEN  # a moment beside a moment would compare moments
    if operator is Operator.IS:
        return WrittenCondition({name: _equal(operand, type_, said, version)}, True)
    words = _AMOUNTS if type_.kind in NUMBERS | LENGTHS else _DAYS
    return WrittenCondition({name: {words[operator]: said}}, True)


def _equal(operand: Term, type_: Type, said: Any, version: Version) -> Any:
    if not isinstance(operand, Constant):
        return {"same_as": said}
    is_date = isinstance(operand.value, date) and not isinstance(operand.value, datetime)
    if type_.kind in WORDS:
        return _bare(said, type_, version)
    return {"on": said} if type_.kind is Kind.DATETIME and is_date else said


def _is_name(said: Any, type_: Type, version: Version) -> bool:
    """Whether the word, written bare, would mean what is called so."""
    if not isinstance(said, str) or said in type_.options:
        return False
    named = version.facts.get(said) or version.decisions.get(said)
    return named is not None and named.type.kind in WORDS


def _name(term: Term, version: Version) -> str | None:
    """The name of a fact or decision, which stands for the day of a moment, too."""
    match term:
        case FactRef(name):
            return name if name in version.facts else None
        case DecisionRef(name):
            return name if name in version.decisions else None
        case Formula("day_of", (FactRef(name),)):
            return name if name in version.facts else None
        case Formula():
            return field_name(term)
    return None


def _type(term: Term, version: Version) -> Type | None:
    name = _name(term, version)
    if name is None:
        return None
    if isinstance(term, Formula):
        above = _type(term.arguments[1], version)
        return None if above is None else dict(above.fields)[name.rpartition(".")[2]]
    found: Any = version.facts.get(name) or version.decisions.get(name)
    return found.type if found is not None else None


def _is_day(term: Term, version: Version) -> bool:
    if isinstance(term, Constant):
        return isinstance(term.value, date) and not isinstance(term.value, datetime)
    type_ = None if isinstance(term, Formula) else _type(term, version)
    return type_ is not None and type_.kind is Kind.DATE


def _operand(term: Term, subject: Type | None, version: Version) -> Any:
    if isinstance(term, Constant):
        return plain(term.value)
    if isinstance(term, Formula) and (subject is None or subject.kind is not Kind.DATE):
        return None
    return _name(term, version)

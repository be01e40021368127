"""From a request in a file or in Python to the facts it tells, typed and flat."""

from __future__ import annotations

from collections.abc import Container, Iterable
from contextlib import suppress
from dataclasses import replace
from pathlib import PurePath
from typing import Any

from reglament.language.requests.fact_table import FactTable, Fault, Walked
from reglament.language.requests.unwrapped import entries_of, unwrapped
from reglament.language.syntax.diagnostics import Diagnostics
from reglament.language.syntax.json_text import is_json, parse_json_lines, read_json
from reglament.language.syntax.mismatch import TypeMismatch, due_trap
from reglament.language.syntax.source import (
    MappingNode,
    Node,
    Scalar,
    SequenceNode,
    Source,
    at,
    plain,
)
from reglament.language.syntax.yaml_problems import Unreadable
from reglament.memo import once_for_each
from reglament.messages import Message, Words
from reglament.model.problems import Place, Problem, Refused, pointer_to
from reglament.model.regulation import Version
from reglament.model.values import Value

_LINES = frozenset({".jsonl", ".ndjson"})
_A_MAPPING = Message("request-mapping-facts-fact")
_NOT_SO_QUICK = (KeyError, TypeError, ValueError, TypeMismatch)

fact_table = once_for_each(FactTable)
"""The checks of a version's facts, made once for each version."""


def facts_from(version: Version, told: object) -> dict[str, Value]:
    """The facts that a mapping (nested or dotted) or an object's fields tell, flat and typed.

    Dates may be Python dates or ISO 8601 text. A datetime without an offset is in the
    version's zone. Raises Refused with every problem: of names that are no facts first, then in
    the order of the version's facts, however the request orders them.
    """
    return facts_by(fact_table(version), told)


def facts_by(table: FactTable, told: object) -> dict[str, Value]:
    """The same, by the checks of the version's facts."""
    if told.__class__ is dict:
        try:
            return table.read_flat(told)
        except _NOT_SO_QUICK:
            pass
    try:
        return table.read_flat(_flattened(table, told))
    except _NOT_SO_QUICK:
        return _carefully(table, told)  # it says what is wrong


def _flattened(table: FactTable, told: object) -> dict[str, object]:
    """What is nested under the dotted names of facts. Raises KeyError where one is told twice."""
    flat: dict[str, object] = {}
    entries = entries_of(told)
    if entries is None or _flatten(entries, "", table.below, flat) > len(flat):
        raise KeyError
    return flat


def _flatten(
    entries: Iterable[tuple[Any, object]],
    prefix: str,
    groups: Container[str],
    flat: dict[str, object],
) -> int:
    """Put what is told below the prefix into `flat`; how many facts are told there."""
    count = 0
    for key, value in entries:
        name = prefix + key
        inner = entries_of(value) if name in groups else None
        if inner is None:
            flat[name] = value
            count += 1
        else:
            count += _flatten(inner, f"{name}.", groups, flat)
    return count


def told_alone(table: FactTable, told: object, name: str) -> Value:
    """The value told of one fact, whatever else the request tells; None where it is not told.

    Raises Refused where that value is wrong.
    """
    if told.__class__ is dict and name in told:
        try:
            value: Value = table.checkers[name](told[name])
            return value
        except _NOT_SO_QUICK:
            pass  # the careful way tells what is wrong
    if entries_of(told) is None:
        raise _no_mapping()
    fact = walk(table, told).told.get(name)
    if fact is None:
        return None
    try:
        return table.check(name, fact.value)
    except TypeMismatch as unfit:
        raise Refused([_problem(Fault(fact, unfit, of_value=True))]) from None


def walk(table: FactTable, told: object) -> Walked[Any]:
    """Every fact that a Python value tells, nested or dotted, as it was told."""
    return table.walk(told, entries_of, lambda value: value is None)


def blaming(table: FactTable, told: object, name: str, refused: Refused) -> Refused:
    """The refusal, put down to a fact as it was told."""
    pointer = pointer_in(table, told, name)
    return Refused(replace(each, fact=name, pointer=pointer) for each in refused.problems)


def pointer_in(table: FactTable, told: object, name: str) -> str | None:
    """Where the request tells the fact (RFC 6901); None where it does not."""
    fact = walk(table, told).told.get(name)
    return None if fact is None else pointer_to(fact.path)


def as_spelled(table: FactTable, told: object) -> dict[str, object]:
    """What a request tells, nested and dotted as it was told, in mappings and plain values."""
    whole: dict[str, Any] = {}
    for fact in walk(table, told).told.values():
        below = whole
        *above, last = map(str, fact.path)
        for key in above:
            below = below.setdefault(key, {})
        below[last] = unwrapped(fact.value)
    return whole


def requests_in(source: Source) -> tuple[MappingNode | Refused, ...]:
    """The requests of a text: YAML documents, JSON, a list of requests, JSON Lines, or CSV.

    In the place of a line of JSON Lines that is no request stands why it is none: the other
    lines are read all the same. Raises Refused where any other text cannot be read.
    """
    if source.is_csv:
        from reglament.language.requests.csv_requests import rows_in  # late: few are tables

        found: tuple[MappingNode | Refused, ...] = rows_in(source)
    elif _is_lines(source):
        found = tuple(_each(parse_json_lines(source), source))
    else:
        found = tuple(_each(_documents(source), source))
        problems = [one for each in found if isinstance(each, Refused) for one in each.problems]
        if problems:
            raise Refused(problems)
    if not found:
        message = Message("text-holds-no-request")
        raise Refused([Problem("request-missing", message, Place(source.name))])
    return found


def _documents(source: Source) -> list[Node]:
    report = Diagnostics(sources={source.name: source})
    nodes: list[Node] = []
    # JSON first: a character that YAML cannot hold unescaped may stand in a JSON text.
    if not is_json(source.text):
        from reglament.language.syntax.yaml_text import parse_yaml  # late: JSON needs none of it

        nodes = parse_yaml(source, report.problems, many=True)
    else:
        with suppress(Unreadable):
            nodes = [read_json(source, report.problems)]
    report.refuse_if_any()
    return nodes


def _each(nodes: Iterable[Node | Refused], source: Source) -> Iterable[MappingNode | Refused]:
    """Each request; a document that is a list holds several."""
    for node in nodes:
        if isinstance(node, SequenceNode):
            yield from (_request(item, source) for item in node.items)
        elif not (isinstance(node, Scalar) and not node.raw):
            yield _request(node, source)


def _request(node: Node | Refused, source: Source) -> MappingNode | Refused:
    if isinstance(node, MappingNode | Refused):
        return node
    problem = source.problem("wrong-shape", _A_MAPPING, node.place)
    return Refused([replace(problem, pointer="")])


def facts_in(version: Version, request: MappingNode, *sources: Source) -> dict[str, Value]:
    """The facts that a request of texts tells. Raises Refused with every problem, placed."""
    report = Diagnostics(sources={source.name: source for source in sources})
    facts = facts_of_node(fact_table(version), request, report)
    report.refuse_if_any()
    return facts


def facts_of_node(
    table: FactTable, request: Node, report: Diagnostics, base: str = ""
) -> dict[str, Value]:
    """The facts that the node tells; what is wrong joins the report at its place.

    `base` points to the node in a larger whole.
    """
    walked = table.walk(request, _node_entries, _is_null_node)
    facts = table.checked(walked, plain)
    report.fits.update(name for name, value in facts.items() if value is not None)
    for fault in walked.faults:
        told, unfit = fault.told, fault.unfit
        where: Any = at(told.value, unfit.path) if fault.of_value else told.key
        trap = _trap(table, fault, where) if isinstance(where, Scalar) else None
        about = (told.name or None, base + fault.pointer)
        report.add(unfit.code, where, unfit.message, trap or unfit.hint, unfit.stray, about)
    return facts


def told_at(table: FactTable, request: Node, name: str) -> Node | None:
    """The value that is told of the fact, nested or dotted; None where none is."""
    told = table.walk(request, _node_entries, _is_null_node).told.get(name)
    return None if told is None else told.value


def _trap(table: FactTable, fault: Fault[Any], where: Scalar) -> Words | None:
    """What to say of a told word that elsewhere is a value which the fact, or its item, may be."""
    fact = table.facts.get(fault.told.name) if fault.of_value else None
    if fact is None or fault.unfit.code != "wrong-type":
        return None
    type = fact.type.item if fault.unfit.path and fact.type.item else fact.type
    return due_trap(where, type, is_nullable=fact.is_nullable and not fault.unfit.path)


def _carefully(table: FactTable, told: object) -> dict[str, Value]:
    """The same by a walk that names every problem."""
    if entries_of(told) is None:
        raise _no_mapping()
    walked = walk(table, told)
    facts = table.checked(walked, lambda value: value)
    if walked.faults:
        raise Refused(map(_problem, sorted(walked.faults, key=table.standing)))
    return facts


def _no_mapping() -> Refused:
    return Refused([Problem("wrong-shape", _A_MAPPING, pointer="")])


def _problem(fault: Fault[Any]) -> Problem:
    """What is wrong; with a value, the fact is named first, since no line of a file shows it."""
    name, unfit = fault.told.name, fault.unfit
    message = unfit.message
    if fault.of_value and not message.to("en").startswith((f"`{name}`", f"`{name}[")):
        message = Message("name-message", name=name, message=message)
    return Problem(unfit.code, message, None, None, unfit.hint, name or None, fault.pointer)


def _node_entries(node: Node) -> Iterable[tuple[object, Node]] | None:
    return node.entries if isinstance(node, MappingNode) else None


def _is_null_node(node: Node) -> bool:
    return isinstance(node, Scalar) and node.value is None


def _is_lines(source: Source) -> bool:
    """Whether the text is JSON Lines: by its name, or since a line of several is a whole object."""
    if PurePath(source.name).suffix.lower() in _LINES:
        return True
    lines = [line for line in source.text.split("\n") if not line.isspace() and line]
    if len(lines) < 2 or not all(line.lstrip().startswith("{") for line in lines[:2]):
        return False
    return any(line.lstrip().startswith("{") and is_json(line) for line in lines)

"""From the facts of a version to a JSON Schema of its requests, which says what the reader reads.

A schema cannot say everything. Left to the reader are the bounds of moments, of durations and of
decimals told as text, the digits after the point of numbers, local times that clocks skip or show
twice, and words that are refused because they are near one of the policy's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from decimal import Decimal
from itertools import combinations
from typing import Any, TypeAlias

from reglament.language.requests.list_reader import ITEMS
from reglament.language.requests.literals import (
    DURATION,
    ISO_DURATION,
    ISO_PERIOD,
    LONGEST_TEXT,
    MOST_ITEMS,
    PERIOD,
    TIME,
)
from reglament.messages import Language, Message
from reglament.model.lists import MORE, ItemList
from reglament.model.moments import FIRST_YEAR, LAST_YEAR
from reglament.model.regulation import Fact, Version
from reglament.model.values import LARGEST, Kind, Type

Schema: TypeAlias = dict[str, Any]
DIALECT = "https://json-schema.org/draft/2020-12/schema"

_END = r"$(?!\n)"  # Python's `$` stands before a last line break, too
_SEEN = r"^[^\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]*$"
_DAY = (
    "(?:[0-9]{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])"
    "|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)|02-(?:0[1-9]|1[0-9]|2[0-8]))"
    "|(?:[0-9]{2}(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)-02-29)"
)
_HOUR, _60 = "(?:[01][0-9]|2[0-3])", "[0-5][0-9]"
_TIME = (
    f"[Tt ]{_HOUR}:{_60}(?::{_60}(?:[.][0-9]{{1,6}}0{{0,12}})?)?"
    f"(?:[Zz]|[+-]{_HOUR}(?:{_60}|:{_60}(?::(?!00){_60})?))?"
)
MOMENT_PATTERN = f"^{_DAY}(?:{_TIME})?{_END}"
"""A day, or a moment, as text."""


def request_schema(version: Version, language: Language) -> Schema:
    """A JSON Schema (2020-12) of the requests that the version decides, with labels in `language`.

    Each fact is told under its dotted name, or nested in the groups that its name makes, once.
    """
    told = version.told_facts
    groups = {name.rpartition(".")[0] for name in told} - {""}
    groups |= {above for name in groups for above in _prefixes(name)}
    spelled = _Spelled(told, frozenset(groups))
    facts = {
        name: list_schema(version.lists[name], fact, version.zone, language)
        if name in version.lists
        else fact_schema(fact, version.zone, language)
        for name, fact in told.items()
    }
    return {
        "$schema": DIALECT,
        "$id": f"urn:reglament:request:{version.policy}:{version.version}",
        "title": version.title.to(language),
        "description": Message("schema-of-requests", version=version.version).to(language),
        **spelled.mapping(""),
        "$defs": facts | {_group(name): spelled.mapping(name) for name in sorted(groups)},
    }


def enumeration(labels: Mapping[str, str]) -> Schema:
    """One of these words; editors show the label of each."""
    words = {word: {"description": label} for word, label in labels.items()}
    return {
        "enum": list(labels),
        "enumDescriptions": list(labels.values()),  # in VS Code
        "x-intellij-enum-metadata": words,
    }


def fact_schema(fact: Fact, zone: str, language: Language) -> Schema:
    """What may be told of the fact, null where it may be told."""
    labels = {word: label.to(language) for word, label in fact.option_labels.items()}
    told = _Types(labels, zone, language).schema(fact.type)
    if fact.null_means is not None:
        told = {"anyOf": [told, {"type": "null", "title": fact.null_means.to(language)}]}
    said: Schema = {"title": fact.label.to(language)}
    if fact.question is not None:
        said["description"] = fact.question.to(language)
    if fact.assumed is not None and isinstance(fact.assumed.value, str | bool | int | None):
        said["default"] = fact.assumed.value
    if fact.told_by:
        said["x-told-by"] = list(fact.told_by)
    return said | told


def list_schema(items: ItemList, fact: Fact, zone: str, language: Language) -> Schema:
    """A list of things: its items, each with any of its fields; or those that are known so far."""
    item: Schema = {
        "title": items.label.to(language),
        "type": "object",
        "properties": {
            name: list_schema(items.item.lists[whole], items.fields[whole], zone, language)
            if whole in items.item.lists
            else fact_schema(items.fields[whole], zone, language)
            for name, whole in items.whole_names.items()
        },
        "additionalProperties": False,
    }
    whole: Schema = {"type": "array", "items": item, "maxItems": items.at_most}
    told = whole | ({"minItems": items.at_least} if items.at_least else {})
    known: Schema = {
        "type": "object",
        "properties": {ITEMS: whole, MORE: {"type": "boolean"}},
        "additionalProperties": False,
    }
    if items.at_least:
        known["anyOf"] = [
            {"required": [MORE], "properties": {MORE: {"const": True}}},
            {"required": [ITEMS], "properties": {ITEMS: {"minItems": items.at_least}}},
        ]
    said: Schema = {"title": fact.label.to(language)}
    if fact.question is not None:
        said["description"] = fact.question.to(language)
    return said | {"anyOf": [told, known]}


# Where facts stand: nested, dotted, once


class _Spelled:
    """The mappings of a request: of the whole, and of each group of facts."""

    def __init__(self, facts: Mapping[str, Fact], groups: frozenset[str]) -> None:
        self.facts = facts
        self.groups = groups

    def mapping(self, group: str) -> Schema:
        """What stands in the group: facts, groups below it, none of them told in two ways."""
        prefix = f"{group}." if group else ""
        names = [*self.facts, *sorted(self.groups - self.facts.keys())]
        below = {name.removeprefix(prefix): name for name in names if name.startswith(prefix)}
        twice = [self._twice(prefix, rest) for rest, name in below.items() if name in self.facts]
        found: Schema = {
            "type": "object",
            "properties": {rest: self._value(name) for rest, name in below.items()},
            "additionalProperties": False,
        }
        never = [one for each in twice for one in each]
        return found | {"not": {"anyOf": never}} if never else found

    def _value(self, name: str) -> Schema:
        fact: Schema = {"$ref": f"#/$defs/{name}"}
        group: Schema = {"$ref": f"#/$defs/{_group(name)}"}
        if name not in self.groups:
            return fact
        if name in self.facts:
            return {"anyOf": [fact, group]}
        return {"anyOf": [group, {"type": "null"}]} if self._is_nullable(name) else group

    def _is_nullable(self, group: str) -> bool:
        """Whether null tells every fact of the group to be null."""
        below = [fact for name, fact in self.facts.items() if name.startswith(f"{group}.")]
        return group not in self.facts and all(fact.is_nullable for fact in below)

    def _twice(self, prefix: str, rest: str) -> Iterator[Schema]:
        for one, other in combinations(self._ways(prefix, rest), 2):
            yield {"allOf": [one, other]}

    def _ways(self, prefix: str, rest: str) -> list[Schema]:
        """The ways in which a mapping can tell a fact: under its name, or in a group above it."""
        ways: list[Schema] = [{"required": [rest]}]
        for above in _prefixes(rest):
            within = self._ways(f"{prefix}{above}.", rest.removeprefix(f"{above}."))
            told: list[Schema] = [{"type": "object", "anyOf": within}]
            if self._is_nullable(prefix + above):
                told.append({"type": "null"})
            ways.append({"required": [above], "properties": {above: {"anyOf": told}}})
        return ways


def _group(name: str) -> str:
    return f"{name}.*"


def _prefixes(name: str) -> Iterator[str]:
    """The groups above a dotted name, the outermost first."""
    for place, letter in enumerate(name):
        if letter == ".":
            yield name[:place]


# What is told


class _Types:
    """The schema of each type; the words of a choice have `labels`."""

    def __init__(self, labels: Mapping[str, str], zone: str, language: Language) -> None:
        self.labels = labels
        self.zone = zone
        self.language = language

    def schema(self, type: Type) -> Schema:
        """What is told of the type."""
        return self._OF[type.kind](self, type)

    def _choice(self, type: Type) -> Schema:
        words = enumeration({word: self.labels.get(word, word) for word in type.options})
        if not type.is_open:
            return {"type": "string", **words}
        return {"type": "string", "anyOf": [words, _text()], "examples": list(type.options)}

    def _boolean(self, type: Type) -> Schema:
        return {"type": "boolean"}

    def _integer(self, type: Type) -> Schema:
        return {"type": "integer", **_limits(type)}

    def _decimal(self, type: Type) -> Schema:
        sign = "" if type.at_least is not None and type.at_least >= 0 else "-?"
        digits = f"[0-9]{{1,{type.places}}}" if type.places else ""
        number = rf"0*(?:[0-9]{{1,15}}(?:\.(?:{digits or 0}0*))?|10{{15}}(?:\.0+)?)"
        text = {"type": "string", "pattern": f"^{sign}{number}{_END}", "maxLength": 59}
        number_type = "number" if type.places else "integer"
        return {"anyOf": [{"type": number_type, **_limits(type)}, text]}

    def _date(self, type: Type) -> Schema:
        earliest = f"{FIRST_YEAR}-01-01" if type.at_least is None else type.at_least.isoformat()
        latest = f"{LAST_YEAR}-12-31" if type.at_most is None else type.at_most.isoformat()
        between = f"(?={_not_before(earliest)})(?={_not_after(latest)})"
        day = {"type": "string", "format": "date", "pattern": f"^{between}{_DAY}{_END}"}
        return day | _days(type)

    def _datetime(self, type: Type) -> Schema:
        between = f"(?={_not_before(f'{FIRST_YEAR}')})(?={_not_after(f'{LAST_YEAR}')})"
        local = Message("schema-local-time", zone=self.zone).to(self.language)
        return {
            "type": "string",
            "pattern": f"^{between}{_DAY}{_TIME}{_END}",
            "anyOf": [{"format": "date-time"}, {"description": local}],
            **_days(type),
        }

    def _time(self, type: Type) -> Schema:
        return {"type": "string", "pattern": f"^{TIME}{_END}", "examples": ["18:30"]}

    def _duration(self, type: Type) -> Schema:
        pattern = f"^(?:{DURATION.pattern}|{ISO_DURATION.pattern}){_END}"
        return {"type": "string", "pattern": pattern, "maxLength": 59, "examples": ["8 hours"]}

    def _period(self, type: Type) -> Schema:
        pattern = f"^(?:{PERIOD}|{ISO_PERIOD}){_END}"
        return {"type": "string", "pattern": pattern, "maxLength": 59, "examples": ["P1Y6M"]}

    def _list(self, type: Type) -> Schema:
        items = _text() if type.item is None else self.schema(type.item)
        return {"type": "array", "items": items, "maxItems": MOST_ITEMS}

    def _record(self, type: Type) -> Schema:
        fields = {name: self.schema(field) for name, field in type.fields}
        for name in type.nullable:
            fields[name] = {"anyOf": [fields[name], {"type": "null"}]}
        required = list(fields)
        return {
            "type": "object",
            "properties": fields,
            "required": required,
            "additionalProperties": False,
        }

    _OF: Mapping[Kind, Callable[[_Types, Type], Schema]] = {
        Kind.CHOICE: _choice,
        Kind.BOOLEAN: _boolean,
        Kind.INTEGER: _integer,
        Kind.DECIMAL: _decimal,
        Kind.DATE: _date,
        Kind.DATETIME: _datetime,
        Kind.TIME: _time,
        Kind.DURATION: _duration,
        Kind.PERIOD: _period,
        Kind.TEXT: lambda _, __: _text(),
        Kind.LIST: _list,
        Kind.RECORD: _record,
    }


def _text() -> Schema:
    return {"type": "string", "maxLength": LONGEST_TEXT, "pattern": _SEEN}


def _limits(type: Type) -> Schema:
    least = -LARGEST if type.at_least is None else type.at_least
    most = LARGEST if type.at_most is None else type.at_most
    return {"minimum": _number(least), "maximum": _number(most)}


def _number(value: int | Decimal) -> int | float:
    return int(value) if value == int(value) else float(value)


def _days(type: Type) -> Schema:
    """The bounds of a day or moment, for those who can compare them (as ajv-formats does)."""
    bounds = {"formatMinimum": type.at_least, "formatMaximum": type.at_most}
    return {
        key: bound.isoformat(timespec="minutes") if isinstance(bound, datetime) else str(bound)
        for key, bound in bounds.items()
        if bound is not None
    }


def _not_before(text: str) -> str:
    """How a text of the same digits and dashes begins that does not stand before this one."""
    return _begins(text, (f"{text[:at]}[{int(digit) + 1}-9]" for at, digit in _digits(text, "9")))


def _not_after(text: str) -> str:
    return _begins(text, (f"{text[:at]}[0-{int(digit) - 1}]" for at, digit in _digits(text, "0")))


def _digits(text: str, last: str) -> Iterator[tuple[int, str]]:
    """The digits that may be passed, with their places; the `last` one may not."""
    return ((at, digit) for at, digit in enumerate(text) if digit not in ("-", last))


def _begins(text: str, others: Iterable[str]) -> str:
    return "|".join((text, *others))

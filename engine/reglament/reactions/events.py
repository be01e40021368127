"""From a line of JSON to an event of a policy's subject, or to everything that is wrong with it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final
from zoneinfo import ZoneInfo

from reglament.model.normal import nfc_within
from reglament.model.policy import Version
from reglament.model.problems import Problem, Refused, refusal
from reglament.model.reactions import Event, EventKind, SubjectKind
from reglament.model.values import Value
from reglament.model.words import Words
from reglament.policy import Policy
from reglament.reading.literals import parser_of
from reglament.reading.moments import read_datetime
from reglament.reading.requests import facts_from
from reglament.reading.suggest import suggestion
from reglament.reading.unfit import Unfit

LONGEST_LINE: Final = 1_000_000
LONGEST_ID: Final = 200
KEYS: Final = ("id", "subject", "event", "at", "facts", "fields")
_NEEDED: Final = ("id", "subject", "event", "at")


def read_event(policy: Policy, line: str) -> tuple[Event, str]:
    """The event of a line, and the line in its canonical form. Raises Refused.

    `{"id": …, "subject": "request/REQ-1", "event": "created", "at": …, "facts": {…}}`
    """
    told = _object(line)
    version = policy.versions[-1]
    kind, subject = _subject(version, told)
    zone = ZoneInfo(version.zone)
    try:
        at = read_datetime(told["at"], zone)
    except Unfit as unfit:
        raise _named("at", unfit) from None
    version = policy.version_at(at)
    kind = version.subjects.get(kind.name, kind)
    event = _kind(kind, told["event"])
    facts = facts_from(version, told.get("facts") or {})
    fields = _fields(event, told.get("fields") or {}, zone)
    made = Event(told["id"], kind.name, subject, event.name, at, facts, fields)
    return made, json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _object(line: str) -> dict[str, Any]:
    if len(line) > LONGEST_LINE:
        raise _wrong("event-too-long", Words(ru="строка слишком длинна", en="the line is too long"))
    try:
        told = json.loads(line, parse_constant=_no_constant)
    except (ValueError, RecursionError):
        message = Words(ru="строка - не JSON", en="the line is not JSON")
        raise _wrong("json-syntax", message) from None
    if not isinstance(told, dict):
        message = Words(ru="событие - это набор полей JSON", en="an event is a JSON object")
        raise _wrong("wrong-shape", message)
    problems = [_unknown(key) for key in told if key not in KEYS]
    problems += [_missing(key) for key in _NEEDED if not isinstance(told.get(key), str)]
    if not problems and not 0 < len(told["id"]) <= LONGEST_ID:
        problems.append(_missing("id"))
    if problems:
        raise Refused(problems)
    return {key: nfc_within(value) for key, value in told.items()}


def _no_constant(name: str) -> Any:
    raise ValueError(name)


def _unknown(key: str) -> Problem:
    message = Words(ru=f"у события нет поля `{key}`", en=f"an event has no `{key}`")
    return Problem("unknown-key", message, hint=suggestion(key, KEYS))


def _missing(key: str) -> Problem:
    message = Words(ru=f"событию нужен текст `{key}`", en=f"an event needs a text `{key}`")
    return Problem("missing-key", message)


def _subject(version: Version, told: Mapping[str, Any]) -> tuple[SubjectKind, str]:
    name, slash, subject = told["subject"].partition("/")
    if not slash or not 0 < len(subject) <= LONGEST_ID:
        message = Words(
            ru="предмет пишется `вид/номер`, скажем `request/REQ-1`",
            en="a subject is written `kind/number`, say `request/REQ-1`",
        )
        raise _wrong("wrong-subject", message)
    kind = version.subjects.get(name)
    if kind is None:
        message = Words(ru=f"предмета `{name}` нет", en=f"there is no subject `{name}`")
        raise _wrong("unknown-subject", message, suggestion(name, version.subjects))
    return kind, subject


def _kind(kind: SubjectKind, name: str) -> EventKind:
    event = kind.events.get(name)
    if event is None:
        message = Words(
            ru=f"у предмета `{kind.name}` нет события `{name}`",
            en=f"a `{kind.name}` has no event `{name}`",
        )
        raise _wrong("unknown-event", message, suggestion(name, kind.events))
    return event


def _fields(event: EventKind, told: object, zone: ZoneInfo) -> dict[str, Value]:
    if not isinstance(told, Mapping):
        raise _wrong("wrong-shape", Words(ru="`fields` - это набор", en="`fields` is an object"))
    found: dict[str, Value] = {}
    for name, value in told.items():
        type = event.fields.get(name)
        if type is None:
            message = Words(ru=f"у события нет поля `{name}`", en=f"the event has no `{name}`")
            raise _wrong("unknown-field", message, suggestion(name, event.fields))
        try:
            found[name] = parser_of(type, zone)(value)
        except Unfit as unfit:
            raise _named(name, unfit) from None
    return found


def _named(name: str, unfit: Unfit) -> Refused:
    message = Words(ru=f"`{name}`: {unfit.message.ru}", en=f"`{name}`: {unfit.message.en}")
    return refusal(unfit.code, message, unfit.hint)


def _wrong(code: str, message: Words, hint: Words | None = None) -> Refused:
    return refusal(code, message, hint)

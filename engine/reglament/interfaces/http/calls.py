"""From the JSON value of a body to what is asked by it: its members, known and of their types."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import islice
from typing import Any, TypeAlias

from reglament.frozen import frozen
from reglament.language.requests.request_schema import MOMENT_PATTERN
from reglament.language.syntax.mismatch import MOST_FAULTS
from reglament.language.syntax.suggest import did_you_mean, short, suggestion
from reglament.messages import Language, Message, Words, languages, ticked
from reglament.model.problems import Problem, Refused, pointer_to
from reglament.rendering.documents.decision_document import LEVELS, Level

Schema: TypeAlias = dict[str, Any]
MOST_LETTERS = 200
READERS = ("requester", "auditor", "client")


@dataclass(slots=True)
class Call:
    """What a body asks for; each kind of call takes some of the members."""

    facts: Mapping[str, Any] = field(default_factory=dict)
    at: str | None = None
    known_at: str | None = None
    version: str | None = None
    only: tuple[str, ...] | None = None
    decision: tuple[str, ...] | None = None
    lang: Language | None = None
    explain: Level = "full"
    id: str | None = None
    subject: str | None = None
    reader: str = "requester"
    not_known: tuple[str, ...] = ()
    asked_of: str | None = None
    want: Mapping[str, Any] | None = None
    files: Mapping[str, str] = field(default_factory=dict)
    old: Mapping[str, Any] = field(default_factory=dict)
    new: Mapping[str, Any] = field(default_factory=dict)


@frozen
class _Member:
    """Whether a value is right, what is wanted else, and the same as a JSON Schema."""

    fits: Callable[[Any], bool]
    wanted: Words
    schema: Schema
    made: Callable[[Any], Any] = lambda value: value


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and 0 < len(value) <= MOST_LETTERS and _is_sound(value)


def _is_sound(text: str) -> bool:
    """Whether it holds no half of a surrogate pair, which no answer and no log can hold."""
    return text.isascii() or not any("\ud800" <= letter <= "\udfff" for letter in text)


def _is_names(value: Any) -> bool:
    items = value if isinstance(value, list) else [value]
    return all(map(_is_text, items)) and bool(items)


def _names(value: Any) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


def _is_files(value: Any) -> bool:
    """Whether it maps names of files to their texts."""
    if not isinstance(value, dict) or not value:
        return False
    return all(isinstance(one, str) and _is_sound(one) for one in (*value, *value.values()))


def _is_side(value: Any) -> bool:
    """Whether it says one text of a policy: a version of that served, or files."""
    if not isinstance(value, dict) or not value.keys() <= {"version", "files"}:
        return False
    is_named = _is_text(value.get("version", "newest"))
    return is_named and ("files" not in value or _is_files(value["files"]))


def _one_of(words: Collection[str]) -> _Member:
    wanted = Message("one-names", names=ticked(words))
    return _Member(lambda value: value in words, wanted, {"enum": list(words)})


TEXT_SCHEMA: Schema = {"type": "string", "minLength": 1, "maxLength": MOST_LETTERS}
MOMENT_SCHEMA: Schema = {
    "type": "string",
    "description": "A day or a moment in ISO 8601.",
    "pattern": MOMENT_PATTERN,
}
_LIST: Schema = {"type": "array", "items": TEXT_SCHEMA}
_NAMES_SCHEMA: Schema = {"anyOf": [TEXT_SCHEMA, _LIST | {"minItems": 1}]}
_FILES_SCHEMA: Schema = {
    "type": "object",
    "additionalProperties": {"type": "string"},
    "minProperties": 1,
}
_SIDE_SCHEMA: Schema = {
    "type": "object",
    "additionalProperties": False,
    "properties": {"version": TEXT_SCHEMA, "files": _FILES_SCHEMA},
}
_A_TEXT = Message("http-a-text", most=MOST_LETTERS)
_TEXT, _MOMENT = (_Member(_is_text, _A_TEXT, one) for one in (TEXT_SCHEMA, MOMENT_SCHEMA))
_NAMES = _Member(_is_names, Message("http-names"), _NAMES_SCHEMA, _names)
_NAMES_OR_NONE = _Member(
    lambda value: value == [] or _is_names(value),
    Message("http-names"),
    {"anyOf": [TEXT_SCHEMA, _LIST]},
    _names,
)
_MAPPING = _Member(
    lambda value: isinstance(value, dict), Message("a-json-object"), {"type": "object"}
)
_SIDE = _Member(_is_side, Message("http-side"), _SIDE_SCHEMA)

MEMBERS: Mapping[str, _Member] = {
    "facts": _MAPPING,
    "at": _MOMENT,
    "known_at": _MOMENT,
    "version": _TEXT,
    "only": _NAMES,
    "decision": _NAMES,
    "lang": _one_of(languages()),
    "explain": _one_of(LEVELS),
    "id": _TEXT,
    "subject": _TEXT,
    "for": _one_of(READERS),
    "not_known": _NAMES_OR_NONE,
    "asked_of": _TEXT,
    "want": _MAPPING,
    "files": _Member(_is_files, Message("http-files"), _FILES_SCHEMA),
    "old": _SIDE,
    "new": _SIDE,
}
REQUIRED = {
    "facts": Message("http-facts-missing"),
    "files": Message("http-files-missing"),
    "old": Message("http-sides-missing"),
    "new": Message("http-sides-missing"),
}
_WHEN = ("facts", "at", "known_at", "version", "lang")
DECIDE = (*_WHEN, "only", "explain", "id", "subject")
EXPLAIN = (*_WHEN, "for")
NEXT_QUESTION = ("facts", "at", "lang", "decision", "not_known", "asked_of")
CHANGE = ("facts", "at", "lang", "want")
CHECK = ("files", "lang")
DIFF = ("old", "new", "lang")


def call_in(value: Any, members: tuple[str, ...]) -> Call:
    """The call that the value of a body makes.

    Raises Refused with every member that is unknown, missing or wrong, each with its pointer; of
    very many only the first ones.
    """
    if not isinstance(value, dict):
        raise Refused([Problem("wrong-shape", Message("http-body-object"), pointer="")])
    problems = list(islice(_problems(value, members), MOST_FAULTS))
    if problems:
        raise Refused(problems)
    call = Call()
    for key, told in value.items():
        if told is not None:
            name = "reader" if key == "for" else key  # a word of Python
            setattr(call, name, MEMBERS[key].made(told))
    return call


def _problems(value: dict[str, Any], members: tuple[str, ...]) -> Iterable[Problem]:
    for key, told in value.items():
        if key not in members:
            known = Message("http-members", listed=ticked(members))
            message = Message("unknown-key", name=short(key))
            hint = suggestion(key, members) or known
            yield Problem("unknown-key", message, hint=hint, pointer=pointer_to([key]))
        elif told is not None and not MEMBERS[key].fits(told):
            message = Message("http-member-wrong", name=key, wanted=MEMBERS[key].wanted)
            yield Problem("wrong-type", message, pointer=pointer_to([key]))
    lacking = [member for member in _required(members) if value.get(member) is None]
    if lacking:
        meant = {did_you_mean(key, members) for key in value if key not in members}
        told = [REQUIRED[member] for member in lacking if member not in meant]
        for message in dict.fromkeys(told):
            yield Problem("missing-key", message, pointer="")


@cache
def _required(members: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(member for member in members if member in REQUIRED)

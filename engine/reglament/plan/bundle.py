"""A policy as one text: every version with its plan, read back without YAML, schemas or diagrams.

It is JSON: a line that says what it is, with the digest of the lines of the body, these, the end.
So a byte more or less is noticed before anything is read. The digest tells that a bundle is
whole, and names it; it does not tell who made it. No code is in it: functions are printed from
the plan. The first line of the body says what stands in the others; each of these is a value by
itself, and most are read when somebody asks for them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from functools import cached_property
from hashlib import sha256
from typing import Any

from reglament.frozen import frozen
from reglament.model.regulation import Version
from reglament.model.terms import Constant
from reglament.plan.nodes import Plan
from reglament.plan.packing import Packer, Unpackable, Unpacker, as_text
from reglament.plan.rule_tests import RuleTests, rule_tests

FORMAT = 3
BEGINS = '{"reglament_bundle": '
_HEAD = re.compile(
    r'\{"reglament_bundle": (\d{1,9}), "digest": "(sha256:[0-9a-f]{64})", "body":(?: \[)?'
)
_BETWEEN = ",\n"
_END = "]}"


@frozen
class Bundled:
    """One version, its plan, and the text that holds all it was read from but its examples."""

    version: Version
    plan: Plan
    told: str = ""

    @property
    def content(self) -> str:
        """That text; of a version of a bundle that which stands there."""
        return self.version.content if isinstance(self.version, StoredVersion) else self.told


# What deciding a request does without; it is read when somebody asks for it.
LATER = ("examples", "subjects", "reactions", "timelines")
RULE_TESTS = "rule_tests"  # only where a version has any
# What requests are held against, so that neither rules nor reactions are read for it.
KNOWN = ("words_in_rules", "words_in_reactions")


class StoredVersion(Version):
    """A version of a bundle, whose examples and reactions are read when they are asked for."""

    _later: Mapping[str, str]

    def _read(self, name: str) -> Any:
        return _read(json.loads(self._later[name]))

    examples = cached_property(lambda self: self._read("examples"))
    subjects = cached_property(lambda self: self._read("subjects"))
    reactions = cached_property(lambda self: self._read("reactions"))
    timelines = cached_property(lambda self: self._read("timelines"))

    @cached_property
    def rule_tests(self) -> Mapping[str, RuleTests]:
        """The tests of decisions of very many rules; of an older bundle none are told."""
        told = json.loads(self._later.get(RULE_TESTS, "{}"))
        return {name: RuleTests(_read(tests), rules) for name, (tests, rules) in told.items()}

    @property
    def content(self) -> str:
        """The text that holds all that the version was read from but its examples."""
        return str(json.loads(self._later["content"]))


class NotABundle(ValueError):
    """A text is no bundle of this format; `code` says in which way."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


def pack(bundled: Iterable[Bundled]) -> str:
    """The text of a bundle of these versions, oldest first; the same for the same versions."""
    some, packer = tuple(bundled), Packer()
    texts: list[str] = []

    def line(text: str) -> int:
        texts.append(text)
        return len(texts) - 1

    versions = [
        {
            "version": one.version.version,
            "holds_from": one.version.holds_from.isoformat(),
            "digest": one.version.digest,
            "model": packer.add(_without_rest(one.version)),
            "plan": packer.add(one.plan),
            "known": {name: getattr(one.version, name) for name in KNOWN},
            "later": {
                **{name: line(_packed(getattr(one.version, name))) for name in LATER},
                "content": line(as_text(one.content)),
                **{name: line(text) for name, text in _rule_tests(one.version)},
            },
        }
        for one in some
    ]
    index = {
        "policy": some[-1].version.policy,
        "versions": versions,
        "classes": packer.classes,
        "texts": len(texts),
        "is_long": packer.is_long,
    }
    body = _BETWEEN.join([as_text(index), *texts, *packer.rows])
    return f'{BEGINS}{FORMAT}, "digest": "{_digest(body.encode())}", "body": [\n{body}\n{_END}\n'


def digest_in(text: str) -> str:
    """The digest that the bundle says it has."""
    match = _HEAD.match(text)
    if match is None:
        raise NotABundle("bundle-foreign")
    return match[2]


def unpack(data: bytes, *, is_trusted: bool = False) -> tuple[Bundled, ...]:
    """The versions of a bundle. Raises NotABundle: foreign, newer, older or changed.

    What `is_trusted` to have been made by this release is looked at when it is asked for.
    """
    head, _, rest = data.partition(b"\n")
    match = _HEAD.fullmatch(head.decode("ascii", "replace"))
    if match is None:
        raise NotABundle("bundle-foreign")
    if int(match[1]) != FORMAT:
        raise NotABundle("bundle-newer" if int(match[1]) > FORMAT else "bundle-older")
    body, _, end = rest.rstrip(b"\r\n").rpartition(b"\n")
    if end != _END.encode() or _digest(body) != match[2]:
        raise NotABundle("bundle-changed")
    try:
        return _unpacked(body.decode().split(_BETWEEN), is_trusted)
    except (Unpackable, LookupError, TypeError, ValueError, RecursionError):
        raise NotABundle("bundle-older") from None


def _unpacked(lines: list[str], is_trusted: bool) -> tuple[Bundled, ...]:
    index = json.loads(lines[0])
    first = 1 + index["texts"]
    texts, objects = lines[1:first], Unpacker(index["classes"], lines[first:])
    if not (is_trusted and index["is_long"]):
        objects.whole()
    return tuple(_checked(objects, texts, one) for one in index["versions"])


def _checked(objects: Unpacker, texts: list[str], told: Mapping[str, Any]) -> Bundled:
    version, plan = objects.object(told["model"]), objects.object(told["plan"])
    if not (isinstance(version, Version) and isinstance(plan, Plan)):
        raise Unpackable("no version")
    in_place = told["later"]
    later = {name: texts[in_place[name]] for name in (*LATER, "content")}
    later |= {name: texts[place] for name, place in in_place.items() if name == RULE_TESTS}
    known = {
        name: tuple((str(one), str(word)) for one, word in told["known"][name]) for name in KNOWN
    }
    kept = {name: told for name, told in vars(version).items() if name not in LATER}
    stored_version = object.__new__(StoredVersion)
    vars(stored_version).update(kept, **known, _later=later)
    return Bundled(stored_version, plan)


def _without_rest(version: Version) -> Version:
    kept = (field.name for field in fields(Version) if field.name not in LATER)
    return Version(**{name: getattr(version, name) for name in kept})


def _rule_tests(version: Version) -> Iterator[tuple[str, str]]:
    found = rule_tests(version)
    if found:
        told = {name: [_rows(tests.tests), tests.of_rules] for name, tests in found.items()}
        yield RULE_TESTS, as_text(told)


def _packed(value: object) -> str:
    return as_text(_rows(value))


def _rows(value: object) -> list[list[str]]:
    packer = Packer()
    packer.add(Constant(value))  # type: ignore[arg-type]
    return [packer.classes, packer.rows]


def _read(packed: list[list[str]]) -> Any:
    """What `_rows` made the rows of."""
    classes, rows = packed
    return Unpacker(classes, rows).object(len(rows) - 1).value


def _digest(body: bytes) -> str:
    return f"sha256:{sha256(body).hexdigest()}"

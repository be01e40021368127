"""A policy as one text: every version with its plan, read back without YAML, schemas or diagrams.

It is JSON on three lines: what it is with the digest of the second, the body, the end. So a byte
more or less is noticed before anything is read. The digest tells that a bundle is whole, and
names it; it does not tell who made it. No code is in it: functions are printed from the plan.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import fields
from functools import cached_property
from hashlib import sha256
from typing import Any

from reglament.frozen import frozen
from reglament.model.regulation import Version
from reglament.model.terms import Constant
from reglament.plan.nodes import Plan
from reglament.plan.packing import Packer, Unpackable, unpacked

FORMAT = 1
BEGINS = '{"reglament_bundle": '
_HEAD = re.compile(r'\{"reglament_bundle": (\d{1,9}), "digest": "(sha256:[0-9a-f]{64})", "body":')
_END = "}"


@frozen
class Bundled:
    """One version, its plan, and the text that holds all it was read from but its examples."""

    version: Version
    plan: Plan
    content: str


# What deciding a request does without; it is read when somebody asks for it.
LATER = ("examples", "subjects", "reactions", "timelines")


class StoredVersion(Version):
    """A version of a bundle, whose examples and reactions are read when they are asked for."""

    _later: Mapping[str, str]

    def _read(self, name: str) -> Any:
        classes, rows = json.loads(self._later[name])
        return unpacked(classes, rows)[-1].value

    examples = cached_property(lambda self: self._read("examples"))
    subjects = cached_property(lambda self: self._read("subjects"))
    reactions = cached_property(lambda self: self._read("reactions"))
    timelines = cached_property(lambda self: self._read("timelines"))


class NotABundle(ValueError):
    """A text is no bundle of this format; `code` says in which way."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


def pack(bundled: Iterable[Bundled]) -> str:
    """The text of a bundle of these versions, oldest first; the same for the same versions."""
    some, packer = tuple(bundled), Packer()
    body = {
        "policy": some[-1].version.policy,
        "versions": [
            {
                "version": one.version.version,
                "holds_from": one.version.holds_from.isoformat(),
                "digest": one.version.digest,
                "model": packer.add(_without_rest(one.version)),
                "words": one.version.words_in_reactions,
                "later": {name: _packed(getattr(one.version, name)) for name in LATER},
                "plan": packer.add(one.plan),
                "content": one.content,
            }
            for one in some
        ],
        "classes": packer.classes,
        "rows": packer.rows,
    }
    text = _text(body)
    return f'{BEGINS}{FORMAT}, "digest": "{_digest(text)}", "body":\n{text}\n{_END}\n'


def digest_in(text: str) -> str:
    """The digest that the bundle says it has."""
    found = _HEAD.match(text)
    if found is None:
        raise NotABundle("bundle-foreign")
    return found[2]


def unpack(text: str) -> tuple[Bundled, ...]:
    """The versions of a bundle. Raises NotABundle: foreign, newer, older or changed."""
    head, _, rest = text.partition("\n")
    found = _HEAD.fullmatch(head)
    if found is None:
        raise NotABundle("bundle-foreign")
    if int(found[1]) != FORMAT:
        raise NotABundle("bundle-newer" if int(found[1]) > FORMAT else "bundle-older")
    body, _, end = rest.partition("\n")
    if end.rstrip("\r\n") != _END or _digest(body) != found[2]:
        raise NotABundle("bundle-changed")
    try:
        return _unpacked(json.loads(body))
    except (Unpackable, LookupError, TypeError, ValueError, RecursionError):
        raise NotABundle("bundle-older") from None


def _unpacked(body: dict[str, Any]) -> tuple[Bundled, ...]:
    objects = unpacked(body["classes"], body["rows"])
    return tuple(
        _checked(objects[one["model"]], objects[one["plan"]], one) for one in body["versions"]
    )


def _checked(version: object, plan: object, told: Mapping[str, Any]) -> Bundled:
    content, later = told["content"], told["later"]
    words = tuple((str(name), str(word)) for name, word in told["words"])
    if not (isinstance(version, Version) and isinstance(plan, Plan)):
        raise Unpackable("no version")
    if not (isinstance(content, str) and isinstance(later, dict)):
        raise Unpackable("no content")
    kept = {name: told for name, told in vars(version).items() if name not in LATER}
    found = object.__new__(StoredVersion)
    # Requests are held against the words of reactions: known, so that no reaction is read.
    vars(found).update(kept, words_in_reactions=words, _later=later)
    return Bundled(found, plan, content)


def _without_rest(version: Version) -> Version:
    kept = (field.name for field in fields(Version) if field.name not in LATER)
    return Version(**{name: getattr(version, name) for name in kept})


def _packed(value: object) -> str:
    packer = Packer()
    packer.add(Constant(value))  # type: ignore[arg-type]
    return _text([packer.classes, packer.rows])


def _text(told: object) -> str:
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def _digest(body: str) -> str:
    return f"sha256:{sha256(body.encode()).hexdigest()}"

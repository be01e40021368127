"""A policy as one text: every version with its plan, read back without YAML, schemas or diagrams.

It is JSON on three lines: what it is with the digest of the second, the body, the end. So a byte
more or less is noticed before anything is read. The digest tells that a bundle is whole, and
names it; it does not tell who made it. No code is in it: functions are printed from the plan.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from reglament.model.policy import Version
from reglament.plan.nodes import Plan
from reglament.plan.packing import Packer, Unpackable, unpacked

FORMAT = 1
BEGINS = '{"reglament_bundle": '
_HEAD = re.compile(r'\{"reglament_bundle": (\d{1,9}), "digest": "(sha256:[0-9a-f]{64})", "body":')
_END = "}"


@dataclass(frozen=True, slots=True)
class Bundled:
    """One version, its plan, and the text that holds all it was read from but its examples."""

    version: Version
    plan: Plan
    content: str


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
                "model": packer.add(one.version),
                "plan": packer.add(one.plan),
                "content": one.content,
            }
            for one in some
        ],
        "classes": packer.classes,
        "rows": packer.rows,
    }
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
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
    told = (
        (objects[one["model"]], objects[one["plan"]], one["content"]) for one in body["versions"]
    )
    return tuple(_checked(*one) for one in told)


def _checked(version: object, plan: object, content: object) -> Bundled:
    if isinstance(version, Version) and isinstance(plan, Plan) and isinstance(content, str):
        return Bundled(version, plan, content)
    raise Unpackable("no version")


def _digest(body: str) -> str:
    return f"sha256:{sha256(body.encode()).hexdigest()}"

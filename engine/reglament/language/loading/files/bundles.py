"""From a policy that was read to its bundle, and from the file of a bundle to its versions."""

from __future__ import annotations

from pathlib import Path

from reglament.language.syntax.files import opened_file
from reglament.messages import Message
from reglament.model.problems import Place, Problem, Refused
from reglament.plan.bundle import BEGINS, Bundled, NotABundle, unpack

MOST_BYTES = 1 << 28


def is_bundle(path: Path) -> bool:
    """Whether the file begins as a bundle does, or is called one."""
    if not path.is_file():
        return False
    if path.name.endswith(".bundle.json"):
        return True
    with opened_file(path, str(path)) as file:
        return file.read(len(BEGINS)) == BEGINS.encode()


def read_bundle(path: Path) -> tuple[Bundled, ...]:
    """The versions in the file, each with its plan. Raises Refused; OSError for no file."""
    with opened_file(path, str(path)) as file:
        data = file.read(MOST_BYTES + 1)
    try:
        return unpack(data)
    except NotABundle as error:
        told, hint = Message(error.code, path=str(path)), Message("bundle-build-again")
        raise Refused([Problem(error.code, told, Place.whole(str(path)), hint=hint)]) from None


def refuse_bundle(path: Path) -> None:
    """Raises Refused where the file is a bundle: there is nothing in it to edit."""
    if is_bundle(path):
        told, hint = Message("bundle-built", path=str(path)), Message("bundle-edit-source")
        raise Refused([Problem("bundle-built", told, Place.whole(str(path)), hint=hint)])

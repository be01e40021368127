"""Mistakes that owners make, seeded into the shipped policies: is each told once, at its cause?

`PYTHONPATH=engine:tests python -m support.seeded_mistakes` makes them all and prints how many are
refused, at the right line, with the cause first, and in how many problems; `--all` lists each of
them. Mistakes that need thought stand in `seeded_mistakes.yaml`; those made alike everywhere are
made here.
"""

from __future__ import annotations

import argparse
import re
import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from reglament.analysis.findings import Severity, check
from reglament.language.loading.version_loader import read_policy
from reglament.model.problems import Problem, Refused
from reglament.model.regulation import Version
from support.files_read_once import files_read_once
from support.mistakes_made import Seeded, line_of, misspelt, spoilt_lines, text_of
from support.places import POLICIES

WRITTEN = Path(__file__).with_suffix(".yaml")
VERSIONS = (
    "technical-support/2019-01-01",
    "library-fees/2025-01-01",
    "annual-leave/2026-01-01",
)
MOST = 5


@dataclass(frozen=True)
class Told:
    """What was told of a seeded mistake."""

    seeded: Seeded
    problems: tuple[Problem, ...]
    following: int = 0

    @property
    def is_refused(self) -> bool:
        """Whether the policy is refused at all."""
        return bool(self.problems)

    @property
    def is_first(self) -> bool:
        """Whether the first thing told stands at the cause and names it."""
        return bool(self.problems) and self._is_cause(self.problems[0])

    @property
    def is_placed(self) -> bool:
        """Whether the cause is told at its line, wherever among the others."""
        return any(map(self._is_cause, self.problems))

    def _is_cause(self, problem: Problem) -> bool:
        if problem.place is None:
            return False
        is_there = (Path(problem.place.file).name, problem.place.line) in self.seeded.lines
        return is_there and self.seeded.says in problem.to_text("en")


def told_of(every: Iterable[Seeded], folder: Path) -> Iterator[Told]:
    """What the reader says of each version with its mistake; `folder` is written over.

    The files that are as they were shipped are read once.
    """
    for version in VERSIONS:
        shutil.copytree(POLICIES / version, folder / version)
    with files_read_once():
        for seeded in every:
            path = folder / seeded.version / seeded.file
            written = path.read_bytes()
            path.write_bytes(seeded.edit(written.decode()).encode(seeded.encoding))
            try:
                yield _told_of(seeded, folder / seeded.version)
            finally:
                path.write_bytes(written)


def _told_of(seeded: Seeded, here: Path) -> Told:
    try:
        (version,) = read_policy(here)
    except Refused as refused:
        return Told(seeded, refused.problems, len(refused.following))
    return Told(seeded, tuple(_errors(version)))


def _errors(version: Version) -> Iterator[Problem]:
    """What `check` calls an error of a version that can be read."""
    for finding in check(version):
        if finding.severity is Severity.ERROR:
            place = next(iter(finding.places), None)
            yield Problem(finding.code, finding.message, place, hint=finding.hint)


# -- mistakes that need thought -------------------------------------------------------------


def written() -> Iterator[Seeded]:
    """The mistakes of `seeded_mistakes.yaml`."""
    for group in yaml.safe_load(WRITTEN.read_text("utf-8")):
        version, file = group["in"].rsplit("/", 1)
        if version.endswith("examples"):
            version, file = version.removesuffix("/examples"), f"examples/{file}"
        for one in group["mistakes"]:
            yield _written(version, file, one)


def _written(version: str, file: str, one: dict[str, Any]) -> Seeded:
    text = text_of(version, file)
    after = text.index(one["after"]) if "after" in one else 0
    old = _block(text, one["drop"], after) if "drop" in one else one["from"]
    new = one.get("to", "")
    start = text.index(old, after)
    spoilt = text[:start] + new + text[start + len(old) :]
    first = len(old) - len(old.lstrip("\n"))
    lines = {(Path(file).name, line_of(spoilt, start + first))}
    if "at" in one:
        told = [one["at"]] if isinstance(one["at"], str) else one["at"]
        lines = {_spot(version, file, spoilt, at) for at in told}
    return Seeded(
        one["kind"],
        version,
        file,
        lambda _: spoilt,
        frozenset(lines),
        one.get("says", ""),
        one.get("encoding", "utf-8"),
    )


def _block(text: str, first: str, after: int) -> str:
    """The line that begins with `first` and all below it that is indented deeper."""
    start = text.index(first, after)
    indent = len(first) - len(first.lstrip())
    lines = text[start:].splitlines(keepends=True)
    for number, line in enumerate(lines[1:], 1):
        if line.strip() and len(line) - len(line.lstrip()) <= indent:
            return "".join(lines[:number])
    return text[start:]


def _spot(version: str, file: str, spoilt: str, at: str) -> tuple[str, int]:
    """The line that holds `at`, in the spoilt text or, as `file: text`, in another file."""
    if at == "WHOLE":
        return Path(file).name, 0
    named = re.fullmatch(r"([\w/.-]+\.(?:yaml|csv)): (.+)", at)
    text = spoilt if named is None else text_of(version, named[1])
    what = at if named is None else named[2]
    return Path(file if named is None else named[1]).name, line_of(text, text.index(what))


# -- all of them ----------------------------------------------------------------------------


def every_mistake() -> list[Seeded]:
    """All seeded mistakes, in one order."""
    found = list(written())
    for version in VERSIONS:
        found += [*misspelt(version), *spoilt_lines(version)]
    return found


def main() -> None:
    """Seed all mistakes and print how they are told."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--all", action="store_true", help="list each mistake")
    options.add_argument("--only", default="", help="only mistakes whose name holds this")
    options.add_argument("--written", action="store_true", help="only those of the YAML file")
    asked = options.parse_args()
    every = list(written()) if asked.written else every_mistake()
    chosen = [one for one in every if asked.only in one.name]
    with tempfile.TemporaryDirectory() as folder:
        told = list(told_of(chosen, Path(folder)))
    for one in told:
        is_well = one.is_first and len(one.problems) <= MOST
        if asked.all or not is_well:
            print(f"{'ok  ' if is_well else 'WEAK'} {one.seeded.name}")
            for problem in one.problems[:3] if not is_well else ():
                print("      " + problem.to_text("en").replace("\n", "\n      "))
            if len(one.problems) > 3:
                print(f"      … {len(one.problems)} problems")
    print(*summary(told), sep="\n")


def summary(told: list[Told]) -> list[str]:
    """The figures that the aims are about."""
    total = len(told)
    counted = {
        "refused": sum(one.is_refused for one in told),
        "told at the right line": sum(one.is_placed for one in told),
        "cause first": sum(one.is_first for one in told),
        f"in more than {MOST} problems": sum(len(one.problems) > MOST for one in told),
    }
    lines = [f"{name}: {count} of {total}" for name, count in counted.items()]
    return [*lines, f"most problems: {max(len(one.problems) for one in told)}"]


if __name__ == "__main__":
    sys.exit(main())

"""From the path of a file to the name by which its user knows it: nothing of the machine in it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from reglament.language.syntax.bundled import policies_folder
from reglament.model.problems import Problem


def shown_name(path: Path) -> str:
    """The path below the bundled policies, or below the current folder, or as it was given.

    The name of a bundled file is the same wherever the engine is run.
    """
    return _below(policies_folder(), path) or _below(Path.cwd(), path) or str(path)


def clickable(problems: Iterable[Problem]) -> list[Problem]:
    """The problems, bundled files told by paths that lead there from the current folder."""
    folder = _below(Path.cwd(), policies_folder())
    return [_leading(problem, folder) for problem in problems]


def _leading(problem: Problem, folder: str | None) -> Problem:
    place = problem.place
    if folder is None or place is None or not (policies_folder() / place.file).exists():
        return problem
    return replace(problem, place=replace(place, file=str(Path(folder) / place.file)))


def _below(folder: Path, path: Path) -> str | None:
    if not path.is_absolute() and folder == Path.cwd():
        return None  # given relative already, and shown as given
    try:
        return str(path.absolute().relative_to(folder.absolute()))
    except ValueError:
        return None

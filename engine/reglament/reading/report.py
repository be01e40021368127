"""From wrong places met on the way to the list of problems that a person is shown."""

from __future__ import annotations

from dataclasses import dataclass, field

from reglament.model.problems import Place, Problem, Refused
from reglament.model.words import Words
from reglament.reading.source import Node, Source


@dataclass(slots=True)
class Report:
    """Problems found so far, and the texts whose lines they show.

    `shaped` names the files whose shape the schema refused already: there, the same
    complaint a second time would only be noise.
    """

    problems: list[Problem] = field(default_factory=list)
    sources: dict[str, Source] = field(default_factory=dict)
    shaped: set[str] = field(default_factory=set)

    def add(
        self, code: str, where: Node | Place | None, message: Words, hint: Words | None = None
    ) -> None:
        """Note that something is wrong at `where`."""
        place = where if where is None or isinstance(where, Place) else where.place
        self.problems.append(Problem(code, message, place, self._line(place), hint))

    def shape(self, where: Node, wanted: Words) -> None:
        """Note that the node is not what can stand there, unless the schema said so already."""
        if where.place.file in self.shaped:
            return
        message = Words(ru=f"здесь нужно другое: {wanted.ru}", en=f"{wanted.en} is wanted here")
        self.add("wrong-shape", where, message)

    def refuse_if_any(self) -> None:
        """Raises Refused with every problem, in the order of the files, once each."""
        if self.problems:
            raise Refused(sorted(dict.fromkeys(self.problems), key=_standing))

    def _line(self, place: Place | None) -> str | None:
        source = None if place is None else self.sources.get(place.file)
        return None if source is None or place is None else source.line(place.line)


def _standing(problem: Problem) -> tuple[str, int, int, str]:
    place = problem.place
    if place is None:
        return ("", 0, 0, problem.code)
    return (place.file, place.line, place.column, problem.code)

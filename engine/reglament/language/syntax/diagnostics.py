"""From wrong places met on the way to the list of problems that a person is shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from reglament.language.syntax.source import Node, Scalar, Source
from reglament.language.syntax.suggest import UnknownWord, suggestion
from reglament.messages import Message, Words
from reglament.model.problems import Place, Problem, Refused

_OF_SHAPE = frozenset(
    {"wrong-shape", "missing-key", "unknown-key", "unknown-type", "decision-kind"}
    | {"parameter-value", "empty-condition", "unknown-operator"}
)
_MANY = 3
TO_ROUND = "round-round-half-up"
_OF_TYPES = frozenset(
    {"wrong-type", "wrong-operator", "not-comparable", "null-not-allowed", "wrong-argument"}
    | {"too-many-places", "wrong-fields", "wrong-shape", "out-of-range"}
)


@dataclass(slots=True)
class Diagnostics:
    """Problems found so far, and the texts whose lines they show.

    One mistake is told once. What the readers of text and the schema refused is not refused
    a second time: neither at the places `refused`, nor, for what is a matter of shape alone,
    in the files `shaped`. Where a whole section is lost, the codes `silenced` tell what follows
    from that, and so do the names `poisoned`, whose declaration failed: it goes to `following`.
    An entry of the sections `nameless` has no name.
    For a word that is none of those known, `strays` has the word and the known ones.
    What stands in examples and timelines (`is_late`) is told after what they rest on.
    `languages` are those of the policy's texts, where they are known.
    `misfits` and `fits` count, by name, what does not suit its declared type and what does.
    """

    problems: list[Problem] = field(default_factory=list)
    following: list[Problem] = field(default_factory=list)
    sources: dict[str, Source] = field(default_factory=dict)
    shaped: set[str] = field(default_factory=set)
    refused: set[tuple[str, int, int]] = field(default_factory=set)
    silenced: set[str] = field(default_factory=set)
    nameless: set[str] = field(default_factory=set)
    poisoned: set[str] = field(default_factory=set)
    strays: dict[Problem, UnknownWord] = field(default_factory=dict)
    late: set[Problem] = field(default_factory=set)
    is_late: bool = False
    languages: tuple[str, ...] = ()
    misfits: dict[Problem, str] = field(default_factory=dict)
    fits: Counter[str] = field(default_factory=Counter)
    _named: list[str] = field(default_factory=list)

    def add(
        self,
        code: str,
        where: Node | Place | None,
        message: Words,
        hint: Words | None = None,
        stray: UnknownWord | None = None,
        about: tuple[str | None, str | None] = (None, None),
    ) -> None:
        """Note that something is wrong at `where`; in a request, `about` a fact, at a pointer."""
        place = where if where is None or isinstance(where, Place) else where.place
        if place is not None and self._is_told(code, place):
            return
        problem = Problem(code, message, place, self._line(place), hint, *about)
        if code in self.silenced or (stray is not None and stray.word in self.poisoned):
            self.following.append(problem)
            return
        self.problems.append(problem)
        if self.is_late:
            self.late.add(problem)
        self._note_misfit(problem)
        if stray is not None:
            self.strays[problem] = stray

    def instead(
        self, of: Node, code: str, where: Node, message: Words, hint: Words | None = None
    ) -> None:
        """Note what is wrong at `where`, which explains all that was told of the node `of`."""
        spot = _spot(of.place)
        kept = [one for one in self.problems if one.place is None or _spot(one.place) != spot]
        self.problems[:] = kept
        problem = Problem(code, message, where.place, self._line(where.place), hint)
        self.problems.append(problem)
        self._note_misfit(problem)

    def _note_misfit(self, problem: Problem) -> None:
        name = problem.fact or (self._named[-1] if self._named else None)
        is_of_places = getattr(problem.hint, "code", None) == TO_ROUND  # of a number all the same
        if name is not None and problem.code in _OF_TYPES and not is_of_places:
            self.misfits[problem] = name

    @contextmanager
    def naming(self, name: str) -> Iterator[None]:
        """What is read inside is said of what has that name."""
        count = len(self.misfits)
        self._named.append(name)
        yield
        self._named.pop()
        if len(self.misfits) == count:
            self.fits[name] += 1

    def fold(self, start: int, code: str, where: Node | None, message: Words) -> None:
        """Tell once, at their cause, of the many problems of a code found since `start`."""
        many = [problem for problem in self.problems[start:] if problem.code == code]
        if len(many) < _MANY or where is None:
            return
        self.leave_out(many)
        self.following += many[1:]
        self.add(code, where, Message("said-words", said=message, words=len(many)), many[0].message)

    def leave_out(self, problems: Iterable[Problem]) -> None:
        """Tell these no more: another problem tells of what they do."""
        gone = set(problems)
        self.problems[:] = [problem for problem in self.problems if problem not in gone]

    def exchange(self, number: int, problem: Problem) -> None:
        """Put a better told problem in the place of one, with all that is known of it."""
        old = self.problems[number]
        self.problems[number] = problem
        if old in self.strays:
            self.strays[problem] = self.strays[old]
        if old in self.late:
            self.late.add(problem)
        if old in self.misfits:
            self.misfits[problem] = self.misfits[old]

    def keep_told(self) -> None:
        """Note that all that was told so far explains whatever else is wrong at its places."""
        for problem in self.problems:
            # What a mapping lacks stands at its first key, and says nothing of that key.
            if problem.place is not None and problem.code != "missing-key":
                self.refused.add(_spot(problem.place))

    def keep_shape(self, source: Source, problems: list[Problem]) -> None:
        """Note what the schema says of a file."""
        fresh = [problem for problem in problems if not self._is_refused(problem.place)]
        self.problems += fresh
        self.keep_told()
        if fresh:
            self.shaped.add(source.name)

    def unknown(
        self, code: str, where: Node, message: Words, word: str, known: Iterable[str],
        otherwise: Words | None = None,
    ) -> None:  # fmt: skip
        """Note that the word is none of those known; the hint is what is near, or `otherwise`."""
        names = tuple(known)
        self.add(
            code, where, message, suggestion(word, names) or otherwise, UnknownWord(word, names)
        )

    def told_twice(self, key: Scalar, first: Node) -> None:
        """Note that what stands at `first` is told again."""
        message = Message("told-already", key=key.value, where=first.place.file_and_line)
        self.add("told-twice", key, message, Message("keep-one-two"))

    def shape(self, where: Node, wanted: Words, hint: Words | None = None) -> None:
        """Note that the node is not what can stand there, unless the schema said so already."""
        self.add("wrong-shape", where, Message("wanted-wanted", wanted=wanted), hint)

    def refuse_if_any(self) -> None:
        """Raises Refused with every problem, in the order of the files, once each."""
        if self.problems:
            raise Refused(self.ordered(), in_order(self.following))

    def ordered(self) -> list[Problem]:
        """Every problem once: causes before what may hang on them, else as the files stand."""
        found = in_order(self.problems)
        return sorted(found, key=self._level)

    def _level(self, problem: Problem) -> int:
        if problem in self.late:
            return 3
        if problem in self.strays:
            return 2
        # What is missing may only be misspelt or misplaced.
        return 1 if problem.code == "missing-key" else 0

    def _is_told(self, code: str, place: Place) -> bool:
        if code in _OF_SHAPE and place.file in self.shaped:
            return True
        return self._is_refused(place)

    def _is_refused(self, place: Place | None) -> bool:
        return place is not None and _spot(place) in self.refused

    def _line(self, place: Place | None) -> str | None:
        source = None if place is None else self.sources.get(place.file)
        return None if source is None or place is None else source.line(place.line)


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """The problems in the order of the files, once each."""
    return sorted(dict.fromkeys(problems), key=_standing)


def _spot(place: Place) -> tuple[str, int, int]:
    return (place.file, place.line, place.column)


def _standing(problem: Problem) -> tuple[str, int, int, str]:
    place = problem.place
    if place is None:
        return ("", 0, 0, problem.code)
    return (place.file, place.line, place.column, problem.code)

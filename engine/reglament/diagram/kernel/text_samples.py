"""From what tests of a text have to be to a shortest text of which all of that is so.

The readers of the tests go over the same text side by side (the product of their automata), one
character of each kind that they tell apart standing for all of it.
"""

from __future__ import annotations

import string
from collections import Counter, deque
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from reglament.diagram.kernel.forest import PredicateVar, TooLarge, Variable
from reglament.model.conditions import Comparison
from reglament.model.operators import Operator
from reglament.model.terms import Constant, FactRef
from reglament.model.text_tests import MatchesForm, TextTest
from reglament.model.values import Value

MOST_STATES = 20_000  # of all the readers together that are met in a search for a text
OTHER_WORD = "something-else"
MOST_AVOIDED = 4  # other texts that one state is met again for
_OTHERS = "- _./#?!~"
_CYRILLIC = "яЯ"

Wanted = Sequence[tuple[TextTest, bool]]


def text_tests_of(
    answers: Iterable[tuple[Variable, Any]],
) -> dict[str, list[tuple[TextTest, bool]]]:
    """By fact, what the answers say of tests of its text."""
    found: dict[str, list[tuple[TextTest, bool]]] = {}
    for variable, answer in answers:
        match variable:
            case PredicateVar(TextTest(FactRef(fact), operand=Constant()) as test):
                found.setdefault(fact, []).append((test, answer))
    return found


def words_compared(
    answers: tuple[tuple[Variable, Any], ...], facts: Mapping[str, Value]
) -> Iterator[tuple[str, Value]]:
    """A word for each fact that is compared with another: the same word where that is wanted.

    Where any word will do, each has one of its own.
    """
    groups: dict[str, set[str]] = {}
    for variable, answer in answers:
        match variable:
            case PredicateVar(Comparison(FactRef(first), Operator.IS, FactRef(last))):
                one, other = (groups.setdefault(name, {name}) for name in (first, last))
                if answer:
                    one |= other
                    groups.update(dict.fromkeys(one, one))
    fresh = (OTHER_WORD + "-too" * count for count in range(1, len(groups) + 1))
    for group in {id(one): one for one in groups.values()}.values():
        said = {facts[name] for name in group if name in facts}
        named = sorted(map(str, said - {OTHER_WORD}))
        word = named[0] if named else OTHER_WORD if said else next(fresh)
        yield from dict.fromkeys(group, word).items()


def text_with(wanted: Wanted, avoid: Collection[str] = ()) -> str | None:
    """A shortest text, none of `avoid`, of which each test is what is wanted; None without one.

    Raises TooLarge after many states: whether there is one is then not known.
    """
    readers = [test.reader(_said(test)) for test, _ in wanted]
    characters = tuple(_characters(test for test, _ in wanted))
    start = tuple(reader.start for reader in readers)
    waiting, met, count = deque([(start, "")]), Counter([start]), 0
    while waiting:
        states, text = waiting.popleft()
        pairs = zip(readers, states, wanted, strict=True)
        is_so = all(reader.accepts(state) is holds for reader, state, (_, holds) in pairs)
        if is_so and text not in avoid:
            return text
        count += 1
        if count > MOST_STATES:
            raise TooLarge(MOST_STATES)
        for character in characters:
            after = tuple(
                reader.step(state, character) for reader, state in zip(readers, states, strict=True)
            )
            if met[after] <= min(len(avoid), MOST_AVOIDED):
                met[after] += 1
                waiting.append((after, text + character))
    return None


def _said(test: TextTest) -> str:
    assert isinstance(test.operand, Constant)
    return str(test.operand.value)


def _characters(tests: Iterable[TextTest]) -> Iterator[str]:
    """Every character that a test names, and one of each kind that none does."""
    named: dict[str, None] = {}
    for test in tests:
        said = _said(test)
        if isinstance(test, MatchesForm):
            said = "".join(spot.character for spot in test.reader(said).spots)  # type: ignore[union-attr]
        named.update(dict.fromkeys(said))
    for kind in (string.ascii_lowercase, string.ascii_uppercase, string.digits, _OTHERS, _CYRILLIC):
        fresh = next((one for one in kind if one not in named), None)
        if fresh is not None:
            yield fresh
    yield from named

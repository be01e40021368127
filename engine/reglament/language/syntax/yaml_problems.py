"""From what the readers of YAML and JSON refuse to the words that say so, within their bounds."""

from __future__ import annotations

import re
from typing import Final

from reglament.language.syntax.source import MOST_PROBLEMS, Node, Scalar, Source, too_many
from reglament.language.syntax.suggest import short
from reglament.language.syntax.traps import number_hint
from reglament.language.syntax.yaml_words import MOST_DIGITS
from reglament.messages import Message, ticked
from reglament.model.problems import Place, Problem

DEEPEST: Final = 64
MOST_ALIASED: Final = 50_000
LONGEST_TEXT: Final = 100_000
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


class Unreadable(Exception):
    """The rest of the text cannot be read; its problem is told already."""


def stop_if_too_many(source: Source, problems: list[Problem], place: Place) -> None:
    if len(problems) >= MOST_PROBLEMS and too_many(source, problems, place):
        raise Unreadable


def add_entry(
    source: Source,
    problems: list[Problem],
    entries: dict[str, tuple[Scalar, Node]],
    key: Scalar,
    node: Node,
) -> None:
    first, said = entries.setdefault(str(key.value), (key, node))
    if first is not key:
        if isinstance(said, Scalar) and not said.raw:  # a line that was begun and left
            entries[str(key.value)] = (key, node)
        name = short(str(key.value))
        message = Message("key-already-line", name=name, line=first.place.line)
        hint = Message("keep-one-two")
        problems.append(source.problem("duplicate-key", message, key.place, hint))


def told_again(
    source: Source, problems: list[Problem], entries: dict[str, tuple[Scalar, Node]], start: int
) -> None:
    """Several keys of one mapping that stand twice are one mistake: what parts the two is missing.

    `start` is how many problems there were before the mapping.
    """
    own = {str(key) for key in entries}
    again = [problem for problem in problems[start:] if _key_twice(problem) in own]
    if len(again) < 2:
        return
    problems[start:] = [problem for problem in problems[start:] if problem not in again]
    listed = ticked(_key_twice(problem) for problem in again)
    message = Message("stand-second-time-one", listed=listed)
    hint = Message("dash-new-item-key")
    place = again[0].place or Place(source.name)
    problems.append(source.problem("duplicate-key", message, place, hint))


def _key_twice(problem: Problem) -> str | None:
    """The key that stands twice; None of another problem, one of several such keys among them."""
    said = problem.message
    if isinstance(said, Message) and said.code == "key-already-line":
        return str(said["name"])
    return None


def text_problems(source: Source, text: str, place: Place) -> list[Problem]:
    if len(text) > LONGEST_TEXT:
        message = Message("text-longer-than-characters", longest_text=LONGEST_TEXT)
        return [source.problem("text-too-long", message, place)]
    control = CONTROL.search(text)
    if control is None:
        return []
    message = Message("text-holds-control-character", code=format(ord(control[0]), "04X"))
    return [source.problem("unseen-character", message, place, Message("delete"))]


def odd_number(source: Source, raw: str, place: Place) -> Problem:
    message = Message("number-written-way-read", raw=short(raw))
    return source.problem("yaml-number", message, place, number_hint(raw))


def long_number(source: Source, raw: str, place: Place) -> Problem:
    message = Message("number-more-than-digits", most_digits=MOST_DIGITS)
    return source.problem("number-too-long", message, place, number_hint(raw))


def too_deep(source: Source, place: Place) -> Problem:
    message = Message("nested-deeper-than-levels", deepest=DEEPEST)
    return source.problem("nested-too-deep", message, place)


def too_many_aliased(source: Source, place: Place) -> Problem:
    message = Message("aliases-stand-more-than", most_aliased=MOST_ALIASED)
    return source.problem("yaml-alias-bomb", message, place)


def lost_alias(source: Source, name: str, place: Place, *, to_itself: bool) -> Problem:
    name = short(name)
    if to_itself:
        return source.problem("yaml-alias", Message("alias-stands-inside-what", name=name), place)
    message = Message("alias-no-anchor-above", name=name)
    return source.problem("yaml-alias", message, place, Message("put-quotes-if-text"))


def odd_key(source: Source, place: Place) -> Problem:
    message = Message("key-must-word")
    return source.problem("yaml-key", message, place, Message("put-quotes-if-text-with"))


def word_key(source: Source, text: str, place: Place) -> Problem:
    if text == "<<":
        message = Message("merging-not-language")
        return source.problem("yaml-merge", message, place, Message("write-keys-out"))
    message = Message("key-empty")
    return source.problem("yaml-key", message, place, Message("if-text-write-quotes", raw=text))


def folded_list(source: Source, place: Place) -> Problem:
    message = Message("list-under-value-read")
    return source.problem("yaml-folded-list", message, place, Message("take-off-value-list"))


def second_document(source: Source, place: Place) -> Problem:
    message = Message("second-document-file-holds")
    return source.problem("yaml-documents", message, place, Message("take-off"))

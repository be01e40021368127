"""From what the readers of YAML and JSON refuse to the words that say so, within their bounds."""

from __future__ import annotations

import re
from typing import Final

from reglament.language.syntax.source import MOST_PROBLEMS, Node, Scalar, Source, too_many
from reglament.language.syntax.suggest import short
from reglament.language.syntax.traps import number_hint
from reglament.language.syntax.yaml_words import MOST_DIGITS
from reglament.model.problems import Place, Problem
from reglament.model.words import Words

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
    first = entries.setdefault(str(key.value), (key, node))[0]
    if first is not key:
        name = short(str(key.value))
        message = Words(
            ru=f"ключ `{name}` уже есть в строке {first.place.line}",
            en=f"the key `{name}` is already on line {first.place.line}",
        )
        hint = Words(ru="оставьте один из двух", en="keep one of the two")
        problems.append(source.problem("duplicate-key", message, key.place, hint))


def told_again(
    source: Source, problems: list[Problem], entries: dict[str, tuple[Scalar, Node]], start: int
) -> None:
    """Several keys of one mapping that stand twice are one mistake: what parts the two is missing.

    `start` is how many problems there were before the mapping.
    """
    own = {str(key) for key in entries}
    again = [one for one in problems[start:] if one.code == "duplicate-key"]
    again = [one for one in again if _key_of(one) in own]
    if len(again) < 2:
        return
    problems[start:] = [one for one in problems[start:] if one not in again]
    listed = ", ".join(f"`{_key_of(one)}`" for one in again)
    message = Words(
        ru=f"в одном наборе второй раз стоят {listed}",
        en=f"{listed} stand a second time in one mapping",
    )
    hint = Words(
        ru="нет ли здесь пропавшей черты `-` перед новым пунктом или ключа над ними?",
        en="is the dash `-` of a new item, or a key above them, missing here?",
    )
    place = again[0].place or Place(source.name)
    problems.append(source.problem("duplicate-key", message, place, hint))


def _key_of(problem: Problem) -> str:
    return problem.message.en.split("`")[1]


def text_problems(source: Source, text: str, place: Place) -> list[Problem]:
    if len(text) > LONGEST_TEXT:
        message = Words(
            ru=f"текст длиннее {LONGEST_TEXT} знаков",
            en=f"the text is longer than {LONGEST_TEXT} characters",
        )
        return [source.problem("text-too-long", message, place)]
    control = CONTROL.search(text)
    if control is None:
        return []
    message = Words(
        ru=f"в тексте управляющий знак U+{ord(control[0]):04X}",
        en=f"the text holds the control character U+{ord(control[0]):04X}",
    )
    return [
        source.problem("unseen-character", message, place, Words(ru="удалите его", en="delete it"))
    ]


def odd_number(source: Source, raw: str, place: Place) -> Problem:
    message = Words(
        ru=f"число `{short(raw)}` записано так, что его читают по-разному",
        en=f"the number `{short(raw)}` is written in a way that is read differently",
    )
    return source.problem("yaml-number", message, place, number_hint(raw))


def long_number(source: Source, raw: str, place: Place) -> Problem:
    message = Words(
        ru=f"в числе больше {MOST_DIGITS} цифр",
        en=f"the number has more than {MOST_DIGITS} digits",
    )
    return source.problem("number-too-long", message, place, number_hint(raw))


def too_deep(source: Source, place: Place) -> Problem:
    message = Words(
        ru=f"вложенность больше {DEEPEST} уровней", en=f"nested deeper than {DEEPEST} levels"
    )
    return source.problem("nested-too-deep", message, place)


def too_many_aliased(source: Source, place: Place) -> Problem:
    message = Words(
        ru=f"ссылки разворачиваются более чем в {MOST_ALIASED} значений",
        en=f"the aliases stand for more than {MOST_ALIASED} values",
    )
    return source.problem("yaml-alias-bomb", message, place)


def lost_alias(source: Source, name: str, place: Place, *, to_itself: bool) -> Problem:
    name = short(name)
    if to_itself:
        message = Words(
            ru=f"ссылка `*{name}` стоит внутри того, на что ссылается",
            en=f"the alias `*{name}` stands inside what it refers to",
        )
        return source.problem("yaml-alias", message, place)
    message = Words(
        ru=f"ссылка `*{name}`, а метки `&{name}` выше нет",
        en=f"the alias `*{name}` has no anchor `&{name}` above it",
    )
    hint = Words(ru="если это текст, возьмите его в кавычки", en="put it in quotes if it is text")
    return source.problem("yaml-alias", message, place, hint)


def odd_key(source: Source, place: Place) -> Problem:
    message = Words(ru="ключ должен быть словом", en="a key must be a word")
    hint = Words(
        ru="если это текст со скобкой или звёздочкой, возьмите его в кавычки",
        en="put it in quotes if it is text with a bracket or an asterisk",
    )
    return source.problem("yaml-key", message, place, hint)


def word_key(source: Source, text: str, place: Place) -> Problem:
    if text == "<<":
        message = Words(
            ru="слияния `<<` в этом языке нет", en="merging by `<<` is not in this language"
        )
        hint = Words(ru="напишите ключи явно", en="write the keys out")
        return source.problem("yaml-merge", message, place, hint)
    message = Words(ru="ключ пуст", en="the key is empty")
    hint = Words(
        ru=f'если это текст, напишите `"{text}"` в кавычках',
        en=f'if it is text, write `"{text}"` in quotes',
    )
    return source.problem("yaml-key", message, place, hint)


def folded_list(source: Source, place: Place) -> Problem:
    message = Words(
        ru="список под значением читается как продолжение текста",
        en="the list under a value is read as more of its text",
    )
    hint = Words(
        ru="уберите значение или список, а текст возьмите в кавычки",
        en="take off the value or the list; put text in quotes",
    )
    return source.problem("yaml-folded-list", message, place, hint)


def second_document(source: Source, place: Place) -> Problem:
    message = Words(
        ru="второй документ в файле, где должен быть один",
        en="a second document in a file that holds one",
    )
    hint = Words(ru="уберите `---`", en="take off `---`")
    return source.problem("yaml-documents", message, place, hint)

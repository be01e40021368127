"""Messages as values: equal, hashable, picklable; what stands in them is put into words last."""

from __future__ import annotations

import pickle
from datetime import date

import pytest

from reglament.messages import ListedWords, Message, Rendered, Verbatim, any_of
from reglament.messages.catalogue import Catalogue, catalogue
from reglament.messages.pattern import filled
from reglament.rendering.words import cldr


def test_equal_codes_and_values_are_equal_messages() -> None:
    one, other = (Message("unknown-fact-told", shown="x") for _ in range(2))

    assert one == other
    assert hash(one) == hash(other)
    assert one != Message("unknown-fact-told", shown="y")
    assert pickle.loads(pickle.dumps(one)) == one


def test_a_message_in_a_message_is_said_in_its_language() -> None:
    inner = Message("unknown-fact-told", shown="x")
    outer = Message("entry-sequence-message", sequence=3, message=inner)

    assert outer.to("ru") == "запись 3: неизвестный факт `x`"
    assert outer.to("de") == "Eintrag 3: unbekannter Fakt `x`"


def test_words_in_a_row_are_joined_in_their_language() -> None:
    assert ListedWords([Message("yes"), "x", 2]).to("de") == "ja, x, 2"
    assert any_of([Message("yes"), Message("no")]).to("ru") == "да или нет"
    assert Verbatim("x").to("ru") == "x"


def test_what_a_function_says_is_said_when_the_language_is_known() -> None:
    day = Rendered(cldr.day, date(2026, 11, 20))

    assert [day.to(language) for language in ("ru", "en", "de")] == [
        "20 ноября 2026",
        "20 November 2026",
        "20. November 2026",
    ]
    assert pickle.loads(pickle.dumps(day)) == day


def test_a_language_without_a_catalogue_is_named() -> None:
    with pytest.raises(LookupError, match="no catalogue for 'xx'"):
        catalogue("xx")


def test_a_policy_in_a_language_without_a_catalogue_gets_the_engines_words_in_english() -> None:
    assert Message("yes").to("fr") == "yes"


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ("a = plain", "plain"),
        ("a = one { $x } two", "one 1 two"),
        ('a = {"{"}{ $x }{"}"}', "{1}"),
        ("a =\n    one\n    two { $x }", "one\ntwo 1"),
        ("a = { $x ->\n    [1] exact\n   *[other] any\n }", "exact"),
        ("a = { $x ->\n    [one] singular\n   *[other] plural\n }", "singular"),
        ("a = { $word ->\n    [true] so\n   *[other] not\n }", "so"),
    ],
)
def test_an_entry_is_read_as_it_is_written(entry: str, said: str) -> None:
    pattern = Catalogue(f"# a comment\n{entry}\n\nb = next\n").pattern("a")

    assert filled(pattern, {"x": 1, "word": True}, "en") == said


@pytest.mark.parametrize("entry", ["a = { NUMBER($x) }", "a = { b }", "a = { $x ->", "a ="])
def test_what_the_catalogues_do_not_use_is_refused(entry: str) -> None:
    with pytest.raises(ValueError, match="not"):
        Catalogue(f"{entry}\n").pattern("a")

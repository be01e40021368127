"""The known word that a mistyped one is nearest to."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reglament.language.syntax.suggest import did_you_mean, suggested, suggestion
from support.laws import LETTER

KNOWN = ["request.service", "request.channel", "key.registered_on", "paid", "free", "in_scope"]


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("requset.service", "request.service"),
        ("piad", "paid"),
        ("Paid", "paid"),
        ("in-scope", "in_scope"),
        ("channel", "request.channel"),
        ("request.сhannel", "request.channel"),
        ("fr\u200bee", "free"),
        ("weather", None),
        ("", None),
        ("x" * 1_000, None),
    ],
)
def test_the_nearest_known_word_is_offered(word, meant):
    assert did_you_mean(word, KNOWN) == meant


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("hit", "hit_policy"),
        ("then_value", None),
        ("--rules", "rules"),
        ("rul", None),  # of a rule, or of rules
        ("hi", None),
        ("policy", "hit_policy"),
        ("of", None),
        ("hit" + " " * 80, None),  # longer than any name
    ],
)
def test_the_one_known_word_that_begins_or_ends_so_is_suggested(word, meant):
    assert suggested(word, ["hit_policy", "then", "rules", "rule_of"]) == meant


@pytest.mark.parametrize(
    ("word", "en", "ru"),
    [
        ("piad", "did you mean `paid`?", "может быть, `paid`?"),
        (
            "frее",
            "`frее` holds the Cyrillic letter `е`; did you mean `free`?",
            "в `frее` буква `е` — кириллическая; может быть, `free`?",
        ),
        (
            "fr\u00adee",
            "`fr\u00adee` contains the invisible character U+00AD; did you mean `free`?",
            "в `fr\u00adee` есть невидимый знак U+00AD; может быть, `free`?",
        ),
    ],
)
def test_a_suggestion_names_the_stray_letter(word, en, ru):
    hint = suggestion(word, KNOWN)

    assert hint is not None
    assert (hint.to("en"), hint.to("ru")) == (en, ru)


@given(st.text(LETTER, max_size=10), st.lists(st.text(LETTER, max_size=10), max_size=5))
def test_a_suggestion_is_always_one_of_the_known_words(word, known):
    for nearest in (did_you_mean, suggested):
        meant = nearest(word, known)

        assert meant is None or (meant in known and meant != word)
        assert nearest(word, reversed(known)) == meant

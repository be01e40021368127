"""How the catalogues speak: no form that the rules of prose ban, every number with its plural."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

import pytest

from reglament.messages import Message, languages
from reglament.messages.catalogue import catalogue
from reglament.messages.pattern import Choice, Pattern, Reference
from reglament.rendering.words.cldr import number

BANNED = {
    "ru": {
        "a hyphen for a dash": r" - ",
        "политика for регламент": r"[Пп]олитик",
        "прочтение for толкование": r"[Пп]рочтени",
        "поставьте for установите": r"[Пп]оставьте",
        "a dash for a span": r"\d — \d",
    },
    "en": {
        "`is no x` for `is not a x`": r"(`|\bthis|\bit) is no (?!longer|such)[a-z.]+",
        "gone for removed": r"\bis gone\b(?!,)",
        "take off for remove": r"\btake (it |the \w+ )?off\b",
        "parted for separated": r"\bparted\b",
        "hangs on for depends on": r"\bhangs? on\b",
        "for want of": r"\bfor want\b",
        "reckon": r"\breckon",
        "wanted here": r"\bwanted here\b",
    },
    "de": {
        "a hyphen for a dash": r" - (?!\()",
        "Klausel for Bestimmung": r"Klausel",
        "Lesart for Auslegung": r"Lesart",
        "Tatsache, Angabe for Fakt": r"Tatsache|\b([Dd]ie|[Kk]eine) Angabe [`s]",
        "Regelung served for Regelwerk": r"Regelungen (in|sehen|so)|mitgelieferten Regelungen",
        "Digest, Fingerabdruck der Regelung for Prüfsumme": r"Digest|Fingerabdruck der Regel",
        "Engine for Programm": r"\bEngine\b",
        "Gegenstand for Objekt": r"Gegenstand",
        "vertraulich for sensibel": r"[Vv]ertraulich",
        "kurzer for verkürzter Tag": r"\bkurze[rn]? Tag",
        "zitieren for anführen": r"[Zz]itier",
        "Startzahl for Startwert": r"Startzahl",
        "neu, noch einmal for erneut entscheiden": r"(neu|noch einmal)( einzeln)? (entsch|getr)",
        "Ausfuhr for Export": r"Ausfuhr|ausführen$",
    },
}
# Where `-` is what is typed, or begins a line.
KEPT = {("ru", "option-watch-to"), ("de", "option-watch-to"), ("ru", "may-apply-auditor")}
COUNTS = {"count", "count2", "more", "total", "entries", "days", "examples", "cells", "columns"}
COUNTED = {
    # A word that a number counts, and that has other forms; "and 1 more" has none.
    "en": r"^ (?!more\b|of\b|at\b|to\b|after\b|is\b|has\b|on\b)[a-z]+s\b",
    "de": r"^ (?!weiteres?\b|von\b|bis\b|des\b)[a-zäöü]*[A-ZÄÖÜ]\w+(en|er|te|ge|le)\b",
    "ru": r"^ (?!из\b|и\b|по\b|на\b|до\b|от\b|не\b)[а-яё]+",
}
UNCHANGED = {
    # The same in the singular and the plural, or said of limits that are many.
    ("de", "problems-already-file-read"),
    ("de", "language-not-declared"),
    ("en", "problems-already-file-read"),
}


def uncounted(
    pattern: Pattern, language: str, chosen: frozenset[str] = frozenset()
) -> Iterator[str]:
    """The numbers that stand before a word which does not bend to them."""
    for part, behind in zip(pattern, (*pattern[1:], ""), strict=True):
        if isinstance(part, Choice):
            for variant in part.variants.values():
                yield from uncounted(variant, language, chosen | {part.name})
        if not isinstance(part, Reference) or part.name not in COUNTS - chosen:
            continue
        if isinstance(behind, str) and re.match(COUNTED[language], behind):
            yield f"{{ ${part.name} }}{behind}"


@pytest.mark.parametrize("language", languages())
def test_no_message_has_a_form_that_the_rules_ban(language: str) -> None:
    entries = catalogue(language)
    found = {
        f"{code}: {label}"
        for code in entries
        for label, form in BANNED[language].items()
        if re.search(form, written(entries.pattern(code))) and (language, code) not in KEPT
    }

    assert found == set()


def written(pattern: Pattern) -> str:
    """The words of a message, all its variants, with `…` for values."""
    said = ""
    for part in pattern:
        if isinstance(part, Choice):
            said += "\n".join(map(written, part.variants.values()))
        else:
            said += part if isinstance(part, str) else "…"
    return said


@pytest.mark.parametrize("language", languages())
def test_a_word_bends_to_the_number_before_it(language: str) -> None:
    found = {
        f"{code}: {one}"
        for code in catalogue(language)
        for one in uncounted(catalogue(language).pattern(code), language)
        if (language, code) not in UNCHANGED
    }

    assert found == set()


LABELS = {
    "masculine": {"ru": "раздел", "en": "tier", "de": "Abschnitt"},
    "feminine": {"ru": "услуга", "en": "service", "de": "Leistung"},
    "neuter": {"ru": "продление", "en": "renewal", "de": "Ergebnis"},
    "plural": {"ru": "рабочие часы", "en": "hours", "de": "Stunden"},
}


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize(
    "value", [*LABELS, 0, 1, 2, 5, 21, Decimal("1.5")], ids=lambda value: str(value)
)
def test_every_message_is_whole_with_any_label_and_number(language: str, value: object) -> None:
    said = LABELS[value][language] if isinstance(value, str) else value
    shown = number(said, language) if isinstance(said, Decimal) else str(said)
    for code in catalogue(language):
        names = re.findall(r"\$(\w+)", repr_of(code, language))
        text = Message(code, **dict.fromkeys(names, said)).to(language)

        assert not re.search(r"\{ ?\$|FluentNone", text), code
        assert not names or shown in text or has_only_choices(code, language), code


def repr_of(code: str, language: str) -> str:
    """The names of values, each behind a dollar."""

    def names(pattern: Pattern) -> Iterator[str]:
        for part in pattern:
            if isinstance(part, Reference | Choice):
                yield f"${part.name}"
            if isinstance(part, Choice):
                for variant in part.variants.values():
                    yield from names(variant)

    return " ".join(names(catalogue(language).pattern(code)))


def has_only_choices(code: str, language: str) -> bool:
    """Whether the message shows no value, in some of its variants at least."""
    return any(isinstance(part, Choice) for part in catalogue(language).pattern(code))

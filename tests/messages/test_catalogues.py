"""The catalogues: whole, equal in their keys and values, used, and read as Fluent reads them."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from itertools import product
from pathlib import Path
from typing import NamedTuple

import jinja2
import pytest
from babel.core import Locale
from fluent.runtime import FluentBundle, FluentResource
from fluent.runtime.types import FluentNone

from reglament.messages import SOURCE, Message, languages
from reglament.messages.catalogue import catalogue
from reglament.messages.pattern import Choice, Pattern, Reference
from reglament.messages.plurals import plural_form, plural_forms
from reglament.rendering.words.cldr import number
from support.laws import sample
from support.places import ROOT

ENGINE = ROOT / "engine" / "reglament"
FILES = ENGINE / "messages"
TEMPLATES = sorted((ENGINE / "rendering" / "templates").glob("*.*t*"))
CODES = tuple(catalogue(SOURCE))
SAYING = {"Message", "_say", "fault"}


def names_in(pattern: Pattern) -> set[str]:
    names: set[str] = set()
    for part in pattern:
        if isinstance(part, Reference | Choice):
            names.add(part.name)
        if isinstance(part, Choice):
            names = names.union(*map(names_in, part.variants.values()))
    return names


def shown_in(pattern: Pattern) -> set[str]:
    """The values that are shown, not only chosen by."""
    shown: set[str] = set()
    for part in pattern:
        if isinstance(part, Reference):
            shown.add(part.name)
        if isinstance(part, Choice):
            shown = shown.union(*map(shown_in, part.variants.values()))
    return shown


class Said(NamedTuple):
    """A message that is made by a literal code: where, and its values where they are named."""

    place: str
    code: str
    names: set[str] | None


@cache
def written() -> tuple[tuple[Said, ...], frozenset[str]]:
    """What the engine's modules say: the messages that they make, and every text."""
    said: list[Said] = []
    texts: set[str] = set()
    for path in sorted(ENGINE.rglob("*.py")):
        # No tree is kept: the collector would look through all of them again and again.
        for node in nodes(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                said += message_of(node, str(path.relative_to(ENGINE)))
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                texts.add(node.value)
    return tuple(said), frozenset(texts)


def nodes(tree: ast.AST) -> Iterator[ast.AST]:
    """Every node, in half of the time that `ast.walk` takes."""
    open_ = [tree]
    while open_:
        node = open_.pop()
        yield node
        for name in node._fields:
            value = getattr(node, name)
            if isinstance(value, ast.AST):
                open_.append(value)
            elif type(value) is list:
                open_ += (one for one in value if isinstance(one, ast.AST))


def message_of(node: ast.Call, path: str) -> Iterator[Said]:
    if node.args and _name_of(node.func) in SAYING:
        code = node.args[0]
        if isinstance(code, ast.Constant) and isinstance(code.value, str):
            names = {one.arg for one in node.keywords}
            told = None if None in names else {name for name in names if name is not None}
            yield Said(f"{path}:{node.lineno}", code.value, told)


def _name_of(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


@pytest.mark.parametrize("language", languages())
def test_a_catalogue_has_the_codes_of_all_the_others_in_the_same_order(language: str) -> None:
    assert tuple(catalogue(language)) == CODES


@pytest.mark.parametrize("language", languages())
def test_a_code_stands_once_in_a_catalogue(language: str) -> None:
    text = (FILES / f"{language}.ftl").read_text("utf-8")
    codes = re.findall(r"^([a-z][a-z0-9-]*) =", text, re.MULTILINE)

    assert sorted(codes) == sorted(set(codes))


@pytest.mark.parametrize("language", languages())
def test_a_message_shows_the_same_values_in_every_language(language: str) -> None:
    own, source = catalogue(language), catalogue(SOURCE)
    different = [
        code for code in CODES if shown_in(own.pattern(code)) != shown_in(source.pattern(code))
    ]

    assert different == []


def test_what_is_said_has_an_entry_and_all_the_values_that_it_shows() -> None:
    wrong = []
    for place, code, told in written()[0]:
        if code not in catalogue(SOURCE):
            wrong.append(f"{place}: no entry `{code}`")
            continue
        asked = set[str]().union(*(names_in(catalogue(one).pattern(code)) for one in languages()))
        if told is not None and told != asked:
            wrong.append(f"{place}: `{code}` shows {sorted(asked)}, given are {sorted(told)}")

    assert wrong == []


def test_no_entry_is_left_that_nothing_says() -> None:
    literals = set(written()[1])
    for template in TEMPLATES:
        literals |= set(re.findall(r'say\("([^"]+)"\)', template.read_text("utf-8")))

    assert [code for code in CODES if code not in literals] == []


def test_a_template_says_only_what_has_an_entry() -> None:
    told = {
        code
        for template in TEMPLATES
        for code in re.findall(r'say\("([^"]+)"\)', template.read_text("utf-8"))
    }

    assert told
    assert told <= set(CODES)


VALUES = ("word", "true", "day", 0, 1, 2, 5, 21, Decimal("1.5"))


@cache
def of_reference(language: str) -> FluentBundle:
    bundle = FluentBundle([language], use_isolating=False)
    bundle.add_resource(FluentResource((FILES / f"{language}.ftl").read_text("utf-8")))
    return bundle


@pytest.mark.parametrize(("value", "language"), sample([*product(VALUES, languages())], 2))
def test_an_entry_reads_as_the_reference_implementation_of_fluent_reads_it(
    language: str, value: object
) -> None:
    bundle = of_reference(language)
    for code in CODES:
        values = dict.fromkeys(names_in(catalogue(language).pattern(code)), value)
        message = bundle.get_message(code)
        assert message.value is not None
        expected, errors = bundle.format_pattern(message.value, values)

        assert not isinstance(expected, FluentNone)
        assert errors == []
        assert Message(code, **values).to(language) == expected


WORKING_HOURS = {
    "ru": "0 рабочих часов|1 рабочий час|2 рабочих часа|5 рабочих часов|21 рабочий час"
    "|1,5 рабочих часа",
    "en": "0 working hours|1 working hour|2 working hours|5 working hours|21 working hours"
    "|1.5 working hours",
    "de": "0 Arbeitsstunden|1 Arbeitsstunde|2 Arbeitsstunden|5 Arbeitsstunden|21 Arbeitsstunden"
    "|1,5 Arbeitsstunden",
}


@pytest.mark.parametrize("language", languages())
def test_plural_forms_are_those_of_cldr(language: str) -> None:
    rule = Locale.parse(language).plural_form
    digits = [Decimal(one) for one in ("0.0", "1.0", "1.5", "2.00", "21.1", "1E+1")]

    for count in (*range(-25, 1_200), *digits, 0.5, 1.0, 2.0, 21.0):
        assert plural_form(language, count) == rule(count), count
    assert {*plural_forms(language)} == rule.tags


@pytest.mark.parametrize("language", WORKING_HOURS)
def test_a_number_picks_its_plural_form(language: str) -> None:
    counts = (0, 1, 2, 5, 21, Decimal("1.5"))
    told = [
        Message("working-hours", count=one, amount=number(one, language)).to(language)
        for one in counts
    ]

    assert told == WORKING_HOURS[language].split("|")


def test_nothing_is_read_before_the_first_message_and_a_plain_one_needs_no_parser() -> None:
    code = (
        "import sys; import reglament; from reglament.messages import Message;"
        "from reglament.messages.catalogue import catalogue;"
        "import reglament.interfaces.cli.decide_command;"
        "assert catalogue.cache_info().currsize == 0;"
        "assert Message('unknown-fact-told', shown='x').to('de') == 'unbekannter Fakt `x`';"
        "assert catalogue.cache_info().currsize == 1;"
        "assert not [name for name in sys.modules if name.startswith('fluent')]"
    )

    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_a_template_has_no_words_of_its_own(template: Path) -> None:
    lexed = jinja2.Environment().lex(template.read_text("utf-8"))
    text = "".join(told for _, kind, told in lexed if kind == "data")
    text = re.sub(r"<(style|script)\b.*?</\1>", " ", text, flags=re.DOTALL)
    text = re.sub(r"<[^>]*>| class=\"\w*\"", " ", text)
    of_any_language = {"JSON", "null"}

    assert set(re.findall(r"[^\W\d_]{2,}|№", text)) <= of_any_language

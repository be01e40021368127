"""Help and usage errors in the language of the reader; `--lang` before a command or after it."""

from __future__ import annotations

import inspect
from collections.abc import Iterator

import click
import pytest
from click import core, decorators, exceptions, formatting, parser, types

from reglament.interfaces.cli import COMMANDS
from reglament.interfaces.cli.group import group
from reglament.interfaces.cli.speech import _SENTENCES, listen, reader_language
from reglament.messages import languages
from reglament.messages.catalogue import catalogue
from support.cli_runner import REQUESTS, run

PARTNER = REQUESTS / "training-by-a-partner.yaml"


@pytest.mark.parametrize(
    ("arguments", "language"),
    [
        (["--lang", "ru", "decide"], "ru"),
        (["decide", "--lang=de", "x"], "de"),
        (["--lang", "ru", "decide", "--lang", "de"], "de"),
        (["decide", "--lang"], "en"),
        (["decide", "--lang", "xx"], "en"),
        (["decide", "--", "--lang", "ru"], "en"),
        ([], "en"),
    ],
)
def test_the_last_language_named_is_the_readers(arguments: list[str], language: str) -> None:
    listen(arguments, {})

    assert reader_language() == language


def test_a_variable_goes_before_the_locale_and_an_option_before_both() -> None:
    settled = {"REGLAMENT_LANG": "de", "LANG": "ru_RU"}
    listen([], settled)
    assert reader_language() == "de"

    listen(["--lang", "en"], settled)
    assert reader_language() == "en"


@pytest.mark.parametrize(("language", "said"), [("ru", "Ответ на заявку: "), ("en", "Answer: ")])
def test_a_language_before_the_command_is_that_of_the_command(language: str, said: str) -> None:
    before = run("--lang", language, "decide", PARTNER)
    after = run("decide", PARTNER, "--lang", language)

    assert said in before.stdout
    assert (before.stdout, before.exit_code) == (after.stdout, 0)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--lang", "ru", "decide"], "Ошибка: Не указан аргумент 'REQUEST...'."),
        (["decide", "--lang", "de"], "Fehler: Es fehlt das Argument 'REQUEST...'."),
        (["decide", PARTNER, "--foo", "--lang=ru"], "Ошибка: Параметра '--foo' нет."),
        (["--lang", "de", "dcide"], "Fehler: Den Befehl 'dcide' gibt es nicht. Meinten Sie"),
        (["--lang", "ru", "new", "a", "b"], "Ошибка: Лишние аргументы: b"),
        (["--lang", "de", "log", "vrify"], "Fehler: Den Befehl 'vrify' gibt es nicht."),
        (["--lang", "ru", "decide", PARTNER, "--at"], "Ошибка: Параметру '--at' нужно значение."),
        (["--lang", "ru", "diff", ".", "--format", "x"], "Ошибка: Неверное значение '--format'"),
        (["decide", PARTNER, "--lang", "xx"], "'xx' is not one of 'de', 'en', 'ru'."),
    ],
)
def test_wrong_arguments_are_told_in_the_readers_language(
    arguments: list[object], said: str
) -> None:
    refused = run(*arguments)

    assert said in refused.stderr
    assert refused.exit_code == 2


def every_command() -> Iterator[tuple[str, ...]]:
    yield ()
    for name in COMMANDS:
        yield (name,)
        command = group.get_command(click.Context(group), name)
        if isinstance(command, click.Group):
            yield from ((name, below) for below in command.commands)


@pytest.mark.parametrize("language", languages())
def test_every_help_is_in_the_readers_language(language: str) -> None:
    for command in every_command():
        shown = run("--lang", language, *command, "--help")

        assert shown.exit_code == 0
        assert {"en": "Usage:", "ru": "Использование:", "de": "Aufruf:"}[language] in shown.stdout
        words = set(shown.stdout.replace("\n", " ").split())
        assert not [code for code in catalogue(language) if "-" in code and code in words]
        if language != "en":
            assert "Options" not in shown.stdout
            assert "Show this" not in shown.stdout


def test_the_sentences_that_are_translated_are_still_clicks() -> None:
    source = "".join(
        inspect.getsource(one) for one in (core, decorators, exceptions, formatting, parser, types)
    )

    assert [text for text in _SENTENCES if text.replace("\n\t", "\\n\\t") not in source] == []

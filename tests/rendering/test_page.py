"""The regulation as a page in Markdown."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from textwrap import dedent

import pytest

from reglament.messages import Language
from reglament.model.regulation import Parameter, Version
from reglament.model.values import INTEGER
from reglament.model.words import LANGUAGES, Text
from reglament.rendering.pages.filled_templates import cell
from reglament.rendering.pages.policy_page import page
from support.lending import VERSION


def section(heading: str, version: Version, language: Language) -> str:
    """What stands under one heading, up to the next of any level."""
    written = f"\n{page(version, language)}"
    return written.split(f"\n{heading}\n", 1)[1].split("\n#", 1)[0].strip("\n")


def text(written: str) -> str:
    return dedent(written).strip("\n")


def test_the_page_begins_with_the_version() -> None:
    assert section("# Правила библиотеки", VERSION, "ru") == text("""
        - редакция 2026 (library)
        - действует с 1 января 2026
        - опубликована 1 декабря 2025
        - часовой пояс Europe/Moscow
        - контрольная сумма `sha256:abc`
    """)


def test_facts_stand_in_a_table() -> None:
    assert section("## Facts", VERSION, "en") == text("""
        | fact | meaning | values | null means |
        | --- | --- | --- | --- |
        | `reader.kind` | who reads | adult (`adult`), child (`child`), any other |  |
        | `card.issued_on` | day of the card | day | there is no card |
        | `loan.asked_at` | moment of asking | date and time |  |
        | `loan.books` | number of books | whole number |  |
        | `loan.paid` | deposit is paid | yes or no |  |
        | `loan.wish` | wish | text | none |
        | `loan.topics` | topics | list: `war`, `peace` |  |
    """)


def test_rules_read_as_condition_and_outcome() -> None:
    assert section("### Right to books (`right`)", VERSION, "en") == text("""
        - last day of the card is no earlier than moment of asking, by day → **reader** (`right-by-card`)
          - The card lasts until [last day of the card].
          - clauses: § 2, п. 1; § 2 | 3
        - who reads is not adult → **guest** (`right-of-guests`)
          - Guests read in the hall.
        - otherwise → **guest** (`right-otherwise`)
          - There is no card.
    """)  # noqa: E501
    assert section("### Ответ (`answer`)", VERSION, "ru") == text("""
        - право на книги: читатель; залог внесён: да → **выдать** (`answer-lend`)
          - Залог внесён.
          - имеет приоритет над: `answer-many`
        - не выполнено: сколько книг не больше, чем 5 (книг на руки) → **отказать** (`answer-many`)
          - Книг много.
    """)


def test_a_rule_that_always_applies_needs_no_condition() -> None:
    assert section("### Последний день билета (`card_until`)", VERSION, "ru") == text("""
        - **день выдачи билета плюс 3 месяца** (`card-three-months`)
          - Билет действует три месяца.
          - пункты: § 2, п. 1
    """)


def test_a_checklist_lists_what_it_requires() -> None:
    assert section("### Renewal (`renewal`)", VERSION, "en") == text("""
        renewed where all of it holds; else not renewed:

        - deposit is paid: yes (`paid`)
          - The deposit is paid.
        - number of books is at most 5 (books at once) (`few_books`)
          - There are few books.
    """)


def test_hours_and_readings_stand_below() -> None:
    assert section("## Часы работы", VERSION, "ru") == "- часы выдачи: 10:00–19:00, будни"
    assert section("## Readings", VERSION, "en") == text("""
        **Is the last day included?** (`last-day`)

        - `included`: it is - chosen
        - `excluded`: it is not

        That is simpler.
    """)


def test_clauses_name_the_rules_that_cite_them_or_why_none_does() -> None:
    assert section("## Clauses of the text", VERSION, "en") == text(r"""
        | clause | where | what it says | rules |
        | --- | --- | --- | --- |
        | `card.period` | § 2, п. 1 | how long a card lasts | `card-three-months`, `right-by-card` |
        | `card.who` | § 2 \| 3 | who is a reader | `right-by-card` |
        | `toc` | § 0 | contents | it orders nothing |
    """)


def test_a_dated_parameter_stands_with_each_of_its_values() -> None:
    dated = Parameter(
        "most_books",
        INTEGER,
        Text(ru="книг на руки", en="books at once"),
        ((None, 5), (date(2026, 7, 1), 1200)),
    )

    version = replace(VERSION, parameters={"most_books": dated})

    assert section("## Parameters", version, "en") == text("""
        | parameter | meaning | value | from |
        | --- | --- | --- | --- |
        | `most_books` | books at once | 5 |  |
        | `most_books` | books at once | 1,200 | 1 July 2026 |
    """)


@pytest.mark.parametrize("language", LANGUAGES)
def test_internal_decisions_are_not_shown(language: Language) -> None:
    assert "`hidden`" not in page(VERSION, language)


def test_a_version_that_holds_little_gives_a_short_page() -> None:
    bare = replace(
        VERSION, facts={}, decisions={}, hours={}, parameters={}, readings={}, clauses={}
    )

    assert [line for line in page(bare, "en").splitlines() if line.startswith("#")] == [
        "# Library rules",
        "## Decisions",
    ]


def test_a_bar_does_not_split_a_cell() -> None:
    assert cell("x|y") == "x\\|y"
    assert cell("two\nlines") == "two lines"

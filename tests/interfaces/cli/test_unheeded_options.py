"""An option that would not be heeded is refused: alone it means nothing, or two exclude another."""

from __future__ import annotations

import pytest

from support.cli_runner import run

ALONE = [
    (["show", "--only", "tier"], "`--only`", "`--sql`"),
    (["show", "--table", "t"], "`--table`", "`--sql`"),
    (["show", "--keep", "id"], "`--keep`", "`--sql`"),
    (["show", "--told", "key.registered_on"], "`--told`", "`--sql`"),
    (["show", "--reasons"], "`--reasons`", "`--sql`"),
    (["show", "--from-facts"], "`--from-facts`", "`--diagram`"),
    (["show", "-o", "policy.md"], "`--output`", "`--diagram` / `--sql`"),
    (["decide", "-", "--by", "id"], "`--by`", "`--lines`"),
    (["explain", "-", "--by", "id"], "`--by`", "`--lines`"),
    (["batch", "a.csv", "--summary", "--by", "id"], "`--by`", "`--lines`"),
    (["diff", ".", "--map", "a=b"], "`--map`", "`--on`"),
    (["diff", ".", "--null", "told"], "`--null`", "`--on`"),
    (["readings", "--missing-columns", "allow"], "`--missing-columns`", "`--on`"),
    (["readings", "--lines", "a=b"], "`--lines`", "`--on`"),
    (["test", "--kill", "50"], "`--kill`", "`--mutate`"),
    (["check", "--former", "old.txt"], "`--former`", "`--source`"),
    (["new", "fees", "--copy"], "`--copy`", "`--version`"),
    (["log", "verify", "a.db", "--public-key", "k.pem"], "`--public-key`", "`--checkpoint`"),
    (["log", "checkpoint", "a.db", "--public-key", "k.pem"], "`--public-key`", "`--new-key`"),
]
EXCLUDED = [
    (["show", "--sql", "duckdb", "--diagram", "tier"], "`--diagram`, `--sql`"),
    (["show", "--plan", "tier", "--html", "a.html"], "`--plan`, `--html`"),
    (["log", "verify", "a.db", "--whole", "--chain-only"], "`--whole`, `--chain-only`"),
]
GOES_WITH = {
    "en": "{} goes with {}\n",
    "ru": "{} указывают вместе с {}\n",
    "de": "{} gehört zu {}\n",
}


@pytest.mark.parametrize("language", GOES_WITH)
@pytest.mark.parametrize(("arguments", "option", "others"), ALONE)
def test_an_option_that_means_nothing_alone_is_refused(
    arguments: list[str], option: str, others: str, language: str
) -> None:
    result = run(*arguments, "--lang", language)

    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == GOES_WITH[language].format(option, others)


@pytest.mark.parametrize(("arguments", "options"), EXCLUDED)
def test_options_that_ask_for_different_things_are_refused_together(
    arguments: list[str], options: str
) -> None:
    result = run(*arguments, "--lang", "en")

    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == f"{options} exclude each other\n"

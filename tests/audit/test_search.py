"""What a log is searched by, what is drawn from it by lot, and what it refuses to be asked."""

from __future__ import annotations

import json
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from reglament.audit import DecisionLog, open_log
from reglament.audit.entry_filters import Wanted
from reglament.audit.queries import sampled, search
from reglament.audit.verification import verify
from reglament.interfaces.cli.decide_command import decide
from reglament.interfaces.cli.log_command import log as command
from reglament.model.problems import Refused
from reglament.policy import Policy
from support.laws import sample
from support.shop import BORN, record, request, shop, told_of_born


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> Policy:
    return shop(tmp_path_factory.mktemp("shop"))


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory, books: Policy) -> str:
    """Six entries: toys (odd numbers) and books, one with a birthday that is kept apart."""
    path = str(tmp_path_factory.mktemp("log") / "a.db")
    with open_log(path, create=True) as log:
        for number in range(4):
            books.decide(request(number), log=log, subject=f"order/{number}")
        record(log, books, request(4, **BORN, price="12.50"))
        record(log, books, {"asked.at": "2024-04-02T00:30"})
    return path


def asked(recorded: str, *words: str, language: str = "en") -> Result:
    return CliRunner().invoke(command, [*words[:1], recorded, *words[1:], "--lang", language])


def found(recorded: str, *words: str) -> list[int]:
    result = asked(recorded, "search", *words, "--json")
    assert result.exit_code == 0, result.output
    return [json.loads(line)["sequence"] for line in result.stdout.splitlines()]


@pytest.mark.parametrize(
    ("words", "entries"),
    sample([
        (("--fact", "kind=book"), [2, 4]),
        (("--fact", "price=12.5"), [5]),
        (("--fact", "price=12.500"), [5]),
        (("--fact", "asked.at=2024-03-01T12:01"), [2]),
        (("--fact", "asked.at=2024-03-01T09:01:00Z"), [2]),
        (("--fact", "buyer.born_on=1987-06-05"), [5]),
        (("--fact", "kind=toy", "--fact", "price=12.50"), [5]),
        (("--subject", "order/3"), [4]),
        (("--reading", "weekend"), [2, 4]),
        (("--clause", "c1"), [1, 2, 3, 4, 5]),
        (("--rule", "toys"), [1, 3, 5]),
        (("--status", "refund=undetermined"), [6]),
        (("--status", "refund=determined", "--rule", "books"), [2, 4]),
        (("--outcome", "refund=undetermined"), [6]),
        (("--outcome", "of_age_on=2005-06-05"), []),  # its value is kept apart
        (("--days", "request", "--from", "2024-04-02", "--zone", "Europe/Moscow"), [6]),
        (("--days", "request", "--from", "2024-04-02"), []),  # on the clocks of UTC it is 1 April
        (("--days", "request", "--to", "2024-03-31"), [1, 2, 3, 4, 5]),
        (("--from", "2001-01-01", "--to", "2001-01-02"), []),
        (("--to", "9999-12-31"), [1, 2, 3, 4, 5, 6]),
        (("--policy", "shop"), [1, 2, 3, 4, 5, 6]),
        (("--policy", "sha256:"), [1, 2, 3, 4, 5, 6]),
    ], 8),
    ids=lambda one: " ".join(map(str, one)),
)  # fmt: skip
def test_a_search_finds_what_was_asked_for(
    recorded: str, words: tuple[str, ...], entries: list[int]
) -> None:
    assert found(recorded, *words) == entries


REFUSED = [
    (("--fact", "knid=book"), "a fact `knid`", "факта `knid`", "kind"),
    (("--fact", "kind=bok"), "`bok`", "`bok`", "book"),
    (("--fact", "price=dear"), "`dear`", "`dear`", "price"),
    (("--fact", "kind"), "`--fact`: expected `name=value`", "`--fact`: ожидается", ""),
    (("--outcome", "refnd=yes"), "a decision `refnd`", "решения `refnd`", "refund"),
    (("--outcome", "refund=yess"), "no outcome `yess`", "нет исхода `yess`", "yes"),
    (("--outcome", "refund"), "`--outcome`: expected", "`--outcome`: ожидается", ""),
    (("--status", "open"), "expected a status", "ожидается состояние", "determined"),
    (("--status", "refnd=refused"), "a decision `refnd`", "решения `refnd`", "refund"),
    (("--rule", "toy"), "a rule `toy`", "правила `toy`", "toys"),
    (("--clause", "c2"), "a clause `c2`", "пункта `c2`", "c1"),
    (("--reading", "weekends"), "a reading `weekends`", "толкования `weekends`", "weekend"),
    (("--policy", "sha256:-"), "by a policy `sha256:-`", "по регламенту `sha256:-`", "shop"),
    (("--policy", "shopp"), "by a policy `shopp`", "по регламенту `shopp`", "`shop`"),
    (("--zone", "Europe/Mosco"), "`--zone`", "`--zone`", "Europe/Moscow"),
    (("--zone", "../etc/passwd"), "`--zone`", "`--zone`", ""),
    (("--from", "2024-02-01", "--to", "2024-01-01"), "later than", "позже", ""),
    (("--seed", "7"), "`--seed` needs `--sample`", "нужно `--sample`", ""),
]


@pytest.mark.parametrize("language", sample(["en", "ru"], 1))
@pytest.mark.parametrize(("words", "en", "ru", "hint"), REFUSED, ids=lambda one: str(one))
def test_what_no_policy_of_the_log_knows_is_refused(
    recorded: str, words: tuple[str, ...], en: str, ru: str, hint: str, language: str
) -> None:
    result = asked(recorded, "search", *words, language=language)

    assert (result.exit_code, result.stdout) == (2, "")
    assert (en if language == "en" else ru) in result.stderr
    assert hint in result.stderr


@pytest.mark.parametrize(
    "words", [("show", "0"), ("show", "7"), ("show", "9" * 30), ("erase", "9" * 30)]
)
def test_an_entry_that_is_not_there_is_refused(recorded: str, words: tuple[str, ...]) -> None:
    result = asked(recorded, *words)

    assert result.exit_code == 2
    assert "0" in words or "its last entry is 6" in result.stderr


# -- by lot ---------------------------------------------------------------------------------


def drawn(recorded: str, *words: str) -> tuple[list[int], str]:
    result = asked(recorded, "search", *words, "--json")
    assert result.exit_code == 0
    return [json.loads(line)["sequence"] for line in result.stdout.splitlines()], result.stderr


def test_the_same_seed_draws_the_same_entries_and_says_of_how_many(recorded: str) -> None:
    entries, told = drawn(recorded, "--sample", "3", "--seed", "7")

    assert told == "sample: 3 of 6 entries, seed 7\n"
    assert entries == sorted(entries)
    assert drawn(recorded, "--sample", "3", "--seed", "7")[0] == entries
    assert set(drawn(recorded, "--sample", "2", "--seed", "7")[0]) < set(entries)
    assert drawn(recorded, "--sample", "99", "--seed", "7")[0] == [1, 2, 3, 4, 5, 6]


def test_a_sample_can_be_drawn_again_by_any_tool(recorded: str) -> None:
    with open_log(recorded) as log:
        entries = list(log.entries())
        lots = {one.sequence: sha256(f"7:{one.hash}".encode()).digest() for one in entries}
        expected = sorted(sorted(lots, key=lots.__getitem__)[:3])

        chosen, among = sampled(search(log, Wanted()), 3, 7)
    assert ([one.sequence for one in chosen], among) == (expected, 6)


def test_a_sample_without_a_seed_tells_the_seed_to_draw_it_again_by(
    recorded: str,
) -> None:
    entries, told = drawn(recorded, "--sample", "2")
    seed = told.split()[-1]

    assert drawn(recorded, "--sample", "2", "--seed", seed)[0] == entries


# -- what a decision is about ---------------------------------------------------------------


@pytest.mark.parametrize("subject", ["", " ", "a\nb", "x" * 201, 7])
def test_a_subject_is_one_line_of_text(books: Policy, tmp_path: Path, subject: object) -> None:
    with pytest.raises(Refused, match="expected a subject"):
        books.decide(request(), log=str(tmp_path / "a.db"), subject=subject)  # type: ignore[arg-type]


def test_a_subject_without_a_log_is_refused(books: Policy, tmp_path: Path) -> None:
    path = tmp_path / "request.json"
    path.write_text(json.dumps(request()), "utf-8")

    with pytest.raises(Refused, match="a subject is given and no log"):
        books.decide(request(), subject="order/1")
    result = CliRunner().invoke(decide, [str(path), "--subject", "order/1", "--lang", "en"])
    assert result.exit_code == 2
    assert "name the log by `--log`" in result.output


def test_a_log_with_subjects_is_sound(recorded: str) -> None:
    with open_log(recorded) as log:
        assert verify(log).is_sound


# -- to whom has no tool --------------------------------------------------------------------


def exported(recorded: str, *words: str) -> Sequence[dict[str, object]]:
    result = asked(recorded, "export", *words)
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_some_entries_are_exported_with_a_page_that_explains_them(
    recorded: str, tmp_path: Path
) -> None:
    page = tmp_path / "fields.html"
    lines = exported(recorded, "--plain", "--rule", "toys", "--fields", str(page))

    assert [line["sequence"] for line in lines] == [1, 3, 5]
    assert told_of_born(json.dumps(lines)) == [], "what is kept apart is not given away"
    shown = page.read_text("utf-8")
    told = {key for line in lines for key in line}
    assert [key for key in told if key not in shown] == []
    for words in ("day of birth", "coming of age", "refund", "And on weekends?", "book"):
        assert words in shown


@pytest.mark.parametrize(
    "words",
    [("--rule", "toys"), ("--sample", "2"), ("--fields", "f.html"), ("--from", "2024-01-01")],
)
def test_a_chain_is_exported_whole_or_not_at_all(recorded: str, words: tuple[str, ...]) -> None:
    result = asked(recorded, "export", *words)

    assert (result.exit_code, result.stdout) == (2, "")
    assert "add `--plain`" in result.stderr


def test_searching_a_log_whose_policy_was_taken_out_refuses_nothing(
    log: DecisionLog, books: Policy
) -> None:
    from sqlalchemy import delete

    from reglament.audit.storage import POLICIES
    from support.tampering import run

    record(log, books, request(1))
    run(log, delete(POLICIES))

    assert [one.sequence for one in search(log, Wanted(facts={"kind": "book"}))] == [1]

"""Each kind of tampering is found by its name, whatever it is; no command stumbles over it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import text

from reglament.audit import DecisionLog, open_log
from reglament.audit.checkpoint import Checkpoint, checkpoint_of
from reglament.audit.verification import Verified, verify
from reglament.interfaces.cli.log_command import log as command
from reglament.policy import Policy
from support.laws import sample
from support.tampering_steps import Tampering, begin
from support.tamperings import TAMPERINGS

COMMANDS = (
    ("verify", "--json"),
    ("search",),
    ("report", "--json"),
    ("export",),
    ("show", "3", "--json"),
    ("checkpoint",),
)


@pytest.fixture(scope="module")
def untouched(tmp_path_factory: pytest.TempPathFactory, policy: Policy) -> Path:
    path = tmp_path_factory.mktemp("untouched") / "log.db"
    with open_log(str(path), create=True) as log:
        begin(log, policy)
        assert verify(log, is_whole=True).findings == []
    return path


@pytest.fixture
def copied(untouched: Path, tmp_path: Path) -> str:
    return str(shutil.copy(untouched, tmp_path / "log.db"))


@pytest.fixture(scope="module")
def untouched_database(postgres_url: str, policy: Policy) -> str:
    """A database of its own, that others are copied from."""
    with _administered(postgres_url) as run:
        run("DROP DATABASE IF EXISTS untouched")  # a process may come back to this file
        run("CREATE DATABASE untouched")
    address = postgres_url.replace("/postgres?", "/untouched?")
    with open_log(address, create=True) as log:
        begin(log, policy)
    return address


class _administered:
    """Statements that no transaction may hold."""

    def __init__(self, url: str) -> None:
        self.log = open_log(url, create=True)

    def __enter__(self) -> object:
        return self

    def __call__(self, statement: str) -> None:
        with self.log.storage.writing.connect() as connection:
            connection.execution_options(isolation_level="AUTOCOMMIT").execute(text(statement))

    def __exit__(self, *_: object) -> None:
        self.log.close()


@pytest.fixture
def copied_database(untouched_database: str, postgres_url: str) -> Iterator[str]:
    with _administered(postgres_url) as run:
        run("CREATE DATABASE touched TEMPLATE untouched")
        yield untouched_database.replace("/untouched?", "/touched?")
        run("DROP DATABASE touched WITH (FORCE)")


def tampered(url: str, how: Tampering) -> Verified:
    with open_log(url) as log:
        checkpoint = checkpoint_of(log) if how.by_checkpoint else None
        how.do(log)
    with open_log(url, is_damaged=True) as log:
        return found_in(log, how, checkpoint)


def found_in(log: DecisionLog, how: Tampering, checkpoint: Checkpoint | None) -> Verified:
    if how.by_checkpoint or how.is_whole:
        assert how.code not in codes(verify(log))  # so that the list says no more than is true
    return verify(log, checkpoint=checkpoint, is_whole=how.is_whole)


def codes(result: Verified) -> set[str]:
    return {finding.code for finding in result.findings}


def of(database: str) -> list[Tampering]:
    return [one for one in TAMPERINGS if one.only in (None, database)]


def test_there_are_more_than_eighty_kinds_and_no_two_of_one_name() -> None:
    assert len({one.name for one in TAMPERINGS}) == len(TAMPERINGS) > 80


@pytest.mark.parametrize("how", sample(of("sqlite"), 12), ids=lambda one: one.name)
def test_every_kind_is_found_by_its_name_in_a_file(copied: str, how: Tampering) -> None:
    assert how.code in codes(tampered(copied, how))


@pytest.mark.slow
@pytest.mark.parametrize("how", of("postgres"), ids=lambda one: one.name)
def test_every_kind_is_found_by_its_name_in_postgresql(
    copied_database: str, how: Tampering
) -> None:
    assert how.code in codes(tampered(copied_database, how))


@pytest.mark.slow
@pytest.mark.parametrize("how", of("sqlite"), ids=lambda one: one.name)
def test_no_command_stumbles_over_a_log_that_was_tampered_with(copied: str, how: Tampering) -> None:
    with open_log(copied) as log:
        how.do(log)
    for name, *more in COMMANDS:
        result = CliRunner().invoke(command, [name, copied, *more])
        if not isinstance(result.exception, SystemExit | None):
            raise AssertionError(name) from result.exception
        assert result.exit_code in (0, 1, 2)
        if result.exit_code == 2:
            assert "Traceback" not in result.output
            assert "sqlite" not in result.output.lower().replace(copied, "")


def test_the_rest_is_audited_where_a_table_is_gone(copied: str) -> None:
    (how,) = [one for one in TAMPERINGS if one.name == "no secrets at all"]
    result = tampered(copied, how)

    assert {one.code: one.sequence for one in result.findings} == {
        "missing-table": None,
        "lost-secret": 4,
    }
    assert result.entries == 10
    assert result.decisions_by_reference == 7


@pytest.mark.parametrize("language", ["ru", "en"])
def test_a_missing_table_is_told_in_words(copied: str, language: str) -> None:
    (how,) = [one for one in TAMPERINGS if one.name == "no policies at all"]
    with open_log(copied) as log:
        how.do(log)

    said = CliRunner().invoke(command, ["verify", copied, "--lang", language])
    refused = CliRunner().invoke(command, ["search", copied, "--lang", language])

    told = {
        "ru": "таблицы `reglament_policies` нет или она другая; остальное проверено",
        "en": "the table `reglament_policies` is missing or differs; the rest was checked",
    }
    assert said.exit_code == 1
    assert f"missing-table: {told[language]}" in said.output
    assert refused.exit_code == 2
    assert "`reglament_policies`" in refused.output
    assert "log verify" in refused.output


@pytest.mark.slow
def test_several_workers_find_what_one_finds(copied: str, policy: Policy) -> None:
    names = ("the column of the time", "a secret added")
    with open_log(copied) as log:
        for one in TAMPERINGS:
            if one.name in names:
                one.do(log)
        alone, together = (verify(log, workers=count, is_whole=True) for count in (1, 3))

    assert alone == together
    assert codes(alone) == {"edited-entry", "stray-secret"}


def first_line(url: str, *more: str, language: str = "en") -> str:
    return (
        CliRunner()
        .invoke(command, ["verify", url, "--lang", language, *more])
        .output.splitlines()[0]
    )


def test_a_log_that_nobody_vouches_for_is_sound_as_far_as_it_goes(
    copied: str, tmp_path: Path, policy: Policy
) -> None:
    with open_log(copied) as log:
        head = json.dumps(checkpoint_of(log).to_dict())
    (tmp_path / "head.json").write_text(head)
    by = ("--checkpoint", str(tmp_path / "head.json"))

    assert first_line(copied) == "the log is sound as far as it goes: to entry 10"
    assert (
        first_line(copied, language="ru")
        == "журнал цел в пределах того, что в нём есть: до записи 10"
    )
    assert first_line(copied, *by) == (
        "the log is sound; the checkpoint confirms it up to entry 10, the last"
    )
    with open_log(copied) as log:
        decided = policy.decide({"asked.at": "2024-03-01T12:00", "kind": "toy"})
        log.append(decided.version, decided.document)
    assert first_line(copied, *by) == (
        "the log is sound as far as it goes: to entry 11; the checkpoint confirms it up to entry 10"
    )

"""Sensitive facts can be erased on request, and the log still verifies."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from sqlalchemy import text

from reglament.audit import DecisionLog, open_log
from reglament.audit.exchange import export, import_lines
from reglament.audit.privacy import kept_apart
from reglament.audit.verification import verify
from reglament.model.problems import Refused
from reglament.policy import Policy
from support import tampering
from support.shop import BORN, record, request, told_of_born


@pytest.fixture
def private(log: DecisionLog, policy: Policy) -> DecisionLog:
    """A log whose second entry tells a sensitive fact."""
    record(log, policy, request(0))
    record(log, policy, request(1, **BORN))
    return log


def test_an_entry_commits_to_a_sensitive_fact_and_does_not_tell_it(private: DecisionLog) -> None:
    data = private.entry(2).data.decode()

    assert told_of_born(data) == []
    assert private.entry(2).body["request"]["buyer.born_on"].keys() == {"committed"}
    decisions = private.entry(2).document["decisions"]
    assert decisions["refund"]["outcome"] == "yes"  # which outcome was decided stays
    assert "outcome" not in decisions["of_age_on"]  # what is computed from the fact does not


def test_two_commitments_to_the_same_value_do_not_look_alike() -> None:
    one, other = (kept_apart("buyer.born_on", "1987-06-05") for _ in range(2))

    assert one.commitment != other.commitment


def test_a_decision_by_a_sensitive_fact_is_made_again_while_the_fact_is_kept(
    private: DecisionLog,
) -> None:
    result = verify(private, is_whole=True)

    assert result.is_sound
    assert result.whole_documents == 2
    assert result.erased == 0


def test_after_erasure_the_chain_holds_and_the_value_is_nowhere(private: DecisionLog) -> None:
    entry = private.erase(2)

    assert entry.kind == "erasure"
    result = verify(private)
    assert result.is_sound
    assert result.erased == 1
    assert any("cannot be checked again" in words.to("en") for words in result.unproven)
    assert private.secrets(2) == []
    assert told_of_born("\n".join(export(private))) == []


def test_after_erasure_not_even_the_bytes_of_the_file_hold_the_value(
    tmp_path: Path, policy: Policy
) -> None:
    path = tmp_path / "decisions.db"
    with open_log(str(path), create=True) as log:
        record(log, policy, request(1, **BORN))
        held = b"".join(one.read_bytes() for one in tmp_path.iterdir())
        log.erase(1, ["buyer.born_on"])
        left = b"".join(one.read_bytes() for one in tmp_path.iterdir())

    assert b"1987-06-05" in held
    assert b"1987-06-05" not in left


def test_a_secret_that_vanished_without_a_record_is_found(private: DecisionLog) -> None:
    tampering.run(private, "DELETE FROM reglament_secrets")

    assert [(one.code, one.sequence) for one in verify(private).findings] == [("lost-secret", 2)]


def test_a_secret_that_was_changed_is_found(private: DecisionLog) -> None:
    forged = text("UPDATE reglament_secrets SET value = :new WHERE name = 'buyer.born_on'")
    tampering.run(private, forged.bindparams(new=json.dumps("2010-06-05")))

    assert [(one.code, one.sequence) for one in verify(private).findings] == [("edited-secret", 2)]


@pytest.mark.parametrize(("sequence", "facts"), [(1, []), (2, ["price"]), (9, [])])
def test_what_is_not_kept_apart_cannot_be_erased(
    private: DecisionLog, sequence: int, facts: list[str]
) -> None:
    with pytest.raises(Refused, match=r"separately|has no entry 9"):
        private.erase(sequence, facts)

    assert private.count() == 2


def test_an_export_keeps_the_chain_and_what_is_kept_apart(
    private: DecisionLog, tmp_path: Path
) -> None:
    lines = list(export(private))
    with open_log(str(tmp_path / "copy.db"), create=True, is_named=False) as copy:
        assert import_lines(copy, lines) == 2

        assert copy.head() == private.head()
        assert copy.identity == private.identity
        assert list(export(copy)) == lines
        assert verify(copy, is_whole=True).whole_documents == 2


def test_an_export_without_secrets_tells_no_sensitive_fact(private: DecisionLog) -> None:
    assert told_of_born("\n".join(export(private, with_secrets=False))) == []


@pytest.mark.parametrize(
    "lines",
    [
        [],
        ["{}"],
        ["no json"],
        ['{"entry": {}}'],
        ['{"log": {"format": 99, "identity": "x", "created": "y"}}'],
        ['{"log": {"format": 1, "identity": "x", "created": "y"}}', '{"what": 1}'],
    ],
)
def test_lines_of_another_kind_are_refused_and_nothing_is_imported(
    tmp_path: Path, lines: list[str]
) -> None:
    with open_log(str(tmp_path / "copy.db"), create=True, is_named=False) as copy:
        with pytest.raises(Refused, match="line"):
            import_lines(copy, lines)

        assert copy.count() == 0
        assert copy.origin() is None


def test_a_log_that_was_begun_is_not_imported_into(private: DecisionLog) -> None:
    with pytest.raises(Refused, match="begun already"):
        import_lines(private, list(export(private)))

"""Whatever is done to a log behind its back is found, and called by its name."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from reglament.audit import DecisionLog, open_log
from reglament.audit.checkpoint import checkpoint_of, new_key, read_checkpoint, read_private_key
from reglament.audit.verification import verify
from reglament.model.problems import Refused
from reglament.policy import Policy
from support import tampering
from support.laws import sample
from support.shop import record, request, shop


@pytest.fixture
def full(log: DecisionLog, policy: Policy) -> DecisionLog:
    """A log of eight decisions."""
    for number in range(8):
        record(log, policy, request(number))
    return log


def found(log: DecisionLog) -> list[tuple[str, int | None]]:
    return [(finding.code, finding.sequence) for finding in verify(log).findings]


@pytest.mark.parametrize("url", ["sqlite", "postgres"], indirect=True)
def test_a_log_left_alone_is_sound_and_every_decision_was_made_again(full: DecisionLog) -> None:
    result = verify(full, is_whole=True)

    assert result.is_sound
    assert result.entries == 8
    # `refund` reads only facts that are told; `of_age_on` needs one that is missing.
    assert result.decisions_by_reference == 8
    assert result.decisions_by_evaluator == 8
    assert result.whole_documents == 8
    assert any("main engine" in words.to("en") for words in result.unproven)


def test_an_empty_log_is_sound(log: DecisionLog) -> None:
    assert verify(log).is_sound


def test_the_database_itself_refuses_to_change_or_delete_an_entry(full: DecisionLog) -> None:
    for statement in (
        "UPDATE reglament_entries SET time = ''",
        "DELETE FROM reglament_entries",
        "DELETE FROM reglament_policies",
    ):
        with pytest.raises(DBAPIError, match="append-only"), full.storage.writing.begin() as one:
            one.execute(text(statement))


def test_an_edited_entry_is_found(full: DecisionLog) -> None:
    tampering.rewrite(full, 3, with_hash=False, as_of="2024-03-02T12:00:00+03:00")

    assert found(full) == [("edited-entry", 3)]


def test_an_entry_edited_together_with_its_hash_is_found(full: DecisionLog) -> None:
    tampering.rewrite(full, 3, with_hash=True, as_of="2024-03-01T13:00:00+03:00")

    assert found(full) == [("edited-entry", 3)]


def test_an_entry_edited_beside_its_content_is_found(full: DecisionLog) -> None:
    tampering.run(full, "UPDATE reglament_entries SET time = '2030' WHERE sequence = 8")

    assert found(full) == [("edited-entry", 8)]


def test_a_body_that_is_no_entry_is_found(full: DecisionLog) -> None:
    for sequence, body in ((2, "'\\x00'"), (4, "'[]'")):
        value = body if not full.storage.is_sqlite else f"CAST({body} AS BLOB)"
        tampering.run(
            full, f"UPDATE reglament_entries SET body = {value} WHERE sequence = {sequence}"
        )

    assert found(full) == [("edited-entry", 2), ("edited-entry", 4)]


@pytest.mark.parametrize(("first", "last"), sample([(1, 1), (1, 3), (4, 4), (4, 6)], 2))
def test_deleted_entries_are_found(full: DecisionLog, first: int, last: int) -> None:
    tampering.delete(full, first, last)

    (finding,) = verify(full).findings
    assert (finding.code, finding.sequence) == ("deleted-entry", first)
    assert (f"{first}-{last}" if last > first else str(first)) in finding.message.to("en")


def test_a_deleted_entry_is_found_though_the_later_ones_moved_up(full: DecisionLog) -> None:
    tampering.delete(full, 4)
    tampering.shift(full, 5, -1)

    assert found(full) == [("deleted-entry", 4)]


def test_an_inserted_entry_is_found(full: DecisionLog) -> None:
    tampering.put(
        full,
        tampering.forge(
            full.entry(4), time=full.entry(4).time, known_at=None, as_of="2024-03-01T12:59:00+03:00"
        ),
        4,
    )

    assert ("inserted-entry", 4) in found(full)
    assert {code for code, _ in found(full)} == {"inserted-entry"}


def test_a_copied_entry_is_found(full: DecisionLog) -> None:
    tampering.put(full, full.entry(2), 6)

    assert found(full)[0] == ("inserted-entry", 6) or ("reordered-entry", 6) in found(full)


def test_reordered_entries_are_found(full: DecisionLog) -> None:
    tampering.swap(full, 3, 4)

    codes = found(full)
    assert ("reordered-entry", 3) in codes
    assert ("reordered-entry", 4) in codes
    assert {code for code, _ in codes} <= {"reordered-entry", "time-backwards"}


def test_a_cut_tail_is_found_only_by_a_checkpoint(full: DecisionLog) -> None:
    checkpoint = checkpoint_of(full)
    tampering.delete(full, 7, 8)

    alone = verify(full)
    assert alone.is_sound
    assert any("from the end" in words.to("en") for words in alone.unproven)
    (finding,) = verify(full, checkpoint=checkpoint).findings
    assert (finding.code, finding.sequence) == ("truncated-tail", 8)


def test_a_log_written_anew_from_an_entry_on_is_found_by_a_checkpoint(full: DecisionLog) -> None:
    checkpoint = checkpoint_of(full)
    tampering.rewrite_from(full, 6, as_of="2024-03-01T13:00:00+03:00")

    assert verify(full).is_sound
    (finding,) = verify(full, checkpoint=checkpoint).findings
    assert finding.code == "replaced-log"


def test_another_log_in_place_of_this_one_is_found_by_a_checkpoint(
    full: DecisionLog, policy: Policy, tmp_path: Path
) -> None:
    with open_log(str(tmp_path / "other.db"), create=True) as other:
        for number in range(8):
            record(other, policy, request(number))

        (finding,) = verify(other, checkpoint=checkpoint_of(full)).findings
    assert finding.code == "replaced-log"


def test_a_log_that_bears_another_name_is_found(full: DecisionLog) -> None:
    tampering.run(full, "UPDATE reglament_log SET identity = 'another'")

    assert [finding.code for finding in verify(full).findings] == ["replaced-log"]


def test_growth_after_the_checkpoint_is_no_finding(full: DecisionLog, policy: Policy) -> None:
    checkpoint = checkpoint_of(full)
    record(full, policy, request(9))

    assert verify(full, checkpoint=checkpoint).is_sound


def test_a_swapped_policy_is_found(full: DecisionLog, policy: Policy) -> None:
    content = tampering.content_of(full, policy.versions[0].digest)
    forged = content.replace('"then": "yes"', '"then": "no"')
    assert forged != content
    tampering.run(full, text("UPDATE reglament_policies SET content = :new").bindparams(new=forged))

    assert found(full) == [("swapped-policy", sequence) for sequence in range(1, 9)]


def test_a_deleted_policy_is_found(full: DecisionLog) -> None:
    tampering.run(full, "DELETE FROM reglament_policies")

    assert {code for code, _ in found(full)} == {"missing-policy"}


def test_a_decision_that_does_not_follow_is_found_though_the_chain_holds(
    full: DecisionLog,
) -> None:
    forged = tampering.with_outcome(full.entry(2).body, "refund", "no")
    tampering.rewrite_from(full, 2, outcome=forged)

    (finding,) = [one for one in verify(full).findings if "outcome" in one.message.to("en")]
    assert (finding.code, finding.sequence) == ("does-not-follow", 2)
    assert "`refund`" in finding.message.to("en")
    assert "'yes' follows" in finding.message.to("en")


def test_a_decision_by_a_version_not_yet_in_force_is_found(
    log: DecisionLog, tmp_path: Path
) -> None:
    both = shop(tmp_path, v2={"holds_from": "2024-06-01", "books": "no"})
    later = both.decide({"asked.at": "2024-07-01T12:00", "kind": "book"})
    log.append(later.version, later.document)
    tampering.rewrite_from(log, 1, as_of="2024-03-01T12:00:00+03:00")

    assert ("wrong-version", 1) in found(log)


def test_a_signed_checkpoint_is_checked_by_its_key(full: DecisionLog, tmp_path: Path) -> None:
    public = new_key(tmp_path / "key.pem")
    signed = checkpoint_of(full, read_private_key(tmp_path / "key.pem"))
    text_ = __import__("json").dumps(signed.to_dict())

    checked = read_checkpoint(text_, public)
    result = verify(full, checkpoint=checked)
    assert result.is_sound
    assert not any("signature" in words.to("en") for words in result.unproven)
    assert (tmp_path / "key.pem").stat().st_mode & 0o077 == 0
    with pytest.raises(Refused, match="does not fit this key"):
        read_checkpoint(text_.replace('"sequence": 8', '"sequence": 7'), public)
    with pytest.raises(Refused, match="does not fit this key"):
        read_checkpoint(text_, new_key(tmp_path / "other.pem"))


@pytest.mark.parametrize("wrong", ["", "{}", "[]", "null", '{"format": 1}', "[" * 100_000])
def test_what_is_no_checkpoint_is_refused(wrong: str) -> None:
    with pytest.raises(Refused, match="not a checkpoint"):
        read_checkpoint(wrong)

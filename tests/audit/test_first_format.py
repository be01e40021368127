"""Entries of the first format, whose documents held every word, are read and verified for good.

`format_1.jsonl` was exported by the engine that wrote them: a book, a toy, a request that lacks a
fact, two that tell a sensitive one, the erasure of the second, and an entry of an engine earlier
still, which told of each outcome which facts alone settle it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from reglament.audit import DecisionLog, open_log
from reglament.audit.entry_filters import Wanted
from reglament.audit.exchange import export, import_lines
from reglament.audit.queries import counts, search
from reglament.audit.replay import replay
from reglament.audit.verification import verify
from reglament.policy import Policy
from support.entry_pages import page
from support.shop import record, request, shop
from support.tampering import rewrite_from

EXPORTED = (Path(__file__).parent / "format_1.jsonl").read_text("utf-8").splitlines()
PLAIN, SENSITIVE, ERASED, EARLIEST = 1, 4, 5, 7


@pytest.fixture
def first(tmp_path: Path) -> Iterator[DecisionLog]:
    with open_log(str(tmp_path / "first.db"), create=True, is_named=False) as log:
        import_lines(log, EXPORTED)
        yield log


def test_every_word_of_them_is_made_again(first: DecisionLog) -> None:
    found = verify(first, is_whole=True)

    assert (found.findings, found.entries, found.whole_documents, found.erased) == ([], 7, 5, 1)
    assert list(export(first)) == EXPORTED


def test_they_are_shown_found_counted_and_decided_by_a_candidate(
    first: DecisionLog, tmp_path: Path
) -> None:
    candidate = shop(tmp_path / "candidate", v1={"books": "no"}).versions[-1]

    assert [one.sequence for one in search(first, Wanted(reading="weekend"))] == [1, 4, 5, 7]
    assert counts(first, Wanted()).outcomes["refund"] == {"yes": 4, "no": 1, "undetermined": 1}
    assert "a book" in page(first, SENSITIVE, "en")
    assert "erased" in page(first, ERASED, "en")
    assert {one.sequence for one in replay(first, candidate).changes} == {1, 3, 4, 7}


def test_the_log_goes_on_in_the_newest_format(first: DecisionLog, policy: Policy) -> None:
    entry = record(first, policy, request(1))

    assert (first.entry(PLAIN).body["format"], entry.body["format"]) == (1, 2)
    assert verify(first, is_whole=True).findings == []


def _words(document: dict[str, Any]) -> None:
    document["decisions"]["refund"]["because"]["en"] = "because I say so"


def _settled(document: dict[str, Any]) -> None:
    document["decisions"]["refund"]["sufficient"] = ["asked.at"]


@pytest.mark.parametrize(("sequence", "change"), [(PLAIN, _words), (EARLIEST, _settled)])
def test_words_that_were_changed_are_found_when_whole_documents_are_made_again(
    first: DecisionLog, sequence: int, change: Callable[[dict[str, Any]], None]
) -> None:
    forged: dict[str, Any] = dict(first.entry(sequence).body["outcome"])
    change(forged)
    rewrite_from(first, sequence, outcome=forged)

    assert verify(first).is_sound
    found = verify(first, is_whole=True).findings
    assert [(one.code, one.sequence) for one in found] == [("other-document", sequence)]

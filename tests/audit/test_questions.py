"""What a log is asked: pages, searches, reports, what a candidate would change, what was known."""

from __future__ import annotations

import json
import re
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import update

from reglament.audit import DecisionLog, open_log
from reglament.audit.entry_filters import Wanted
from reglament.audit.queries import counts, search
from reglament.audit.replay import replay
from reglament.audit.report_tables import charts_page
from reglament.audit.rows import packed
from reglament.audit.storage import ENTRIES
from reglament.interfaces.cli.decide_command import decide
from reglament.interfaces.cli.log_command import log as command
from reglament.messages import Language
from reglament.model.problems import Refused
from reglament.policy import Policy
from reglament.rendering.visible import POLICY
from support.entry_pages import page
from support.laws import sample
from support.shipped import shipped
from support.shop import BORN, record, request, shop, told_of_born
from support.tampering import rewrite, run

PARTNER = {
    "requester.kind": "certified_partner",
    "request.created_at": "2026-10-30T16:20:30",
    "request.channel": "portal",
    "request.service": "<script>alert(1)</script>",
}


class Tags(HTMLParser):
    """The tags of a page that were left open, and the addresses that it would load."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.loads: list[str] = []
        self.places: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.loads += [str(value) for name, value in attrs if name in ("src", "href")]
        self.places |= {f"#{value}" for name, value in attrs if name == "id"}
        if tag not in ("meta", "br"):
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        return

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.fixture
def support(file_log: DecisionLog) -> DecisionLog:
    """A log of one decision by the shipped regulation, with a deadline in working time."""
    record(file_log, shipped("technical-support"), PARTNER)
    return file_log


@pytest.mark.parametrize(
    ("language", "words"),
    sample([
        ("ru", ["Ответ на заявку", "Применены", "рабочих часов", "пн 02.11.26", "5:20:30 ч"]),
        ("en", ["Answer", "Applied", "working hours", "Mon 02.11.26", "5:20:30 h"]),
    ], 1),
)  # fmt: skip
def test_a_page_tells_the_whole_decision_and_stands_alone(
    support: DecisionLog, language: str, words: list[str]
) -> None:
    shown = page(support, 1, "ru" if language == "ru" else "en")

    assert [word for word in words if word.lower() not in shown.lower()] == []
    entry = support.entry(1)
    for hash_ in (entry.hash, entry.body["previous"], str(entry.policy)):
        assert hash_ in shown
    for clause in entry.document["decisions"]["answer"]["clauses"]:
        assert clause in shown
    tags = Tags(shown)
    assert tags.open == []
    assert set(tags.loads) - tags.places == set(), "a link that leads nowhere, or out of the page"


WRONG: dict[Language, tuple[str, str, str]] = {
    "ru": (
        "Эта запись нарушена",
        "хеш не совпадает с содержанием",
        "записано &#39;reject&#39;, а следует &#39;refer&#39;",
    ),
    "en": (
        "This entry is not intact",
        "its hash does not match its content",
        "is recorded as &#39;reject&#39;, and &#39;refer&#39; follows",
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize("with_hash", [False, True])
def test_a_page_of_an_edited_entry_says_so_first_and_shows_what_is_recorded(
    support: DecisionLog, language: Language, with_hash: bool
) -> None:
    title, edited, otherwise = WRONG[language]
    assert title not in page(support, 1, language)
    outcome = json.loads(json.dumps(support.entry(1).document))
    outcome["decisions"]["answer"]["outcome"] = "reject"
    rewrite(support, 1, with_hash=with_hash, outcome=outcome)

    shown = page(support, 1, language)

    assert shown.index(title) < shown.index("<strong>reject</strong>")
    assert otherwise in shown
    assert (edited in shown) is not with_hash


@pytest.mark.slow
def test_show_exits_with_one_where_the_entry_was_edited(
    support: DecisionLog, tmp_path: Path
) -> None:
    told = ["show", str(support.storage.url), "1", "--lang", "en", "--output", str(tmp_path / "1")]
    assert CliRunner().invoke(command, told).exit_code == 0
    rewrite(support, 1, with_hash=False, known_at="2026-01-01T00:00:00Z")

    result = CliRunner().invoke(command, told)

    assert result.exit_code == 1
    assert "edited-entry: entry 1 was altered" in result.stderr


def test_an_entry_that_cannot_be_read_is_refused(support: DecisionLog) -> None:
    run(support, update(ENTRIES).values(body=packed(b"no JSON")))

    with pytest.raises(Refused, match="entry 1 was altered"):
        page(support, 1, "en")


def test_what_a_request_told_cannot_become_markup(support: DecisionLog) -> None:
    shown = page(support, 1, "en")

    assert "<script" not in shown
    assert "&lt;script&gt;" in shown


def test_a_page_shows_what_remains_when_facts_were_erased(
    file_log: DecisionLog, policy: Policy
) -> None:
    record(file_log, policy, request(1, **BORN))
    assert "5 June 1987" in page(file_log, 1, "en")
    file_log.erase(1)

    shown = page(file_log, 1, "en")
    assert told_of_born(shown) == []
    assert "erased on request" in shown
    with pytest.raises(Refused, match="is not a decision"):
        page(file_log, 2, "en")


@pytest.fixture
def eight(log: DecisionLog, policy: Policy) -> DecisionLog:
    for number in range(8):
        record(log, policy, request(number))
    return log


@pytest.mark.parametrize(
    ("wanted", "found"),
    sample([
        (Wanted(), list(range(1, 9))),
        (Wanted({"refund": "yes"}), [2, 4, 6, 8]),
        (Wanted({"refund": "no"}, rule="toys"), [1, 3, 5, 7]),
        (Wanted({"of_age_on": "undetermined"}, rule="books"), [2, 4, 6, 8]),
        (Wanted({"refund": "yes"}, rule="toys"), []),
        (Wanted({"nothing": "yes"}), []),
        (Wanted(clause="c1"), list(range(1, 9))),
        (Wanted(first=date(2000, 1, 1), last=date(2100, 1, 1)), list(range(1, 9))),
        (Wanted(last=date(2000, 1, 1)), []),
        (Wanted(first=date(2100, 1, 1)), []),
    ], 7),
)  # fmt: skip
def test_a_search_finds_the_entries_that_fit(
    eight: DecisionLog, wanted: Wanted, found: list[int]
) -> None:
    assert [entry.sequence for entry in search(eight, wanted)] == found


def test_a_report_counts_outcomes_rules_clauses_and_readings(eight: DecisionLog) -> None:
    found = counts(eight, Wanted())

    assert found.entries == 8
    assert found.outcomes["refund"] == {"yes": 4, "no": 4}
    assert found.rules == {"books": 4, "toys": 4, "age": 8} or found.rules == {
        "books": 4,
        "toys": 4,
    }
    assert found.clauses["c1"] == 8
    assert found.readings == {"weekend": 4}
    shown = charts_page(eight, Wanted(), "ru")
    assert "Возврат" in shown
    assert "50 %" in shown
    assert Tags(shown).open == []


def test_a_candidate_is_told_to_change_what_it_would_change(
    eight: DecisionLog, tmp_path: Path
) -> None:
    candidate = shop(tmp_path / "candidate", v1={"books": "no"}).versions[-1]
    seen: list[int] = []

    found = replay(eight, candidate, seen.append)

    assert sum(seen) == 8
    (group,) = found.by_rule()
    assert (group.before, group.after, group.entries) == (("books",), ("books",), [2, 4, 6, 8])
    assert group.changes == {("refund", "yes", "no"): [2, 4, 6, 8]}
    assert found.skipped == []


def test_the_policy_itself_as_a_candidate_changes_nothing(
    eight: DecisionLog, policy: Policy
) -> None:
    assert replay(eight, policy.versions[-1]).changes == []


def test_an_erased_request_cannot_be_replayed_and_is_named(
    file_log: DecisionLog, policy: Policy
) -> None:
    record(file_log, policy, request(1, **BORN))
    file_log.erase(1)

    assert [sequence for sequence, _ in replay(file_log, policy.versions[-1]).skipped] == [1]


# -- as known then --------------------------------------------------------------------------


@pytest.fixture
def corrected(tmp_path: Path) -> Policy:
    """A second version, effective in February 2024 and published in June."""
    later = {"holds_from": "2024-02-01", "known_from": "2024-06-10", "books": "no"}
    return shop(tmp_path / "corrected", v2=later)


@pytest.mark.parametrize(
    ("known", "version", "refund"),
    [
        (None, "v2", "no"),
        ("2024-06-09", "v1", "yes"),
        ("2024-06-09T23:59", "v1", "yes"),
        ("2024-06-10", "v2", "no"),
    ],
)
def test_a_decision_is_made_by_what_was_published_then(
    corrected: Policy, known: str | None, version: str, refund: str
) -> None:
    decided = corrected.decide(request(1), known_at=known)

    assert (decided.version.version, decided["refund"].outcome) == (version, refund)


def test_before_anything_was_published_there_is_no_decision(corrected: Policy) -> None:
    with pytest.raises(Refused, match="no version had been published by 2023-12-31"):
        corrected.decide(request(1), known_at="2023-12-31")


def test_what_was_known_is_recorded(corrected: Policy, tmp_path: Path) -> None:
    path = str(tmp_path / "decisions.db")
    corrected.decide(request(1), known_at="2024-03-02", log=path)
    corrected.decide(request(1), log=path)

    with open_log(path) as log:
        bodies = [entry.body for entry in log.entries()]
    assert [body["known_at"] for body in bodies] == ["2024-03-02T00:00:00+03:00", None]
    versions = [body["outcome"]["policy"]["version"] for body in bodies]
    assert versions == ["v1", "v2"]


# -- the command line -----------------------------------------------------------------------


@pytest.fixture
def told(tmp_path: Path) -> str:
    path = tmp_path / "request.json"
    path.write_text(json.dumps(request(1)), "utf-8")
    return str(path)


def test_decide_shows_what_was_known_beside_what_is_known_now(
    corrected: Policy, tmp_path: Path, told: str
) -> None:
    options = ["--policy", str(tmp_path / "corrected"), "--lang", "en", "--known-at", "2024-03-02"]
    result = CliRunner().invoke(decide, [told, *options])

    assert result.exit_code == 0
    assert "published on 10 June 2024, after 2 March 2024" in result.output
    assert "refund: yes → no" in result.output


def test_a_log_is_written_verified_carried_and_questioned_by_commands(
    tmp_path: Path, told: str
) -> None:
    shop(tmp_path / "shop")
    log, copy = str(tmp_path / "a.db"), str(tmp_path / "b.db")

    def run(*words: str, status: int = 0) -> str:
        result = CliRunner().invoke(command, list(words))
        assert result.exit_code == status, result.output
        return result.output

    options = ["--policy", str(tmp_path / "shop"), "--log", log, "--json"]
    assert CliRunner().invoke(decide, [told, *options]).exit_code == 0
    run("checkpoint", log, "--output", str(tmp_path / "head.json"))
    run("export", log, "--output", str(tmp_path / "log.jsonl"))
    run("import", str(tmp_path / "log.jsonl"), copy)
    checked = json.loads(run("verify", copy, "--checkpoint", str(tmp_path / "head.json"), "--json"))
    assert (checked["sound"], checked["entries"]) == (True, 1)
    assert re.match(r"1  \S+Z  refund=yes", run("search", log, "--outcome", "refund=yes"))
    assert json.loads(run("report", log, "--json"))["outcomes"]["refund"] == {"yes": 1}
    assert "entries that would change: 0" in run(
        "replay", log, "--policy", str(tmp_path / "shop"), "--lang", "en"
    )
    for shown in (run("show", log, "1", "--html", "-"), run("report", log, "--html", "-")):
        assert shown.startswith("<!DOCTYPE html>")
        assert POLICY in shown
    run("erase", log, "1", status=2)
    run("show", log, "9", status=2)
    run("search", log, "--outcome", "refund", status=2)
    run("verify", str(tmp_path / "none.db"), status=2)
    run("verify", log, "--checkpoint", told, status=2)


def test_verify_exits_with_1_where_a_log_is_not_sound(tmp_path: Path, policy: Policy) -> None:
    from support import tampering

    path = str(tmp_path / "a.db")
    with open_log(path, create=True) as log:
        for number in range(3):
            record(log, policy, request(number))
        tampering.delete(log, 2)

    result = CliRunner().invoke(command, ["verify", path, "--lang", "ru"])
    assert result.exit_code == 1
    assert "deleted-entry: удалено: 2" in result.output
    assert "не доказывает" in result.output


def test_a_search_lists_the_answer_and_the_policy_on_one_short_line(shipped_log: str) -> None:
    (line,) = CliRunner().invoke(command, ["search", shipped_log]).stdout.splitlines()

    assert re.fullmatch(r"1  \S+Z  answer=accept  technical-support 2019-01-01", line)

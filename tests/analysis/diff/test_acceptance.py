"""Seeded edits of the shipped regulation are all found, cosmetic ones never."""

# ruff: noqa: E501 - an edit is a line of data

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

import pytest

from reglament.analysis.diff.compare import diff
from reglament.analysis.diff.types import VersionDifference
from reglament.analysis.search.judge import SideStatus
from reglament.language.loading.version_loader import read_version
from reglament.model.regulation import Fact, Version
from reglament.model.values import Kind, Value
from reglament.reference import Undecided, View
from support.files_read_once import files_read_once
from support.laws import sample
from support.places import POLICIES

pytestmark = pytest.mark.usefixtures("little_is_proven_exact")
SHIPPED = POLICIES / "technical-support" / "2019-01-01"


class Edit(NamedTuple):
    """In `file`, the first `found` (after `after`) becomes `put`; `decision` is what it changes."""

    name: str
    decision: str
    file: str
    found: str
    put: str
    after: str = ""


def rule(id: str) -> str:
    return f"- id: {id}\n"


OUTCOMES = [
    Edit("free hours one less", "response_hours", "hours.yaml", "then: 24", "then: 23"),
    Edit("a boundary of free support a month earlier", "free_until", "tiers.yaml", "value: 3", "value: 2"),
    Edit("a boundary of free support a month later", "tier", "tiers.yaml", "value: 3", "value: 4"),
    Edit("the last free day left out", "tier", "tiers.yaml", "on_or_after", "after", "free_until: {"),
    Edit("the first free day left out", "tier", "tiers.yaml", "on_or_before", "before", rule("tier-free")),
    Edit("the first paid moment left out", "tier", "tiers.yaml", "on_or_before", "before", rule("tier-paid")),
    Edit("the last paid day left out", "tier", "tiers.yaml", "on_or_after", "after", "active_until: ["),
    Edit("an unstated end of paid support means none", "tier", "tiers.yaml", "[null, {on_or_after: request.created_at}]", "{on_or_after: request.created_at}"),
    Edit("the end of paid support not looked at", "tier", "tiers.yaml", "          subscription.active_until: [null, {on_or_after: request.created_at}]\n", ""),
    Edit("the day of registration not looked at", "tier", "tiers.yaml", "          key.registered_on: {on_or_before: request.created_at}\n", ""),
    Edit("partners become payers", "tier", "tiers.yaml", "then: partner", "then: paid"),
    Edit("payers become free", "tier", "tiers.yaml", "then: paid", "then: free", rule("tier-paid")),
    Edit("nobody becomes free", "tier", "tiers.yaml", "then: none", "then: free"),
    Edit("partner and paid disagree", "tier", "tiers.yaml", "{tier-paid: tier-precedence, tier-free: tier-precedence}", "[tier-free]"),
    Edit("paid and free disagree", "tier", "tiers.yaml", "        overrides: {tier-free: tier-precedence}\n", ""),
    Edit("users are partners", "tier", "tiers.yaml", "requester.kind: certified_partner", "requester.kind: user"),
    Edit("the last free day moves to a working day", "free_until", "tiers.yaml", "chosen: strict", "chosen: rolled"),
    Edit("paid hours one more", "response_due", "hours.yaml", "then: 16", "then: 17"),
    Edit("partner hours swapped for paid ones", "response_due", "hours.yaml", "then: 8", "then: 16"),
    Edit("no deadline for payers", "response_hours", "hours.yaml", "then: 16", "then: null"),
    Edit("a row of the table is for another tier", "response_hours", "hours.yaml", "response-partner, tier: partner", "response-partner, tier: [partner, free]"),
    Edit("opening an hour earlier", "desk", "hours.yaml", 'from: "10:00"', 'from: "09:00"'),
    Edit("closing an hour earlier", "desk", "hours.yaml", 'until: "19:00"', 'until: "18:00"'),
    Edit("closing a minute later", "response_due", "hours.yaml", 'until: "19:00"', 'until: "19:01"'),
    Edit("short days an hour shorter", "desk", "hours.yaml", "chosen: full-hours", "chosen: one-hour-less"),
    Edit("weekdays without the calendar", "desk", "hours.yaml", "chosen: production-calendar", "chosen: monday-to-friday"),
    Edit("due at the next opening", "response_due", "hours.yaml", "chosen: at-closing", "chosen: at-next-opening"),
    Edit("one holiday forgotten", "desk", "calendar.yaml", "          2026-06-12: russia\n", ""),
    Edit("one holiday on another day", "response_due", "calendar.yaml", "          2026-11-04: unity\n", "          2026-11-05: unity\n"),
    Edit("one working Saturday forgotten", "desk", "calendar.yaml", "        working_days:\n          2027-02-20: moved_working  # its day off is Monday 22 February\n        short_days:\n          - 2027-02-20  # stands in for Monday 22 February\n", "        short_days:\n", "  2027:"),
    Edit("open outside of hours", "desk", "hours.yaml", "within: support_hours", "outside: support_hours"),
    Edit("a channel added", "channel", "hours.yaml", "[portal, phone, email]", "[portal, phone, email, chat]"),
    Edit("a channel dropped", "answer", "hours.yaml", "[portal, phone, email]", "[portal, phone]"),
    Edit("unknown channels accepted", "channel", "hours.yaml", "then: not_accepted", "then: accepted"),
    Edit("visits covered for partners", "scope", "scope.yaml", "tier: [free, paid, partner]", "tier: [free, paid]"),
    Edit("free support connects", "scope", "scope.yaml", "then: out_of_scope", "then: in_scope", rule("scope-free-no-remote-connection")),
    Edit("training covered", "scope", "scope.yaml", "then: out_of_scope", "then: in_scope", rule("scope-no-training")),
    Edit("the engineer need not decide", "scope", "scope.yaml", "          request.remote_approved: true\n", "", rule("scope-paid-remote-approved")),
    Edit("another tool named", "answer", "scope.yaml", "TeamViewer 11", "TeamViewer 12", rule("scope-paid-remote-approved")),
    Edit("fixes covered though infeasible", "scope", "scope.yaml", ", request.fix_feasible: true", "", rule("scope-feasible-fix-covered")),
    Edit("a guide need not exist", "scope", "scope.yaml", ", request.general_guide_exists: true", ""),
    Edit("silence refuses", "scope", "scope.yaml", "chosen: not-regulated", "chosen: out-of-scope", "unlisted-services:"),
    Edit("other tools refused", "scope", "scope.yaml", "chosen: not-regulated", "chosen: out-of-scope", "other-remote-tool:"),
    Edit("partners get no updates", "scope", "scope.yaml", "            - software_update\n", ""),
    Edit("a rule removed", "scope", "scope.yaml", "", "", "scope-no-updates"),
    Edit("a channel's refusal gives way", "answer", "scope.yaml", "        overrides: [answer-refer-silent]\n", ""),
    Edit("silence accepted", "answer", "scope.yaml", "then: refer", "then: accept"),
    Edit("out of scope referred", "answer", "scope.yaml", "then: refuse", "then: refer", rule("answer-refuse-out-of-scope")),
    Edit("a requirement removed", "renewal", "renewal.yaml", "", "", "act_not_used_before"),
    Edit("a requirement turned round", "renewal", "renewal.yaml", "used_before: false", "used_before: true"),
    Edit("acts of partners serve", "renewal", "renewal.yaml", "issued_by: industry_solutions_centre", "issued_by: [industry_solutions_centre, certified_partner]"),
    Edit("a blank number serves", "renewal_effective_from", "renewal.yaml", "{is_not: null}", "null"),
    Edit("renewed when rejected", "renewal_effective_from", "renewal.yaml", "when: {renewal: accepted}", "when: {renewal: rejected}"),
    Edit("a district without a manager", "payment_contact", "contacts.yaml", "[southern, north_caucasian]", "[southern]"),
    Edit("a manager's address", "payment_contact", "contacts.yaml", "migolkin@", "m.igolkin@"),
    Edit("a district of two managers", "payment_contact", "contacts.yaml", "[southern, north_caucasian]", "[southern, north_caucasian, ural]"),
    Edit("advice for fewer", "advice", "contacts.yaml", "            - renewal.act.lists_support: false\n", ""),
    Edit("advice of another kind", "advice", "contacts.yaml", "then: buy_support", "then: ask_certified_partner", rule("advice-buy-without-a-tier")),
]  # fmt: skip


def _remove_rule(text: str, id: str) -> str:
    """The text without the rule, up to the next one."""
    return re.sub(rf" *- id: {id}\n(?:(?! *- id:| *otherwise:|\n).*\n)*", "", text, count=1)


def _edited(edit: Edit, folder: Path) -> Version:
    path = folder / edit.file
    text = path.read_text(encoding="utf-8")
    if edit.found:
        start = text.index(edit.found, text.index(edit.after))
        changed = text[:start] + edit.put + text[start + len(edit.found) :]
    else:
        changed = _remove_rule(text, edit.after)
    assert changed != text
    path.write_text(changed, encoding="utf-8")
    return read_version(folder)


def _copied(parent: Path) -> Path:
    # Examples, reactions and letters name requirements and rules, which some edits take away.
    ignored = shutil.ignore_patterns("examples", "reactions.yaml", "letters.yaml")
    return Path(shutil.copytree(SHIPPED, parent / "version", ignore=ignored))


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Version:
    return read_version(_copied(tmp_path_factory.mktemp("shipped")))


@pytest.fixture(scope="module", autouse=True)
def _each_file_is_read_once() -> Iterator[None]:
    with files_read_once():
        yield


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    # By a name below the current folder, so that a file has the same one in every test.
    monkeypatch.chdir(tmp_path)
    return _copied(Path())


def _any_value(fact: Fact) -> Value:
    """Some value of the fact: what a witness does not tell does not matter."""
    match fact.type.kind:
        case Kind.BOOLEAN:
            return True
        case Kind.DATE:
            return date(2026, 6, 1)
        case Kind.DATETIME:
            return datetime(2026, 6, 1, 12, tzinfo=ZoneInfo("Europe/Moscow"))
        case _:
            return fact.type.options[0] if fact.type.options else "any"


def _decided(version: Version, facts: Mapping[str, Value], name: str) -> tuple[SideStatus, Value]:
    """What the meaning of the policy, read rule by rule, says of the witness."""
    whole = {fact.name: _any_value(fact) for fact in version.facts.values()}
    try:
        answer = View(version, {**whole, **facts}).answer(version.decisions[name])
        return SideStatus.DECIDED, answer.outcome
    except Undecided as undecided:
        if undecided.because_of:
            return SideStatus.BROKEN, None
        return (SideStatus.CONFLICT if undecided.outcomes else SideStatus.GAP), None


def _assert_right(found: VersionDifference) -> None:
    told = [(one.decision, repr(one.witness.facts), one.is_exact) for one in found.regions]
    assert len(set(told)) == len(told), "one decision is told twice with the same example"
    for region in found.regions:
        seen = []
        for version, side in (
            (found.old, region.witness.before),
            (found.new, region.witness.after),
        ):
            decided = _decided(version, region.witness.facts, region.decision)
            assert decided == (side.status, side.outcome)
            seen.append(decided)
        assert seen[0] != seen[1]


def test_there_are_enough_edits() -> None:
    assert len(OUTCOMES) >= 50
    assert len(COSMETIC) >= 20


@pytest.mark.parametrize("edit", sample(OUTCOMES, 1), ids=lambda edit: edit.name)
def test_an_edit_is_found_with_a_right_witness(edit: Edit, shipped: Version, folder: Path) -> None:
    found = diff(shipped, _edited(edit, folder))
    assert not found.is_cosmetic
    assert found.not_settled == ()
    assert edit.decision in {region.decision for region in found.regions}
    first = found.regions[0]
    assert first.cause is None
    assert first.where is not None
    _assert_right(found)


# Edits that change no outcome


def _replaced(file: str, found: str, put: str) -> Callable[[Path], None]:
    def edit(folder: Path) -> None:
        path = folder / file
        text = path.read_text(encoding="utf-8")
        assert found in text
        path.write_text(text.replace(found, put), encoding="utf-8")

    return edit


def _moved_decision(folder: Path) -> None:
    path = folder / "hours.yaml"
    text = path.read_text(encoding="utf-8")
    head, tail = text.split("  response_due:\n")
    path.write_text(head, encoding="utf-8")
    (folder / "due.yaml").write_text("decisions:\n  response_due:\n" + tail, encoding="utf-8")


def _renamed_file(folder: Path) -> None:
    (folder / "scope.yaml").rename(folder / "services.yaml")


def _one_file(folder: Path) -> None:
    (folder / "below").mkdir()
    (folder / "renewal.yaml").rename(folder / "below" / "renewal.yaml")


def _reordered(file: str, id: str, before: str) -> Callable[[Path], None]:
    """The rule `id` moved to stand before the rule `before`."""

    def edit(folder: Path) -> None:
        path = folder / file
        text = path.read_text(encoding="utf-8")
        without = _remove_rule(text, id)
        found = re.search(rf" *- id: {id}\n(?:(?! *- id:| *otherwise:|\n).*\n)*", text)
        assert found is not None
        at = without.index(f"      - id: {before}\n")
        path.write_text(without[:at] + found.group() + without[at:], encoding="utf-8")

    return edit


def _split_rule(folder: Path) -> None:
    path = folder / "hours.yaml"
    text = path.read_text(encoding="utf-8")
    found = re.search(r"      - id: channel-listed\n(?:        .*\n)+", text)
    assert found is not None
    one = found.group().replace("[portal, phone, email]", "[portal, phone]")
    other = found.group().replace("[portal, phone, email]", "[phone, email]")
    other = other.replace("channel-listed", "channel-listed-too")
    path.write_text(text.replace(found.group(), one + other), encoding="utf-8")


def _table(folder: Path) -> None:
    _replaced(
        "hours.yaml",
        "    rules:\n      - id: channel-listed\n        when: {request.channel: [portal, phone, email]}\n",
        "    table:\n      - id: channel-listed\n        request.channel: [portal, phone, email]\n",
    )(folder)


def _commented(folder: Path) -> None:
    for path in folder.glob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        path.write_text(f"# Looked over.\n{text}\n# The end.\n", encoding="utf-8")


def _windows_lines(folder: Path) -> None:
    for path in folder.glob("*.yaml"):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))


COSMETIC: list[tuple[str, Callable[[Path], None]]] = [
    ("comments", _commented),
    ("line ends of another system", _windows_lines),
    ("a decision in another file", _moved_decision),
    ("a file renamed", _renamed_file),
    ("a file in a folder below", _one_file),
    ("rules in another order", _reordered("scope.yaml", "scope-no-training", "scope-no-visits")),
    ("rules that override in another order", _reordered("tiers.yaml", "tier-free", "tier-partner")),
    ("keys in another order", _replaced("hours.yaml", "        when: {request.channel: [portal, phone, email]}\n        then: accepted\n", "        then: accepted\n        when: {request.channel: [portal, phone, email]}\n")),
    ("words of a list in another order", _replaced("hours.yaml", "[portal, phone, email]", "[email, portal, phone]")),
    ("a rule split in two that overlap and agree", _split_rule),
    ("a rule renamed", _replaced("scope.yaml", "scope-no-training", "scope-training-excluded")),
    ("an overridden rule renamed", _replaced("scope.yaml", "answer-refer-silent", "answer-a-person-decides")),
    ("a reason reworded", _replaced("scope.yaml", "No tier covers an on-site visit.", "On-site visits are covered by no tier.")),
    ("a label reworded", _replaced("tiers.yaml", "en: tier}", "en: section}")),
    ("a question reworded", _replaced("facts.yaml", "When was the request created?", "When was this request made?")),
    ("another clause cited", _replaced("hours.yaml", "clauses: [free.response], because", "clauses: [free.response, free.hours], because")),
    ("De Morgan", _replaced("scope.yaml", "when: {tier: free, request.service: remote_connection}", "when: {not: {any: [{tier: {is_not: free}}, {request.service: {is_not: remote_connection}}]}}")),
    ("a list as any", _replaced("tiers.yaml", "subscription.active_until: [null, {on_or_after: request.created_at}]", "any: [{subscription.active_until: null}, {subscription.active_until: {on_or_after: request.created_at}}]")),
    ("is not true for is false", _replaced("renewal.yaml", "renewal.act.used_before: false", "renewal.act.used_before: {is_not: true}")),
    ("a boundary said the other way", _replaced("tiers.yaml", "key.registered_on: {on_or_before: request.created_at}", "request.created_at: {on_or_after: key.registered_on}")),
    ("a parameter said as a number", _replaced("tiers.yaml", "then: {months_after: [key.registered_on, free_months]}", "then: {months_after: [key.registered_on, 3]}")),
    ("a table for rules", _table),
    ("a condition that the others imply", _replaced("scope.yaml", "when: {scope: not_regulated}", "when: {scope: not_regulated, tier: [free, paid, partner]}")),
    ("an override of what never applies along", _replaced("scope.yaml", "        overrides: [answer-refer-silent]\n", "        overrides: [answer-refer-silent, answer-refuse-no-tier, answer-refuse-out-of-scope]\n")),
    ("a reading explained otherwise", _replaced("scope.yaml", "The text names one tool and is silent on the others.", "One tool is named, others are not.")),
]  # fmt: skip


@pytest.mark.parametrize(
    "edit", sample([e for _, e in COSMETIC], 2), ids=[name for name, _ in COSMETIC]
)
def test_a_cosmetic_edit_changes_no_outcome(
    edit: Callable[[Path], None], shipped: Version, folder: Path
) -> None:
    edit(folder)
    found = diff(shipped, read_version(folder))
    assert found.regions == ()
    assert found.not_settled == ()
    assert found.is_cosmetic


@pytest.mark.parametrize(
    "edit", sample([_moved_decision, _renamed_file, _one_file, _commented, _windows_lines], 2)
)
def test_what_merely_moves_is_no_difference_at_all(
    edit: Callable[[Path], None], folder: Path
) -> None:
    before = read_version(folder)
    edit(folder)
    assert diff(before, read_version(folder)).is_identical

"""Policies that share parts, and a decision of one that is a fact of another."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from textwrap import dedent

import pytest

from reglament import Policy, Refused, load_policy
from reglament.analysis.findings import check
from reglament.language.loading.files.cache import key_of
from reglament.language.loading.files.content import content_of
from reglament.language.loading.switched import switched
from reglament.language.loading.version_loader import read_content
from reglament.model.findings import Severity
from reglament.model.problems import Problem
from reglament.reference import View
from support.cli_runner import run

MEMBERS = """
policy: members
version: "1"
languages: [en]
title: Members
holds_from: 2024-01-01
known_from: 2024-01-01
chosen_by: asked_on
time_zone: Europe/London
facts:
  asked_on: {type: date, label: day of asking}
  member.years: {type: integer, label: years of membership}
  member.fees_due: {type: boolean, label: fees are due}
parameters:
  faithful: {type: integer, value: 5, label: years of the faithful}
clauses:
  s1: {where: "1", summary: standing, fingerprint: "sha256:9f86d081884c7d65"}
  s2: {where: "2", summary: gifts, fingerprint: "sha256:9f86d081884c7d66"}
readings:
  years:
    question: Does the fifth year count?
    chosen: counted
    alternatives: {counted: it does, not_counted: it does not}
    because: so it was meant
decisions:
  old:
    outcomes: {old: old, new: new}
    label: how old
    rules:
      - {id: old-faithful, under: {years: counted}, when: {member.years: {at_least: faithful}},
         then: old, because: "{member.years} years are enough.", clauses: [s1]}
      - {id: old-after, under: {years: not_counted}, when: {member.years: {more_than: faithful}},
         then: old, because: "{member.years} years are enough.", clauses: [s1]}
    otherwise: {then: new, because: Too few years., clauses: [s1]}
  standing:
    outcomes: {good: good, poor: poor}
    label: standing
    rules:
      - {id: poor-due, when: {member.fees_due: true}, then: poor, because: Due., clauses: [s1]}
      - {id: good-old, when: {old: old}, then: good, because: "How old: {old}.",
         overrides: [poor-due]}
    otherwise: {then: good, because: Nothing is due., clauses: [s1]}
  gift:
    outcomes: {mug: a mug, pen: a pen}
    label: gift
    rules: [{id: pen-old, when: {old: old}, then: pen, because: A pen., clauses: [s2]}]
    otherwise: {then: mug, because: Everyone gets one., clauses: [s2]}
"""
ROOMS = """
policy: rooms
version: "1"
languages: [en]
title: Rooms
holds_from: 2024-01-01
known_from: 2024-01-01
chosen_by: asked_on
time_zone: Europe/London
uses: [calendars/site]
facts:
  who.standing: {from: members.standing, version: "1", label: standing as a member}
  asked_on: {type: date, label: day of asking}
  asked_at: {type: datetime, label: moment of asking}
decisions:
  room:
    outcomes: {granted: granted, refused: refused}
    label: room
    rules:
      - {id: room-poor, when: {who.standing: poor}, then: refused, because: Standing is poor.,
         overrides: [room-open]}
      - {id: room-open, when: {asked_at: {within: desk}}, then: granted,
         because: The desk is open.}
    otherwise: {then: refused, because: The desk is closed.}
"""
SITE = """
calendars:
  site:
    title: working days
    covers: {from: 2024-01-01, until: 2024-12-31}
    working_weekdays: [monday, tuesday, wednesday, thursday, friday]
    years: {2024: {}}
hours:
  desk: {title: desk hours, calendar: site, from: "10:00", until: "18:00"}
"""
TOLD = {
    "asked_on": "2024-05-06",
    "asked_at": "2024-05-06T12:00",
    "member.years": 5,
    "member.fees_due": True,
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in (("members", MEMBERS), ("rooms", ROOMS)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "policy.yaml").write_text(dedent(text), "utf-8")
    (tmp_path / "calendars").mkdir()
    (tmp_path / "calendars" / "site.yaml").write_text(SITE, "utf-8")
    return tmp_path


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def problems(path: Path) -> list[Problem]:
    with pytest.raises(Refused) as refused:
        load_policy(path)
    return list(refused.value.problems)


# -- a decision of another policy ---------------------------------------------------------------


def test_a_decision_of_another_policy_is_decided_by_it_from_the_same_request(folder: Path) -> None:
    decided = load_policy(folder / "rooms").decide(TOLD)

    document = decided.to_dict()["decisions"]
    assert {name: one["outcome"] for name, one in document.items()} == {
        "members.old": "old", "who.standing": "good", "room": "granted",
    }  # fmt: skip
    assert document["who.standing"]["rules"] == ["members.good-old"]
    assert document["who.standing"]["because"]["en"] == "How old: old."
    assert document["who.standing"]["clauses"] == ["members.s1"]
    assert document["members.old"]["readings"] == ["members.years"]


def test_what_rests_on_it_cites_its_clauses(folder: Path) -> None:
    poor = {**TOLD, "member.years": 0, "asked_at": "2024-05-06T20:00"}
    room = load_policy(folder / "rooms").decide(poor).to_dict()["decisions"]["room"]

    assert (room["outcome"], room["rules"]) == ("refused", ["room-poor"])
    assert room["clauses"] == ["members.s1"]


@pytest.mark.parametrize("missing", [["member.years"], ["member.fees_due"], list(TOLD)[2:]])
def test_it_says_of_missing_facts_what_the_other_policy_says(folder: Path, missing: list) -> None:
    told = {name: value for name, value in TOLD.items() if name not in missing}
    mine = load_policy(folder / "rooms").decide(told)
    theirs = load_policy(folder / "members").decide(
        {k: v for k, v in told.items() if k != "asked_at"}
    )

    one, other = mine["who.standing"], theirs["standing"]
    assert (one.status, one.outcome, one.possible) == (other.status, other.outcome, other.possible)
    assert sorted(one.needs) == sorted(other.needs)


def test_its_facts_are_told_and_it_is_not(folder: Path) -> None:
    policy = load_policy(folder / "rooms")

    assert sorted(policy.facts) == sorted(TOLD)
    with pytest.raises(Refused) as refused:
        policy.decide({"who.standing": "good"})
    assert [one.code for one in refused.value.problems] == ["outcome-told"]


def test_what_was_taken_over_is_in_the_content_and_in_the_digest(folder: Path) -> None:
    [before] = load_policy(folder / "rooms").versions
    stored = read_content(content_of(before), "stored")
    edit(folder / "members" / "policy.yaml", "value: 5", "value: 6")
    [after] = load_policy(folder / "rooms").versions

    assert stored.digest == before.digest != after.digest
    assert sorted(stored.decisions) == sorted(before.decisions)
    told = {**TOLD, "member.years": 4}
    answers = [Policy((one,)).decide(told).to_dict() for one in (stored, before)]
    assert answers[0]["decisions"] == answers[1]["decisions"]
    assert stored.imported == {"members.old": "members 1", "who.standing": "members 1"}


def test_a_reading_of_the_other_policy_can_be_switched(folder: Path) -> None:
    [version] = load_policy(folder / "rooms").versions
    other = switched(version, {"members.years": "not_counted"})

    assert {rule.id for rule in other.decisions["members.old"].rules} == {"members.old-after"}


def test_findings_and_coverage_are_about_the_own_rules(folder: Path) -> None:
    [version] = load_policy(folder / "rooms").versions
    tested = run("test", "--policy", folder / "rooms")

    assert check(version) == ()
    assert "members." not in tested.stdout
    assert "room-poor" in tested.stdout


def test_an_edit_of_the_other_policy_is_shown_where_it_reaches(folder: Path) -> None:
    git = ["git", "-C", str(folder), "-c", "user.name=a", "-c", "user.email=a@example.org"]
    for words in (["init", "-q"], ["add", "."], ["commit", "-qm", "first"]):
        subprocess.run([*git, *words], check=True)
    edit(folder / "members" / "policy.yaml", "fees_due: true}", "fees_due: false}")
    shown = run("diff", "HEAD", "--policy", folder / "rooms", "--lang", "en")

    assert shown.exit_code == 1
    assert "standing as a member (`who.standing`)" in shown.stdout
    assert "As a consequence\n  room" in shown.stdout


def test_a_log_keeps_both_texts(folder: Path) -> None:
    (folder / "request.json").write_text(json.dumps(TOLD), "utf-8")
    log = str(folder / "log.db")
    run("decide", folder / "request.json", "--policy", folder / "rooms", "--log", log)
    edit(folder / "members" / "policy.yaml", "value: 5", "value: 6")
    verified = run("log", "verify", log, "--lang", "en")

    assert (verified.exit_code, verified.stdout.splitlines()[0]) == (
        0, "the log is sound as far as it goes: to entry 1",
    )  # fmt: skip


WRONG = {
    "unknown-policy": ("from: members.standing", "from: memberz.standing", "memberz", "members"),
    "unknown-version": ('version: "1", label', 'version: "2", label', "`2`", "`1`"),
    "unknown-decision": ("members.standing", "members.standin", "standin", "standing"),
    "digest-differs": ('version: "1", label', f'version: "1", digest: "sha256:{"0" * 64}", label',
                       "has changed", "sha256:"),
    "not-beside": ("label: standing as a member", "type: text", "type", "label"),
}  # fmt: skip


@pytest.mark.parametrize("code", WRONG)
def test_what_cannot_be_taken_over_is_told_once_at_its_place(folder: Path, code: str) -> None:
    old, new, said, hint = WRONG[code]
    edit(folder / "rooms" / "policy.yaml", old, new)
    [problem] = problems(folder / "rooms")

    assert (problem.code, problem.place.line) == (code, 12)
    assert said in problem.message.to("en")
    assert hint in problem.hint.to("en")
    assert problem.message.to("ru") != problem.message.to("en")


def test_a_digest_that_is_pinned_holds(folder: Path) -> None:
    [other] = load_policy(folder / "members").versions
    edit(
        folder / "rooms" / "policy.yaml",
        'version: "1", label',
        f'version: "1", digest: "{other.digest}", label',
    )
    load_policy(folder / "rooms")


def test_policies_that_take_from_each_other_are_refused(folder: Path) -> None:
    edit(
        folder / "members" / "policy.yaml",
        "  member.years:",
        '  room: {from: rooms.room, version: "1"}\n  member.years:',
    )

    assert [one.code for one in problems(folder / "rooms")] == ["import-refused"]
    assert [one.code for one in problems(folder / "members")] == ["import-refused"]


def test_a_fact_of_both_must_be_one_fact(folder: Path) -> None:
    edit(
        folder / "rooms" / "policy.yaml",
        "  asked_at:",
        "  member.years: {type: text, label: years}\n  asked_at:",
    )
    codes = [one.code for one in problems(folder / "rooms")]

    assert codes == ["fact-differs"]


def test_errors_of_the_other_policy_are_told_as_its_own(folder: Path) -> None:
    edit(folder / "members" / "policy.yaml", "then: poor,", "then: por,")
    [problem] = problems(folder / "rooms")

    assert problem.code == "import-refused"
    assert "`members` has errors: " in problem.message.to("en")


# -- shared parts -------------------------------------------------------------------------------


def test_a_shared_part_is_as_good_as_its_text_in_the_folder(folder: Path) -> None:
    [shared] = load_policy(folder / "rooms").versions
    edit(folder / "rooms" / "policy.yaml", "uses: [calendars/site]\n", "")
    (folder / "rooms" / "calendar.yaml").write_text(SITE, "utf-8")
    [own] = load_policy(folder / "rooms").versions

    assert shared.digest == own.digest


def test_an_edit_of_a_shared_part_is_seen_by_whatever_is_kept(folder: Path) -> None:
    taken = 'who.standing: {from: members.standing, version: "1", label: standing as a member}'
    told = "who.standing: {type: choice, options: {good: good, poor: poor}, label: standing}"
    assert key_of(folder / "rooms") is None, "what hangs on another policy is not kept"
    edit(folder / "rooms" / "policy.yaml", taken, told)
    before = key_of(folder / "rooms")
    edit(folder / "calendars" / "site.yaml", "18:00", "17:00")

    assert None not in (before, key_of(folder / "rooms"))
    assert before != key_of(folder / "rooms")


def test_a_part_that_is_not_there_is_told_with_one_that_is(folder: Path) -> None:
    edit(folder / "rooms" / "policy.yaml", "calendars/site", "calendars/sight")
    found = problems(folder / "rooms")

    assert found[0].code == "unknown-part"
    assert "`calendars/site`" in found[0].hint.to("en")


def test_what_a_policy_says_of_itself_is_not_shared(folder: Path) -> None:
    with (folder / "calendars" / "site.yaml").open("a") as file:
        file.write('version: "3"\n')
    [problem] = problems(folder / "rooms")

    assert (problem.code, Path(problem.place.file).name) == ("not-shared", "site.yaml")


def test_a_name_that_both_have_is_told_twice(folder: Path) -> None:
    (folder / "rooms" / "calendar.yaml").write_text(SITE, "utf-8")

    assert {one.code for one in problems(folder / "rooms")} == {"told-twice"}


@pytest.mark.slow
def test_a_reason_keeps_the_field_of_a_record_that_has_another_name_here(folder: Path) -> None:
    """`{post.role}` there is `{members.post.role}` here."""
    edit(
        folder / "members" / "policy.yaml",
        "decisions:\n",
        "decisions:\n"
        "  post:\n    label: post\n    type: record\n    fields: {role: text}\n    rules:\n"
        "      - {id: post-old, when: {old: old}, then: {role: elder}, because: Old.,\n"
        "         clauses: [s1]}\n"
        "    otherwise: {then: {role: guest}, because: New., clauses: [s1]}\n",
    )
    edit(
        folder / "members" / "policy.yaml",
        'when: {old: old}, then: good, because: "How old: {old}."',
        "when: {old: old, post.role: elder}, then: good, "
        'because: "How old: {old}, as {post.role}."',
    )
    standing = load_policy(folder / "rooms").decide(TOLD).to_dict()["decisions"]["who.standing"]

    assert standing["because"]["en"] == "How old: old, as elder."


def test_what_is_asked_of_items_reads_by_the_names_here(folder: Path) -> None:
    members = folder / "members" / "policy.yaml"
    edit(
        members,
        "facts:\n",
        "facts:\n  scores: {type: list, item: {type: integer}, label: scores}\n",
    )
    edit(
        members,
        "when: {old: old}, then: good",
        "when: {scores: {every: {at_least: least}}}, then: good",
    )
    edit(members, "decisions:\n", "decisions:\n  least: {label: least, type: integer, rules: "
         "[{id: least, then: {sum: [member.years, faithful]}}]}\n")  # fmt: skip
    policy = load_policy(folder / "rooms")
    (version,) = policy.versions

    for scores, standing in (([10, 11], "good"), ([10, 9], "poor")):
        decided = policy.decide({**TOLD, "member.fees_due": True, "scores": scores})
        assert decided["who.standing"].value == standing
        view = View(version, dict(decided.facts))
        assert view.answer(version.decisions["who.standing"]).outcome == standing
        assert "an item is at least least" in decided.explain("en", "auditor")
    assert not [one for one in check(version) if one.severity is Severity.ERROR]

"""A word that is nearly one of the policy's is noted, asked about, or refused."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reglament import Policy, Refused, load_policy
from reglament.audit import open_log
from reglament.language.requests.near import LONGEST, NearWords
from reglament.language.requests.notes import MOST_WORDS
from reglament.language.requests.request_reader import fact_table
from support.cli_runner import run
from support.laws import LETTER
from support.shipped import shipped

AT = {"request.created_at": "2026-11-20T18:30+03:00"}
NEAR = [
    ("request.channel", "Portal", "portal"),
    ("request.channel", "e-mail", "email"),
    ("request.channel", "E\u2011MAIL", "email"),
    ("request.channel", " phone", "phone"),
    ("request.channel", "ｐｈｏｎｅ", "phone"),
    ("request.channel", "pho\u200bne", "phone"),
    ("request.channel", "phnoe", "phone"),
    ("request.channel", "портал", "portal"),
    ("request.channel", "рortal", "portal"),  # the first letter is Cyrillic
    ("request.service", "training ", "training"),
    ("request.service", "traning", "training"),
    ("request.service", "trainings", "training"),
    ("request.service", "onsite visit", "onsite_visit"),
    ("request.service", "on-site visit", "onsite_visit"),
    ("request.service", "удалённое подключение", "remote_connection"),
    ("request.service", "удаленное  подключение", "remote_connection"),
    ("request.service", "Выезд специалиста", "onsite_visit"),
    ("request.remote_tool", "teamviewer 11", "TeamViewer 11"),
    ("request.remote_tool", "TeamViewer11", "TeamViewer 11"),
    ("request.remote_tool", "Team Viewer 11", "TeamViewer 11"),
    ("request.remote_tool", "TeamVeiwer 11", "TeamViewer 11"),
    ("renewal.act.issued_by", "certified partner", "certified_partner"),
]
FAR = [
    ("request.channel", "portal"),
    ("request.channel", "telegram"),
    ("request.channel", "fax"),
    ("request.channel", ""),
    ("request.channel", "-"),
    ("request.service", "dancing"),
    ("request.remote_tool", "TeamViewer 11"),
    ("request.remote_tool", "TeamViewer 12"),
    ("request.remote_tool", "TeamViewer 111"),
    ("request.remote_tool", "AnyDesk"),
    ("renewal.act.number", "17"),
]


@pytest.fixture(scope="module")
def support() -> Policy:
    return shipped("technical-support")


def noted(policy: Policy, told: dict[str, Any]) -> list[tuple[str, str, str]]:
    notes = policy.decide(told).to_dict()["notes"]
    return [(one["fact"], one["told"], one["near"]) for one in notes if one["code"] == "near"]


@pytest.mark.parametrize(("fact", "told", "near"), NEAR)
def test_a_near_word_is_noted(support: Policy, fact: str, told: str, near: str) -> None:
    assert noted(support, {**AT, fact: told}) == [(fact, told, near)]


@pytest.mark.parametrize(("fact", "told"), FAR)
def test_another_word_is_not(support: Policy, fact: str, told: str) -> None:
    assert noted(support, {**AT, fact: told}) == []


def test_few_and_short_are_the_words_that_a_service_keeps() -> None:
    policy = load_policy("technical-support")
    kept = dict(fact_table(policy.versions[-1]).words)["request.remote_tool"]

    def tell(count: int, letters: int) -> None:
        for number in range(count):
            word = f"{number}".rjust(letters, "x")
            assert not policy.decide({**AT, "request.remote_tool": word}).notes

    words = len(kept)
    tell(10, LONGEST + 1)
    assert len(kept) == words
    tell(MOST_WORDS + 1, LONGEST)
    assert len(kept) == MOST_WORDS


def test_no_option_is_near_another(support: Policy) -> None:
    for name, vocabulary in fact_table(support.versions[-1]).vocabularies.items():
        assert [vocabulary.near(word) for word in vocabulary.words] == [None] * len(
            vocabulary.words
        ), name


@given(st.text(LETTER, max_size=12))
def test_a_word_is_near_none_or_another_one_of_the_policy(word: str) -> None:
    vocabulary = NearWords({"portal", "e-mail", "а", "TeamViewer 11"}, {"portal": ["портал"]})
    near = vocabulary.near(word)

    assert near is None or (near in vocabulary.words and word not in vocabulary.words)


SHORT = NearWords({"ok", "fax", "type a", "type b", "disc", "north", "1-2 days"}, {})


@pytest.mark.parametrize("word", ["on", "of", "fix", "tax", "type c", "2-2 days", "1-3 days"])
def test_short_words_and_numbers_are_no_slips(word: str) -> None:
    assert SHORT.near(word) is None


@pytest.mark.parametrize(
    ("word", "near"), [("OK", "ok"), ("Fax ", "fax"), ("disk", "disc"), ("nroth", "north")]
)
def test_short_words_may_differ_by_case(word: str, near: str) -> None:
    assert SHORT.near(word) == near


def test_it_is_said_wherever_the_decision_is(support: Policy) -> None:
    request = json.dumps({**AT, "request.channel": "Portal"})

    for language, decided in (("en", "close to `portal`"), ("ru", "похоже на `portal`")):
        assert decided in run("decide", "-", "--lang", language, stdin=request).output
        for_auditor = run("explain", "-", "--for", "auditor", "--lang", language, stdin=request)
        assert decided in for_auditor.output
    assert "“Portal” is not “portal”" in run("explain", "-", "--lang", "en", stdin=request).output
    assert "«Portal» — не то же" in run("explain", "-", "--lang", "ru", stdin=request).output


@pytest.mark.slow
def test_the_log_shows_it(tmp_path: Path) -> None:
    log = tmp_path / "log.db"
    request = json.dumps({**AT, "request.channel": "Portal"})
    run("decide", "-", "--log", log, stdin=request)
    found, shown = run("log", "search", log), run("log", "show", log, 1, "--output", tmp_path / "p")

    assert "near: request.channel: Portal ~ portal" in found.output
    assert shown.exit_code == 0
    assert "Portal was given; it is close to portal" in (tmp_path / "p").read_text("utf-8")
    assert run("log", "verify", log, "--whole").exit_code == 0


def test_the_log_does_not_repeat_a_sensitive_word(tmp_path: Path) -> None:
    text = STRICT.replace("{type: text, near: refuse}", "{type: text, sensitive: true}")
    (tmp_path / "p.yaml").write_text(text, "utf-8")
    url = str(tmp_path / "log.db")
    load_policy(tmp_path).decide({"tool": "any desk"}, at="2024-06-01", log=url)
    with open_log(url) as log:
        (entry,) = log.entries()
        assert "any desk" not in json.dumps(entry.body)
    assert run("log", "verify", url, "--whole").exit_code == 0


def test_a_closed_choice_hints_at_what_was_meant(support: Policy) -> None:
    for told in ("пользователь", "User", "usr"):
        with pytest.raises(Refused) as refused:
            support.decide({**AT, "requester.kind": told})
        (problem,) = refused.value.problems
        assert problem.code == "unknown-word"
        assert problem.hint is not None
        assert "did you mean `user`?" in problem.hint.to("en")


STRICT = """
policy: strict
version: "1"
title: {ru: Проба, en: Trial}
holds_from: 2024-01-01
known_from: 2024-01-01
chosen_by: on
time_zone: UTC
facts:
  on: {type: date}
  channel: {type: choice, open: true, near: refuse, options: {portal: {ru: портал, en: portal}}}
  tool: {type: text, near: refuse}
  tags:
    type: list
    near: refuse
    item: {type: choice, open: true, options: {new: {ru: новое, en: new}}}
decisions:
  d:
    outcomes: {a: {ru: а, en: a}, b: {ru: б, en: b}}
    rules: [{id: r, when: {channel: portal, tool: AnyDesk}, then: a}]
    otherwise: {then: b}
"""  # fmt: skip


@pytest.fixture
def strict(tmp_path: Path) -> Policy:
    (tmp_path / "p.yaml").write_text(STRICT, "utf-8")
    return load_policy(tmp_path)


@pytest.mark.parametrize(
    ("told", "near"),
    [
        ({"channel": "Portal"}, "portal"),
        ({"channel": "портал", "tool": "x", "tags": [], "on": "2024-06-01"}, "portal"),
        ({"tool": "any desk"}, "AnyDesk"),
        ({"tags": ["new", "New"]}, "new"),
    ],
)
def test_an_owner_may_have_it_refused(strict: Policy, told: dict[str, Any], near: str) -> None:
    with pytest.raises(Refused) as refused:
        strict.decide(told, at="2024-06-01")

    (problem,) = refused.value.problems
    assert problem.code == "near-word"
    assert problem.hint is not None
    assert f"did you mean `{near}`?" in problem.hint.to("en")


def test_other_words_are_told_as_before(strict: Policy) -> None:
    told = {"channel": "telegram", "tool": "other", "tags": ["else"], "on": "2024-06-01"}

    assert strict.decide(told)["d"].outcome == "b"
    assert strict.decide({**told, "channel": "portal", "tool": "AnyDesk"})["d"].outcome == "a"


def test_near_is_for_words(tmp_path: Path) -> None:
    (tmp_path / "p.yaml").write_text(STRICT.replace("{type: date}", "{type: date, near: note}"))
    with pytest.raises(Refused) as refused:
        load_policy(tmp_path)

    assert [problem.code for problem in refused.value.problems] == ["near-without-words"]


def interviewed(folder: Path, when: str, typed: str) -> str:
    """What an interview prints about a policy whose one rule reads one fact."""
    text = STRICT.replace("near: refuse", "near: note").replace("d:\n", f"d:\n    {LABEL}\n", 1)
    text = text.replace("{channel: portal, tool: AnyDesk}", when)
    (folder / "p.yaml").write_text(text, "utf-8")
    return run("ask", "--policy", folder, "--at", "2024-06-01", stdin=typed).output


LABEL = "label: {ru: р, en: dec}"


@pytest.mark.parametrize(
    ("when", "typed", "asked"),
    [
        ("{channel: portal}", "protal", "portal"),
        ("{tool: AnyDesk}", "any-desk", "AnyDesk"),
        ("{tags: {includes: new}}", "other, ne-w", "new"),
    ],
)
def test_an_interview_asks_what_was_meant(
    tmp_path: Path, when: str, typed: str, asked: str
) -> None:
    meant = interviewed(tmp_path, when, f"{typed}\nyes\n")
    other = interviewed(tmp_path, when, f"{typed}\nno\n")

    assert f"Did you mean {asked}?" in meant
    assert f"Did you mean {asked}?" in other
    assert "Dec: a." in meant
    assert "Dec: b." in other


def test_each_item_of_a_list_is_asked_about(tmp_path: Path) -> None:
    output = interviewed(tmp_path, "{tags: {includes: new}}", "ne-w, n-ew, other\nno\nyes\n")

    assert output.count("Did you mean new?") == 2
    assert "Dec: a." in output


def test_a_list_is_told_with_the_labels_of_its_items() -> None:
    version = shipped("annual-leave").versions[-1]

    assert version.facts["employee.grounds"].option_labels["disability"].to("en") == "disability"

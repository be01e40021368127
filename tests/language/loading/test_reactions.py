"""Mistakes in reactions and timelines are told at their place, in the language's own words."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from reglament.events.event_reader import read_event
from reglament.language.loading.version_loader import read_version
from reglament.language.syntax.bundled import policies_folder
from reglament.model.problems import Refused
from reglament.policy import Policy
from support.files_read_once import files_read_once
from support.laws import sample
from support.shipped import version_at

SHIPPED = policies_folder() / "technical-support" / "2019-01-01"
DUE = "when: [{clock: response, used: 50}]"
MISTAKES = [
    (DUE, "when: [{clock: respons, used: 50}]", "unknown-clock", "there is no clock `respons`"),
    (DUE, "when: [{event: answerd}]", "unknown-event", "there is no event `answerd`"),
    (DUE, "when: [{event: answered, where: {bye: x}}]", "unknown-fact", "no fact `bye`"),
    (DUE, "when: [{decided: tier, is: free}]", "unknown-decision", "no event leads to `tier`"),
    (DUE, "when: [{none: {event: answered}}]", "fence-first", "what is there comes first"),
    (DUE, "when: [{none: {clock: response}}]", "none-of-what", "takes an event or a decision"),
    (DUE, "when: [{clock: response, used: 150}]", "out-of-range", ""),
    (
        DUE,
        "when: [{event: answered, where: {by: {same_as: x.by}}}]",
        "unknown-alias",
        "`x.by`",
    ),
    ("subject: request\n    when", "subject: reqest\n    when", "unknown-subject", "`reqest`"),
    ("due: response_due", "due: response_hours", "wrong-type", "`response_hours` is not a moment"),
    ("starts: [created]", "starts: [creatd]", "unknown-event", "there is no event `creatd`"),
    ("attaches: [response_due]", "attaches: [response_du]", "unknown-name", "`response_du`"),
    ("id: response-due", "id: response-breached", "reaction-twice", "such a reaction already"),
    ("tells: renewal.act.used_before", "tells: renewal.act.number", "wrong-type", ""),
    ("do: {warn: duty_engineer}", "do: {wran: duty_engineer}", "unknown-key", "`wran`"),
]


@pytest.fixture(scope="module", autouse=True)
def _each_file_is_read_once() -> Iterator[None]:
    with files_read_once():
        yield


@pytest.fixture(autouse=True)
def _files_have_the_same_names_in_every_test(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)  # a file is called by its path below the current folder


def changed(folder: Path, name: str, old: str, new: str) -> Path:
    """The shipped version with one change."""
    for path in SHIPPED.rglob("*"):
        if path.is_file():
            to = folder / path.relative_to(SHIPPED)
            to.parent.mkdir(parents=True, exist_ok=True)
            text = path.read_text(encoding="utf-8")
            if path.name == name:
                assert old in text
                text = text.replace(old, new, 1)
            to.write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize(("old", "new", "code", "words"), sample(MISTAKES, 2))
def test_a_mistake_in_a_reaction_is_told_at_its_line(
    tmp_path: Path, old: str, new: str, code: str, words: str
) -> None:
    with pytest.raises(Refused) as refused:
        read_version(changed(tmp_path, "reactions.yaml", old, new))

    problem = refused.value.problems[0]
    assert (problem.code, problem.place is not None) == (code, True)
    assert words in problem.message.to("en")


@pytest.mark.parametrize(
    ("old", "new", "code"),
    sample([
        ("event: created", "event: creatd", "unknown-event"),
        ("reaction: response-half-used", "reaction: response-half", "unknown-reaction"),
        ("subject: request", "subject: reqest", "unknown-subject"),
        ("fields: {by: Иванова}", "fields: {who: Иванова}", "unknown-field"),
        ("requester.kind: user", "requester.kind: usr", "unknown-word"),
    ], 2),
)  # fmt: skip
def test_a_mistake_in_a_timeline_is_told_at_its_line(
    tmp_path: Path, old: str, new: str, code: str
) -> None:
    with pytest.raises(Refused) as refused:
        read_version(changed(tmp_path, "timelines.yaml", old, new))

    assert refused.value.problems[0].code == code


def test_the_digest_hangs_on_reactions_and_not_on_timelines(tmp_path: Path) -> None:
    plain = version_at("technical-support/2019-01-01").digest
    reactions = changed(tmp_path / "a", "reactions.yaml", "used: 50", "used: 40")
    timelines = changed(tmp_path / "b", "timelines.yaml", "an answer stops", "the answer stops")

    assert read_version(reactions).digest != plain
    assert read_version(timelines).digest == plain


def test_a_number_that_an_event_tells_may_have_bounds(tmp_path: Path) -> None:
    said = "fields: {by: text, stars: {type: integer, at_least: 1, at_most: 5}}"
    version = read_version(changed(tmp_path, "reactions.yaml", "fields: {by: text}", said))

    stars = version.subjects["request"].events["answered"].fields["stars"]
    assert (stars.at_least, stars.at_most) == (1, 5)
    told = {"id": "1", "subject": "request/1", "event": "answered", "at": "2026-03-03T10:00"}
    policy = Policy((version,))
    event, _ = read_event(policy, json.dumps({**told, "fields": {"stars": 5}}))
    assert event.fields["stars"] == 5
    with pytest.raises(Refused) as refused:
        read_event(policy, json.dumps({**told, "fields": {"stars": 6}}))
    assert [one.code for one in refused.value.problems] == ["out-of-bounds"]


@pytest.mark.parametrize(
    ("field", "code"),
    sample([
        ("{type: text, at_least: 1}", "bounds-without-order"),
        ("{type: integer, at_lest: 1}", "unknown-key"),
        ("{type: integer, at_least: 5, at_most: 1}", "empty-interval"),
        ("{at_least: 1}", "missing-key"),
    ], 2),
)  # fmt: skip
def test_a_field_of_an_event_that_cannot_be_is_told(tmp_path: Path, field: str, code: str) -> None:
    said = f"fields: {{by: text, stars: {field}}}"
    with pytest.raises(Refused) as refused:
        read_version(changed(tmp_path, "reactions.yaml", "fields: {by: text}", said))
    assert refused.value.problems[0].code == code

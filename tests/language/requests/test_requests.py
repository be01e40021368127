"""What a request tells, from Python and from files, and why it is refused."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from textwrap import dedent
from zoneinfo import ZoneInfo

import pytest

from reglament.language.loading.version_loader import read_version
from reglament.language.requests.request_reader import facts_from, facts_in, requests_in
from reglament.language.syntax.source import Source
from reglament.model.problems import Refused
from reglament.model.regulation import Version
from support.refunds import HEAD, written
from support.shipped import shipped

MOSCOW = ZoneInfo("Europe/Moscow")


@pytest.fixture
def version() -> Version:
    return shipped("technical-support").versions[-1]


NOON = datetime(2026, 11, 20, 12, tzinfo=MOSCOW)

TOLD = [
    ({"request.created_at": "2026-11-20T12:00"}, {"request.created_at": NOON}),
    ({"request": {"created_at": "2026-11-20 12:00:00"}}, {"request.created_at": NOON}),
    ({"request.created_at": "2026-11-20T09:00Z"}, {"request.created_at": NOON}),
    ({"request.created_at": datetime(2026, 11, 20, 12)}, {"request.created_at": NOON}),
    ({"key": {"registered_on": date(2026, 11, 20)}}, {"key.registered_on": date(2026, 11, 20)}),
    ({"key.registered_on": None}, {"key.registered_on": None}),
    (
        {"subscription": None},
        {"subscription.active_from": None, "subscription.active_until": None},
    ),
    (
        {"subscription": {"active_from": None}, "subscription.active_until": None},
        {"subscription.active_from": None, "subscription.active_until": None},
    ),
    ({"request.service": "dancing"}, {"request.service": "dancing"}),
]


@pytest.mark.parametrize(("told", "facts"), TOLD)
def test_a_request_tells(version: Version, told: object, facts: object) -> None:
    assert facts_from(version, told) == facts


WRONG = [
    ({"requset.service": "x"}, "unknown-fact", "`request.service`"),
    ({"tier": "paid"}, "outcome-told", "facts"),
    ({"request": {"service": "a"}, "request.service": "a"}, "told-twice", ""),
    ({"subscription": None, "subscription.active_until": None}, "told-twice", ""),
    ({"requester": None}, "null-not-allowed", "`requester.district`"),
    ({"requester": None, "requester.district": "ural"}, "null-not-allowed", ""),
    ({"renewal": {"act": None}}, "null-not-allowed", "`renewal.act.number`"),
    ({"request": None}, "null-not-allowed", "`request.remote_tool`"),
    ({"requester.kind": None}, "null-not-allowed", "leave the fact out"),
    ({"requester.kind": "usr"}, "unknown-word", "`user`"),
    ({"request.created_at": "2026-11-20"}, "wrong-type", "write the time"),
    ({"request.created_at": date(2026, 11, 20)}, "wrong-type", "write the time"),
    ({"request.created_at": "2010-03-28T02:30"}, "local-time-skipped", "+03:00"),
    ({"request.created_at": "2010-10-31T02:30"}, "local-time-twice", "+03:00"),
    ({"key.registered_on": datetime(2026, 11, 20)}, "wrong-type", "day alone"),
    ({"key.registered_on": "20261120"}, "wrong-type", "2026-11-20"),
    ({"key.registered_on": "2026-W47-5"}, "wrong-type", "2026-11-20"),
    ({"key.registered_on": "20.11.2026"}, "wrong-type", "`2026-11-20`"),
    ({"key.registered_on": "2019-02-30"}, "no-such-date", ""),
    ({"key.registered_on": "2201-01-01"}, "year-out-of-range", ""),
    ({"request.fix_feasible": "yes"}, "wrong-type", "write `true`"),
    ({"request.fix_feasible": 1}, "wrong-type", ""),
    ({"request.service": "x" * 10_001}, "text-too-long", ""),
    ({"request.service": "a\x00"}, "unseen-character", ""),
    ({"request": 5}, "group-told", "`request.channel`"),
    ({3: 4}, "wrong-key", ""),
    ([], "wrong-shape", ""),
]


@pytest.mark.parametrize(("told", "code", "hint"), WRONG)
def test_a_request_is_refused(version: Version, told: object, code: str, hint: str) -> None:
    with pytest.raises(Refused) as refused:
        facts_from(version, told)

    (problem,) = refused.value.problems
    assert problem.code == code
    assert hint in (problem.hint.to("en") if problem.hint else "")


def test_moments_of_the_hour_that_the_clock_repeats_keep_their_order(version: Version) -> None:
    told = {
        "subscription.active_from": "2010-10-31T02:40+04:00",
        "request.created_at": "2010-10-31T02:20+03:00",
    }
    facts = facts_from(version, told)

    assert facts["subscription.active_from"] < facts["request.created_at"]
    assert {name: moment.isoformat() for name, moment in facts.items()} == {
        "subscription.active_from": "2010-10-31T02:40:00+04:00",
        "request.created_at": "2010-10-31T02:20:00+03:00",
    }


NUMBERS = [
    ({"pieces": True}, "wrong-type"),
    ({"pieces": 10**16}, "out-of-range"),
    ({"pieces": 10**5000}, "out-of-range"),
    ({"pieces": "5"}, "wrong-type"),
    ({"amount": 0.1}, "wrong-type"),
    ({"amount": float("nan")}, "out-of-range"),
    ({"amount": Decimal("Infinity")}, "out-of-range"),
    ({"amount": "1.001"}, "too-many-places"),
    ({"wait": 5}, "wrong-type"),
    ({"tags": ["now"]}, "unknown-word"),
]


@pytest.mark.parametrize(("told", "code"), NUMBERS, ids=range(len(NUMBERS)))
def test_a_number_is_exact_or_refused(tmp_path: Path, told: object, code: str) -> None:
    version = read_version(written(tmp_path, HEAD))

    with pytest.raises(Refused) as refused:
        facts_from(version, told)
    assert [problem.code for problem in refused.value.problems] == [code]


def test_exact_numbers_are_kept(tmp_path: Path) -> None:
    version = read_version(written(tmp_path, HEAD))
    told = {"amount": "1.5", "pieces": 3, "wait": "PT90M", "tags": ["new"]}

    assert facts_from(version, told) == {
        "amount": Decimal("1.50"), "pieces": 3, "wait": timedelta(minutes=90), "tags": ("new",),
    }  # fmt: skip
    assert facts_from(version, {"amount": 2.0}) == {"amount": Decimal("2.00")}


def test_a_dataclass_tells_its_fields(version: Version) -> None:
    @dataclass
    class Requester:
        kind: str

    @dataclass
    class Asked:
        requester: Requester
        subscription: None = None

    assert facts_from(version, Asked(Requester("user"))) == {
        "requester.kind": "user",
        "subscription.active_from": None,
        "subscription.active_until": None,
    }


def test_a_request_nested_a_thousand_deep_is_refused_plainly(version: Version) -> None:
    told: dict[str, object] = {}
    for _ in range(5000):
        told = {"request": told}

    with pytest.raises(Refused) as refused:
        facts_from(version, told)
    assert [problem.code for problem in refused.value.problems] == ["unknown-fact"]


TEXTS = [
    ("r.yaml", "request.service: training\n", 1),
    ("r.yaml", "request.service: training\n---\nrequest: {service: training}\n", 2),
    ("r.json", '{"request": {"service": "training"}}', 1),
    ("r.json", '[{"request.service": "training"}, {"request.service": "training"}]', 2),
    ("r.jsonl", '{"request.service": "training"}\n\n{"request": {"service": "training"}}\n', 2),
    ("-", '{"request.service": "training"}\n{"request.service": "training"}\n', 2),
]


@pytest.mark.parametrize(("name", "text", "count"), TEXTS)
def test_a_text_holds_requests(version: Version, name: str, text: str, count: int) -> None:
    source = Source(name, text)
    found = [facts_in(version, request, source) for request in requests_in(source)]

    assert found == [{"request.service": "training"}] * count


def test_a_wrong_request_in_a_file_is_told_at_its_line(version: Version) -> None:
    source = Source("r.yaml", "requester.kind: user\nrequest:\n  servise: training\n")
    (request,) = requests_in(source)

    with pytest.raises(Refused) as refused:
        facts_in(version, request, source)
    assert refused.value.to_text("en") == dedent(
        """\
        r.yaml:3:3: unknown fact `request.servise`
            3 |   servise: training
              |   ^^^^^^^
           = did you mean `request.service`?"""
    )


POINTED = [
    ({"requset.service": "x"}, "requset.service", "/requset.service"),
    ({"request": {"servise": "x"}}, "request.servise", "/request/servise"),
    ({"requester": {"kind": "usr"}}, "requester.kind", "/requester/kind"),
    ({"requester.kind": "usr"}, "requester.kind", "/requester.kind"),
    ({"renewal": {"act.number": 5}}, "renewal.act.number", "/renewal/act.number"),
    ({"request": {"service": "a"}, "request.service": "a"}, "request.service", "/request.service"),
    ({"requester": None}, "requester", "/requester"),
    ({"request": 5}, "request", "/request"),
    ({"a/b~c": 1}, "a/b~c", "/a~1b~0c"),
    ({"request": {3: 4}}, None, "/request/3"),
    ({"tier": "paid"}, "tier", "/tier"),
    ([], None, ""),
]


@pytest.mark.parametrize(("told", "fact", "pointer"), POINTED)
def test_a_problem_points_to_what_was_told(
    version: Version, told: object, fact: str | None, pointer: str
) -> None:
    with pytest.raises(Refused) as refused:
        facts_from(version, told)

    (problem,) = refused.value.problems
    assert (problem.fact, problem.pointer) == (fact, pointer)


@pytest.mark.parametrize(("told", "fact", "pointer"), [one for one in POINTED if one[1]])
def test_a_problem_of_a_text_points_there_too(
    version: Version, told: object, fact: str | None, pointer: str
) -> None:
    source = Source("r.json", json.dumps(told))
    (request,) = requests_in(source)

    with pytest.raises(Refused) as refused:
        facts_in(version, request, source)
    (problem,) = refused.value.problems
    assert (problem.fact, problem.pointer) == (fact, pointer)


def test_the_item_of_a_list_that_is_wrong_is_shown_and_pointed_to(tmp_path: Path) -> None:
    version = read_version(written(tmp_path, HEAD))
    source = Source("r.json", '{"tags": ["new", "old", "nwe"]}')
    (request,) = requests_in(source)

    with pytest.raises(Refused) as refused:
        facts_in(version, request, source)
    (problem,) = refused.value.problems
    assert (problem.fact, problem.pointer) == ("tags", "/tags/2")
    assert (problem.place.column, problem.place.width) == (25, 5)

    with pytest.raises(Refused) as refused:
        facts_from(version, {"tags": ["new", "old", "nwe"]})
    assert [one.pointer for one in refused.value.problems] == ["/tags/2"]


def test_a_moment_that_no_version_judges_is_put_down_to_its_fact() -> None:
    policy = shipped("technical-support")

    for told, pointer in (
        ({"request": {"created_at": "1950-01-01T10:00"}}, "/request/created_at"),
        ({"request.created_at": "1950-01-01T10:00"}, "/request.created_at"),
    ):
        for ask in (policy.decide, policy.version_for):
            with pytest.raises(Refused) as refused:
                ask(told)
            (problem,) = refused.value.problems
            assert (problem.fact, problem.pointer) == ("request.created_at", pointer)

    with pytest.raises(Refused) as refused:
        policy.decide({}, at="1950-01-01")
    assert [(one.fact, one.pointer) for one in refused.value.problems] == [(None, None)]


UNSHOWN = ["\ud800", "a\x1b[31m", "\u202eb", "\0"]
UNKNOWN = [
    lambda text: {text: 1},
    lambda text: {"request": {text: 1}},
    lambda text: {"requester.kind": text},
]


@pytest.mark.parametrize("text", UNSHOWN)
@pytest.mark.parametrize("told", UNKNOWN)
def test_what_is_quoted_in_a_message_can_be_printed(
    version: Version, told: Callable[[str], object], text: str
) -> None:
    with pytest.raises(Refused) as refused:
        facts_from(version, told(text))

    for language in ("ru", "en"):
        said = refused.value.to_text(language)
        assert text not in said
        said.encode()

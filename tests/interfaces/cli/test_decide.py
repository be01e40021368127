"""`decide` and `explain`: one request or several, for people in two languages and for programs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from reglament.language.syntax.bundled import schema_text
from support.cli_runner import REQUESTS, besides, run
from support.laws import sample

PARTNER = REQUESTS / "training-by-a-partner.yaml"
STRANGER = REQUESTS / "visit-by-somebody.yaml"
MORNINGS = REQUESTS / "three-mornings.jsonl"


def _conforms(document: Any) -> bool:
    schema = Draft202012Validator(json.loads(schema_text("decision")))
    return not list(schema.iter_errors(document))


@pytest.mark.parametrize(
    "path", sample(sorted(REQUESTS.rglob("*.yaml")), 3), ids=lambda path: path.stem
)
def test_every_request_that_ships_is_decided(path: Path) -> None:
    policy = "technical-support" if path.parent == REQUESTS else path.parent.name
    decided = run("decide", path, "--policy", policy, "--json")

    assert (decided.exit_code, decided.stderr) == (0, "")
    assert _conforms(json.loads(decided.stdout))


def test_a_partner_is_decided_with_nothing_told_of_key_and_subscription() -> None:
    decisions = json.loads(run("decide", PARTNER, "--json").stdout)["decisions"]

    assert decisions["answer"]["outcome"] == "accept"
    assert decisions["answer"]["rules"] == ["answer-otherwise"]
    assert decisions["response_due"]["outcome"] == "2026-11-23T17:30:00+03:00"
    assert decisions["scope"]["readings"] == ["partner-services", "tier-precedence"]


@pytest.mark.parametrize(
    ("options", "more"),
    [
        (["--explain", "outcomes"], []),
        (["--explain", "reasons"], ["rules", "clauses", "because_rules"]),
        (["--explain", "outcomes", "--sufficient"], ["sufficient"]),
    ],
)
def test_a_document_explains_as_much_as_is_asked_for(options: list[str], more: list[str]) -> None:
    whole, part = (json.loads(run("decide", PARTNER, *way).stdout) for way in (["--json"], options))
    tier = part["decisions"]["tier"]

    assert _conforms(part)
    assert list(tier) == ["status", "outcome", "possible", "needs", *more]
    assert {key: whole["decisions"]["tier"][key] for key in list(tier)[:4]} == dict(
        list(tier.items())[:4]
    )
    assert "sufficient" not in whole["decisions"]["tier"]


def test_full_and_what_settles_it_is_everything() -> None:
    whole = json.loads(run("decide", PARTNER, "--json").stdout)["decisions"]
    more = json.loads(run("decide", PARTNER, "--explain", "full", "--sufficient").stdout)

    for name, told in more["decisions"].items():
        assert set(told) - {"sufficient"} == set(whole[name])
    assert more["decisions"]["scope"]["sufficient"] == ["request.service", "requester.kind"]


def test_a_visit_is_refused_whoever_asks() -> None:
    decisions = json.loads(run("decide", STRANGER, "--json").stdout)["decisions"]

    assert decisions["scope"]["status"] == "undetermined"
    assert set(decisions["scope"]["possible"]) == {"out_of_scope", "not_applicable"}
    assert decisions["answer"]["outcome"] == "refuse"


SCREEN = """\
Answer: accept. The channel is accepted and the service is in scope.
Response due: Monday, 23 November 2026, 17:30 (8 working hours).

channel                                accepted
support desk                           open
tier                                   certified partner support
working hours to consider the request  8 working hours
scope                                  in scope

Clauses:
  Техподдержка сертифицированным партнерам / 1 / 1: Channel: the request portal.
  Техподдержка сертифицированным партнерам / 1 / 2: Channel: the toll-free phone.
  Техподдержка сертифицированным партнерам / 1 / 3: Channel: e-mail.
  Техподдержка сертифицированным партнерам: The section on support of certified partners begins.
  Техподдержка сертифицированным партнерам / не входит / 1: Not done: a specialist coming on site.
  Техподдержка сертифицированным партнерам / 2: A partner's request is considered within 8 \
working hours of its creation.
Open, and the answer does not depend on it: last day of free support (`--all`)
Not asked about: payment contact, renewal, renewal effective from (`--all`)
Technical support regulation (2019-01-01), as of Friday, 20 November 2026, 18:30, Moscow time
"""


def test_the_answer_comes_first_then_what_it_rests_on_and_what_nobody_asked() -> None:
    assert run("decide", PARTNER).stdout == SCREEN


@pytest.mark.parametrize(
    ("language", "first", "unasked", "last"),
    [
        ("ru", "Ответ на заявку: принять. Канал принимается, услуга входит в поддержку.",
         "Об этом не спрашивали: менеджер по оплате, продление поддержки, поддержка продлена с"
         " (`--all`)", "по состоянию на 20 ноября 2026 (пятница), 18:30, по московскому времени"),
        ("de",
         "Answer [en]: accept [en]. The channel is accepted and the service is in scope. [en]",
         "Nicht gefragt: payment contact [en], renewal [en], renewal effective from [en] (`--all`)",
         "Stand: Freitag, 20. November 2026, 18:30, Moscow time [en]"),
    ],
)  # fmt: skip
def test_the_first_screen_speaks_the_reader_s_language(
    language: str, first: str, unasked: str, last: str
) -> None:
    lines = run("decide", PARTNER, "--lang", language).stdout.splitlines()

    assert (lines[0], lines[-2]) == (first, unasked)
    assert lines[-1].endswith(last)


def test_a_decision_that_somebody_asked_about_is_told_with_what_it_lacks() -> None:
    lines = run("decide", "-", stdin="request: {service: training, channel: portal}").stdout

    assert "\ntier   " in lines
    assert (
        " - Missing: who asks, moment the request was created, day the key was registered" in lines
    )
    assert "Open, and" not in lines
    assert "Not asked about: payment contact, renewal, renewal effective from" in lines


def test_people_read_minutes_and_programs_microseconds() -> None:
    created = "request.created_at: 2026-11-20T18:30:04.373293\nrequester.kind: certified_partner\n"
    told = created + "request.service: training\nrequest.channel: portal"
    for command in ("decide", "explain"):
        screen = run(command, "-", stdin=told).stdout
        assert "23 November 2026, 17:30 (8 working hours" in screen
        assert "373293" not in screen

    assert "17:30:04.373293" in run("decide", "-", "--json", stdin=told).stdout


def test_all_decisions_are_told_with_their_reasons_where_that_is_asked() -> None:
    lines = run("decide", PARTNER, "--all").stdout.splitlines()

    assert lines[0].startswith("Answer: accept.")
    assert (
        "response due                           23 November 2026, 17:30"
        " - Working hours are counted from the creation of the request."
    ) in lines


def test_what_is_still_possible_is_told() -> None:
    table = run("decide", STRANGER, "--all", "--lang", "ru").stdout

    assert (
        "входит ли услуга                     пока не определено: не входит | неприменимо" in table
    )
    assert "Не хватает сведений: кто обращается" in table


def test_the_document_is_the_same_in_every_language() -> None:
    russian, english = (run("decide", PARTNER, "--json", "--lang", one) for one in ("ru", "en"))

    assert russian.stdout == english.stdout


SEVERAL = {
    "documents": "{requester.kind: certified_partner}\n---\n{request.channel: fax}\n",
    "a list": "- {requester.kind: certified_partner}\n- {request.channel: fax}\n",
    "json": '[{"requester.kind": "certified_partner"}, {"request.channel": "fax"}]',
    "json lines": '{"requester.kind": "certified_partner"}\n{"request.channel": "fax"}\n',
}


@pytest.mark.parametrize("text", SEVERAL.values(), ids=SEVERAL)
def test_several_requests_are_decided_in_turn(text: str) -> None:
    decided = run("decide", "-", "--json", stdin=text)

    first, second = map(json.loads, decided.stdout.splitlines())
    assert _conforms(first)
    assert _conforms(second)
    assert first["decisions"]["tier"]["outcome"] == "partner"
    assert second["decisions"]["channel"]["outcome"] == "not_accepted"


def test_a_wrong_request_of_several_leaves_the_numbers_of_the_others() -> None:
    good, bad = '{"requester.kind": "certified_partner"}', '{"requester.kind": "nobody"}'
    text = f"{good}\n{bad}\nno json\n{good}\n"

    decided = run("decide", "-", "--json", stdin=text)
    first, last = map(json.loads, decided.stdout.splitlines())
    shown = run("decide", "-", stdin=text)

    assert decided.exit_code == 2
    assert _conforms(first)
    assert _conforms(last)
    assert "-:2:20: " in decided.stderr
    assert "-:3:1: the line is not JSON" in decided.stderr
    numbered = [line for line in shown.stdout.splitlines() if line.startswith("Request ")]
    assert numbered == ["Request 1:", "Request 4:"]


def test_several_requests_are_numbered() -> None:
    lines = run("decide", MORNINGS).stdout.splitlines()

    assert [line for line in lines if line.startswith("Request ")] == [
        "Request 1:", "Request 2:", "Request 3:"
    ]  # fmt: skip


def test_a_request_without_a_moment_is_decided_by_the_version_in_force_now() -> None:
    document = json.loads(run("decide", "-", "--json", stdin="request.channel: fax").stdout)

    assert document["as_of_source"] == "now"
    assert "in force now" in document["notes"][0]["en"]


def test_a_version_may_be_chosen_as_of_another_moment() -> None:
    document = json.loads(run("decide", PARTNER, "--json", "--at", "2020-02-01").stdout)

    assert document["as_of"] == "2020-02-01T00:00:00+03:00"
    assert document["as_of_source"] == "given"


WRONG_ARGUMENTS = [
    (("--at", "tomorrow"), "`--at`: expected a date, found the text `tomorrow`"),
    (("--at", "2026-02-30"), "`--at`: there is no such date as `2026-02-30`"),
    (("--policy", "technical-suport"), "did you mean `technical-support`?"),
    (("--policy", "\x1b[2J"), "there is no policy `\N{REPLACEMENT CHARACTER}[2J`"),
    (("--lang", "fr"), "'fr' is not one of 'de', 'en', 'ru'"),
]


@pytest.mark.parametrize(("arguments", "message"), WRONG_ARGUMENTS)
def test_wrong_arguments_are_refused(arguments: tuple[str, ...], message: str) -> None:
    refused = run("decide", PARTNER, *arguments)

    assert message in refused.stderr
    assert (refused.exit_code, refused.stdout) == (2, "")


EARLY = {
    "en": "`--at`: `technical-support` was not yet in force on 2018-01-01: "
    "its first version is in force from 2019-01-01\n",
    "ru": "`--at`: на 2018-01-01 регламент `technical-support` ещё не действовал: "
    "первая редакция действует с 2019-01-01\n",
}


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize(
    "command",
    [("decide", PARTNER), ("explain", PARTNER), ("change", PARTNER), ("ask",), ("show",)],
    ids=lambda command: command[0],
)
def test_a_day_before_the_first_version_is_the_option_s_fault_and_no_fact_s(
    command: tuple[str, ...], language: str
) -> None:
    refused = run(*command, "--at", "2018-01-01", "--lang", language)

    told = besides(refused.stderr) if command == ("show",) else refused.stderr
    assert told == EARLY[language]
    assert (refused.exit_code, refused.stdout) == (2, "")


@pytest.mark.parametrize(
    ("day", "message"),
    [
        ("20", "`--known-at`: expected a date, found the text `20`"),
        ("2001-01-01", "`--known-at`: no version had been published by 2001-01-01"),
    ],
)
def test_a_day_that_nothing_was_known_on_is_the_option_s_fault(day: str, message: str) -> None:
    refused = run("decide", PARTNER, "--known-at", day)

    assert refused.stderr.startswith(message)
    assert (refused.exit_code, refused.stdout) == (2, "")


FINE = '{"requester.kind": "certified_partner", "request.created_at": "2026-11-20T12:00"}\n'


def test_a_day_that_no_calendar_covers_refuses_what_is_computed_from_it_alone() -> None:
    told = run("decide", "-", "--json", stdin=FINE + FINE.replace("2026-11-20", "2027-12-30"))
    first, last = (json.loads(line)["decisions"] for line in told.stdout.splitlines())

    assert (told.exit_code, told.stderr) == (0, "")
    assert first["response_due"]["status"] == "determined"
    assert [name for name, one in last.items() if one["status"] == "refused"] == ["response_due"]
    due = last["response_due"]
    assert (due["outcome"], due["possible"], due["needs"]) == (None, [], [])
    assert due["refused"]["code"] == "outside-calendar"
    assert due["refused"]["fact"] == "request.created_at"
    assert "2028" in due["refused"]["message"]["ru"]
    assert due["because"]["en"].startswith("calendar `ru-production` does not cover the year 2028")


def test_where_nothing_asked_for_can_be_decided_the_line_is_named_and_the_status_is_2() -> None:
    asked = ("decide", "-", "--json", "--only", "response_due")
    refused = run(*asked, stdin=FINE + FINE.replace("2026", "2028"))

    assert refused.exit_code == 2
    assert refused.stderr.startswith(
        "-:2:63: calendar `ru-production` does not cover the year 2028"
    )
    told = [json.loads(line)["decisions"] for line in refused.stdout.splitlines()]
    assert [list(one) for one in told] == [["response_due"]] * 2


def test_only_what_is_asked_for_is_told_in_the_order_of_the_policy() -> None:
    table = run("decide", PARTNER, "--only", "scope, tier").stdout.splitlines()[:2]

    assert [line.split("  ")[0] for line in table] == ["tier", "scope"]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "it is close to `portal` but counts as a different value"),
        ("ru", "похоже на `portal`"),
    ],
)
def test_what_was_noted_of_a_request_is_said_however_few_decisions_are(
    language: str, said: str
) -> None:
    request = '{"request.channel": "Portal", "request.created_at": "2026-11-20T12:00+03:00"}'

    for names in ("channel", "tier"):
        told = run("decide", "-", "--only", names, "--lang", language, stdin=request)
        assert said in told.stdout


@pytest.mark.parametrize(
    ("names", "said"),
    [
        ("tier,scop", "`--only`: unknown decision `scop`\n   = did you mean `scope`?"),
        ("tier,", "`--only`: no decision was named"),
        ("", "`--only`: no decision was named"),
    ],
)
def test_a_name_that_is_no_decision_is_refused(names: str, said: str) -> None:
    refused = run("decide", PARTNER, "--only", names)

    assert (refused.exit_code, refused.stdout) == (2, "")
    assert refused.stderr.startswith(said)

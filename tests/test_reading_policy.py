"""What policy files mean, and what is said of those that mean nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from textwrap import dedent
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reglament.model.conditions import All, Any, Comparison, Includes, Not, OneOf, Operator, Within
from reglament.model.policy import DecisionKind, Override, Version
from reglament.model.problems import Problem, Refused
from reglament.model.terms import Constant, DecisionRef, FactRef, Formula
from reglament.reading.bundled import policies_folder
from reglament.reading.policy import read_policy, read_version
from reglament.reading.requests import facts_from, facts_in, requests_in
from reglament.reading.source import Source

MOSCOW = ZoneInfo("Europe/Moscow")

HEAD = """
policy: refunds
version: "1"
title: {ru: Возвраты, en: Refunds}
holds_from: 2024-01-01
known_from: 2024-01-01
chosen_by: asked.at
time_zone: Europe/Moscow
clauses:
  c1: {where: "1", summary: {ru: да, en: yes}, fingerprint: "sha256:9f86d081884c7d65"}
readings:
  weekend:
    question: {ru: А в выходные?, en: And on weekends?}
    chosen: strict
    alternatives: {strict: {ru: нет, en: no}, kind: {ru: да, en: yes}}
    because: {ru: так короче, en: it is shorter}
    clauses: [c1]
facts:
  asked.at: {type: datetime, label: {ru: когда, en: when}}
  bought.on: {type: date, null_means: {ru: не куплено, en: not bought}}
  kind: {type: choice, options: {book: {ru: книга, en: book}, toy: {ru: игрушка, en: toy}}}
  shop: {type: choice, open: true, options: {web: {ru: сайт, en: web}}}
  broken: {type: boolean}
  amount: {type: decimal, places: 2}
  pieces: {type: integer}
  wait: {type: duration}
  note: {type: text, null_means: {ru: нет, en: none}}
  tags: {type: list, item: {type: choice, options: {new: {ru: новое, en: new}, old: {ru: старое, en: old}}}, null_means: {ru: нет, en: none}}
"""
CALENDAR = """
calendars:
  week:
    covers: {from: 2024-01-01, until: 2024-12-31}
    working_weekdays: [monday, tuesday, wednesday, thursday, friday]
    short_by: 1 hour
    day_names: {feast: {ru: праздник, en: feast}}
    years: {2024: {days_off: {2024-01-01: feast}, short_days: [2024-01-09]}}
hours:
  desk: {calendar: week, from: "10:00", until: "19:00"}
"""
YES_NO = "outcomes: {yes: {ru: да, en: yes}, no: {ru: нет, en: no}}"


def written(folder: Path, *parts: str) -> Path:
    """A version's folder with the parts as its files."""
    folder.mkdir(exist_ok=True)
    for number, part in enumerate(parts):
        (folder / f"part{number}.yaml").write_text(dedent(part), "utf-8")
    return folder


def rule_when(tmp_path: Path, when: str) -> object:
    """The condition that `when` states."""
    text = f"decisions: {{d: {{{YES_NO}, rules: [{{id: r, when: {when}, then: yes}}]}}}}"
    return read_version(written(tmp_path, HEAD, CALENDAR, text)).rule("r").when


def rule_then(tmp_path: Path, type: str, then: str) -> object:
    """The term that `then` gives for a decision of the type."""
    text = f"decisions: {{d: {{{type}, rules: [{{id: r, then: {then}}}]}}}}"
    return read_version(written(tmp_path, HEAD, CALENDAR, text)).rule("r").then


def problems_of(tmp_path: Path, *parts: str) -> tuple[Problem, ...]:
    """The problems for which the version is refused."""
    with pytest.raises(Refused) as refused:
        read_version(written(tmp_path, HEAD, CALENDAR, *parts))
    return refused.value.problems


@pytest.fixture(scope="module")
def shipped() -> Version:
    return read_version(policies_folder() / "technical-support")


# -- the shipped policy ---------------------------------------------------------------------


def test_the_shipped_policy_loads_whole(shipped: Version) -> None:
    assert shipped.policy == "technical-support"
    assert set(shipped.decisions) == {
        "tier", "free_until", "channel", "desk", "scope", "response_hours", "response_due",
        "payment_contact", "renewal", "renewal_effective_from", "answer", "advice",
    }  # fmt: skip
    assert shipped.decisions["renewal"].kind is DecisionKind.CHECKLIST
    assert shipped.decisions["advice"].kind is DecisionKind.COLLECTION
    assert shipped.decisions["response_hours"].unit["ru"][0] == "рабочий час"
    assert shipped.hours["support_hours"].readings == ("time-zone", "weekdays", "short-days")
    assert "free-until-rolled-to-a-working-day" in shipped.dormant


def test_every_decision_stands_after_those_it_builds_on(shipped: Version) -> None:
    order = list(shipped.decisions)

    assert order.index("tier") < order.index("scope") < order.index("answer")
    for name, decision in shipped.decisions.items():
        assert all(order.index(one) < order.index(name) for one in decision.reads())


def test_a_comparison_with_a_date_is_by_day(shipped: Version) -> None:
    free = shipped.rule("tier-free").when

    assert isinstance(free, All)
    assert free.parts[0] == Comparison(
        FactRef("key.registered_on"), Operator.AT_MOST, FactRef("request.created_at"),
        by_day=True, place=free.parts[0].place,
    )  # fmt: skip
    assert isinstance(free.parts[1], Comparison)
    assert free.parts[1].subject == DecisionRef("free_until")


def test_a_parameter_stands_in_a_formula_with_its_name(shipped: Version) -> None:
    rule = shipped.rule("free-until-three-calendar-months")

    months = Constant(3, name="free_months")
    assert rule.then == Formula("months_after", (FactRef("key.registered_on"), months))
    assert rule.readings == ("three-months",)


def test_a_switch_picks_by_reading_and_names_it(shipped: Version) -> None:
    otherwise = shipped.decisions["scope"].otherwise
    due = shipped.rule("response-due-after-working-hours")

    assert otherwise is not None
    assert (otherwise.id, otherwise.then) == ("scope-otherwise", Constant("not_regulated"))
    assert otherwise.readings == ("unlisted-services",)
    assert isinstance(due.then, Formula)
    assert (due.then.hours, due.then.tie) == ("support_hours", "closing")
    assert due.readings == ("clock-start", "closing-tie")


def test_overrides_may_name_the_reading_that_says_so(shipped: Version) -> None:
    assert shipped.rule("tier-partner").overrides == (
        Override("tier-paid", "tier-precedence"),
        Override("tier-free", "tier-precedence"),
    )


# -- what conditions mean -------------------------------------------------------------------

KIND, BROKEN, TAGS = FactRef("kind"), FactRef("broken"), FactRef("tags")
ASKED, BOUGHT, NULL = FactRef("asked.at"), FactRef("bought.on"), Constant(None)
DAY = Constant(date(2024, 5, 1))

CONDITIONS = [
    ("{kind: book}", Comparison(KIND, Operator.IS, Constant("book"))),
    ("{kind: [book, toy]}", OneOf(KIND, ("book", "toy"))),
    ("{kind: {is_not: book}}", Not(Comparison(KIND, Operator.IS, Constant("book")))),
    ("{kind: {is_not: [book, toy]}}", Not(OneOf(KIND, ("book", "toy")))),
    ("{shop: bazaar}", Comparison(FactRef("shop"), Operator.IS, Constant("bazaar"))),
    ("{broken: true}", Comparison(BROKEN, Operator.IS, Constant(True))),
    ("{bought.on: null}", OneOf(BOUGHT, (None,))),
    (
        "{bought.on: [null, {after: 2024-05-01}]}",
        Any((OneOf(BOUGHT, (None,)), Comparison(BOUGHT, Operator.MORE_THAN, DAY))),
    ),
    ("{asked.at: {before: 2024-05-01}}", Comparison(ASKED, Operator.LESS_THAN, DAY, by_day=True)),
    ("{asked.at: {on: 2024-05-01}}", Comparison(ASKED, Operator.IS, DAY, by_day=True)),
    ("{bought.on: {same_as: asked.at}}", Comparison(BOUGHT, Operator.IS, ASKED, by_day=True)),
    (
        "{asked.at: {after: '2024-05-01T10:00'}}",
        Comparison(ASKED, Operator.MORE_THAN, Constant(datetime(2024, 5, 1, 10, tzinfo=MOSCOW))),
    ),
    (
        "{amount: {more_than: 10, at_most: 20.5}}",
        All(
            (
                Comparison(FactRef("amount"), Operator.MORE_THAN, Constant(Decimal("10.00"))),
                Comparison(FactRef("amount"), Operator.AT_MOST, Constant(Decimal("20.50"))),
            )
        ),
    ),
    (
        "{wait: {less_than: 2 days}}",
        Comparison(FactRef("wait"), Operator.LESS_THAN, Constant(timedelta(days=2))),
    ),
    ("{asked.at: {within: desk}}", Within(ASKED, "desk")),
    ("{asked.at: {outside: desk}}", Not(Within(ASKED, "desk"))),
    ("{tags: {includes: new}}", Includes(TAGS, "new")),
    ("{tags: {includes_any: [new, old]}}", Any((Includes(TAGS, "new"), Includes(TAGS, "old")))),
    # Null includes nothing, yet a comparison with null is false whichever the operator.
    (
        "{tags: {includes_none: [new]}}",
        All((Not(OneOf(TAGS, (None,))), Not(Includes(TAGS, "new")))),
    ),
    (
        "{any: [{kind: book}, {not: {broken: true}}]}",
        Any(
            (
                Comparison(KIND, Operator.IS, Constant("book")),
                Not(Comparison(BROKEN, Operator.IS, Constant(True))),
            )
        ),
    ),
]


@pytest.mark.parametrize(("when", "meaning"), CONDITIONS, ids=[when for when, _ in CONDITIONS])
def test_a_condition_means(tmp_path: Path, when: str, meaning: object) -> None:
    assert unplaced(rule_when(tmp_path, when)) == meaning


def unplaced(condition: object) -> object:
    """The condition without the places of its tests."""
    match condition:
        case All(parts):
            return All(tuple(unplaced(part) for part in parts))
        case Any(parts):
            return Any(tuple(unplaced(part) for part in parts))
        case Not(part):
            return Not(unplaced(part))
        case Comparison(subject, operator, operand, by_day):
            return Comparison(subject, operator, operand, by_day)
        case OneOf(subject, values):
            return OneOf(subject, values)
        case Within(subject, hours):
            return Within(subject, hours)
        case Includes(subject, value):
            return Includes(subject, value)
    raise TypeError(condition)


# -- what `then` means ----------------------------------------------------------------------

THENS = [
    ("type: integer", "7", Constant(7)),
    ("type: decimal, places: 2", "7.5", Constant(Decimal("7.50"))),
    ("type: decimal, places: 2", "amount", FactRef("amount")),
    ("type: date", "2024-05-01", DAY),
    ("type: date", "{day_of: [asked.at]}", Formula("day_of", (ASKED,))),
    ("type: duration", "90 minutes", Constant(timedelta(minutes=90))),
    ("type: duration", "PT8H", Constant(timedelta(hours=8))),
    ("type: text", "any words", Constant("any words")),
    ("type: date, nullable: true", "null", NULL),
    ("type: date, nullable: true", "bought.on", BOUGHT),
    (
        "type: decimal, places: 2",
        "{round_half_up: [{product: [amount, 0.333]}, 0.01]}",
        Formula(
            "round_half_up",
            (
                Formula("product", (FactRef("amount"), Constant(Decimal("0.333")))),
                Constant(Decimal("0.01")),
            ),
        ),
    ),
    (
        "type: record, fields: {name: text, size: integer}",
        "{name: Ann, size: 3}",
        Constant({"name": "Ann", "size": 3}),
    ),
    (
        "type: datetime",
        "{working_hours_after: [asked.at, pieces], hours: desk, at_closing: next_opening}",
        Formula("working_hours_after", (ASKED, FactRef("pieces")), "desk", "next_opening"),
    ),
    ("type: integer", "{reading: weekend, strict: 1, kind: 2}", Constant(1)),
]


@pytest.mark.parametrize(("type", "then", "term"), THENS, ids=[then for _, then, _ in THENS])
def test_a_then_means(tmp_path: Path, type: str, then: str, term: object) -> None:
    assert rule_then(tmp_path, type, then) == term


def test_a_dated_rule_compares_days_with_the_fact_that_chooses(tmp_path: Path) -> None:
    text = f"""
    decisions:
      d:
        {YES_NO}
        rules: [{{id: r, when: {{kind: book}}, from: 2024-02-01, until: 2024-02-29, then: yes}}]
    """
    when = read_version(written(tmp_path, HEAD, text)).rule("r").when

    assert unplaced(when) == All(
        (
            Comparison(KIND, Operator.IS, Constant("book")),
            Comparison(ASKED, Operator.AT_LEAST, Constant(date(2024, 2, 1)), by_day=True),
            Comparison(ASKED, Operator.AT_MOST, Constant(date(2024, 2, 29)), by_day=True),
        )
    )


def test_dated_parameters_are_a_decision_with_a_rule_for_each_period(tmp_path: Path) -> None:
    text = """
    parameters:
      fee: {type: integer, values: {2025-01-01: 12, 2024-01-01: 10}, clauses: [c1]}
    decisions:
      price: {type: integer, rules: [{id: r, then: {product: [fee, pieces]}}]}
    """
    version = read_version(written(tmp_path, HEAD, text))
    fee = version.decisions["fee"]

    assert fee.is_internal
    assert [rule.then for rule in fee.rules] == [Constant(10), Constant(12)]
    assert fee.rules[0].clauses == ("c1",)
    assert version.rule("r").then == Formula("product", (DecisionRef("fee"), FactRef("pieces")))
    assert list(version.decisions) == ["fee", "price"]


def test_rows_of_a_list_and_of_csv_mean_the_same(tmp_path: Path) -> None:
    rows = """
    decisions:
      d:
        type: integer
        table:
          - {kind: book, pieces: {at_least: 5}, then: 1, clauses: [c1]}
          - {kind: [book, toy], then: 2}
    """
    named = "decisions: {d: {type: integer, table: prices.csv}}"
    one = written(tmp_path / "rows", HEAD, rows)
    other = written(tmp_path / "csv", HEAD, named)
    (other / "prices.csv").write_text(
        "kind,pieces,then,clauses\nbook,at_least 5,1,c1\nbook | toy,,2,\n", "utf-8"
    )
    read = [read_version(one), read_version(other)]

    assert [rule.id for rule in read[0].decisions["d"].rules] == ["d-row-1", "d-row-2"]
    meanings = [
        [(rule.id, unplaced(rule.when), rule.then, rule.clauses) for rule in v.decisions["d"].rules]
        for v in read
    ]
    assert meanings[0] == meanings[1]
    assert read[0].digest == read[1].digest


# -- readings -------------------------------------------------------------------------------

SWITCHED = f"""
decisions:
  d:
    {YES_NO}
    rules:
      - {{id: r-strict, under: {{weekend: strict}}, then: no}}
      - {{id: r-kind, under: {{weekend: kind}}, then: yes, overrides: [r-strict]}}
"""


@pytest.mark.parametrize(("chosen", "kept", "dormant"), [
    ("strict", "r-strict", "r-kind"), ("kind", "r-kind", "r-strict"),
])  # fmt: skip
def test_a_rule_is_kept_only_under_its_reading(
    tmp_path: Path, chosen: str, kept: str, dormant: str
) -> None:
    head = HEAD.replace("chosen: strict", f"chosen: {chosen}")
    version = read_version(written(tmp_path, head, SWITCHED))

    assert [rule.id for rule in version.decisions["d"].rules] == [kept]
    assert version.rule(kept).readings == ("weekend",)
    assert version.dormant == (dormant,)


def test_a_dormant_rule_is_checked_all_the_same(tmp_path: Path) -> None:
    wrong = SWITCHED.replace("then: yes", "then: perhaps")

    assert [problem.code for problem in problems_of(tmp_path, wrong)] == ["unknown-outcome"]


# -- order and files mean nothing -----------------------------------------------------------


def test_the_digest_does_not_know_how_files_are_spread(tmp_path: Path) -> None:
    pieces = (HEAD, CALENDAR, SWITCHED)
    spread = read_version(written(tmp_path / "spread", *pieces))
    turned = read_version(written(tmp_path / "turned", *reversed(pieces)))
    whole = tmp_path / "whole.yaml"
    whole.write_text("# a comment\n" + "\n".join(pieces), "utf-8")
    single = read_version(whole)

    assert spread.digest == turned.digest == single.digest
    assert spread.digest.startswith("sha256:")
    assert list(spread.facts) == list(turned.facts) == list(single.facts)


def test_the_digest_knows_every_word(tmp_path: Path) -> None:
    one = read_version(written(tmp_path / "one", HEAD, SWITCHED))
    other = read_version(
        written(tmp_path / "other", HEAD, SWITCHED.replace("then: no", "then: yes"))
    )
    examples = "examples: [{name: n, facts: {kind: book}, expect: {d: no}}]"
    shown = read_version(written(tmp_path / "shown", HEAD, SWITCHED, examples))

    assert one.digest != other.digest
    assert one.digest == shown.digest


def test_versions_come_oldest_first(tmp_path: Path) -> None:
    written(tmp_path / "a", HEAD.replace("2024-01-01", "2025-01-01").replace('"1"', '"2"', 1))
    written(tmp_path / "b", HEAD)

    assert [version.version for version in read_policy(tmp_path)] == ["1", "2"]


def test_versions_that_hold_from_the_same_day_are_refused(tmp_path: Path) -> None:
    written(tmp_path / "a", HEAD)
    written(tmp_path / "b", HEAD.replace('version: "1"', 'version: "2"'))

    with pytest.raises(Refused) as refused:
        read_policy(tmp_path)
    assert [problem.code for problem in refused.value.problems] == ["versions-overlap"]


# -- mistakes -------------------------------------------------------------------------------


@dataclass(frozen=True)
class Mistake:
    """A rule or section that is wrong: what is said, and of which words."""

    code: str
    text: str
    says: str
    hints: str = ""


def when(test: str) -> str:
    return f"decisions: {{d: {{{YES_NO}, rules: [{{id: r, when: {test}, then: yes}}]}}}}"


def then(type: str, given_: str) -> str:
    return f"decisions: {{d: {{{type}, rules: [{{id: r, then: {given_}}}]}}}}"


def rules(*listed: str) -> str:
    return f"decisions: {{d: {{{YES_NO}, rules: [{', '.join(listed)}]}}}}"


MISTAKES = [
    Mistake("unknown-fact", when("{kidn: book}"), "`kidn`", "`kind`"),
    Mistake("unknown-word", when("{kind: bok}"), "`bok`", "`book`"),
    Mistake("wrong-type", when("{broken: no}"), "`no`", "write `false`"),
    Mistake("wrong-type", when("{pieces: {at_least: yes}}"), "`yes`", "write `true`"),
    Mistake("wrong-type", when("{pieces: 1.5}"), "a whole number"),
    Mistake("wrong-type", when("{note: 7}"), "a text is wanted", "quotes"),
    Mistake("wrong-type", when("{asked.at: 2024-05-01}"), "2024-05-01", "{on: 2024-05-01}"),
    Mistake("wrong-type", when("{tags: new}"), "is a list", "{includes: new}"),
    Mistake("too-many-places", when("{amount: {at_least: 1.001}}"), "1.001"),
    Mistake("no-such-date", when("{bought.on: {after: 2023-02-29}}"), "2023-02-29"),
    Mistake("year-out-of-range", when("{bought.on: {after: 0023-02-20}}"), "year out of range"),
    Mistake("null-not-allowed", when("{kind: null}"), "`kind` is never null"),
    Mistake("wrong-operator", when("{bought.on: {at_least: 2024-01-01}}"), "at_least", "on_or_after"),
    Mistake("wrong-operator", when("{pieces: {before: '5'}}"), "before", "less_than"),
    Mistake("wrong-operator", when("{kind: {includes: book}}"), "is not a list"),
    Mistake("unknown-name", when("{pieces: {at_least: amuont}}"), "`amuont`", "`amount`"),
    Mistake("not-comparable", when("{pieces: {at_least: kind}}"), "`kind`"),
    Mistake("unknown-hours", when("{asked.at: {within: desc}}"), "`desc`", "`desk`"),
    Mistake("repeated-value", when("{kind: [book, book]}"), "`book` is listed twice"),
    Mistake("unknown-outcome", then(YES_NO, "yess"), "`yess`", "`yes`"),
    Mistake("null-not-allowed", then("type: date", "null"), "null", "nullable: true"),
    Mistake("may-be-null", then("type: date", "bought.on"), "`bought.on` may be `null`", "is_not"),
    Mistake("wrong-type", then("type: date", "asked.at"), "a date", "day_of"),
    Mistake("wrong-type", then("type: decimal, places: 1", "amount"), "1 decimal places", "round"),
    Mistake("wrong-argument", then("type: date", "{months_after: [asked.at, 3]}"), "a date is wanted", "day_of"),
    Mistake("wrong-argument", then("type: integer", "{quotient_down: [pieces, 0, 1]}"), "division by zero"),
    Mistake("wrong-argument", then("type: integer", "{round_down: [pieces, 0]}"), "above zero"),
    Mistake("unknown-reading", then(YES_NO, "{reading: weekent, strict: yes, kind: no}"), "`weekent`", "`weekend`"),
    Mistake("alternative-missing", then(YES_NO, "{reading: weekend, strict: yes}"), "`kind`"),
    Mistake("unknown-alternative", then(YES_NO, "{reading: weekend, strict: yes, kind: no, kinds: no}"), "`kinds`", "`kind`"),
    Mistake("unknown-clause", rules("{id: r, then: yes, clauses: [c2]}"), "`c2`"),
    Mistake("unknown-reading", rules("{id: r, then: yes, readings: [w]}"), "`w`"),
    Mistake("unknown-placeholder", rules("{id: r, then: yes, because: {ru: 'а {kidn}', en: 'a {kidn}'}}"), "{kidn}", "`kind`"),
    Mistake("empty-interval", rules("{id: r, from: 2024-03-01, until: 2024-02-01, then: yes}"), "2024-03-01 to 2024-02-01"),
    Mistake("rule-id-twice", rules("{id: r, then: yes}", "{id: r, then: yes}"), "`r`"),
    Mistake("unknown-rule", rules("{id: r, then: yes, overrides: [q]}"), "`q`"),
    Mistake("overrides-circle", rules("{id: r, then: yes, overrides: [q]}", "{id: q, then: no, overrides: [r]}"), "`q` → `r` → `q`"),
    Mistake("decisions-circle", f"decisions: {{d: {{{YES_NO}, rules: [{{id: r, when: {{e: yes}}, then: yes}}]}}, e: {{{YES_NO}, rules: [{{id: s, when: {{d: yes}}, then: yes}}]}}}}", "`d` → `e` → `d`"),
    Mistake("unknown-outcome", f"decisions: {{d: {{{YES_NO}, checklist: {{met: yes, unmet: nope}}, requirements: [{{id: r, when: {{kind: book}}}}]}}}}", "`nope`"),
    Mistake("name-taken", f"decisions: {{kind: {{{YES_NO}, rules: [{{id: r, then: yes}}]}}}}", "`kind`"),
    Mistake("parameter-tested", when("{p: 1}") + "\nparameters: {p: {type: integer, value: 1}}", "`p` is a parameter"),
    Mistake("told-twice", "facts: {kind: {type: integer}}", "`kind`"),
    Mistake("empty-interval", 'hours: {late: {calendar: week, from: "19:00", until: "10:00"}}', "a window that closes before it opens"),
    Mistake("unknown-calendar", 'hours: {late: {calendar: weak, from: "09:00", until: "10:00"}}', "`weak`", "`week`"),
    Mistake("day-not-covered", "calendars: {c: {covers: {from: 2024-01-01, until: 2024-02-01}, working_weekdays: [monday], years: {2024: {short_days: [2024-03-04]}}}}", "2024-03-04"),
    Mistake("no-such-date", "calendars: {c: {covers: {from: 2019-01-01, until: 2019-12-31}, working_weekdays: [monday], years: {2019: {short_days: [2019-02-30]}}}}", "2019-02-30"),
    Mistake("day-told-twice", "calendars: {c: {covers: {from: 2024-01-01, until: 2024-02-01}, working_weekdays: [monday], years: {2024: {short_days: [2024-01-08, 2024-01-08]}}}}", "2024-01-08"),
    Mistake("short-day-off", "calendars: {c: {covers: {from: 2024-01-01, until: 2024-02-01}, working_weekdays: [monday], years: {2024: {short_days: [2024-01-09]}}}}", "not a working day"),
    Mistake("unknown-decision", "examples: [{name: n, facts: {kind: book}, expect: {dd: yes}}]", "`dd`"),
    Mistake("unknown-fact", "examples: [{name: n, facts: {kidn: book}, expect: {}}]", "`kidn`", "`kind`"),
    Mistake("table-file", "decisions: {d: {type: integer, table: ../t.csv}}", "`../t.csv`"),
]  # fmt: skip


@pytest.mark.parametrize("mistake", MISTAKES, ids=[f"{m.code} {m.says}" for m in MISTAKES])
def test_a_mistake_is_told_at_its_line(tmp_path: Path, mistake: Mistake) -> None:
    problems = problems_of(tmp_path, mistake.text)
    found = [one for one in problems if one.code == mistake.code]

    assert found, [one.to_text("en") for one in problems]
    assert mistake.says in found[0].message.en
    assert mistake.hints in (found[0].hint.en if found[0].hint else "")
    assert found[0].place is not None
    assert found[0].place.file.endswith("part2.yaml")
    assert found[0].source_line == dedent(mistake.text).splitlines()[found[0].place.line - 1]


def test_every_mistake_is_told_at_once(tmp_path: Path) -> None:
    text = when("{kidn: book, kind: bok}") + "\nhours: {h: {calendar: no, from: '1', until: '2'}}"

    codes = {problem.code for problem in problems_of(tmp_path, text)}
    assert {"unknown-fact", "unknown-word", "unknown-calendar"} <= codes


def test_a_name_told_in_two_files_is_told_with_both_places(tmp_path: Path) -> None:
    (problem,) = problems_of(
        tmp_path, "hours: {desk: {calendar: week, from: '09:00', until: '10:00'}}"
    )

    assert problem.code == "told-twice"
    assert "part1.yaml:10" in problem.message.en
    assert problem.place is not None
    assert problem.place.file.endswith("part2.yaml")


def test_a_folder_without_a_policy_says_so(tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        read_policy(tmp_path)
    assert [problem.code for problem in refused.value.problems] == ["policy-missing"]


LINES = (HEAD + CALENDAR + SWITCHED).splitlines()


@settings(max_examples=60, deadline=None)
@given(
    st.integers(0, len(LINES) - 1),
    st.sampled_from(["", "  - x", "a: 1", "[", "d: {}", "  ? ", "0", "facts: [1]", "rules: {}"]),
)
def test_a_spoilt_line_never_ends_in_a_traceback(
    tmp_path_factory: pytest.TempPathFactory, number: int, spoilt: str
) -> None:
    path = tmp_path_factory.mktemp("spoilt") / "policy.yaml"
    path.write_text("\n".join([*LINES[:number], spoilt, *LINES[number + 1 :]]), "utf-8")
    try:
        version = read_version(path)
    except Refused as refused:
        assert all(problem.message.ru and problem.message.en for problem in refused.problems)
    else:
        assert version.policy == "refunds"


# -- requests -------------------------------------------------------------------------------

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
    ({"request": None}, {"request.remote_tool": None}),
    ({"request.service": "dancing"}, {"request.service": "dancing"}),
]


@pytest.mark.parametrize(("told", "facts"), TOLD)
def test_a_request_tells(shipped: Version, told: object, facts: object) -> None:
    assert facts_from(shipped, told) == facts


WRONG = [
    ({"requset.service": "x"}, "unknown-fact", "`request.service`"),
    ({"tier": "paid"}, "outcome-told", "facts"),
    ({"request": {"service": "a"}, "request.service": "a"}, "told-twice", ""),
    ({"requester": None, "requester.district": "ural"}, "told-twice", ""),
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
def test_a_request_is_refused(shipped: Version, told: object, code: str, hint: str) -> None:
    with pytest.raises(Refused) as refused:
        facts_from(shipped, told)

    (problem,) = refused.value.problems
    assert problem.code == code
    assert hint in (problem.hint.en if problem.hint else "")


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


def test_a_dataclass_tells_its_fields(shipped: Version) -> None:
    @dataclass
    class Requester:
        kind: str

    @dataclass
    class Asked:
        requester: Requester
        subscription: None = None

    assert facts_from(shipped, Asked(Requester("user"))) == {
        "requester.kind": "user",
        "subscription.active_from": None,
        "subscription.active_until": None,
    }


def test_a_request_nested_a_thousand_deep_is_refused_plainly(shipped: Version) -> None:
    told: dict[str, object] = {}
    for _ in range(5000):
        told = {"request": told}

    with pytest.raises(Refused) as refused:
        facts_from(shipped, told)
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
def test_a_text_holds_requests(shipped: Version, name: str, text: str, count: int) -> None:
    source = Source(name, text)
    found = [facts_in(shipped, request, source) for request in requests_in(source)]

    assert found == [{"request.service": "training"}] * count


def test_a_wrong_request_in_a_file_is_told_at_its_line(shipped: Version) -> None:
    source = Source("r.yaml", "requester.kind: user\nrequest:\n  servise: training\n")
    (request,) = requests_in(source)

    with pytest.raises(Refused) as refused:
        facts_in(shipped, request, source)
    assert refused.value.to_text("en") == dedent(
        """\
        r.yaml:3:3: unknown fact `request.servise`
            3 |   servise: training
              |   ^^^^^^^
           = did you mean `request.service`?"""
    )

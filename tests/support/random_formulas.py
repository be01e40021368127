"""Random versions that compute: numbers, days, moments, working hours, and edits of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from reglament.model.conditions import (
    ALWAYS,
    AllOf,
    AnyOf,
    Comparison,
    Condition,
    Includes,
    Not,
    OneOf,
    Within,
)
from reglament.model.decisions import Decision, DecisionKind, Override, Rule
from reglament.model.moments import in_zone
from reglament.model.operators import Operator as Op
from reglament.model.regulation import Fact, Version
from reglament.model.terms import Constant, DecisionRef, FactRef, Formula, Term
from reglament.model.values import (
    BOOLEAN,
    DATE,
    DATETIME,
    DURATION,
    INTEGER,
    PERIOD,
    TEXT,
    Kind,
    Period,
    Type,
    Value,
    choice,
    decimal,
)
from reglament.model.words import Text
from reglament.worktime.calendars import Calendar, SpecialDay
from reglament.worktime.hours import Hours
from support.november import windows
from support.texts import same

NAME = same("x")
NULL = Text(ru="нет", en="none")
FIRST, LAST = date(2024, 2, 1), date(2024, 4, 30)
ORDERS = tuple(Op)
COUNTED = (
    "working_days_after", "working_days_counting_the_first", "working_days_from_a_working_day",
)  # fmt: skip
WINDOWS = (
    ("08:00-17:30",), ("09:00-18:30",), ("09:00-17:30",),
    ("08:00-12:00", "13:00-17:30"), ("22:00-06:00",), ("00:00-24:00",),
)  # fmt: skip
EDGES = ("start_of_month", "end_of_quarter", "end_of_month", "start_of_year")
ZONES = ("UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata")

FACTS: dict[str, Fact] = {
    fact.name: fact
    for fact in (
        Fact("kind", choice("a", "b", "c"), NAME),
        Fact("word", choice("a", "b", is_open=True), NAME, null_means=NULL),
        Fact("note", TEXT, NAME),
        Fact("flag", BOOLEAN, NAME),
        Fact("count", INTEGER, NAME),
        Fact("spare", INTEGER, NAME, null_means=NULL),
        Fact("price", decimal(2), NAME),
        Fact("day", DATE, NAME),
        Fact("end", DATE, NAME, null_means=NULL),
        Fact("at", DATETIME, NAME),
        Fact("since", DATETIME, NAME, null_means=NULL),
        Fact("wait", DURATION, NAME),
        Fact("term", PERIOD, NAME),
        Fact("bag", Type(Kind.LIST, item=choice("p", "q")), NAME),
    )
}
OUTCOMES = ("yes", "no", "maybe")
NUMBER_DECISION, DAY_DECISION, MOMENT_DECISION = "number", "date", "due"


class Maker:
    """Makes versions and edits of them from one source of chance."""

    def __init__(self, seed: int) -> None:
        self.chance = Random(seed)

    def version(self) -> Version:
        """A version of a few decisions, the later built on the earlier."""
        pick = self.chance
        zone = pick.choice(ZONES)
        made: dict[str, Decision] = {}
        for name, type_ in (
            (NUMBER_DECISION, decimal(2)),
            (DAY_DECISION, DATE),
            (MOMENT_DECISION, DATETIME),
            ("words", choice(*OUTCOMES)),
            ("items", choice(*OUTCOMES)),
            ("checks", choice(*OUTCOMES)),
            ("total", decimal(4)),
        ):
            made[name] = self.decision(name, type_, tuple(made), zone)
        hours = {"desk": self.hours("desk", zone)}
        start = date(2000, 1, 1)
        return Version("random", "1", NAME, start, start, "day", zone, FACTS, made, hours)

    def edited(self, version: Version) -> Version:
        """The version with one decision made anew, another zone, or other hours."""
        way = self.chance.randrange(8)
        if way == 0:
            return replace(version, zone=self.chance.choice(ZONES))
        if way <= 2:
            return replace(version, hours={"desk": self.hours("desk", version.zone)})
        name = self.chance.choice(list(version.decisions))
        old = version.decisions[name]
        earlier = tuple(version.decisions)[: list(version.decisions).index(name)]
        if way <= 5:
            new = self._one_rule_anew(old, earlier, version.zone)
        else:
            new = self.decision(name, old.type, earlier, version.zone)
        return replace(version, decisions={**version.decisions, name: new})

    def hours(self, name: str, zone: str) -> Hours:
        """Hours of a desk over three months."""
        pick = self.chance
        days = [FIRST + timedelta(days=number) for number in range((LAST - FIRST).days + 1)]
        special = {day: SpecialDay(pick.random() < 0.3, NAME) for day in pick.sample(days, 4)}
        calendar = Calendar("c", NAME, FIRST, LAST, frozenset(range(5)), special)
        usual = windows(*pick.choice(WINDOWS))
        by_weekday = {4: windows("09:00-13:00")} if pick.random() < 0.3 else {}
        return Hours(name, NAME, calendar, zone, usual, by_weekday=by_weekday)

    def request(self, zone: str) -> dict[str, Value]:
        """A request that tells every fact."""
        pick = self.chance
        day = FIRST + timedelta(days=pick.randrange(-5, 95))
        end = pick.choice((day, day + timedelta(days=pick.randrange(-70, 70))))
        at = self._moment(day, zone)
        since = pick.choice((at, self._moment(end, zone)))
        return {
            "kind": pick.choice("abc"),
            "word": pick.choice(("a", "b", "other", None)),
            "note": pick.choice(("a", "z")),
            "flag": pick.random() < 0.5,
            "count": pick.randrange(-6, 14),
            "spare": pick.choice((None, pick.randrange(-6, 14))),
            "price": Decimal(pick.randrange(-300, 900)).scaleb(-2),
            "day": day,
            "end": pick.choice((None, end, end)),
            "at": at,
            "since": pick.choice((None, since)),
            "wait": timedelta(hours=pick.randrange(-3, 9)),
            "term": Period(pick.randrange(30)),
            "bag": pick.choice(((), ("p",), ("q",), ("p", "q"))),
        }

    def _moment(self, day: date, zone: str) -> datetime:
        hour, minute = self.chance.randrange(24), self.chance.choice((0, 0, 30, 59))
        local = datetime.combine(day, time(hour, minute), ZoneInfo(zone))
        return in_zone(local.astimezone(UTC), ZoneInfo(zone))

    # Decisions

    def decision(self, name: str, type_: Type, earlier: tuple[str, ...], zone: str) -> Decision:
        """A decision of that name, whose rules may read the earlier ones."""
        pick = self.chance
        kind = {"items": DecisionKind.COLLECTION, "checks": DecisionKind.CHECKLIST}.get(
            name, DecisionKind.OUTCOME
        )
        rules = []
        count = pick.randrange(1, 4)
        for index in range(count):
            later = [f"{name}-{other}" for other in range(index + 1, count)]
            has_over = later and kind is not DecisionKind.CHECKLIST and pick.random() < 0.6
            over = (Override(pick.choice(later)),) if has_over else ()
            when, then = self.condition(earlier, zone), self.outcome(type_, earlier)
            rules.append(Rule(f"{name}-{index}", when, then, overrides=over))
        other = Rule(f"{name}-otherwise", ALWAYS, self.outcome(type_, earlier))
        has_other = kind is DecisionKind.OUTCOME and pick.random() < 0.8
        return Decision(
            name, kind, type_, NAME, tuple(rules), other if has_other else None,
            is_nullable=True, met="yes", unmet="no",
        )  # fmt: skip

    def _one_rule_anew(self, old: Decision, earlier: tuple[str, ...], zone: str) -> Decision:
        index = self.chance.randrange(len(old.rules))
        rule = old.rules[index]
        if self.chance.random() < 0.5:
            rule = replace(rule, when=self.condition(earlier, zone))
        else:
            rule = replace(rule, then=self.outcome(old.type, earlier))
        return replace(old, rules=(*old.rules[:index], rule, *old.rules[index + 1 :]))

    def outcome(self, type_: Type, earlier: tuple[str, ...]) -> Term:
        """What a rule gives."""
        if type_.kind is Kind.CHOICE:
            return Constant(self.chance.choice(OUTCOMES))
        if type_.kind is Kind.DECIMAL:
            return self.number(earlier, 2)
        if type_.kind is Kind.DATE:
            return self.day(earlier, 2)
        return self.moment(earlier)

    def number(self, earlier: tuple[str, ...], depth: int) -> Term:
        """A number."""
        pick = self.chance
        if depth == 0 or pick.random() < 0.2:
            known = [FactRef("count"), FactRef("spare"), FactRef("price")]
            known += [DecisionRef(NUMBER_DECISION)] if NUMBER_DECISION in earlier else []
            constant = Constant(pick.choice((0, 1, 3, Decimal("1.5"), -2)))
            return pick.choice((*known, constant))
        one, other = (self.number(earlier, depth - 1) for _ in range(2))
        days = tuple(self.day(earlier, 0) for _ in range(2))
        step = Constant(pick.choice((1, 5, Decimal("0.1"))))
        divisor = Constant(pick.choice((3, -2, Decimal("0.7"))))
        way = pick.choice(("down", "up", "half_up", "half_even"))
        return pick.choice(
            (
                Formula("sum", (one, other)),
                Formula("difference", (one, other)),
                Formula("product", (one, Constant(pick.choice((2, Decimal("0.5"), -1))))),
                Formula("minimum", (one, other)),
                Formula("maximum", (one, other)),
                Formula(f"round_{way}", (one, step)),
                Formula(f"quotient_{way}", (one, divisor, step)),
                Formula("days_between", days),
                Formula("day_of_week", days[:1]),
                Formula("percent", (one, other)),
                Formula("brackets", (one, *map(Constant, (5, Decimal("2.5"), 10)))),
                Formula("months_between", days),
                Formula("years_between", days),
                Formula("months_of", (FactRef("term"),)),
                Formula(pick.choice(("month_of", "year_of", "day_of_month")), days[:1]),
                Formula("years_of", (Formula("period_between", days),)),
                Formula("hours_of", (FactRef("wait"),)),
                Formula("hours_between", (FactRef("since"), FactRef("at"))),
                Formula("minutes_between", (FactRef("at"), FactRef("since"))),
            )
        )

    def day(self, earlier: tuple[str, ...], depth: int) -> Term:
        """A day."""
        pick = self.chance
        if depth == 0:
            known = [FactRef("day"), FactRef("end"), Constant(pick.choice(DAYS))]
            known += [DecisionRef(DAY_DECISION)] if DAY_DECISION in earlier else []
            return pick.choice((*known, Formula("day_of", (FactRef("at"),))))
        start, count = self.day(earlier, depth - 1), Constant(pick.choice((-1, 1, 2, 12)))
        return pick.choice(
            (
                Formula("months_after", (start, count)),
                Formula("years_after", (start, count)),
                Formula("sum_of_day", (start, FactRef("term"))),
                Formula(pick.choice(EDGES), (start,)),
                Formula("day_less_period", (start, FactRef("term"))),
                Formula("days_after", (start, pick.choice((count, FactRef("count"))))),
                Formula("minimum", (start, self.day(earlier, 0))),
                Formula("maximum", (start, self.day(earlier, 0))),
                Formula("working_day_at_or_after", (start,), hours="desk"),
                Formula("working_day_at_or_before", (start,), hours="desk"),
                Formula(pick.choice(COUNTED), (start, count), hours="desk"),
            )
        )

    def moment(self, earlier: tuple[str, ...]) -> Term:
        """A moment."""
        pick = self.chance
        start = FactRef(pick.choice(("at", "since")))
        tie = pick.choice(("closing", "next_opening"))
        amount = Constant(pick.choice((0, 4, 9, Decimal("2.5"))))
        due = Formula("working_hours_after", (start, amount), hours="desk", tie=tie)
        return pick.choice((start, due, due))

    # Conditions

    def condition(self, earlier: tuple[str, ...], zone: str) -> Condition:
        """A condition of up to three tests."""
        pick = self.chance
        parts = tuple(self.test(earlier, zone) for _ in range(pick.randrange(1, 4)))
        whole: Condition = parts[0] if len(parts) == 1 else pick.choice((AllOf, AnyOf))(parts)
        return Not(whole) if pick.random() < 0.2 else whole

    def test(self, earlier: tuple[str, ...], zone: str) -> Condition:
        """One test."""
        pick, order = self.chance, self.chance.choice(ORDERS)
        words = [FactRef("kind"), FactRef("word"), FactRef("note")]
        words += [DecisionRef("words")] if "words" in earlier else []
        midnight = datetime.combine(pick.choice(DAYS), time(), ZoneInfo(zone))
        moment = Constant(in_zone(midnight, ZoneInfo(zone)))
        some: list[Condition] = [
            OneOf(pick.choice(words), tuple(pick.sample(("a", "b", "yes", None), 2))),
            Comparison(FactRef("word"), Op.IS, FactRef("note")),
            OneOf(FactRef("flag"), (pick.random() < 0.5,)),
            OneOf(FactRef("spare"), (None, 3)),
            Includes(FactRef("bag"), pick.choice("pq")),
            Comparison(self.number(earlier, 1), order, self.number(earlier, 1)),
            Comparison(self.day(earlier, 1), order, self.day(earlier, 0)),
            Comparison(FactRef("at"), order, FactRef("since")),
            Comparison(FactRef("at"), order, moment),
            Comparison(FactRef("at"), order, FactRef("end"), by_day=True),
            Comparison(FactRef("wait"), order, Constant(timedelta(hours=3))),
            Comparison(FactRef("term"), order, Constant(Period(14))),
            Comparison(
                Formula("sum", (FactRef("term"), Constant(Period(2)))), order, Constant(Period(12))
            ),
            Within(FactRef(pick.choice(("at", "since"))), "desk"),
            Comparison(
                Formula("time_between", (FactRef("at"), FactRef("since"))),
                order,
                Constant(timedelta(hours=3)),
            ),
        ]
        if MOMENT_DECISION in earlier:
            some.append(Comparison(DecisionRef(MOMENT_DECISION), order, FactRef("since")))
            some.append(
                Comparison(DecisionRef(MOMENT_DECISION), order, FactRef("end"), by_day=True)
            )
        if "items" in earlier:
            some.append(Includes(DecisionRef("items"), "yes"))
        return pick.choice(some)


DAYS = (date(2024, 2, 29), date(2024, 3, 10), date(2024, 3, 31), date(2024, 4, 5))


def told(facts: Mapping[str, Value], zone: str) -> dict[str, Any]:
    """The same request on the clock of another zone."""
    return {
        name: in_zone(value, ZoneInfo(zone)) if isinstance(value, datetime) else value
        for name, value in facts.items()
    }

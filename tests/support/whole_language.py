"""Random policies over the whole language, as their YAML, and random requests for them.

Every kind of decision (outcomes, values, tables, checklists, collections) with every type, null
outcomes, overrides, `otherwise`, rules that always apply, formulas, calendars and hours, each
built on facts and on earlier decisions. What the reader refuses is no policy: `read` says None.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeAlias
from zoneinfo import ZoneInfo

import yaml
from hypothesis import assume
from hypothesis import strategies as st

from reglament.language.loading.version_loader import read_policy
from reglament.model.problems import Refused
from reglament.model.regulation import Version
from reglament.model.values import Record, TimeOfDay, Value

Yaml: TypeAlias = dict[str, Any]

ZONE = "Europe/Moscow"
LABEL = {"ru": "слово", "en": "word"}
HEAD: Yaml = {
    "policy": "whole",
    "version": "1",
    "title": LABEL,
    "holds_from": date(2024, 1, 1),
    "known_from": date(2024, 1, 1),
    "time_zone": ZONE,
    "chosen_by": "asked.on",
    "calendars": {
        "week": {
            "covers": {"from": date(2024, 1, 1), "until": date(2024, 12, 31)},
            "working_weekdays": ["monday", "tuesday", "wednesday", "thursday", "friday"],
            "day_names": {"feast": LABEL},
            "years": {2024: {"days_off": {date(2024, 1, 1): "feast"}}},
        }
    },
    "hours": {
        "desk": {"calendar": "week", "from": "10:00", "until": "19:00"},
        "shifts": {
            "calendar": "week",
            "windows": ["09:00-12:30", "22:00-06:00"],
            "weekdays": {"friday": "09:00-24:00"},
            "dates": {date(2024, 3, 2): "10:00-12:00", date(2024, 3, 1): []},
            "time_zone": "America/New_York",
        },
        "always": {"always": True},
        "anyone": {"first_open_of": ["desk", "shifts"]},
    },
}


def _at(day: date, hour: int) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=ZoneInfo(ZONE))


DAYS = [date(2024, 1, 31), date(2024, 2, 29), date(2024, 12, 27)]
# Of each type, the values that policies and requests say; the last day is past the calendar.
SAID: Mapping[str, list[Any]] = {
    "choice": ["a", "b", "c"],
    "open": ["a", "b", "other"],
    "boolean": [True, False],
    "integer": [-1, 0, 1, 2, 98],
    "decimal": [Decimal("-0.50"), Decimal("0.00"), Decimal("2.50"), Decimal("150.00")],
    "date": [*DAYS, date(2024, 3, 1), date(2025, 1, 9)],
    "datetime": [_at(day, hour) for day in (*DAYS, date(2025, 1, 9)) for hour in (9, 12, 20)],
    "time": [TimeOfDay(0), TimeOfDay(9, 30), TimeOfDay(23, 59, 30)],
    "duration": [timedelta(0), timedelta(hours=8), timedelta(days=2)],
    "text": ["a", "A b", ""],
    "list": [(), ("p",), ("q", "p")],
    "numbers": [(), (1,), (2, 1)],
    "record": [
        {"word": "a", "number": 1},
        {"word": "b", "number": 2},
        {"word": "b", "number": None},
    ],
}
WRITTEN: Mapping[str, Yaml] = {
    "choice": {"type": "choice", "options": dict.fromkeys("abc", LABEL)},
    "open": {"type": "choice", "open": True, "options": dict.fromkeys("ab", LABEL)},
    "decimal": {"type": "decimal", "places": 2},
    "list": {"type": "list", "item": {"type": "choice", "options": dict.fromkeys("pq", LABEL)}},
    "numbers": {"type": "list", "item": {"type": "integer"}},
    "record": {
        "type": "record",
        "fields": {"word": "text", "number": {"type": "integer", "nullable": True}},
    },
}
NULLABLE = [
    "choice", "integer", "decimal", "date", "datetime", "time", "boolean", "text", "duration",
]  # fmt: skip
TEXT_TESTS: list[Yaml] = [
    {"starts_with": "A"},
    {"starts_with": "A b"},
    {"ends_with": "b"},
    {"contains": "the"},
    {"matches_form": "{letter 1..2}"},
    {"matches_form": "{any} {lower}"},
    {"contains": {"same_as": "text.one"}},
]
UNCHOSEN = ("list", "numbers")
ORDERED = ["integer", "decimal", "date", "datetime", "time", "duration"]
TOLD = [kind for kind in SAID if kind != "record"]
DECIDED = [kind for kind in SAID if kind not in ("choice", "open")]
# The facts, each with its kind: `integer.1` and `integer.none`, which may be null.
FACTS: Mapping[str, str] = {
    "asked.on": "date",
    **{f"{kind}.one": kind for kind in TOLD},
    **{f"{kind}.none": kind for kind in NULLABLE},
    "integer.other": "integer",
    "date.other": "date",
}


def written(kind: str) -> Yaml:
    """How a type is written."""
    return dict(WRITTEN.get(kind, {"type": kind}))


def facts() -> Yaml:
    """The section of facts."""
    found = {}
    for name, kind in FACTS.items():
        found[name] = {**written(kind), "label": LABEL}
        if name.endswith(".none"):
            found[name]["null_means"] = LABEL
    return found


# Values and terms


def literal(value: Any) -> Any:
    """A value as a policy writes it."""
    if isinstance(value, datetime):
        return value.replace(tzinfo=None).isoformat()
    if isinstance(value, timedelta):
        return f"PT{int(value.total_seconds()) // 3600}H"
    if isinstance(value, TimeOfDay):
        return str(value)
    if isinstance(value, tuple):
        return [literal(one) for one in value]
    return value


@st.composite
def _term(draw: st.DrawFn, kind: str, names: Mapping[str, str], depth: int = 1) -> Any:
    """What a rule gives: a literal, a name, or a formula."""
    same = sorted(name for name, other in names.items() if other.removesuffix("?") == kind)
    ways = ["literal"] + ["name"] * bool(same) + ["formula"] * bool(depth and _makes(kind))
    way = draw(st.sampled_from([*ways, *["if"] * bool(depth and names and kind not in UNCHOSEN)]))
    if way == "if":
        sides = {side: draw(_term(kind, names, depth - 1)) for side in ("then", "else")}
        return {"if": draw(_test(names)), **sides}
    if way == "name":
        return draw(st.sampled_from(same))
    if way == "formula":
        return draw(_formula(kind, names, depth - 1))
    return literal(draw(st.sampled_from(SAID[kind])))


def _makes(kind: str) -> bool:
    made = ("integer", "decimal", "date", "datetime", "time", "duration", "text", "record")
    return kind in (*made, "list", "numbers")


@st.composite
def _formula(draw: st.DrawFn, kind: str, names: Mapping[str, str], depth: int) -> Any:
    def of(kind: str) -> Any:
        return draw(_term(kind, names, depth))

    if kind in ("integer", "decimal"):
        return draw(_number(kind, names, depth))
    if kind in ("list", "numbers"):
        return draw(_list_made(kind, names, depth))
    if kind == "text":
        return draw(_made_text(names))
    if kind == "record":
        return {"word": of("text"), "number": draw(st.one_of(st.none(), _term("integer", names)))}
    return draw(
        {"date": _date, "duration": _duration, "time": _time}.get(kind, _moment)(names, depth)
    )


@st.composite
def _moment(draw: st.DrawFn, names: Mapping[str, str], depth: int) -> Any:
    def of(kind: str) -> Any:
        return draw(_term(kind, names, depth))

    ways = ["working", "hours_after", "days_after", "sum", "difference", "datetime"]
    way = draw(st.sampled_from(ways))
    if way == "datetime":
        return {"datetime": [of("date"), of("time")]}
    if way == "working":
        hours = draw(st.sampled_from([1, 8, 30]))
        return {"working_hours_after": [of("datetime"), hours], "hours": draw(_hours(names))}
    if way in ("sum", "difference"):
        return {way: [of("datetime"), of("duration")]}
    return {way: [of("datetime"), of("integer")]}


@st.composite
def _time(draw: st.DrawFn, names: Mapping[str, str], depth: int) -> Any:
    def of(kind: str) -> Any:
        return draw(_term(kind, names, depth))

    way = draw(st.sampled_from(["time_of", "sum", "difference"]))
    if way == "time_of":
        return {"time_of": [of("datetime")]}
    return {way: [of("time"), of("duration")]}


@st.composite
def _list_made(draw: st.DrawFn, kind: str, names: Mapping[str, str], depth: int) -> Any:
    """A list made of lists that are called something."""
    own = sorted(name for name, one in names.items() if one == kind) or [f"{kind}.one"]
    one, other = draw(st.sampled_from(own)), draw(st.sampled_from(own))
    if kind == "numbers" and draw(st.booleans()):
        return {"append": [one, draw(_term("integer", names, depth))]}
    ways = {
        "concatenate": [one, other],
        "union": [one, other],
        "distinct_values": [one],
        "reverse": [{"concatenate": [one, other]}],
    }
    way = draw(st.sampled_from(sorted(ways)))
    return {way: ways[way]}


@st.composite
def _duration(draw: st.DrawFn, names: Mapping[str, str], depth: int) -> Any:
    def of(kind: str) -> Any:
        return draw(_term(kind, names, depth))

    way = draw(st.sampled_from(["clock", "times", "between", "worked"]))
    if way == "clock":
        return {"difference": [of("time"), of("time")]}
    if way == "times":
        return {"product": [of("duration"), draw(st.sampled_from([2, Decimal("0.50"), -1]))]}
    spent = [of("datetime"), of("datetime")]
    if way == "between":
        return {"difference": spent}
    return {"working_time_between": spent, "hours": draw(_hours(names))}


@st.composite
def _number(draw: st.DrawFn, kind: str, names: Mapping[str, str], depth: int) -> Any:
    def of(kind: str) -> Any:
        return draw(_term(kind, names, depth))

    ways = ["sum", "difference", "maximum", "minimum", "span", "round", "time", "reckon"]
    function = draw(st.sampled_from(ways))
    if function == "reckon":
        return draw(_reckoned(kind, names, depth))
    if function == "time" and kind == "integer":
        return draw(_number_of_time(names, depth))
    function = "sum" if function == "time" else function
    if function == "span" and kind == "integer":
        spans = ["days_between", "months_between", "years_between"]
        return {draw(st.sampled_from(spans)): [of("date"), of("date")]}
    if function == "round":
        step = 2 if kind == "integer" else Decimal("0.25")
        way = draw(st.sampled_from(["round_down", "round_half_up", "ceiling"]))
        return {way: [of(draw(st.sampled_from(["integer", "decimal"]))), step]}
    function = "sum" if function == "span" else function
    return {function: [of(kind), of(kind)]}


@st.composite
def _made_text(draw: st.DrawFn, names: Mapping[str, str]) -> Any:
    texts = sorted(n for n, one in names.items() if one.removesuffix("?") in ("text", "open"))
    if not texts:
        return {"text": "made"}
    sayable = ("text", "integer", "decimal", "date", "duration")
    others = sorted(n for n, one in names.items() if one.removesuffix("?") in sayable)
    one, other = draw(st.sampled_from(texts)), draw(st.sampled_from(others))
    ways: list[Yaml] = [
        {"upper_case": [one]},
        {"substring": [one, draw(st.sampled_from([1, 2, -1])), 1]},
        {"text_after": [one, {"literal": "A"}]},
        {"text": f"{{{one}}}-{{{other}}}"},
    ]
    return draw(st.sampled_from(ways))


@st.composite
def _reckoned(draw: st.DrawFn, kind: str, names: Mapping[str, str], depth: int) -> Any:
    def of(kind: str) -> Any:
        return draw(_term(kind, names, depth))

    step = 2 if kind == "integer" else Decimal("0.25")
    lists = sorted(one for one, of in names.items() if of in UNCHOSEN) or ["list.one"]
    numbers = sorted(one for one, of in names.items() if of == "numbers") or ["numbers.one"]
    ways = {
        "absolute": lambda: [of(kind)],
        "modulo": lambda: [of(kind), {"maximum": [of(kind), 1]}],
        "median": lambda: [of(kind), of(kind), 1],
        "mean_half_up": lambda: [of(kind), of(kind), step],
        "power_half_even": lambda: [{"maximum": [of(kind), 1]}, of("integer"), step],
        "length": lambda: [draw(_made_text(names))],
        "count": lambda: draw(st.sampled_from(lists)),
        "sum_of_list": lambda: [draw(st.sampled_from(numbers))],
        "quotient_floor": lambda: [of(kind), {"minimum": [of(kind), -1]}, step],
    }
    way = draw(st.sampled_from(sorted(ways)))
    if way == "sum_of_list":
        return {"sum": ways[way]()}
    if way in ("length", "count") and kind != "integer":
        way = "absolute"
    return {way: ways[way]()}


@st.composite
def _date(draw: st.DrawFn, names: Mapping[str, str], depth: int) -> Any:
    def of(kind: str) -> Any:
        return draw(_term(kind, names, depth))

    way = draw(st.sampled_from(["days_after", "months_after", "day_of", "working", "time"]))
    if way == "time":
        return draw(_date_of_time(names, depth))
    if way == "day_of":
        return {"day_of": [of("datetime")]}
    if way == "working":
        return {"working_day_at_or_after": [of("date")], "hours": "desk"}
    return {way: [of("date"), of("integer")]}


@st.composite
def _hours(draw: st.DrawFn, names: Mapping[str, str]) -> Any:
    """Hours by their name, or picked by a word."""
    words = sorted(name for name, kind in names.items() if kind.removesuffix("?") == "choice")
    some = st.sampled_from(["desk", "shifts", "always", "anyone"])
    if not words or draw(st.booleans()):
        return draw(some)
    return {"by": draw(st.sampled_from(words)), "a": draw(some), "otherwise": draw(some)}


@st.composite
def _number_of_time(draw: st.DrawFn, names: Mapping[str, str], depth: int) -> Any:
    def of(kind: str) -> Any:
        return draw(_term(kind, names, depth))

    way = draw(
        st.sampled_from(["day_of_week", "month_of", "age", "hour_of", "hours_between", "working"])
    )
    if way == "hour_of":
        return {way: [of(draw(st.sampled_from(["time", "datetime"])))]}
    if way in ("day_of_week", "month_of"):
        return {way: [of("date")]}
    if way == "age":
        return {way: [of("date"), of("date")]}
    if way == "hours_between":
        return {way: [of("datetime"), of("datetime")]}
    return {
        "working_hours_between": [of("datetime"), of("datetime")],
        "hours": draw(_hours(names)),
    }


@st.composite
def _date_of_time(draw: st.DrawFn, names: Mapping[str, str], depth: int) -> Any:
    def of(kind: str) -> Any:
        return draw(_term(kind, names, depth))

    way = draw(st.sampled_from(["start_of_month", "end_of_quarter", "before", "counted"]))
    if way == "before":
        return {"working_day_at_or_before": [of("date")], "hours": draw(_hours(names))}
    if way == "counted":
        first_day = draw(st.sampled_from(["counts", "not_counted", "moved"]))
        days = {"working_days_after": [of("date"), of("integer")], "first_day": first_day}
        return {**days, "hours": draw(_hours(names))}
    return {way: [of("date")]}


# Conditions


@st.composite
def _test(draw: st.DrawFn, names: Mapping[str, str]) -> Yaml:
    if not draw(st.integers(0, 9)):
        return draw(_formula_test(names))
    return draw(_test_of(draw(st.sampled_from(sorted(names))), names))


@st.composite
def _formula_test(draw: st.DrawFn, names: Mapping[str, str]) -> Yaml:
    if draw(st.booleans()):
        return draw(_list_formula_test(names))
    kind = draw(st.sampled_from(["integer", "date"]))
    test = {"is": literal(draw(st.sampled_from(SAID[kind])))}
    return {"formula": draw(_formula(kind, names, 0)), **test}


@st.composite
def _list_formula_test(draw: st.DrawFn, names: Mapping[str, str]) -> Yaml:
    """Of what a list comes to, which is null of some lists."""
    own = sorted(name for name, one in names.items() if one == "numbers") or ["numbers.one"]
    name = draw(st.sampled_from(own))
    ways = [
        {"formula": {"minimum": [name]}, "at_least": 1},
        {"formula": {"maximum": [{"append": [name, "integer.one"]}]}, "is": 2},
        {"formula": {"item": [name, -1]}, "is": [None, 1]},
        {"formula": {"mean_down": [name, 1]}, "is_not": None},
        {"formula": {"sublist": [name, 2]}, "includes": 1},
        {"formula": {"split": ["text.one", {"literal": " "}]}, "includes": "b"},
        {"formula": {"join": ["list.one", {"literal": "+"}]}, "is": "q+p"},
        {"formula": {"date": [2024, 2, "integer.other"]}, "is": None},
    ]
    return draw(st.sampled_from(ways))


@st.composite
def _list_test(draw: st.DrawFn, name: str, kind: str, names: Mapping[str, str]) -> Yaml:
    item = draw(st.sampled_from(["p", "q"] if kind == "list" else [1, 2]))
    of = ("choice", "open", "text") if kind == "list" else ("integer",)
    others = sorted(other for other, one in names.items() if one.removesuffix("?") in of)
    if others and draw(st.booleans()):
        item = {"same_as": draw(st.sampled_from(others))}
    return {name: draw(st.sampled_from([{"includes": item}, {"includes_none": [item]}]))}


@st.composite
def _ordered_test(draw: st.DrawFn, name: str, kind: str, names: Mapping[str, str]) -> Yaml:
    dated = kind in ("date", "datetime", "time")
    words = ["on_or_after", "before"] if dated else ["at_least", "less_than", "more_than"]
    others = sorted(other for other, one in names.items() if one == kind and other != name)
    said = [literal(value) for value in SAID[kind]]
    operand = draw(st.sampled_from([*said, *others]))
    if not draw(st.integers(0, 4)):
        operand = draw(_formula(kind, names, 0))
    return {name: {draw(st.sampled_from(words)): operand}}


@st.composite
def _test_of(draw: st.DrawFn, name: str, names: Mapping[str, str]) -> Yaml:
    kind = names[name].removesuffix("?")
    if kind == "items of record":
        return {name: {"is_not": None}}
    if kind.startswith("items of "):
        item = literal(draw(st.sampled_from(SAID[kind.removeprefix("items of ")])))
        return {name: {"includes": item}}
    if kind in ("list", "numbers"):
        return draw(_list_test(name, kind, names))
    if kind == "record":
        return {name: {"is_not": None}}
    said = [literal(value) for value in SAID[kind]]
    if kind in ORDERED and draw(st.booleans()):
        return draw(_ordered_test(name, kind, names))
    if kind == "datetime":
        return {name: {draw(st.sampled_from(["within", "outside"])): "desk"}}
    value = draw(st.sampled_from(said))
    way = draw(st.integers(0, 4))
    if way == 4 and kind in ("choice", "open", "text"):
        return {name: draw(st.sampled_from(TEXT_TESTS))}
    if way == 3 and kind in ("choice", "open", "text"):
        words = ("choice", "open", "text")
        others = sorted(o for o, one in names.items() if one.removesuffix("?") in words)
        other = draw(st.sampled_from(others))
        return {name: draw(st.sampled_from([other, {"same_as": other}, {"literal": value}]))}
    if way == 0 and kind != "boolean":
        other = draw(st.sampled_from(said))
        return {name: value if other == value else [value, other]}
    return {name: {"is_not": value}} if way == 1 else {name: value}


@st.composite
def conditions(draw: st.DrawFn, names: Mapping[str, str]) -> Yaml:
    """A condition over facts and earlier decisions, nested at most twice."""
    way = draw(st.sampled_from(["one", "one", "all", "any", "not", "null", "met"]))
    nullable = sorted(name for name in names if name.endswith(".none") or names[name].endswith("?"))
    if way == "null" and nullable:
        name = draw(st.sampled_from(nullable))
        return {name: draw(st.sampled_from([None, {"is_not": None}]))}
    if way == "met":
        parts = draw(st.lists(_test(names), min_size=2, max_size=4))
        count = draw(st.integers(1, len(parts) - 1))
        word = draw(st.sampled_from(["at_least", "at_most", "exactly"]))
        return {"met": {word: count, "of": parts}}
    if way in ("all", "any"):
        return {way: draw(st.lists(_test(names), min_size=1, max_size=3))}
    one = draw(_test(names))
    return {"not": one} if way == "not" else one


# Decisions


@st.composite
def _rules(
    draw: st.DrawFn, name: str, kind: str, names: Mapping[str, str], given: Mapping[str, str]
) -> list[Yaml]:
    """Rules that test `names`, and give values of the kind made of those `given`."""
    found: list[Yaml] = []
    for number in range(draw(st.integers(1, 4))):
        rule: Yaml = {"id": f"{name}-{number}"}
        if draw(st.integers(0, 4)):  # else it always applies
            rule["when"] = draw(conditions(names))
        rule["then"] = draw(_term(kind, given))
        found.append(rule)
    return found


def _override(draw: st.DrawFn, rules: list[Yaml]) -> None:
    for number, rule in enumerate(rules):
        later = [one["id"] for one in rules[number + 1 :]]
        if later and draw(st.booleans()):
            rule["overrides"] = draw(st.lists(st.sampled_from(later), min_size=1, unique=True))


@st.composite
def decisions(draw: st.DrawFn, name: str, names: Mapping[str, str]) -> tuple[Yaml, str]:
    """A decision that reads these names, and what kind of value it gives."""
    shapes = ["outcomes", "value", "value", "checklist", "collection", "total"]
    shape = draw(st.sampled_from(shapes))
    if shape == "total":
        return draw(_totals(name, names))
    kind = draw(st.sampled_from(DECIDED)) if shape in ("value", "collection") else "choice"
    is_words = shape == "collection" and draw(st.booleans())
    kind = "choice" if is_words else kind
    typed = {"outcomes": dict.fromkeys("abc", LABEL)} if kind == "choice" else written(kind)
    decision: Yaml = {"label": LABEL, **typed}
    if shape == "checklist":
        rules = draw(_rules(name, kind, names, {}))
        decision |= {"checklist": {"met": "a", "unmet": "b"}}
        decision["requirements"] = [
            {"id": rule["id"], "when": rule.get("when") or draw(_test(names))} for rule in rules
        ]
        return decision, kind
    is_nullable = draw(st.booleans())
    if is_nullable:
        decision["nullable"] = True
    given = {
        name: one
        for name, one in names.items()
        if is_nullable or not (name.endswith(".none") or one.endswith("?"))
    }
    rules = draw(_rules(name, kind, names, given))
    if shape != "collection":
        _override(draw, rules)
    if is_nullable and draw(st.booleans()):
        rules[0]["then"] = None
    is_table = draw(st.booleans()) and all(_is_row(rule.get("when", {})) for rule in rules)
    if is_table:
        decision["table"] = [_columns(rule) for rule in rules]
    elif shape != "collection" and len(rules) > 1 and draw(st.booleans()):
        first = draw(st.integers(1, len(rules) - 1))
        overrides = draw(st.sampled_from(["all", ["lower"]]))
        decision["groups"] = {
            "upper": {"rules": rules[:first], "overrides": overrides},
            "lower": {"rules": rules[first:]},
        }
    else:
        decision["rules"] = rules
    if shape == "collection":
        return {**decision, **draw(_listing(is_words=is_words))}, f"items of {kind}"
    _hit_policy(draw, decision)
    if draw(st.booleans()):
        other = draw(st.sampled_from([None, 1])) if is_nullable else 1
        decision["otherwise"] = {"then": None if other is None else draw(_term(kind, given))}
    return decision, kind + ("?" if is_nullable else "")


@st.composite
def _listing(draw: st.DrawFn, *, is_words: bool) -> Yaml:
    """How a collection lists its items."""
    orders = ["collect", "rule_order", *(["output_order"] if is_words else [])]
    duplicates = draw(st.sampled_from(["once", "kept"]))
    return {"hit_policy": draw(st.sampled_from(orders)), "duplicates": duplicates}


def _hit_policy(draw: st.DrawFn, decision: Yaml) -> None:
    decision["hit_policy"] = draw(st.sampled_from(["any", "any", "any", "unique", "first"]))
    if "groups" in decision and decision["hit_policy"] == "first":
        decision["hit_policy"] = "any"
    if decision["hit_policy"] == "first":  # which overrides every later rule by itself
        for rule in decision.get("rules") or decision["table"]:
            rule.pop("overrides", None)


@st.composite
def _totals(draw: st.DrawFn, name: str, names: Mapping[str, str]) -> tuple[Yaml, str]:
    """A total of numbers, durations, or of any other ordered values."""
    total = draw(st.sampled_from(["sum", "count", "minimum", "maximum"]))
    kinds = ["integer"] if total == "count" else ["integer", "decimal", "duration"]
    kind = draw(st.sampled_from(ORDERED if total in ("minimum", "maximum") else kinds))
    given = {
        one: of for one, of in names.items() if not (one.endswith(".none") or of.endswith("?"))
    }
    rules = draw(_rules(name, kind, names, given))
    _override(draw, rules)
    if total == "count":
        rules = [{key: one for key, one in rule.items() if key != "then"} for rule in rules]
    decision: Yaml = {"label": LABEL, **written(kind), "total": total, "rules": rules}
    if total in ("minimum", "maximum") or draw(st.booleans()):
        decision["otherwise"] = {"then": draw(_term(kind, given))}
    return decision, kind


def _is_row(when: Yaml) -> bool:
    return not {"all", "any", "not", "formula", "met"} & when.keys()


def _columns(rule: Yaml) -> Yaml:
    return {**rule.get("when", {}), **{key: one for key, one in rule.items() if key != "when"}}


@st.composite
def sources(draw: st.DrawFn, most: int = 4) -> Yaml:
    """A policy as its YAML holds it; the reader may refuse it."""
    names, made = dict(FACTS), {}
    for number in range(draw(st.integers(1, most))):
        name = f"d{number}"
        made[name], names[name] = draw(decisions(name, names))
        if names[name].removesuffix("?") == "record":  # and its fields, by their names
            suffix = "?" if names[name].endswith("?") else ""
            names |= {f"{name}.word": f"text{suffix}", f"{name}.number": "integer?"}
    return {**HEAD, "facts": facts(), "decisions": made}


@st.composite
def policies(draw: st.DrawFn, most: int = 4) -> Version:
    """A version that the reader accepts."""
    version = read(draw(sources(most)))
    assume(version is not None)
    assert version is not None
    return version


def text_of(source: Yaml) -> str:
    """The YAML of a policy."""
    return yaml.dump(source, Dumper=_Dumper, sort_keys=False, allow_unicode=True)


def read(source: Yaml) -> Version | None:
    """The version that the YAML says; None where it is refused."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "whole.yaml"
        path.write_text(text_of(source), encoding="utf-8")
        try:
            (version,) = read_policy(path)
        except Refused:
            return None
    return version


# Written in C where libyaml is there: as much as a policy takes to be read, otherwise.
class _Dumper(getattr(yaml, "CSafeDumper", yaml.SafeDumper)):  # type: ignore[misc]
    """Writes each mapping in full, and decimals with their digits."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


_Dumper.add_representer(
    Decimal,
    lambda dumper, value: dumper.represent_scalar("tag:yaml.org,2002:float", format(value, "f")),
)


# Requests


def values_of(name: str) -> list[Value]:
    """Values that a request may tell of a fact."""
    found = [Record(one) if isinstance(one, dict) else one for one in SAID[FACTS[name]]]
    return [*found, None] if name.endswith(".none") else found


@st.composite
def requests(draw: st.DrawFn, most_missing: int = 3) -> dict[str, Value]:
    """A request in which at most a few facts are missing, typed as the reader would."""
    missing = draw(st.lists(st.sampled_from(sorted(FACTS)), max_size=most_missing, unique=True))
    return {name: draw(st.sampled_from(values_of(name))) for name in FACTS if name not in missing}


def completions(told: Mapping[str, Value], read: frozenset[str]) -> Iterator[dict[str, Value]]:
    """Ways to tell the missing facts that are read; any value of the others will do."""
    missing = [name for name in FACTS if name not in told]
    if not missing:
        yield dict(told)
        return
    every = values_of(missing[0])
    for value in every if missing[0] in read else every[:1]:
        yield from completions({**told, missing[0]: value}, read)

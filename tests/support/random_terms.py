"""Random terms of every type and random conditions over them, as policies write them."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from support.every_type import ORDERED, SAID, Yaml, literal

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


@st.composite
def term(draw: st.DrawFn, kind: str, names: Mapping[str, str], depth: int = 1) -> Any:
    """What a rule gives: a literal, a name, or a formula."""
    same = sorted(name for name, other in names.items() if other.removesuffix("?") == kind)
    ways = ["literal"] + ["name"] * bool(same) + ["formula"] * bool(depth and _makes(kind))
    way = draw(st.sampled_from([*ways, *["if"] * bool(depth and names and kind not in UNCHOSEN)]))
    if way == "if":
        sides = {side: draw(term(kind, names, depth - 1)) for side in ("then", "else")}
        return {"if": draw(single_test(names)), **sides}
    if way == "name":
        return draw(st.sampled_from(same))
    if way == "formula":
        return draw(formula(kind, names, depth - 1))
    return literal(draw(st.sampled_from(SAID[kind])))


def _makes(kind: str) -> bool:
    return kind in (*ORDERED, "text", "record", "list", "numbers")


@st.composite
def formula(draw: st.DrawFn, kind: str, names: Mapping[str, str], depth: int) -> Any:
    def of(kind: str) -> Any:
        return draw(term(kind, names, depth))

    if kind in ("integer", "decimal"):
        return draw(_number(kind, names, depth))
    if kind in ("list", "numbers"):
        return draw(_list_made(kind, names, depth))
    if kind == "text":
        return draw(_made_text(names))
    if kind == "record":
        return {"word": of("text"), "number": draw(st.one_of(st.none(), term("integer", names)))}
    return draw(
        {"date": _date, "duration": _duration, "time": _time, "period": _period}.get(kind, _moment)(
            names, depth
        )
    )


@st.composite
def _moment(draw: st.DrawFn, names: Mapping[str, str], depth: int) -> Any:
    def of(kind: str) -> Any:
        return draw(term(kind, names, depth))

    ways = ["working", "hours_after", "days_after", "sum", "difference", "datetime"]
    way = draw(st.sampled_from(ways))
    if way == "datetime":
        return {"datetime": [of("date"), of("time")]}
    if way == "working":
        hours = draw(st.sampled_from([1, 8, 30]))
        return {"working_hours_after": [of("datetime"), hours], "hours": draw(_hours(names))}
    if way in ("sum", "difference"):
        return {way: [of("datetime"), of(draw(st.sampled_from(["duration", "period"])))]}
    return {way: [of("datetime"), of("integer")]}


@st.composite
def _time(draw: st.DrawFn, names: Mapping[str, str], depth: int) -> Any:
    def of(kind: str) -> Any:
        return draw(term(kind, names, depth))

    way = draw(st.sampled_from(["time_of", "sum", "difference"]))
    if way == "time_of":
        return {"time_of": [of("datetime")]}
    return {way: [of("time"), of("duration")]}


@st.composite
def _period(draw: st.DrawFn, names: Mapping[str, str], depth: int) -> Any:
    def of(kind: str) -> Any:
        return draw(term(kind, names, depth))

    way = draw(st.sampled_from(["period_between", "sum", "difference", "product", "quotient_up"]))
    if way == "period_between":
        return {way: [of("date"), of("date")]}
    if way == "product":
        return {way: [of("period"), of("integer")]}
    if way == "quotient_up":
        return {way: [of("period"), {"maximum": [of("integer"), 1]}, "P2M"]}
    return {way: [of("period"), of("period")]}


@st.composite
def _list_made(draw: st.DrawFn, kind: str, names: Mapping[str, str], depth: int) -> Any:
    """A list made of lists that are called something."""
    own = sorted(name for name, one in names.items() if one == kind) or [f"{kind}.one"]
    one, other = draw(st.sampled_from(own)), draw(st.sampled_from(own))
    if kind == "numbers" and draw(st.booleans()):
        return draw(_numbers_made(one, draw(term("integer", names, depth))))
    ways = {
        "list_of": {
            "list_of": "item",
            "over": one,
            "where": {"item": 2 if kind != "list" else "p"},
        },
        "concatenate": [one, other],
        "union": [one, other],
        "distinct_values": [one],
        "reverse": [{"concatenate": [one, other]}],
    }
    way = draw(st.sampled_from(sorted(ways)))
    return ways[way] if way == "list_of" else {way: ways[way]}


@st.composite
def _numbers_made(draw: st.DrawFn, one: str, number: Any) -> Any:
    """A list with another number, of numbers, or of what is made of each item of a list."""
    ways = [
        {"append": [one, number]},
        {"list_of": [number, 2]},
        {"list_of": {"sum": ["item", number]}, "over": one},
        {"list_of": "item", "over": one, "where": {"item": {"more_than": "integer.one"}}},
        {"sort": [one]},
    ]
    return draw(st.sampled_from(ways))


@st.composite
def _duration(draw: st.DrawFn, names: Mapping[str, str], depth: int) -> Any:
    def of(kind: str) -> Any:
        return draw(term(kind, names, depth))

    way = draw(st.sampled_from(["clock", "times", "between", "worked", "offset"]))
    if way == "offset":
        return {"offset_of": [of("datetime")]}
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
        return draw(term(kind, names, depth))

    ways = ["sum", "difference", "maximum", "minimum", "span", "round", "time", "compute"]
    function = draw(st.sampled_from(ways))
    if function == "compute":
        return draw(_computed(kind, names, depth))
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
def _computed(draw: st.DrawFn, kind: str, names: Mapping[str, str], depth: int) -> Any:
    def of(kind: str) -> Any:
        return draw(term(kind, names, depth))

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
    way = draw(st.sampled_from([*sorted(ways), "by_zero"]))
    if way == "by_zero":
        by = draw(st.sampled_from([0, of(kind)]))
        over = draw(st.sampled_from(["integer", "duration", "period"]))
        divided = of(kind) if over == "integer" else of(over)
        return {"quotient_half_up": [divided, f"{over}.one", step], "by_zero": by}
    if way == "sum_of_list":
        return {"sum": ways[way]()}
    if way in ("length", "count") and kind != "integer":
        way = "absolute"
    return {way: ways[way]()}


@st.composite
def _date(draw: st.DrawFn, names: Mapping[str, str], depth: int) -> Any:
    def of(kind: str) -> Any:
        return draw(term(kind, names, depth))

    ways = ["days_after", "months_after", "day_of", "working", "time", "sum", "difference"]
    way = draw(st.sampled_from(ways))
    if way == "time":
        return draw(_date_of_time(names, depth))
    if way == "day_of":
        return {"day_of": [of("datetime")]}
    if way == "working":
        return {"working_day_at_or_after": [of("date")], "hours": "desk"}
    if way in ("sum", "difference"):
        return {way: [of("date"), of("period")]}
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
        return draw(term(kind, names, depth))

    way = draw(
        st.sampled_from(
            ["day_of_week", "month_of", "age", "hour_of", "hours_between", "working", "parts"]
        )
    )
    if way == "parts":
        lengths = {"years_of": "period", "months_of": "period", "hours_of": "duration"}
        part = draw(st.sampled_from(sorted(lengths)))
        return {part: [of(lengths[part])]}
    if way == "hour_of":
        return {way: [of(draw(st.sampled_from(["time", "datetime"])))]}
    if way in ("day_of_week", "month_of"):
        return {way: [of(draw(st.sampled_from(["date", "datetime"])))]}
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
        return draw(term(kind, names, depth))

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
def single_test(draw: st.DrawFn, names: Mapping[str, str]) -> Yaml:
    """A test of what is called something, or of a formula."""
    if not draw(st.integers(0, 9)):
        return draw(_formula_test(names))
    return draw(_test_of(draw(st.sampled_from(sorted(names))), names))


@st.composite
def _formula_test(draw: st.DrawFn, names: Mapping[str, str]) -> Yaml:
    if draw(st.booleans()):
        return draw(_list_formula_test(names))
    kind = draw(st.sampled_from(["integer", "date"]))
    test = {"is": literal(draw(st.sampled_from(SAID[kind])))}
    return {"formula": draw(formula(kind, names, 0)), **test}


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
        {"formula": {"date": ["text.one"]}, "is": None},
        {
            "formula": {"count": name, "where": {"item": {"more_than": "integer.one"}}},
            "at_least": 1,
        },
        {"formula": {"list_of": ["integer.one", 2]}, "includes": 2},
        {
            "formula": {"maximum": {"product": ["item", "integer.one"]}, "over": name},
            "more_than": 1,
        },
    ]
    return draw(st.sampled_from(ways))


@st.composite
def _list_test(draw: st.DrawFn, name: str, kind: str, names: Mapping[str, str]) -> Yaml:
    item = draw(st.sampled_from(["p", "q"] if kind == "list" else [1, 2]))
    of = ("choice", "open", "text") if kind == "list" else ("integer",)
    others = sorted(other for other, one in names.items() if one.removesuffix("?") in of)
    if others and draw(st.booleans()):
        item = {"same_as": draw(st.sampled_from(others))}
    if draw(st.booleans()):
        return {name: draw(_asked_of_items(kind, names))}
    return {name: draw(st.sampled_from([{"includes": item}, {"includes_none": [item]}]))}


@st.composite
def _asked_of_items(draw: st.DrawFn, kind: str, names: Mapping[str, str]) -> Yaml:
    """What is asked of the items of a plain list, and how many they are."""
    asked = {word: draw(_item_test(kind, names)) for word in ("where", "some", "every", "none")}
    number = {draw(st.sampled_from(["at_least", "less_than", "exactly"])): draw(st.integers(0, 2))}
    word = draw(st.sampled_from(["some", "every", "none"]))
    ways = [
        {word: asked[word]},
        number,
        {"where": asked["where"], **number},
        {"where": asked["where"], word: asked[word]},
    ]
    return draw(st.sampled_from(ways))


@st.composite
def _item_test(draw: st.DrawFn, kind: str, names: Mapping[str, str]) -> Any:
    if kind == "list":
        return draw(st.sampled_from(["p", ["p", "q"], {"is_not": "q"}, {"starts_with": "p"}]))
    others = sorted(other for other, one in names.items() if one.removesuffix("?") == "integer")
    operand = draw(st.sampled_from([*others, 0, 1]))
    ways = [1, [0, 2], "0..1", {"more_than": operand}, {"at_most": operand}, {"is_not": 2}]
    return draw(st.sampled_from(ways))


@st.composite
def _ordered_test(draw: st.DrawFn, name: str, kind: str, names: Mapping[str, str]) -> Yaml:
    dated = kind in ("date", "datetime", "time")
    words = ["on_or_after", "before"] if dated else ["at_least", "less_than", "more_than"]
    others = sorted(other for other, one in names.items() if one == kind and other != name)
    said = [literal(value) for value in SAID[kind]]
    operand = draw(st.sampled_from([*said, *others]))
    if not draw(st.integers(0, 4)):
        operand = draw(formula(kind, names, 0))
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
        parts = draw(st.lists(single_test(names), min_size=2, max_size=4))
        count = draw(st.integers(1, len(parts) - 1))
        word = draw(st.sampled_from(["at_least", "at_most", "exactly"]))
        return {"met": {word: count, "of": parts}}
    if way in ("all", "any"):
        return {way: draw(st.lists(single_test(names), min_size=1, max_size=3))}
    one = draw(single_test(names))
    return {"not": one} if way == "not" else one

"""Random policies about a list of things, requests that tell it in part, and all they may mean.

Domains are small and finite, so that every completion of a request can be decided.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations_with_replacement, product
from random import Random
from typing import Any

KINDS = ("a", "b", "c")
DOMAINS: Mapping[str, tuple[Any, ...]] = {"kind": KINDS, "flag": (True, False), "size": (0, 1, 2)}
OUTER: Mapping[str, tuple[Any, ...]] = {"req": ("x", "y"), "ok": (True, False), "lim": (0, 1, 2)}
EVERY_ITEM = tuple(dict(zip(DOMAINS, row, strict=True)) for row in product(*DOMAINS.values()))
MOST = 3  # items of a list
QUANTIFIERS = ("some", "every", "none")
NUMBERS = ("at_least", "at_most", "more_than", "less_than", "exactly")

Json = dict[str, Any]
HEAD: Json = {
    "version": "1",
    "holds_from": "2025-01-01",
    "known_from": "2025-01-01",
    "time_zone": "UTC",
    "chosen_by": "day",
}


def item_condition(rng: Random, decided: tuple[str, ...] = (), depth: int = 0) -> Json:
    """A condition on one item, and now and then on the request."""
    if depth < 2 and rng.random() < 0.25:
        return {rng.choice(("any", "all")): [item_condition(rng, decided, depth + 1) for _ in "12"]}
    found: Json = {}
    for _ in range(rng.randint(1, 2)):
        found |= _item_test(rng, decided)
    return found


def _item_test(rng: Random, decided: tuple[str, ...]) -> Json:
    names = ["kind", "flag", "size", *decided]
    names += [name for name, chance in (("lim", 0.3), ("req", 0.25)) if rng.random() < chance]
    name = rng.choice(names)
    if name == "kind":
        word = rng.choice(KINDS)
        return {"line.kind": word if rng.random() < 0.7 else {"is_not": word}}
    if name == "flag":
        return {"line.flag": rng.random() < 0.5}
    if name == "size":
        return {"line.size": {rng.choice(NUMBERS[:4]): rng.randint(0, 2)}}
    if name == "lim":
        return {"line.size": {rng.choice(("at_least", "less_than")): "lim"}}
    return {"req": rng.choice("xy")} if name == "req" else {name: rng.choice(("yes", "no"))}


def list_test(rng: Random, decided: tuple[str, ...] = ()) -> Json:
    """A test of the list as a whole."""
    test: Json = {"where": item_condition(rng, decided)} if rng.random() < 0.4 else {}
    word = rng.choice((*QUANTIFIERS, *NUMBERS))
    test[word] = item_condition(rng, decided) if word in QUANTIFIERS else rng.randint(0, 3)
    return {"things": test}


def _condition(rng: Random, decided: tuple[str, ...]) -> Json:
    found: Json = list_test(rng, decided) if rng.random() < 0.75 else {"req": rng.choice("xy")}
    if rng.random() < 0.3:
        found |= {"lim": {"at_least": rng.randint(0, 2)}}
    return {"any": [found, list_test(rng, decided)]} if rng.random() < 0.25 else found


def policy(rng: Random) -> Json:
    """A policy with decisions about each item, of which some have gaps, and about all of them."""
    decisions: Json = {}
    decided: tuple[str, ...] = ()
    for name in ("line.p", "line.q")[: rng.randint(0, 2)]:
        decisions[name] = _outcomes(rng, name, ("yes", "no"), lambda: item_condition(rng, decided))  # noqa: B023
        decisions[name]["for_each"] = "things"
        decided = (*decided, name)
    for name in ("one", "two"):
        decisions[name] = _outcomes(rng, name, ("u", "v", "w"), lambda: _condition(rng, decided))
        decisions[name]["hit_policy"] = "first"
    decisions |= _totals(rng, decided)
    return {
        "policy": "things",
        "title": {"en": "Things"},
        **HEAD,
        "facts": _facts(rng.choice((0, 0, 1))),
        "decisions": decisions,
    }


def _outcomes(rng: Random, name: str, words: tuple[str, ...], condition: Any) -> Json:
    rules = [
        {"id": f"{name}-{n}", "when": condition(), "then": rng.choice(words)}
        for n in range(rng.randint(1, 2))
    ]
    found: Json = {"label": _label(name), "outcomes": {w: _label(w) for w in words}, "rules": rules}
    return found | ({"otherwise": {"then": rng.choice(words)}} if rng.random() < 0.65 else {})


def _totals(rng: Random, decided: tuple[str, ...]) -> Json:
    def total(function: str, term: str = "line.size") -> Json:
        where = {"where": item_condition(rng, decided)} if rng.random() < 0.6 else {}
        return {function: term, "over": "things", **where}

    def different() -> Json:
        return total("distinct", rng.choice(("line.kind", "line.kind", "line.size", *decided)))

    least = rng.choice(("minimum", "maximum"))
    return {
        "total": _given("integer", total("sum")),
        "many": {
            **_given("boolean", True, {"total": {"at_least": rng.randint(1, 4)}}),
            "otherwise": {"then": False},
        },
        "extreme": _given("integer", total(least)) | {"nullable": True},
        "kinds": _given("integer", different()),
        "varied": {
            **_given("boolean", True, {"formula": different(), "at_least": rng.randint(1, 3)}),
            "otherwise": {"then": False},
        },
        # A plain list made of items, read so that the order of items makes no difference.
        "sizes": {
            **_given("list", {"sort": [total("list_of")]}),
            "item": {"type": "integer"},
        },
        "among": {
            **_given("boolean", True, {"formula": total("list_of", "line.kind"), "includes": "a"}),
            "otherwise": {"then": False},
        },
    }


def _given(type_: str, then: Any, when: Json | None = None) -> Json:
    said = next(iter(then)) if isinstance(then, dict) else f"{then}-{'-'.join(when or ())}"
    rule: Json = {"id": f"gives-{said}".lower(), "then": then}
    return {
        "label": _label(type_),
        "type": type_,
        "rules": [rule | ({"when": when} if when else {})],
    }


def _facts(least: int) -> Json:
    fields = {
        "kind": {
            "type": "choice",
            "options": {k: _label(k) for k in KINDS},
            "label": _label("kind"),
        },
        "flag": {"type": "boolean", "label": _label("flag")},
        "size": {"type": "integer", "at_least": 0, "at_most": 2, "label": _label("size")},
    }
    item = {"type": "record", "called": "line", "label": _label("line"), "fields": fields}
    return {
        "day": {"type": "date", "label": _label("day")},
        "req": {"type": "choice", "options": {k: _label(k) for k in "xy"}, "label": _label("req")},
        "ok": {"type": "boolean", "label": _label("ok")},
        "lim": {"type": "integer", "at_least": 0, "at_most": 2, "label": _label("lim")},
        "things": {
            "type": "list", "at_least": least, "at_most": MOST, "label": _label("things"),
            "item": item,
        },
    }  # fmt: skip


def _label(text: str) -> Json:
    return {"en": text}


def whole(rng: Random, least: int = 1) -> Json:
    """A request that tells everything."""
    told = {name: rng.choice(values) for name, values in OUTER.items()}
    items = [rng.choice(EVERY_ITEM) for _ in range(rng.randint(least, 3))]
    return {"day": "2025-02-03", **told, "things": items}


def request(rng: Random, least: int) -> Json:
    """A request that tells some facts, and some fields of some items."""
    items = [
        {name: value for name, value in rng.choice(EVERY_ITEM).items() if rng.random() > 0.35}
        for _ in range(rng.randint(0, MOST))
    ]
    found: Json = {"day": "2025-02-03"}
    found |= {name: rng.choice(of) for name, of in OUTER.items() if rng.random() > 0.25}
    is_open = rng.random() < 0.3 or len(items) < least
    if rng.random() > 0.1:
        found["things"] = {"items": items, "more": True} if is_open else items
    return found


def completions(told: Json, least: int) -> Iterator[Json]:
    """Every whole request that the request may become; of items added, their order aside."""
    free = [name for name in OUTER if name not in told]
    items, is_open = _items(told)
    every = [list(_matching(item)) for item in items]
    longest = MOST - len(items) if is_open else 0
    tails = [t for n in range(longest + 1) for t in combinations_with_replacement(EVERY_ITEM, n)]
    for values in product(*(OUTER[name] for name in free)):
        base = {**told, **dict(zip(free, values, strict=True))}
        for row in product(*every):
            for tail in tails:
                if len(row) + len(tail) >= least:
                    yield {**base, "things": [*row, *tail]}


def how_many(told: Json) -> int:
    """About how many completions there are."""
    items, is_open = _items(told)
    count = {0: 1330, 1: 190, 2: 19, 3: 1}[len(items)] if is_open else 1
    for item in items:
        count *= sum(1 for _ in _matching(item))
    for name, values in OUTER.items():
        count *= 1 if name in told else len(values)
    return count


def _items(told: Json) -> tuple[list[Json], bool]:
    things = told.get("things", {"items": [], "more": True})
    return (things["items"], things["more"]) if isinstance(things, dict) else (things, False)


def _matching(item: Json) -> Iterator[Json]:
    return (one for one in EVERY_ITEM if all(one[name] == value for name, value in item.items()))

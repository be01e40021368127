"""Random policies that ask about the items of plain lists, and all that requests may tell.

No test asks for the order of items, and counts are small, so lists of a few items say all there is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations_with_replacement, product
from random import Random
from typing import Any

from support.random_lists import HEAD

Json = dict[str, Any]
MOST = 6
NUMBERS = ("at_least", "at_most", "more_than", "less_than")


def _lists(values: tuple[Any, ...]) -> tuple[list[Any], ...]:
    several = (combinations_with_replacement(values, count) for count in range(MOST + 1))
    return tuple(list(one) for some in several for one in some)


DOMAINS: Mapping[str, tuple[Any, ...]] = {
    "scores": _lists((0, 1, 2)),
    "tags": _lists(("old", "new")),
    "lim": (0, 1, 2),
    "ok": (True, False),
}


def policy(rng: Random, *, is_total: bool = True) -> Json:
    """A policy with three decisions; unless it `is_total`, they may have gaps and conflicts."""
    return {
        "policy": "plain",
        "title": "plain",
        "languages": ["en"],
        **HEAD,
        "facts": {
            "day": {"type": "date", "label": "day"},
            "scores": {
                "type": "list", "label": "scores",
                "item": {"type": "integer", "at_least": 0, "at_most": 2},
            },
            "tags": {
                "type": "list", "label": "tags",
                "item": {"type": "choice", "options": {"old": "old", "new": "new"}},
            },
            "lim": {"type": "integer", "at_least": 0, "at_most": 2, "label": "lim"},
            "ok": {"type": "boolean", "label": "ok"},
        },
        "decisions": {name: _decision(rng, name, is_total) for name in ("one", "two", "three")},
    }  # fmt: skip


def _decision(rng: Random, name: str, is_total: bool) -> Json:
    rules = [
        {"id": f"{name}-{n}", "when": {"all": _tests(rng)}, "then": rng.choice("uvw")}
        for n in range(rng.randint(2, 3))
    ]
    found: Json = {"label": name, "outcomes": {w: w for w in "uvw"}, "rules": rules}
    if is_total:
        found |= {"hit_policy": "first"}
    if is_total or rng.random() < 0.5:
        found |= {"otherwise": {"then": "w"}}
    return found


def _tests(rng: Random) -> list[Json]:
    found = [_test(rng) for _ in range(rng.randint(1, 2))]
    return found if rng.random() < 0.8 else [{"any": [*found, _test(rng)]}]


def _test(rng: Random) -> Json:
    name = rng.choice(("scores", "scores", "scores", "tags", "tags", "lim", "ok"))
    if name == "ok":
        return {"ok": rng.random() < 0.5}
    if name == "lim":
        return {"lim": {rng.choice(NUMBERS): rng.randint(0, 2)}}
    way = rng.random()
    if way < 0.2:
        word = rng.choice(("includes", "includes_none"))
        item = _value(rng, name)
        return {name: {word: item if word == "includes" else [item]}}
    if way < 0.35 and name == "scores":
        term = {rng.choice(("minimum", "maximum")): ["scores"]}
        return {"formula": term, rng.choice(NUMBERS): rng.randint(0, 2)}
    if way < 0.6:
        where = {"where": _item(rng, name)} if rng.random() < 0.6 else {}
        return {name: {**where, rng.choice(NUMBERS): rng.randint(0, 2)}}
    return {name: {rng.choice(("some", "every", "none")): _item(rng, name)}}


def _value(rng: Random, name: str) -> Any:
    return {"literal": rng.choice(("old", "new"))} if name == "tags" else rng.randint(0, 2)


def _item(rng: Random, name: str) -> Any:
    if name == "tags":
        return _value(rng, name)
    return {rng.choice(NUMBERS): "lim" if rng.random() < 0.2 else rng.randint(0, 2)}


def request(rng: Random) -> Json:
    """A request that tells some facts."""
    told = {name: rng.choice(of) for name, of in DOMAINS.items() if rng.random() < 0.5}
    return {"day": "2025-02-03", **told}


def completions(told: Json) -> Iterator[Json]:
    """Every whole request that the request may become, the order of items aside."""
    free = [name for name in DOMAINS if name not in told]
    for values in product(*(DOMAINS[name] for name in free)):
        yield {**told, **dict(zip(free, values, strict=True))}

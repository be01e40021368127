"""Random policies with a list inside the items of a list, and requests that tell both in part."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations_with_replacement, product
from random import Random
from typing import Any

from support.random_lists import HEAD, Json

MOST, MOST_PARTS = 2, 2
OUTER: dict[str, tuple[Any, ...]] = {"req": ("x", "y"), "ok": (True, False)}
EVERY_PART: list[Json] = [{"sort": s, "size": n} for s in "ab" for n in (0, 1)]


def _label(text: str) -> Json:
    return {"en": text}


def _words(words: Any) -> Json:
    return {"type": "choice", "options": {w: _label(w) for w in words}, "label": _label("word")}


def _list(called: str, most: int, fields: Json) -> Json:
    item = {"type": "record", "called": called, "label": _label(called), "fields": fields}
    return {"type": "list", "at_most": most, "label": _label(f"{called}s"), "item": item}


def _facts() -> Json:
    size = {"type": "integer", "at_least": 0, "at_most": 1, "label": _label("size")}
    parts = _list("part", MOST_PARTS, {"sort": _words("ab"), "size": size})
    flag = {"type": "boolean", "label": _label("flag")}
    return {
        "day": {"type": "date", "label": _label("day")},
        "req": _words("xy"),
        "ok": {"type": "boolean", "label": _label("ok")},
        "things": _list("line", MOST, {"kind": _words("mn"), "flag": flag, "parts": parts}),
    }


class _Maker:
    def __init__(self, rng: Random) -> None:
        self.rng = rng
        self.of_part: list[str] = []
        self.of_line: list[str] = []

    def part(self) -> Json:
        """A condition on one part, which may hang on its line and on the request."""
        rng = self.rng
        tests: list[Json] = [
            {"part.sort": rng.choice("ab")},
            {"part.size": {"at_least": 1}},
            {"part.sort": rng.choice("ab"), "part.size": rng.randint(0, 1)},
            {"line.kind": "m", "part.sort": "a"},
            {"part.sort": "b", rng.choice(("ok", "line.flag")): True},
            {"any": [{"req": "x"}, {"part.size": 1}]},
            *({one: "yes"} for one in self.of_part),
        ]
        return rng.choice(tests)

    def parts(self) -> Json:
        """A test of the parts of a line."""
        rng = self.rng
        word = rng.choice(("some", "every", "none", "count", "where"))
        if word == "count":
            return {"line.parts": {rng.choice(("at_least", "exactly")): rng.randint(1, 2)}}
        if word == "where":
            test = {rng.choice(("at_least", "at_most")): rng.randint(0, 2)}
            return {"line.parts": {"where": self.part(), **test}}
        return {"line.parts": {word: self.part()}}

    def line(self) -> Json:
        """A condition on one line."""
        rng = self.rng
        tests: list[Json] = [
            {"line.kind": rng.choice("mn")},
            {"line.flag": True, **self.parts()},
            self.parts(),
            self.parts(),
            {"any": [{"ok": True}, self.parts()]},
            {"all": [{"req": "y"}, self.parts(), self.parts()]},
            *({one: "yes"} for one in self.of_line),
        ]
        return rng.choice(tests)

    def things(self) -> Json:
        """A condition of the request."""
        rng = self.rng
        word = rng.choice(("some", "every", "none", "where"))
        if word == "where":
            return {"things": {"where": self.line(), "at_least": rng.randint(1, 2)}}
        found: Json = {"things": {word: self.line()}}
        return found | ({"ok": rng.choice((True, False))} if rng.random() < 0.3 else {})

    def outcomes(self, name: str, words: tuple[str, ...], condition: Any) -> Json:
        """A decision by one or two rules, which may have gaps."""
        rng = self.rng
        rules = [
            {"id": f"{name}-{n}", "when": condition(), "then": rng.choice(words)}
            for n in range(rng.randint(1, 2))
        ]
        found: Json = {
            "label": _label(name),
            "outcomes": {w: _label(w) for w in words},
            "rules": rules,
            "hit_policy": "first",
        }
        is_whole = rng.random() < 0.7
        return found | ({"otherwise": {"then": rng.choice(words)}} if is_whole else {})

    def size(self) -> Json:
        """What the parts of a line come to."""
        where = {"where": self.part()} if self.rng.random() < 0.5 else {}
        return {"sum": "part.size", "over": "line.parts", **where}


def policy(rng: Random) -> Json:
    """A policy with decisions about parts, about lines, and about the request."""
    make, decisions = _Maker(rng), {}
    if rng.random() < 0.6:
        decisions["part.p"] = make.outcomes("part.p", ("yes", "no"), make.part)
        decisions["part.p"]["for_each"] = "line.parts"
        make.of_part.append("part.p")
    if rng.random() < 0.6:
        decisions["line.q"] = make.outcomes("line.q", ("yes", "no"), make.line)
        decisions["line.q"]["for_each"] = "things"
        make.of_line.append("line.q")
    decisions["line.n"] = {
        "label": _label("line.n"),
        "type": "integer",
        "for_each": "things",
        "rules": [{"id": "line-n", "then": make.size()}],
    }
    for name in ("one", "two"):
        decisions[name] = make.outcomes(name, ("u", "v"), make.things)
    where = {"where": make.line()} if rng.random() < 0.4 else {}
    decisions["total"] = {
        "label": _label("total"),
        "type": "integer",
        "rules": [{"id": "total", "then": {"sum": "line.n", "over": "things", **where}}],
    }
    return {
        "policy": "nested",
        "title": {"en": "Nested"},
        **HEAD,
        "facts": _facts(),
        "decisions": decisions,
    }


# Requests


def whole(rng: Random) -> Json:
    """A request that tells everything."""
    told = {name: rng.choice(values) for name, values in OUTER.items()}
    return {"day": "2025-02-03", **told, "things": [_item(rng) for _ in range(rng.randint(0, 2))]}


def _item(rng: Random) -> Json:
    parts = [rng.choice(EVERY_PART) for _ in range(rng.randint(0, MOST_PARTS))]
    return {"kind": rng.choice("mn"), "flag": rng.random() < 0.5, "parts": parts}


def request(rng: Random) -> Json:
    """A request that tells some of it, mostly more than less."""
    found: Json = {"day": "2025-02-03"}
    found |= {name: rng.choice(of) for name, of in OUTER.items() if rng.random() > 0.2}
    items = [_in_part(rng, _item(rng)) for _ in range(rng.randint(0, MOST))]
    is_open = rng.random() < 0.2
    if rng.random() > 0.05:
        found["things"] = {"items": items, "more": True} if is_open else items
    return found


def _in_part(rng: Random, item: Json) -> Json:
    found = {name: value for name, value in item.items() if rng.random() > 0.2}
    if "parts" in found:
        parts = [{k: v for k, v in one.items() if rng.random() > 0.3} for one in found["parts"]]
        found["parts"] = {"items": parts, "more": True} if rng.random() < 0.25 else parts
    return found


def completions(told: Json) -> list[Json] | None:
    """Every whole request that the request may become; None where there are too many."""
    free = [name for name in OUTER if name not in told]
    several = _lists(told.get("things"), _lines, _every_line, MOST)
    found = list(_cut(several, 800))
    if len(found) * 2 ** len(free) > 800:
        return None
    return [
        {**told, **dict(zip(free, values, strict=True)), "things": list(things)}
        for values in product(*(OUTER[name] for name in free))
        for things in found
    ]


def _cut(some: Iterator[Any], most: int) -> Iterator[Any]:
    for number, one in enumerate(some):
        if number > most:
            return
        yield one


def _lists(told: Any, matching: Any, every: Any, most: int) -> Iterator[tuple[Json, ...]]:
    items, is_open = ([], True) if told is None else (told, False)
    if isinstance(told, dict):
        items, is_open = told["items"], told["more"]
    tails: Any = [()]
    if is_open:
        longest = most - len(items)
        tails = [t for n in range(longest + 1) for t in combinations_with_replacement(every(), n)]
    for row in product(*(list(matching(item)) for item in items)):
        for tail in tails:
            yield (*row, *tail)


def _parts(item: Json) -> Iterator[Json]:
    return (one for one in EVERY_PART if all(one[name] == value for name, value in item.items()))


def _lines(item: Json) -> Iterator[Json]:
    kinds = (item["kind"],) if "kind" in item else ("m", "n")
    flags = (item["flag"],) if "flag" in item else (True, False)
    lists = list(_lists(item.get("parts"), _parts, lambda: EVERY_PART, MOST_PARTS))
    for kind, flag, parts in product(kinds, flags, lists):
        yield {"kind": kind, "flag": flag, "parts": list(parts)}


def _every_line() -> list[Json]:
    return list(_lines({}))

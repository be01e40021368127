"""What items with missing fields add up to is exact where the fields have few values."""

from __future__ import annotations

from itertools import product
from random import Random
from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st

from support.laws import examples
from support.list_laws import says_what_completions_give
from support.small_policy import small_policy

Json = dict[str, Any]
DOMAINS: dict[str, tuple[Any, ...]] = {
    "kind": ("a", "b"), "price": (0, 1, 2, 3), "amount": (1, 2, 3), "used": (True, False),
}  # fmt: skip
FIELDS: Json = {
    "kind": {"type": "choice", "options": {"a": "a", "b": "b"}, "label": "kind"},
    "price": {"type": "integer", "at_least": 0, "at_most": 3, "label": "price"},
    "amount": {"type": "integer", "at_least": 1, "at_most": 3, "label": "amount"},
    "used": {"type": "boolean", "label": "used"},
}
MOST = 1_500


def total(term: str, **where: Any) -> Json:
    return {"sum": term, "over": "lines", **({"where": where} if where else {})}


def computed(term: Any) -> Json:
    rules = [{"id": f"gives-{len(str(term))}", "then": term}]
    return {"label": "computed", "type": "integer", "rules": rules}


def by_first(name: str, first: Json, second: Json) -> Json:
    rules = [{"id": f"{name}-{n}", "when": when} for n, when in enumerate((first, second))]
    return {
        "label": name, "outcomes": {"u": "u", "v": "v", "w": "w"}, "hit_policy": "first",
        "rules": [{**rule, "then": word} for rule, word in zip(rules, "uv", strict=True)],
        "otherwise": {"then": "w"},
    }  # fmt: skip


PRICES, WORTH = total("line.price"), total("line.worth")
OF_KIND = total("line.price", **{"line.kind": "a"})
SOME_DEAR: Json = {"lines": {"some": {"line.price": {"at_least": 2}}}}
DECISIONS: Json = {
    "line.worth": {
        "for_each": "lines", "label": "worth", "type": "integer",
        "rules": [{"id": "used", "when": {"line.used": True}, "then": "line.price"}],
        "otherwise": {"then": {"product": ["line.price", "line.amount"]}},
    },
    "prices": by_first(
        "prices", {"formula": PRICES, "is": 5}, {"formula": PRICES, "at_least": 3, "less_than": 7}
    ),
    "worth": by_first(
        "worth", {"formula": WORTH, "at_least": 9}, {"formula": WORTH, "at_least": 4}
    ),
    "both": by_first(
        "both", {"formula": PRICES, "at_least": 6}, {"formula": OF_KIND, "at_least": 3}
    ),
    "dear": by_first("dear", {"formula": PRICES, "at_least": 6}, SOME_DEAR),
    "given": computed(WORTH),
    "named": by_first("named", {"given": {"at_least": 9}}, {"given": {"at_least": 4}}),
    "doubled": computed({"product": [2, "given"]}),
}  # fmt: skip
LINES: Json = {
    "type": "list", "at_most": 4, "label": "lines",
    "item": {"type": "record", "called": "line", "label": "line", "fields": FIELDS},
}  # fmt: skip
POLICY = small_policy({"lines": LINES}, DECISIONS)
ASKED = tuple(name for name in DECISIONS if name != "line.worth")


def with_fields(item: Json) -> list[Json]:
    free = [name for name in DOMAINS if name not in item]
    rows = product(*(DOMAINS[name] for name in free))
    return [{**item, **dict(zip(free, row, strict=True))} for row in rows]


@given(st.integers(0, 10**6))
@examples(25)
def test_totals_of_items_with_missing_fields_are_exact(seed: int) -> None:
    rng = Random(seed)
    items = [
        {name: rng.choice(of) for name, of in DOMAINS.items() if rng.random() > 0.3}
        for _ in range(rng.randint(1, 3))
    ]
    several = [with_fields(item) for item in items]
    rows = list(product(*several))
    assume(len(rows) <= MOST)
    told = {"day": "2025-02-03"}
    whole = [POLICY.decide({**told, "lines": list(row)}) for row in rows]
    decided = POLICY.decide({**told, "lines": items})

    says_what_completions_give(decided, whole, ASKED)
    assert all(decided[name].is_exact for name in ASKED)
    for name in ASKED:
        outcomes = {repr(row): one[name].outcome for row, one in zip(rows, whole, strict=True)}
        assert set(decided[name].needs) == set(fields_that_matter(items, rows, outcomes)), name


def fields_that_matter(items: list[Json], rows: list[Any], outcomes: dict[str, Any]) -> Any:
    """The missing fields of which another value alone gives another outcome somewhere."""
    for place, item in enumerate(items):
        for name in DOMAINS.keys() - item.keys():
            for row in rows:
                others = ({**row[place], name: value} for value in DOMAINS[name])
                beside = [(*row[:place], one, *row[place + 1 :]) for one in others]
                if len({outcomes[repr(one)] for one in beside}) > 1:
                    yield f"lines[{place + 1}].{name}"
                    break

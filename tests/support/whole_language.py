"""Random policies over the whole language, as their YAML, and random requests for them.

Every kind of decision (outcomes, values, tables, checklists, collections) with every type, null
outcomes, overrides, `otherwise`, rules that always apply, formulas, calendars and hours, each
built on facts and on earlier decisions. What the reader refuses is no policy: `read` says None.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import yaml
from hypothesis import assume
from hypothesis import strategies as st

from reglament.language.loading.version_loader import read_policy
from reglament.model.problems import Refused
from reglament.model.regulation import Version
from reglament.model.values import Record, Value
from support.every_type import DECIDED, FACTS, HEAD, LABEL, ORDERED, SAID, Yaml, facts, written
from support.random_terms import conditions, single_test, term

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
        rule["then"] = draw(term(kind, given))
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
            {"id": rule["id"], "when": rule.get("when") or draw(single_test(names))}
            for rule in rules
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
        decision["otherwise"] = {"then": None if other is None else draw(term(kind, given))}
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
    kinds = ["integer"] if total == "count" else ["integer", "decimal", "duration", "period"]
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
        decision["otherwise"] = {"then": draw(term(kind, given))}
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

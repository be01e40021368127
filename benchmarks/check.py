"""How long a check takes: the shipped regulation, and policies of many generated rules.

Run: python benchmarks/check.py [RULES …]   (1000 unless said otherwise)
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from reglament.analysis.findings import check
from reglament.language.loading.switched import alternatives
from reglament.policy import find_policy, load_policy

RULES_A_DECISION = 100
HEAD = """
policy: generated
version: "1"
title: {ru: Много правил, en: Many rules}
holds_from: 2024-01-01
known_from: 2024-01-01
chosen_by: asked.on
time_zone: Europe/Moscow
facts:
  asked.on: {type: date, label: {ru: когда, en: when}}
  weight: {type: integer, label: {ru: вес, en: weight}}
  express: {type: boolean, label: {ru: срочно, en: express}}
"""


def policy_text(rules: int) -> str:
    """Decisions of a hundred rules each: a choice, a band of weight, a flag; some override."""
    return "\n".join([HEAD, *_facts(rules), "decisions:", *_decisions(rules)])


def _facts(rules: int) -> Iterator[str]:
    options = ", ".join(f"z{i}: {{ru: зона {i}, en: zone {i}}}" for i in range(25))
    for number in range(_decisions_for(rules)):
        label = f"{{ru: зона {number}, en: zone {number}}}"
        yield f"  zone{number}: {{type: choice, options: {{{options}}}, label: {label}}}"


def _decisions(rules: int) -> Iterator[str]:
    for number in range(_decisions_for(rules)):
        yield f"  price{number}:"
        yield f"    label: {{ru: цена {number}, en: price {number}}}"
        yield "    type: integer"
        yield "    rules:"
        yield from _rules(number, min(RULES_A_DECISION, rules - number * RULES_A_DECISION))
        yield "    otherwise: {then: 0}"


def _rules(decision: int, count: int) -> Iterator[str]:
    for number in range(count):
        zone, kind = divmod(number, 4)
        name, price = f"p{decision}-r{number}", 100 + number
        where = f"zone{decision}: z{zone}"
        if kind == 3:
            below = f"[p{decision}-r{number - 1}]"
            when = f"{where}, express: true, weight: {{more_than: {zone + 20}}}"
            yield f"      - {{id: {name}, when: {{{when}}}, then: {price}, overrides: {below}}}"
            continue
        band = (
            f"{{at_most: {zone + 5}}}",
            f"{{more_than: {zone + 5}, at_most: {zone + 20}}}",
            f"{{more_than: {zone + 20}}}",
        )
        yield f"      - {{id: {name}, when: {{{where}, weight: {band[kind]}}}, then: {price}}}"


def _decisions_for(rules: int) -> int:
    return -(-rules // RULES_A_DECISION)


def one_decision(rules: int) -> str:
    """The same, all rules in a single decision of a zone a quarter of the rules each."""
    text = policy_text(RULES_A_DECISION).split("facts:")[0]
    options = ", ".join(f"z{i}: {{ru: зона {i}, en: zone {i}}}" for i in range(rules // 4))
    facts = [
        "facts:",
        "  asked.on: {type: date, label: {ru: когда, en: when}}",
        "  weight: {type: integer, label: {ru: вес, en: weight}}",
        "  express: {type: boolean, label: {ru: срочно, en: express}}",
        f"  zone0: {{type: choice, options: {{{options}}}, label: {{ru: зона, en: zone}}}}",
        "decisions:",
        "  price0:",
        "    label: {ru: цена, en: price}",
        "    type: integer",
        "    rules:",
    ]
    return "\n".join([text, *facts, *_rules(0, rules), "    otherwise: {then: 0}"])


def timed(name: str, path: Path) -> None:
    """Print how long reading and checking took, and what was found."""
    start = perf_counter()
    policy = load_policy(path)
    read = perf_counter()
    found = [
        finding
        for version in policy.versions
        for finding in check(version, today=date.today(), others=alternatives(version))
    ]
    done = perf_counter()
    print(f"{name}: read {read - start:.2f} s, check {done - read:.2f} s, findings {len(found)}")


def main(sizes: list[int]) -> None:
    """Time them all."""
    timed("technical-support", find_policy("technical-support"))
    with TemporaryDirectory() as folder:
        for rules in sizes:
            for name, text in (
                (f"{rules} rules, decisions of {RULES_A_DECISION}", policy_text(rules)),
                (f"{rules} rules in one decision", one_decision(rules)),
            ):
                path = Path(folder) / "policy.yaml"
                path.write_text(text, encoding="utf-8")
                timed(name, path)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("rules", type=int, nargs="*", default=[1_000], help="sizes of a policy")
    main(parser.parse_args().rules)

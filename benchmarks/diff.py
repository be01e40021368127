"""How long a diff takes: on the shipped regulation, and on a generated policy of many rules.

Run `python -m benchmarks.diff [RULES]` from the root of the checkout.
"""

from __future__ import annotations

import argparse
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from reglament.analysis.diff.compare import diff
from reglament.analysis.diff.types import VersionDifference
from reglament.language.loading.version_loader import read_version
from reglament.messages import Verbatim
from reglament.model.conditions import ALWAYS, AllOf, Comparison, OneOf
from reglament.model.decisions import Decision, DecisionKind, Rule
from reglament.model.operators import Operator
from reglament.model.regulation import Fact, Version
from reglament.model.terms import Constant, FactRef
from reglament.model.values import DATE, INTEGER, choice

SHIPPED = Path(__file__).parents[1] / "policies" / "technical-support" / "2019-01-01"
EDITS = (
    ("hours.yaml", "then: 24", "then: 23"),
    ("tiers.yaml", "value: 3", "value: 2"),
    ("hours.yaml", 'until: "19:00"', 'until: "18:00"'),
    ("scope.yaml", "TeamViewer 11", "TeamViewer 12"),
)


def generated(rules: int, edited: int = -1) -> Version:
    """Rules on a country, a product and an amount; the bound of rule `edited` is one more."""
    countries = [f"c{n}" for n in range(25)]
    products = [f"p{n}" for n in range(max(1, rules // 25))]
    made = []
    for number in range(rules):
        when = AllOf(
            (
                OneOf(FactRef("country"), (countries[number % 25],)),
                OneOf(FactRef("product"), (products[number // 25 % len(products)],)),
                Comparison(
                    FactRef("amount"), Operator.AT_LEAST, Constant(number + (number == edited))
                ),
            )
        )
        made.append(Rule(f"r{number}", when, Constant(("yes", "no", "maybe")[number % 3])))
    facts = {
        "country": Fact("country", choice(*countries), Verbatim("country")),
        "product": Fact("product", choice(*products), Verbatim("product")),
        "amount": Fact("amount", INTEGER, Verbatim("amount")),
        "day": Fact("day", DATE, Verbatim("day")),
    }
    other = Rule("otherwise", ALWAYS, Constant("none"))
    options = choice("yes", "no", "maybe", "none")
    name = Verbatim("outcome")
    decision = Decision("outcome", DecisionKind.OUTCOME, options, name, tuple(made), other)
    day = date(2020, 1, 1)
    return Version("many", "1", name, day, day, "day", "UTC", facts, {"outcome": decision})


def _timed(name: str, old: Version, new: Version) -> VersionDifference:
    started = perf_counter()
    found = diff(old, new)
    took = perf_counter() - started
    verdict = "cosmetic" if found.is_cosmetic else f"{len(found.regions)} regions"
    print(f"{name:<60} {took:8.2f} s  {verdict}")
    return found


def main() -> None:
    """Print a line a diff."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("rules", type=int, nargs="?", default=1_000, help="rules of a policy")
    rules = parser.parse_args().rules
    shipped = read_version(SHIPPED)
    _timed("shipped, no edit, digests not looked at", shipped, replace(shipped, digest=""))
    for file, found, put in EDITS:
        with TemporaryDirectory() as name:
            folder = Path(shutil.copytree(SHIPPED, Path(name) / "v"))
            path = folder / file
            path.write_text(path.read_text("utf-8").replace(found, put), encoding="utf-8")
            _timed(f"shipped, {found} → {put}", shipped, read_version(folder))
    many = generated(rules)
    _timed(f"{rules} rules, no edit", many, generated(rules))
    _timed(f"{rules} rules, one bound by one", many, generated(rules, edited=rules // 2))


if __name__ == "__main__":
    main()

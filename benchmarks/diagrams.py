"""From policies to their diagrams: how many nodes, how long they take, and where the budget bites.

    python benchmarks/diagrams.py [--random N]

*Composed* diagrams are over facts alone and answer about missing facts; *local* ones read
earlier decisions like facts, and from them the function that decides is made.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from random import Random
from statistics import median
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[0] = str(ROOT)
sys.path.append(str(ROOT / "engine"))

from benchmarks import ours  # noqa: E402
from reglament.diagram.kernel.compiler import Compiler  # noqa: E402
from reglament.diagram.kernel.forest import TooLarge  # noqa: E402
from reglament.evaluation import Evaluator  # noqa: E402
from reglament.evaluation.compiled import DECIDE_BUDGET  # noqa: E402
from reglament.model.conditions import ALWAYS, AllOf, AnyOf, Comparison, Condition, Not, OneOf  # noqa: E402
from reglament.model.decisions import Decision, DecisionKind, Rule  # noqa: E402
from reglament.model.operators import Operator  # noqa: E402
from reglament.model.regulation import Fact, Version  # noqa: E402
from reglament.model.terms import Constant, DecisionRef, FactRef  # noqa: E402
from reglament.model.values import BOOLEAN, INTEGER, Value, choice  # noqa: E402
from tests.support.texts import same  # noqa: E402

WORDS = ("a", "b", "c", "d")
ANSWERS = choice("yes", "no", "maybe")
DAY = date(2024, 1, 1)


def version(facts: dict[str, Fact], decisions: dict[str, Decision]) -> Version:
    """A version of these, in force for long."""
    return Version("made", "1", same("made"), DAY, DAY, "asked", "UTC", facts, decisions)


def shipped() -> Iterator[str]:
    """A line a decision of the shipped regulation: nodes composed and local."""
    policy = ours.load().versions[-1]
    built = {kind: Compiler(policy, is_local=kind == "local") for kind in ("composed", "local")}
    seconds = {kind: _seconds(diagrams) for kind, diagrams in built.items()}
    for name in policy.decisions:
        counts = (f"{_size(one, name):>10}" for one in built.values())
        yield f"  {name:<28}{''.join(counts)}"
    totals = "".join(f"{len(one.forest):>10}" for one in built.values())
    times = "".join(f"{took * 1e3:>8.1f}ms" for took in seconds.values())
    yield f"  {'made on the way':<28}{totals}"
    yield f"  {'time to build':<28}{times}"


def _seconds(diagrams: Compiler) -> float:
    start = time.perf_counter()
    for name in diagrams.version.decisions:
        diagrams.decision(name)
    return time.perf_counter() - start


def _size(diagrams: Compiler, name: str) -> int:
    return sum(1 for _ in diagrams.forest.descendants(diagrams.decision(name)))


def random_version(random: Random, rules: int) -> Version:
    """Three decisions of `rules` rules each over eight facts; the later read the earlier."""
    facts = {f"word{n}": Fact(f"word{n}", choice(*WORDS), same("x")) for n in range(4)}
    facts |= {f"number{n}": Fact(f"number{n}", INTEGER, same("x")) for n in range(2)}
    facts |= {f"flag{n}": Fact(f"flag{n}", BOOLEAN, same("x")) for n in range(2)}
    decisions: dict[str, Decision] = {}
    for name in ("first", "second", "third"):
        made = (_random_rule(random, f"{name}-{n}", list(decisions)) for n in range(rules))
        other = Rule(f"{name}-otherwise", ALWAYS, Constant("no"))
        decisions[name] = Decision(
            name, DecisionKind.OUTCOME, ANSWERS, same(name), tuple(made), other
        )
    return version(facts, decisions)


def _random_rule(random: Random, id_: str, earlier: list[str]) -> Rule:
    tests = tuple(_random_test(random, earlier) for _ in range(random.randint(2, 4)))
    # Rules that disagree leave a conflict, which is an outcome here like any other.
    return Rule(id_, AllOf(tests), Constant(random.choice(ANSWERS.options)))


def _random_test(random: Random, earlier: list[str]) -> Condition:
    kind = random.choice(("word", "word", "number", "flag", *(("decision",) if earlier else ())))
    if kind == "word":
        some = tuple(random.sample(WORDS, random.randint(1, 2)))
        return OneOf(FactRef(f"word{random.randrange(4)}"), some)
    if kind == "number":
        fact, cut = FactRef(f"number{random.randrange(2)}"), Constant(random.randrange(100))
        return Comparison(fact, random.choice((Operator.AT_LEAST, Operator.LESS_THAN)), cut)
    if kind == "flag":
        is_true = OneOf(FactRef(f"flag{random.randrange(2)}"), (True,))
        return is_true if random.random() < 0.5 else Not(is_true)
    return OneOf(DecisionRef(random.choice(earlier)), (random.choice(ANSWERS.options),))


def random_policies(count: int) -> Iterator[str]:
    """A line a number of rules: nodes made and time, composed and local, median of `count`."""
    for rules in (5, 10, 20, 40):
        made = [random_version(Random(seed), rules) for seed in range(count)]
        for kind in ("composed", "local"):
            nodes, times, refused = [], [], 0
            for one in made:
                diagrams = Compiler(one, is_local=kind == "local", budget=DECIDE_BUDGET)
                start = time.perf_counter()
                try:
                    _seconds(diagrams)
                except TooLarge:
                    refused += 1
                times.append(time.perf_counter() - start)
                nodes.append(len(diagrams.forest))
            figures = f"{median(nodes):>10.0f}{max(nodes):>10}{median(times) * 1e3:>10.1f}ms"
            yield f"  3 x {rules:<4} {kind:<19}{figures}   too large: {refused} of {count}"


def independent(facts: int) -> Version:
    """As many flags, and an answer that turns on whether pairs far apart are both told true."""
    flags = {f"f{n:02}": Fact(f"f{n:02}", BOOLEAN, same("x")) for n in range(facts)}
    half = facts // 2
    pairs = (
        AllOf((OneOf(FactRef(f"f{n:02}"), (True,)), OneOf(FactRef(f"f{n + half:02}"), (True,))))
        for n in range(half)
    )
    rule = Rule("any-pair", AnyOf(tuple(pairs)), Constant("yes"))
    other = Rule("otherwise", ALWAYS, Constant("no"))
    decision = Decision("one", DecisionKind.OUTCOME, ANSWERS, same("one"), (rule,), other)
    return version(flags, {"one": decision})


def budget() -> Iterator[str]:
    """A line a number of facts in the worst order for a diagram, and what deciding then says."""
    for facts in (16, 24, 32, 40):
        made = independent(facts)
        evaluator = Evaluator(made)
        start = time.perf_counter()
        whole: dict[str, Value] = dict.fromkeys(made.facts, False)
        complete = _said(evaluator, whole)
        partial = _said(evaluator, dict(list(whole.items())[1:]))
        took = time.perf_counter() - start
        nodes = len(evaluator.diagrams.forest)
        yield f"  {facts:<6}{nodes:>10}{took:>9.2f}s   complete: {complete}; one missing: {partial}"


def _said(evaluator: Evaluator, told: dict[str, Value]) -> str:
    outcome: Any = evaluator.evaluate(told)["one"]
    if outcome.is_determined:
        return f"{outcome.outcome} by {', '.join(outcome.rules)}"
    possible = "not known" if outcome.possible is None else ", ".join(outcome.possible)
    return f"undetermined, possible: {possible}, needs {len(outcome.needs)}"


def main() -> None:
    """Print the three tables."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--random", type=int, default=10, help="random policies a size")
    asked = parser.parse_args()
    print(f"shipped regulation, nodes{'composed':>15}{'local':>10}", *shipped(), sep="\n")
    print(
        f"\nrandom policies{'nodes':>21}{'most':>10}{'time':>12}",
        *random_policies(asked.random),
        sep="\n",
    )
    print(f"\nfacts in pairs that a diagram must all remember; budget {DECIDE_BUDGET} nodes")
    print(*budget(), sep="\n")


if __name__ == "__main__":
    main()

"""From each trick of the missing-facts engine to what it buys: time and exactness without it.

    python benchmarks/ablations.py [--time] [--first N] [--before N] [--count N] [--only PATTERN]

Each trick is turned off by itself, and the same partial requests are answered: of every decision
its outcome, what is possible, the facts needed and the rules behind. Printed are ratios to the
whole engine (1.00 is no gain), of the first requests of a process and of later ones (`warm`, after
`--before` others), and how many answers are other ones. Work is counted in calls of functions, as
the profiler counts them, so that the figures are the same on every machine; with `--time` in CPU
seconds.

Asked are the shipped policies; `tables`, three tables of sixty rows each that one decision reads;
`formulas`, tests and outcomes that are computed of bounded facts; and random policies, small ones
and such over the whole language.
"""

from __future__ import annotations

import argparse
import re
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, nullcontext, suppress
from cProfile import Profile
from dataclasses import dataclass, field
from datetime import date
from itertools import chain
from pathlib import Path
from random import Random
from typing import Any
from unittest.mock import patch

ROOT = Path(__file__).resolve().parents[1]
sys.path[0] = str(ROOT)  # for `benchmarks.…`, not `requests`
sys.path.append(str(ROOT / "tests"))

from benchmarks import requests  # noqa: E402
from reglament import Policy, load_policy  # noqa: E402
from reglament.diagram.kernel.compiler import Compiler  # noqa: E402
from reglament.diagram.kernel.forest import TooLarge  # noqa: E402
from reglament.diagram.solver import bounds_propagation, formula_ranges  # noqa: E402
from reglament.evaluation import Evaluator  # noqa: E402
from reglament.language.requests.request_reader import facts_from  # noqa: E402
from reglament.messages import Verbatim  # noqa: E402
from reglament.model.conditions import ALWAYS, AllOf, Comparison  # noqa: E402
from reglament.model.decisions import Decision, DecisionKind, Rule  # noqa: E402
from reglament.model.operators import Operator  # noqa: E402
from reglament.model.outcomes import Outcome  # noqa: E402
from reglament.model.regulation import Fact, Version  # noqa: E402
from reglament.model.terms import Constant, DecisionRef, FactRef  # noqa: E402
from reglament.model.values import DATE, INTEGER, Value, choice  # noqa: E402
from reglament.partial import (  # noqa: E402
    assignments,
    automaton,
    decomposition,
    joint_assignments,
    modules,
    partial_result,
    ranged_terminals,
    ranking,
    remaining,
    tied_tests,
)

POLICIES = ("technical-support", "library-fees", "annual-leave")
Given = Mapping[str, Value]
Off = Callable[[], AbstractContextManager[object]]
Measure = Callable[[Callable[[], object]], float]


def _nothing(*_: object) -> None:
    return None


def _false(*_: object) -> bool:
    return False


def _too_large(*_: object) -> Any:
    raise TooLarge(0)


def _untied(tests: tied_tests.TestsInOrder, facts: frozenset[str]) -> tied_tests.TiedTests:
    return tied_tests.TiedTests(tests.part, tests.shared, facts, frozenset())


def _both(*patches: AbstractContextManager[object]) -> AbstractContextManager[object]:
    stack = ExitStack()
    for one in patches:
        stack.enter_context(one)
    return stack


TRICKS: Mapping[str, Off] = {
    "nothing is off": nullcontext,
    "modules": lambda: patch.object(modules.Modules, "of", lambda self, _: frozenset()),
    "groups of items": lambda: patch.object(
        decomposition, "groups_of", lambda _, decision: (decision.rules,)
    ),
    "states kept": lambda: patch.object(remaining, "MOST_KEPT", 0),
    "kept solutions": lambda: _both(
        patch.object(assignments.Conjunction, "keep", _nothing),
        patch.object(assignments.Conjunction, "keep_void", _nothing),
    ),
    "remembered by given facts": lambda: patch.object(
        joint_assignments, "_as_text", lambda *_: (object(),)
    ),
    "following path by path": lambda: patch.object(automaton.Automaton, "followed", _too_large),
    "limit for formulas": lambda: patch.object(joint_assignments, "_is_plain", lambda _: True),
    "strict cycles": lambda: patch.object(bounds_propagation, "has_strict_cycle", _false),
    "empty ranges": lambda: patch.object(bounds_propagation, "has_empty_range", _false),
    "rankings kept": lambda: patch.object(decomposition, "MOST_KEPT", -1),
    "a second step ahead": lambda: patch.object(ranking, "CLOSE", 1),
    "looking ahead": lambda: patch.object(ranking, "MOST_LOOKED_AT", 0),
    "rules in one walk": lambda: patch.object(partial_result.PartialResult, "rules_left", _nothing),
    "least place at once": lambda: patch.object(
        bounds_propagation._Propagation, "_least", _nothing
    ),
    "ranges of outcomes": lambda: patch.object(ranged_terminals.RangedSource, "of", _nothing),
    "ranges of tests": lambda: patch.object(automaton, "may_answer", _false),
    "tests of a range": lambda: patch.object(tied_tests.TestsInOrder, "tied", _untied),
    "few values": lambda: patch.object(formula_ranges.Ranges, "few", _nothing),
    "some values": lambda: patch.object(formula_ranges.Ranges, "some", lambda *_: iter(())),
}


def shipped(name: str, count: int) -> tuple[Version, list[Given]]:
    """The latest version of a shipped policy, and partial requests."""
    version = load_policy(name).versions[-1]
    if name == "technical-support":
        return version, [facts_from(version, told) for told in requests.partial(count, seed=11)]
    values: dict[str, list[Value]] = {}
    for example in version.examples:
        for fact, value in example.facts.items():
            values.setdefault(fact, []).append(value)
    return version, list(_mixed(values, count, name))


def _mixed(values: Mapping[str, Sequence[Value]], count: int, seed: str) -> Iterator[Given]:
    """Requests from which about a third of the facts are dropped."""
    random = Random(seed)
    for _ in range(count):
        yield {
            fact: random.choice(several)
            for fact, several in values.items()
            if random.random() > 1 / 3
        }


def drawn(count: int, asked: int) -> Iterator[tuple[Version, list[Given]]]:
    """Random policies, small ones and such over the whole language, and partial requests."""
    from support import every_type, random_policies, whole_language
    from support.diff_law import random_versions, whole_versions

    small = {fact: random_policies.values_of(fact, {}) for fact in random_policies.FACTS}
    whole = {fact: whole_language.values_of(fact) for fact in every_type.FACTS}
    for number, version in enumerate(random_versions(7, count)):
        yield version, list(_mixed(small, asked, f"small {number}"))
    for number, version in enumerate(whole_versions(7, count)):
        yield version, list(_mixed(whole, asked, f"whole {number}"))


def tables(words: int, count: int) -> tuple[Version, list[Given]]:
    """Three decisions about a word and an amount of their own, and one that reads all three."""
    says = choice("low", "mid", "high")
    facts = {"on": Fact("on", DATE, Verbatim("on"))}
    decisions: dict[str, Decision] = {}
    for name in "abc":
        word, amount = f"{name}.word", f"{name}.amount"
        facts[word] = Fact(word, choice(*(f"w{n}" for n in range(words))), Verbatim(word))
        facts[amount] = Fact(amount, INTEGER, Verbatim(amount))
        rules = tuple(_row(name, word, amount, n) for n in range(words))
        rest = Rule(f"{name}-low", ALWAYS, Constant("low"))
        decisions[name] = Decision(name, DecisionKind.OUTCOME, says, Verbatim(name), rules, rest)
    all_high = tuple(Comparison(DecisionRef(n), Operator.IS, Constant("high")) for n in "abc")
    decisions["all"] = Decision(
        "all", DecisionKind.OUTCOME, says, Verbatim("all"),
        (Rule("all-high", AllOf(all_high), Constant("high")),),
        Rule("rest", ALWAYS, DecisionRef("a")),
    )  # fmt: skip
    day = date(2024, 1, 1)
    version = Version("tables", "1", Verbatim("tables"), day, day, "on", "UTC", facts, decisions)
    values: dict[str, Sequence[Value]] = {"on": [day]}
    for name in "abc":
        values[f"{name}.word"] = [f"w{n}" for n in range(words)]
        values[f"{name}.amount"] = range(0, 100, 7)
    return version, list(_mixed(values, count, "tables"))


def _row(name: str, word: str, amount: str, number: int) -> Rule:
    tests = (
        Comparison(FactRef(word), Operator.IS, Constant(f"w{number}")),
        Comparison(FactRef(amount), Operator.AT_LEAST, Constant(number * 37 % 100)),
    )
    return Rule(f"{name}-{number}", AllOf(tests), Constant("high" if number % 2 else "mid"))


FORMULAS = """
language: 1
policy: formulas
version: "1"
languages: [en]
title: formulas
known_from: 2024-01-01
holds_from: 2024-01-01
chosen_by: on
time_zone: UTC
facts:
  on: {type: date, label: on}
  few: {type: integer, at_least: 0, at_most: 5, label: few}
  more: {type: integer, at_least: 8, at_most: 12, label: more}
  rate: {type: integer, at_least: 0, at_most: 20, label: rate}
  base: {type: integer, at_least: 0, at_most: 100000, label: base}
decisions:
  size:
    outcomes: {large: large, small: small}
    label: size
    rules:
      - {id: large, when: {formula: {maximum: [few, more]}, at_least: 10}, then: large}
    otherwise: {then: small}
  share:
    type: integer
    label: share
    rules:
      - {id: none, when: {rate: {less_than: 5}}, then: {minimum: [{product: [rate, base]}, 0]}}
      - {id: some, when: {base: {less_than: 50}}, then: {minimum: [rate, base]}, overrides: [none]}
    otherwise: {then: {maximum: [{sum: [rate, few]}, base]}}
"""


def formulas(count: int) -> tuple[Version, list[Given]]:
    """Decisions computed of facts that are bounded."""
    values: dict[str, Sequence[Value]] = {
        "on": [date(2024, 1, 1)],
        "few": range(6),
        "more": range(8, 13),
        "rate": range(21),
        "base": (0, 10, 49, 50, 100, 100_000),
    }
    return Policy.from_text(FORMULAS).versions[-1], list(_mixed(values, count, "formulas"))


class Engine:
    """What answers partial requests about one version; its diagrams are compiled before."""

    def __init__(self, diagrams: Compiler) -> None:
        self.evaluator = Evaluator(diagrams.version, diagrams=diagrams)

    def answers(self, given: Given) -> list[Any]:
        """What is asked of one request."""
        evaluated = self.evaluator.evaluate(given, is_assuming=False)
        return [self._answer(evaluated[name]) for name in self.evaluator.version.decisions]

    def _answer(self, outcome: Outcome) -> Any:
        needs = sorted(outcome.needs)
        return outcome.status, outcome.possible, needs, outcome.rules, outcome.is_exact


@dataclass
class Cost:
    """What the requests take, and the answers."""

    first: float = 0.0
    warm: float = 0.0
    answers: list[Any] = field(default_factory=list)

    def add(self, engine: Engine, told: Sequence[Given]) -> None:
        """Answer the requests, and keep what is said."""
        self.answers += [engine.answers(one) for one in told]


def run(
    diagrams: Compiler, told: Sequence[Given], first: int, before: int, measure: Measure, off: Off
) -> Cost:
    """Answer the first requests, go on to `before`, and answer the others."""
    cost = Cost()
    with off():
        engine = Engine(diagrams)
        cost.first = measure(lambda: cost.add(engine, told[:first]))
        cost.add(engine, told[first:before])
        if told[before:]:
            cost.warm = measure(lambda: cost.add(engine, told[before:]))
    return cost


def calls(work: Callable[[], object]) -> float:
    """How many functions the work calls."""
    profile = Profile()
    profile.runcall(work)
    return float(sum(entry.callcount for entry in profile.getstats()))


def seconds(work: Callable[[], object]) -> float:
    """How much CPU time the work takes."""
    start = time.process_time()
    work()
    return time.process_time() - start


def unlike(mine: Sequence[Any], exact: Sequence[Any]) -> int:
    """How many answers are not those that all tricks give together."""
    flat = (chain.from_iterable(answers) for answers in (mine, exact))
    return sum(one != other for one, other in zip(*flat, strict=True))


def main() -> None:
    """Turn off each trick in turn, and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--time", action="store_true", help="CPU time, not calls")
    parser.add_argument("--first", type=int, default=50, help="requests of a new process")
    parser.add_argument("--before", type=int, default=150, help="requests before the warm ones")
    parser.add_argument("--count", type=int, default=100, help="warm requests")
    parser.add_argument("--random", type=int, default=5, help="random policies of each kind")
    parser.add_argument("--only", default="", help="tricks whose names match this")
    asked = parser.parse_args()
    measure = seconds if asked.time else calls
    size = (asked.first, asked.before, measure)
    count = asked.before + asked.count
    subjects = {name: ([_compiled(*shipped(name, count))], *size) for name in POLICIES}
    subjects["tables"] = ([_compiled(*tables(60, count))], *size)
    subjects["formulas"] = ([_compiled(*formulas(count))], *size)
    random = [_compiled(*one) for one in drawn(asked.random, 30)]
    subjects["random"] = (random, 30, 30, measure)
    print(f"{'without':<22}" + "".join(f"{name:>25}" for name in subjects))
    print(" " * 22 + f"{'first':>8}{'warm':>8}{'others':>9}" * len(subjects), flush=True)
    for subject in subjects.values():  # what diagrams and hours keep is there from now on
        _all(*subject)
    whole = {name: _all(*subject) for name, subject in subjects.items()}
    for trick, off in TRICKS.items():
        if re.search(asked.only, trick):
            print(f"{trick:<22}", end="", flush=True)
            for name, subject in subjects.items():
                print(_figures(_all(*subject, off), whole[name]), end="", flush=True)
            print(flush=True)


def _compiled(version: Version, told: list[Given]) -> tuple[Compiler, list[Given]]:
    diagrams = Compiler(version)
    for name in version.decisions:
        with suppress(TooLarge):
            diagrams.decision(name)
    return diagrams, told


def _all(
    several: list[tuple[Compiler, list[Given]]],
    first: int,
    before: int,
    measure: Measure,
    off: Off = nullcontext,
) -> Cost:
    total = Cost()
    for diagrams, told in several:
        cost = run(diagrams, told, first, before, measure, off)
        total.first, total.warm = total.first + cost.first, total.warm + cost.warm
        total.answers += cost.answers
    return total


def _figures(cost: Cost, whole: Cost) -> str:
    warm = f"{cost.warm / whole.warm:>8.2f}" if whole.warm else f"{'':>8}"
    others = unlike(cost.answers, whole.answers)
    return f"{cost.first / whole.first:>8.2f}{warm}{others:>9}"


if __name__ == "__main__":
    main()

"""The law of `diff`: what it says of two versions holds of requests drawn at the boundaries.

Run `scripts/diff-law [--edits N] [--requests N] [--seed N]` for random edits of the shipped
policies and of random ones. It fails where a request is decided differently outside of what is
told, where a witness does not differ, where an exact region has a member that does not, and
where a condition read back from JSON does not hold of the witness.
"""

from __future__ import annotations

import argparse
import sys
import time
import traceback
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from random import Random
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import seed as seeded
from hypothesis.strategies import SearchStrategy

from reglament.analysis.diff.alignment import joined
from reglament.analysis.diff.compare import diff
from reglament.analysis.diff.types import Fate, VersionDifference
from reglament.analysis.proving.port import Budget
from reglament.analysis.search.judge import Judge, SideStatus, Verdict
from reglament.analysis.search.tried_requests import Requests
from reglament.analysis.search.tried_values import TriedValues
from reglament.analysis.window import DayWindow, window_of
from reglament.language.loading.region_syntax import read_where
from reglament.model.conditions import Condition, Test
from reglament.model.problems import Refused
from reglament.model.regulation import Version
from reglament.model.values import Value
from reglament.model.visitor import fold
from reglament.policy import bundled_policies, load_policy
from reglament.reference import REFUSALS, InDoubt, View
from reglament.rendering.plain.conditions_as_written import as_written
from support.random_edits import edits

DRAWN = ("random", "whole")
REFUSED = SideStatus.REFUSED


class NoPolicy(Exception):
    """An edit gives what no file could say."""


@dataclass
class Law:
    """One pair of versions, what `diff` says of it, and what of that is broken."""

    old: Version
    new: Version
    within: DayWindow
    budget: Budget = Budget()  # noqa: RUF009  # frozen
    broken: list[str] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.judges = Judge(self.old), Judge(self.new)
        alignment = joined(self.old, self.new)
        self.reader = alignment.old  # knows the facts and hours of both
        self.values = TriedValues(alignment.common, (self.old, self.new), self.within)
        self.requests = Requests(self.values)
        self._must_be_a_policy()
        self.found: VersionDifference = diff(
            self.old, self.new, within=self.within, budget=self.budget
        )
        self.accounts = {one.decision: one for one in self.found.accounts}

    def _must_be_a_policy(self) -> None:
        """An edit may leave null where no value may be null, which the loader refuses."""
        try:
            for request in islice(self._drawn("a policy"), 150):
                self.judges[1].verdicts(request, self.new.decisions)
        except TypeError as error:
            raise NoPolicy from error

    def run(self, seed: str, count: int) -> list[str]:
        """What is broken, after so many requests."""
        self.counts.update(one.fate.value for one in self.found.accounts)
        self._of_witnesses(Random(seed))
        for request in islice(self._drawn(seed), count):
            self._of_request(request)
        return self.broken

    def _drawn(self, seed: str) -> Iterator[dict[str, Value]]:
        """Every fact at a boundary of its own, and requests near the examples by turns."""
        rng, names = Random(seed), list(self.values.common.facts)
        near = self.requests.random(seed, names)
        while True:
            yield next(near)
            yield {name: self._any(rng, name) for name in names}

    def _any(self, rng: Random, name: str) -> Value:
        values = self.values.of(name)
        return rng.choice(values) if values else None

    def _of_request(self, request: Mapping[str, Value]) -> None:
        names = list(self.accounts)
        before, after = (judge.verdicts(request, names) for judge in self.judges)
        view = View(self.reader, self.judges[0].told(request))
        for name in names:
            pair = (before[name], after[name])
            if REFUSED in (pair[0].status, pair[1].status):
                continue  # outside of the calendars compared
            self._of_decision(name, request, pair, view)

    def _of_decision(
        self, name: str, request: Mapping[str, Value], pair: tuple[Verdict, Verdict], view: View
    ) -> None:
        is_same = pair[0].is_same(pair[1])
        regions = [one for one in self.found.regions if one.decision == name]
        inside = [one for one in regions if holds(view, one.where)]
        fate = self.accounts[name].fate
        if not is_same and fate is Fate.NOT_SETTLED:
            self.counts["not settled, and changes"] += 1
        elif not is_same and not inside and any(may_hold(view, one.where) for one in regions):
            self.counts["may lie in a region, and changes"] += 1
        elif not is_same and not inside:
            self.broken.append(f"outside of what is told ({fate}): {name} {pair} {dict(request)}")
        for region in inside:
            if region.is_exact and is_same:
                self.broken.append(f"not changed in an exact region: {name} {dict(request)}")

    def _of_witnesses(self, rng: Random) -> None:
        shown = Counter(
            (one.decision, repr(one.witness.facts), one.is_exact) for one in self.found.regions
        )
        self.broken += [f"told twice: {one}" for one, count in shown.items() if count > 1]
        for region in self.found.regions:
            for _ in range(3):
                whole = {
                    name: region.witness.facts.get(name, self._any(rng, name))
                    if name not in region.witness.facts
                    else region.witness.facts[name]
                    for name in self.values.common.facts
                }
                self._of_witness(region, whole)

    def _of_witness(self, region: Any, whole: dict[str, Value]) -> None:
        name = region.decision
        before, after = (judge.verdicts(whole, [name])[name] for judge in self.judges)
        told = (region.witness.before, region.witness.after)
        if before.is_same(after):
            self.broken.append(f"the witness does not differ: {name} {whole}")
        for verdict, side in zip((before, after), told, strict=True):
            if (verdict.status, verdict.outcome) != (side.status, side.outcome):
                self.broken.append(f"the witness is decided otherwise: {name} {whole} {side}")
        if not self.values.fits_whole(whole):
            self.broken.append(f"the witness lies outside of the time compared: {name} {whole}")
        view = View(self.reader, self.judges[0].told(whole))
        if not holds(view, region.where):
            self.broken.append(f"the witness lies outside of its region: {name} {whole}")
        written = as_written(region.where, self.old)
        if written.when is None:
            return
        try:
            where = read_where(self.old, written.when)
        except Refused as refused:
            self.broken.append(f"`where` is not read: {name} {written.when} {refused}")
            return
        if not holds(view, where):
            self.broken.append(f"`where` does not hold of the witness: {name} {written.when}")


def holds(view: View, where: Condition) -> bool:
    """Whether the condition holds; what it reads being decided."""
    try:
        return view.holds(where)
    except (InDoubt, *REFUSALS):
        return False


def may_hold(view: View, where: Condition) -> bool:
    """Whether the condition holds by something that a refused decision it reads might say."""

    def test(one: Test, wanted: bool) -> bool:
        try:
            return view.holds(one) is wanted
        except InDoubt:
            return True

    return fold(where, test, all, any)


def shipped() -> Iterator[tuple[Version, DayWindow]]:
    """Every version of the shipped policies without lists, and the days that it decides.

    What is said of lists has a law of its own, over random ones (`test_lists_and_durations`).
    """
    for folder in bundled_policies().values():
        versions = load_policy(folder).versions
        if any(version.lists for version in versions):
            continue
        ends = [one.holds_from for one in versions[1:]]
        for version, following in zip(versions, [*ends, None], strict=True):
            yield version, window_of(version, following)


def random_versions(seed: int, count: int) -> list[Version]:
    """Random small policies, the same for one seed."""
    from support.random_policies import policies

    return _drawn_versions(policies(), seed, count)


def whole_versions(seed: int, count: int) -> list[Version]:
    """Random policies over the whole language, the same for one seed."""
    from support.whole_language import policies

    return _drawn_versions(policies(), seed, count)


def _drawn_versions(policies: SearchStrategy[Version], seed: int, count: int) -> list[Version]:
    found: list[Version] = []

    @seeded(seed)
    @settings(
        max_examples=count,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(policies)
    def collect(version: Version) -> None:
        found.append(version)

    collect()
    return found


def drawn_edits(seed: int, count: int) -> Iterator[tuple[Version, DayWindow, Version]]:
    """Versions with their windows and an edit: half are shipped, a quarter of each other kind."""
    others = max(2, count // 16)  # four edits of each
    of_kinds = [
        list(shipped()),
        [(one, window_of(one)) for one in random_versions(seed, others)],
        [(one, window_of(one)) for one in whole_versions(seed, others)],
    ]
    streams = [[edits(one, f"{seed} {n}") for n, (one, _) in enumerate(kind)] for kind in of_kinds]
    for number in range(count):
        kind = (0, 1, 0, 2)[number % 4]
        place = number // (2 if kind == 0 else 4) % len(of_kinds[kind])
        yield (*of_kinds[kind][place], next(streams[kind][place]))


def main() -> None:
    """Print what is broken, and figures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--edits", type=int, default=500)
    parser.add_argument("--requests", type=int, default=2_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", help="policies whose name contains this")
    parser.add_argument("--edit", type=int, help="this edit alone, of those that are drawn")
    asked = parser.parse_args()
    counts: Counter[str] = Counter()
    started = time.process_time()
    for number, (old, within, new) in enumerate(drawn_edits(asked.seed, asked.edits)):
        if asked.only in old.policy and asked.edit in (None, number):
            counts += _tried(f"{asked.seed} {number}", (old, within, new), asked.requests)
    print(f"{time.process_time() - started:.0f} CPU-seconds", dict(counts))
    sys.exit(1 if counts["edits broken"] else 0)


def _tried(seed: str, drawn: tuple[Version, DayWindow, Version], requests: int) -> Counter[str]:
    """The figures of one edit; what is broken is printed."""
    old, within, new = drawn
    try:
        law = Law(old, new, within)
        broken = law.run(seed, requests)
    except NoPolicy:
        return Counter({"no policy": 1})
    except Exception:  # the next edits are tried, too
        print(f"edit {seed} of {old.policy} {old.version}: {traceback.format_exc()}", flush=True)
        return Counter({"edits": 1, "edits broken": 1})
    for line in broken[:3]:
        print(f"edit {seed} of {old.policy} {old.version}: {line}", flush=True)
    exact = sum(one.is_exact for one in law.found.regions)
    return law.counts + Counter(
        {
            "edits": 1,
            f"edits of {'shipped' if old.policy not in DRAWN else old.policy}": 1,
            "regions": len(law.found.regions),
            "exact regions": exact,
            "edits broken": int(bool(broken)),
        }
    )


if __name__ == "__main__":
    main()

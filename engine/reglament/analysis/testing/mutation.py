"""From a version with worked examples to the mutants that no example notices."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from reglament.analysis.testing.comparison import Bench, Copy, RequestDifference
from reglament.analysis.testing.mutants import Mutant, mutants, with_every_hours
from reglament.analysis.worked_examples import mismatches
from reglament.diagram.kernel.forest import TooLarge
from reglament.frozen import frozen
from reglament.model.regulation import Example, Version


@frozen
class Survivor:
    """A mutant that every example lets pass.

    `difference` is a request that would kill it; None where none was found and
    none is proven not to exist.
    """

    mutant: Mutant
    difference: RequestDifference | None


@frozen
class Mutation:
    """What became of the mutants.

    `killed` were noticed by an example; `equivalent` are proven to decide every
    request alike; `survivors` passed.
    """

    killed: tuple[Mutant, ...]
    equivalent: tuple[Mutant, ...]
    survivors: tuple[Survivor, ...]

    @property
    def score(self) -> float:
        """The share of mutants killed among those not proven equivalent; 1 where there is none."""
        counted = len(self.killed) + len(self.survivors)
        return len(self.killed) / counted if counted else 1.0


def try_mutants(version: Version) -> Mutation:
    """Try the examples of the version, which must pass, on each of its mutants."""
    lab = with_every_hours(version)
    trial = _Trial(Bench(lab), version.examples)
    killed: list[Mutant] = []
    equivalent: list[Mutant] = []
    survivors: list[Survivor] = []
    for mutant in mutants(lab):
        fate = trial.fate(mutant)
        if fate is True:
            killed.append(mutant)
        elif fate is False:
            equivalent.append(mutant)
        else:
            survivors.append(fate)
    return Mutation(tuple(killed), tuple(equivalent), tuple(survivors))


class _Trial:
    def __init__(self, bench: Bench, examples: Sequence[Example]) -> None:
        self.bench = bench
        self.examples = examples
        self.applied = {example.name: self._applied(example) for example in examples}

    def fate(self, mutant: Mutant) -> Survivor | bool:
        """True where an example notices the mutant, False where it is proven equivalent."""
        try:
            copy = self.bench.copy(mutant.version)
            changed = self.bench.changed(copy)
        except TooLarge:
            return Survivor(mutant, None)
        if not changed:
            return False
        if any(self._notices(example, copy, changed) for example in self._likely(mutant)):
            return True
        found = self.bench.difference(copy, changed)
        if found is True:
            return False
        return Survivor(mutant, found if isinstance(found, RequestDifference) else None)

    def _likely(self, mutant: Mutant) -> list[Example]:
        """The examples, those in which the mutated rule applied before the others."""
        return sorted(
            self.examples, key=lambda example: mutant.rule not in self.applied[example.name]
        )

    def _notices(self, example: Example, copy: Copy, changed: Iterable[str]) -> bool:
        outcomes = copy.evaluate(example.facts)
        expected = (name for name in changed if name in example.expects)
        return any(any(mismatches(outcomes[name], example.expects[name])) for name in expected)

    def _applied(self, example: Example) -> frozenset[str]:
        outcomes = self.bench.evaluate(example.facts)
        return frozenset[str]().union(*(outcomes[name].rules for name in example.expects))

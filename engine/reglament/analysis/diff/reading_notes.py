"""From a version to its readings: which decisions and rules each one is behind."""

from __future__ import annotations

from reglament.frozen import frozen
from reglament.model.decisions import Rule
from reglament.model.regulation import Reading, Version
from reglament.model.visitor import hours_of


@frozen
class ReadingReach:
    """A reading, and the decisions and rules that cite it, directly or through hours."""

    reading: Reading
    decisions: tuple[str, ...]
    rules: tuple[str, ...]


def reaches(version: Version) -> tuple[ReadingReach, ...]:
    """Every reading of the version, in the order in which it names them."""
    return tuple(_reach(version, reading) for reading in version.readings.values())


def _reach(version: Version, reading: Reading) -> ReadingReach:
    cited = [(d, r) for d, r in version.every_rule() if reading.id in _readings(version, r)]
    return ReadingReach(
        reading,
        tuple(dict.fromkeys(decision.name for decision, _ in cited)),
        tuple(rule.id for _, rule in cited),
    )


def _readings(version: Version, rule: Rule) -> set[str]:
    """The readings that a rule hangs on."""
    found = {*rule.readings, *(o.reading for o in rule.overrides if o.reading is not None)}
    for name in hours_of(rule.when, rule.then):
        found.update(version.hours[name].readings)
    return found

"""From findings about rows that several decisions use to those that hold of every use."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from reglament.analysis.findings.finding import Finding
from reglament.model.problems import Place
from reglament.model.regulation import Version

OF_ROWS = frozenset(
    {"rule-never-decides", "rule-changes-nothing", "test-always-true", "test-always-false"}
)


def of_every_use(findings: Sequence[Finding], version: Version) -> Iterator[Finding]:
    """The findings without those that are true of a shared row in some decisions alone.

    A row of a named table that one decision never needs is no mistake while another does.
    """
    uses = defaultdict[Place | None, set[str]](set)
    written: dict[str, Place | None] = {}
    for _, rule in version.written_rules():
        uses[rule.place].add(rule.id)
        written[rule.id] = rule.place
    found = {(one.code, one.places[:1], one.rules[0]) for one in findings if one.rules}
    for one in findings:
        place = written.get(one.rules[0]) if one.rules and one.code in OF_ROWS else None
        others = uses[place] if place is not None else ()
        if all((one.code, one.places[:1], other) in found for other in others):
            yield one

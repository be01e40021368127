"""From the open questions of a policy to what each answer would change."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import click

from reglament.frozen import frozen
from reglament.interfaces.cli import FINE, options
from reglament.interfaces.cli.completing import SWITCHES
from reglament.interfaces.cli.impact_part import (
    IMPACT_GOES_WITH,
    impact_lines,
    impact_on,
    impact_options,
)
from reglament.interfaces.cli.output import print_json, say, say_wrapped
from reglament.messages import Language, Message
from reglament.model.problems import refusal
from reglament.model.words import translations

if TYPE_CHECKING:
    from reglament.analysis.diff.reading_notes import ReadingReach
    from reglament.analysis.diff.types import VersionDifference
    from reglament.analysis.worked_examples import ExampleReport
    from reglament.batch.impact import Impact
    from reglament.model.regulation import Version

MOST_EXAMPLES = 10


@options.command("command-readings", goes_with=IMPACT_GOES_WITH)
@options.policy_and_at
@click.option(
    "--switch",
    "switches",
    metavar="ID=ALTERNATIVE",
    multiple=True,
    shell_complete=SWITCHES,
    help="option-readings-switch",
)
@impact_options
@options.language_and_json
def readings(common: options.CommonOptions, switches: tuple[str, ...], **told: Any) -> None:
    """List what the text leaves open, the answers chosen, and what other answers would change."""
    version, language = common.version(), common.language
    choices = dict(map(_choice, switches))
    priced = _Priced(version, language, told)
    found = _one(version, choices, priced) if choices else None
    data = [] if choices else list(_every(version, priced))
    if common.is_json:
        print_json(
            _one_json(found) if found else [_reach_json(r, more, priced) for r, more in data]
        )
    elif found is not None:
        _say_one(found, priced, language)
    else:
        for reach, more in data:
            _say_reading(reach, more, priced, language)
    raise SystemExit(FINE)


def _choice(text: str) -> tuple[str, str]:
    name, equals, alternative = text.partition("=")
    if not equals:
        message = Message("switch-no-alternative-said", text=text)
        raise refusal("bad-switch", message, Message("write-reading-alternative"))
    return name, alternative


@frozen
class _One:
    """What other answers change: the requests decided otherwise, and the worked examples."""

    difference: VersionDifference
    examples: ExampleReport
    rows: Impact | None


@dataclass(slots=True)
class _Priced:
    """What other answers cost in rows of the table of `--on`, by reading and alternative."""

    version: Version
    language: Language
    told: dict[str, Any]
    rows: dict[tuple[str, str], Impact | None] = field(default_factory=dict)

    def price(self, other: Version) -> Impact | None:
        """What changes with the other answer; None without a table. Raises Refused."""
        from reglament.analysis.window import DayWindow

        return impact_on(self.version, other, DayWindow(), self.language, self.told)

    def lines(self, rows: Impact | None) -> Iterator[str]:
        """The same in words."""
        if rows is not None:
            yield from impact_lines(rows, self.told["table"], self.language)


def _one(version: Version, choices: dict[str, str], priced: _Priced) -> _One:
    from reglament.interfaces.cli.example_run import try_version
    from reglament.language.loading.switched import switched

    other = switched(version, choices)
    rows = priced.price(other)
    tried = try_version(replace(other, examples=version.examples))
    return _One(_difference(version, other), tried, rows)


def _difference(version: Version, other: Version) -> VersionDifference:
    """How the two differ, but for their examples: those were written for the answers chosen."""
    from reglament.analysis.diff.compare import diff

    return diff(replace(version, examples=()), other)


def _every(
    version: Version, priced: _Priced
) -> Iterator[tuple[ReadingReach, dict[str, VersionDifference]]]:
    from reglament.analysis.diff.reading_notes import reaches
    from reglament.language.loading.switched import switched

    for reach in reaches(version):
        others = [a for a in reach.reading.alternatives if a != reach.reading.chosen]
        differences = {}
        for alternative in others:
            other = switched(version, {reach.reading.id: alternative})
            differences[alternative] = _difference(version, other)
            priced.rows[reach.reading.id, alternative] = priced.price(other)
        yield reach, differences


def _say_reading(
    reach: ReadingReach, more: dict[str, VersionDifference], priced: _Priced, language: Language
) -> None:
    reading = reach.reading
    say_wrapped(f"{reading.id}: {reading.question.to(language)}", rest=2)
    chosen = reading.alternatives[reading.chosen].to(language)
    say_wrapped(f"* {reading.chosen} - {chosen}. {reading.because.to(language)}", 2, 4)
    if reach.decisions:
        say_wrapped(f"{', '.join(reach.decisions)}: {', '.join(reach.rules)}", 4, 6)
    for alternative, difference in more.items():
        say_wrapped(f"- {alternative} - {reading.alternatives[alternative].to(language)}", 2, 4)
        _say_regions(difference, language)
        for line in priced.lines(priced.rows[reading.id, alternative]):
            say(f"    {line}")
    say()


def _say_regions(difference: VersionDifference, language: Language) -> None:
    from reglament.analysis.diff.account import Reporter

    for line in Reporter(difference, language).changes():
        deeper = len(line) - len(line.lstrip())
        say_wrapped(line.strip(), 4 + deeper, 8 + deeper)


def _say_one(one: _One, priced: _Priced, language: Language) -> None:
    from reglament.analysis.diff.account import Reporter

    say(Reporter(one.difference, language).text())
    if one.rows is not None:
        say()
    for line in priced.lines(one.rows):
        say(line)
    failed = one.examples.failed
    tried_all = len(one.examples.tried)
    say()
    say(Message("worked-examples-decided-otherwise", count=len(failed), count2=tried_all))
    for tried in failed[:MOST_EXAMPLES]:
        say(f"  {tried.example.name}")
    if len(failed) > MOST_EXAMPLES:
        say(Message("more-more", more=len(failed) - MOST_EXAMPLES))


def _one_json(one: _One) -> dict[str, Any]:
    failed = [tried.example.name for tried in one.examples.failed]
    examples = {"tried": len(one.examples.tried), "decided_otherwise": failed}
    return _json(one.difference, one.rows) | {"examples": examples}


def _json(difference: VersionDifference, rows: Impact | None) -> dict[str, Any]:
    from reglament.analysis.diff.account import to_plain

    return to_plain(difference) | ({} if rows is None else {"on": rows.to_dict()})


def _reach_json(
    reach: ReadingReach, more: dict[str, VersionDifference], priced: _Priced
) -> dict[str, Any]:
    reading = reach.reading
    return {
        "id": reading.id,
        "question": translations(reading.question),
        "chosen": reading.chosen,
        "alternatives": {name: translations(words) for name, words in reading.alternatives.items()},
        "because": translations(reading.because),
        "clauses": list(reading.clauses),
        "decisions": list(reach.decisions),
        "rules": list(reach.rules),
        "switched": {
            name: _json(difference, priced.rows[reading.id, name])
            for name, difference in more.items()
        },
    }

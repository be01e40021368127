"""From the open questions of a policy to what each answer would change."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from reglament.cli import FINE
from reglament.cli.common import (
    at_option,
    json_option,
    language_option,
    open_policy,
    policy_option,
    print_json,
    refusing,
    say,
    version_of,
)
from reglament.model.problems import refusal
from reglament.model.words import Language, Words

if TYPE_CHECKING:
    from reglament.analysis.diff import Difference
    from reglament.analysis.diff.readings import Reach
    from reglament.model.policy import Version


@click.command()
@policy_option
@at_option
@click.option(
    "--switch",
    "switches",
    metavar="ID=ALTERNATIVE",
    multiple=True,
    help="Show only what this answer would change; several are switched together.",
)
@language_option
@json_option
def readings(
    policy_name: str, at: str | None, switches: tuple[str, ...], language: Language, is_json: bool
) -> None:
    """List what the text leaves open, the answers chosen, and what other answers would change."""
    with refusing(language):
        version = version_of(open_policy(policy_name), at)
        choices = dict(map(_choice, switches))
        found = [_switched(version, choices)] if choices else []
        data = [] if choices else list(_every(version))
    if is_json:
        print_json(_json(found[0]) if found else [_reach_json(r, more) for r, more in data])
    else:
        for difference in found:
            _say_difference(difference, language)
        for reach, more in data:
            _say_reading(reach, more, language)
    raise SystemExit(FINE)


def _choice(text: str) -> tuple[str, str]:
    name, equals, alternative = text.partition("=")
    if not equals:
        message = Words(
            ru=f"`--switch {text}`: не сказан вариант",
            en=f"`--switch {text}`: no alternative is said",
        )
        hint = Words(ru="напишите `ПРОЧТЕНИЕ=ВАРИАНТ`", en="write `READING=ALTERNATIVE`")
        raise refusal("bad-switch", message, hint)
    return name, alternative


def _switched(version: Version, choices: dict[str, str]) -> Difference:
    from reglament.analysis.diff import diff
    from reglament.reading.switched import switched

    return diff(version, switched(version, choices))


def _every(version: Version) -> Iterator[tuple[Reach, dict[str, Difference]]]:
    from reglament.analysis.diff.readings import reaches

    for reach in reaches(version):
        others = [a for a in reach.reading.alternatives if a != reach.reading.chosen]
        yield reach, {a: _switched(version, {reach.reading.id: a}) for a in others}


def _say_reading(reach: Reach, more: dict[str, Difference], language: Language) -> None:
    reading = reach.reading
    say(f"{reading.id}: {reading.question.to(language)}")
    chosen = reading.alternatives[reading.chosen].to(language)
    say(f"  * {reading.chosen} - {chosen}. {reading.because.to(language)}")
    if reach.decisions:
        say(f"    {', '.join(reach.decisions)}: {', '.join(reach.rules)}")
    for alternative, difference in more.items():
        say(f"  - {alternative} - {reading.alternatives[alternative].to(language)}")
        _say_regions(difference, language)
    say()


def _say_regions(difference: Difference, language: Language) -> None:
    from reglament.analysis.diff.report import Reporter

    lines = Reporter(difference, language).changes()
    for line in lines:
        say(f"    {line}")


def _say_difference(difference: Difference, language: Language) -> None:
    from reglament.analysis.diff.report import Reporter

    say(Reporter(difference, language).text())


def _json(difference: Difference) -> dict[str, Any]:
    from reglament.analysis.diff.report import to_plain

    return to_plain(difference)


def _reach_json(reach: Reach, more: dict[str, Difference]) -> dict[str, Any]:
    reading = reach.reading
    return {
        "id": reading.id,
        "question": dict(reading.question),
        "chosen": reading.chosen,
        "alternatives": {name: dict(words) for name, words in reading.alternatives.items()},
        "because": dict(reading.because),
        "clauses": list(reading.clauses),
        "decisions": list(reach.decisions),
        "rules": list(reach.rules),
        "switched": {name: _json(difference) for name, difference in more.items()},
    }

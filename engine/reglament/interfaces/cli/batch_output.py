"""What `batch` says at the end: what was written, what was refused, what was counted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from reglament.interfaces.cli.output import print_json, say
from reglament.messages import Language, ListedWords, Message
from reglament.model.words import translations

if TYPE_CHECKING:
    from reglament.batch.outcome_counts import OutcomeCounts
    from reglament.batch.run import Run
    from reglament.batch.run_check import CheckedRun
    from reglament.columnar.column_evaluator import ColumnEvaluator

MOST_TOLD = 5
MOST_RULES = 20


def print_done(run: Run, manifest: Mapping[str, Any], is_json: bool) -> None:
    """How many rows were written where; why others were refused, the most frequent reasons."""
    if is_json:
        print_json(manifest)
        return
    output = manifest["output"]["name"]
    classes = len(manifest["class_rows"])
    say(Message("rows-written", rows=manifest["rows"], name=output, classes=classes))
    print_refused(run.evaluator, sum(manifest["refused"].values()), run.settings.language)
    if manifest["sample"]["rows"]:
        say(Message("sample-agrees", count=min(manifest["sample"]["rows"], manifest["rows"])))


def print_refused(evaluator: ColumnEvaluator, count: int, language: Language) -> None:
    """Why rows were refused, the most frequent reasons first."""
    if not count:
        return
    say(Message("rows-refused", count=count), err=True)
    told = zip(evaluator.problem_counts, evaluator.problems, evaluator.problem_rows, strict=True)
    for rows, problems, row in sorted(told, key=lambda one: -one[0])[:MOST_TOLD]:
        first = Message("first-row", row=row).to(language)
        say(f"  {rows} × {problems[0].message.to(language)}; {first}", err=True)
    if len(evaluator.problems) > MOST_TOLD:
        say(Message("more-more", more=len(evaluator.problems) - MOST_TOLD), err=True)


def print_counts(found: OutcomeCounts, evaluator: ColumnEvaluator, language: Language) -> None:
    """The counts: by decision each outcome with its share, then rules, clauses, months."""
    say(Message("rows-counted", rows=found.rows))
    for name, outcomes in found.outcomes.items():
        label = evaluator.decisions[name].label.to(language)
        say(f"\n{label} (`{name}`)")
        _print_counter(outcomes, found.rows)
    for heading, counter, most in (
        (Message("rules"), found.rules, MOST_RULES),
        (Message("clauses"), found.clauses, MOST_RULES),
        (Message("months-counted"), found.months, None),
    ):
        if counter:
            say(f"\n{heading.to(language)}")
            _print_counter(counter, found.rows, most)
    print_refused(evaluator, found.refused, language)


def _print_counter(counter: Mapping[str, int], rows: int, most: int | None = None) -> None:
    width = max((len(str(count)) for count in counter.values()), default=1)
    for name, count in list(counter.items())[:most]:
        say(f"  {count:>{width}}  {100 * count / max(rows, 1):5.1f} %  {name}")
    if most is not None and len(counter) > most:
        say(Message("more-more", more=len(counter) - most))


def print_checked(found: CheckedRun, is_json: bool) -> None:
    """What differs from the manifest, and what was looked at."""
    if is_json:
        print_json(
            {
                "sound": found.is_sound,
                "files": found.files,
                "classes": found.classes,
                "sample": found.sample,
                "entry": found.entry,
                "differences": [translations(one) for one in found.differences],
                "unchecked": [translations(one) for one in found.unchecked],
            }
        )
        return
    for one in found.differences:
        say(one)
    say(Message("run-as-manifest-says" if found.is_sound else "run-differs"))
    say(Message("run-checked", files=found.files, classes=found.classes, sample=found.sample))
    if found.entry is not None:
        say(Message("run-recorded", sequence=str(found.entry)))
    for one in found.unchecked:
        say(ListedWords(("  - ", one), ""))

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


def print_counts(counts: OutcomeCounts, evaluator: ColumnEvaluator, language: Language) -> None:
    """The counts: by decision each outcome with its share, then rules, clauses, months."""
    say(Message("rows-counted", rows=counts.rows))
    for name, outcomes in counts.outcomes.items():
        label = evaluator.decisions[name].label.to(language)
        say(f"\n{label} (`{name}`)")
        _print_counter(outcomes, counts.rows)
    for heading, counter, most in (
        (Message("rules"), counts.rules, MOST_RULES),
        (Message("clauses"), counts.clauses, MOST_RULES),
        (Message("months-counted"), counts.months, None),
    ):
        if counter:
            say(f"\n{heading.to(language)}")
            _print_counter(counter, counts.rows, most)
    print_refused(evaluator, counts.refused, language)


def _print_counter(counter: Mapping[str, int], rows: int, most: int | None = None) -> None:
    width = max((len(str(count)) for count in counter.values()), default=1)
    for name, count in list(counter.items())[:most]:
        say(f"  {count:>{width}}  {100 * count / max(rows, 1):5.1f} %  {name}")
    if most is not None and len(counter) > most:
        say(Message("more-more", more=len(counter) - most))


def print_checked(run: CheckedRun, is_json: bool) -> None:
    """What differs from the manifest, and what was looked at."""
    if is_json:
        print_json(
            {
                "sound": run.is_sound,
                "files": run.files,
                "classes": run.classes,
                "sample": run.sample,
                "entry": run.entry,
                "differences": [translations(one) for one in run.differences],
                "unchecked": [translations(one) for one in run.unchecked],
            }
        )
        return
    for difference in run.differences:
        say(difference)
    say(Message("run-as-manifest-says" if run.is_sound else "run-differs"))
    say(Message("run-checked", files=run.files, classes=run.classes, sample=run.sample))
    if run.entry is not None:
        say(Message("run-recorded", sequence=str(run.entry)))
    for difference in run.unchecked:
        say(ListedWords(("  - ", difference), ""))

"""From the worked examples of a policy to those that fail, and the rules that none reaches."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import click

from reglament.interfaces.cli import FAILED, FINE, options
from reglament.interfaces.cli.asked_policy import open_policy
from reglament.interfaces.cli.example_run import try_version
from reglament.interfaces.cli.output import STDIN, print_json, problem_json, say
from reglament.interfaces.cli.timelines_part import timelines_part
from reglament.messages import Language, ListedWords, Message, Rendered, Words
from reglament.model.problems import refusal

if TYPE_CHECKING:
    from reglament.analysis.worked_examples import ExampleReport, Mismatch, Tried
    from reglament.model.regulation import Version


@options.command("command-test", goes_with={"--kill": ("--mutate",)})
@options.policy
@options.language_and_json
@click.option("--coverage", "is_covering", is_flag=True, help="option-test-coverage")
@click.option("--mutate", "is_mutating", is_flag=True, help="option-test-mutate")
@click.option(
    "--kill", "least", metavar="PERCENT", type=click.FloatRange(0, 100), default=95.0,
    show_default=True, help="option-test-kill",
)  # fmt: skip
@click.option("--generate", "cases", metavar="FILE", type=options.FILE, help="option-test-generate")
@click.option("--junit", metavar="FILE", type=options.FILE, help="option-test-junit")
def test(
    common: options.CommonOptions,
    is_covering: bool,
    is_mutating: bool,
    least: float,
    cases: str | None,
    junit: str | None,
) -> None:
    """Try the worked examples that stand beside a policy."""
    known = open_policy(common.policy_name).versions
    tested = [(one, try_version(one)) for one in known]
    ended = list(map(_as_it_ends, known, (*known[1:], None)))
    if cases is not None:
        _generate(ended, cases)
    if junit is not None:
        _write(junit, _junit(tested, common.language))
    benched = [
        _benched(version, report, is_covering, is_mutating)
        for version, (_, report) in zip(ended, tested, strict=True)
    ]
    followed = [timelines_part(version) for version, _ in tested]
    is_fine = not any(report.failed for _, report in tested)
    is_fine = is_fine and all(score * 100 >= least for score, _, _ in benched)
    is_fine = is_fine and all(passes for passes, _, _ in followed)
    if common.is_json:
        versions = [
            _version_data(version, report) | data | timelines
            for (version, report), (_, data, _), (_, timelines, _) in zip(
                tested, benched, followed, strict=True
            )
        ]
        print_json({"is_fine": is_fine, "versions": versions})
    elif cases != STDIN:
        for (version, report), (_, _, lines), (_, _, timelines) in zip(
            tested, benched, followed, strict=True
        ):
            say(ListedWords((*_lines(version, report), *timelines, *lines), "\n"))
    raise SystemExit(FINE if is_fine else FAILED)


Tested = list[tuple["Version", "ExampleReport"]]
Benched = tuple[float, dict[str, Any], tuple[Words, ...]]


def _benched(
    version: Version, report: ExampleReport, is_covering: bool, is_mutating: bool
) -> Benched:
    """The share of mutants noticed, and what there is to tell: for programs, for people."""
    from reglament.interfaces.cli import comparison_part

    score, data, lines = 1.0, dict[str, Any](), list[Words]()
    if is_covering:
        from reglament.analysis.testing.coverage import coverage

        covered = coverage(version)
        data["coverage"] = comparison_part.coverage_data(covered)
        lines += comparison_part.coverage_lines(covered)
    # Examples that fail already would notice every mutant.
    if is_mutating and report.failed:
        lines.append(Message("no-mutants-tried-first"))
    elif is_mutating:
        from reglament.analysis.testing.mutation import try_mutants

        mutation = try_mutants(version)
        score, data["mutation"] = mutation.score, comparison_part.mutation_data(mutation)
        lines += comparison_part.mutation_lines(mutation)
    return score, data, tuple(lines)


def _generate(versions: list[Version], file: str) -> None:
    """Cases of every version: in FILE, or where there are several in one file for each."""
    from reglament.analysis.testing.cases import generated_cases
    from reglament.rendering.plain.case_files import cases_file

    for version in versions:
        cases = generated_cases(version)
        if file == STDIN:
            start = f"--- # {version.version}\n" if len(versions) > 1 else ""
            click.echo(start + cases_file(cases), nl=False)
            continue
        target = file if len(versions) == 1 else _for_version(file, version)
        _write(target, cases_file(cases), is_new=True)
        say(Message("cases-review", target=target, count=len(cases)), err=True)


def _as_it_ends(version: Version, following: Version | None) -> Version:
    """The version, which ends the day before the next one begins."""
    if following is None or version.holds_until is not None:
        return version
    return replace(version, holds_until=following.holds_from - timedelta(days=1))


def _for_version(file: str, version: Version) -> str:
    from pathlib import Path

    return str(Path(file).with_suffix(f".{version.version}{Path(file).suffix}"))


def _junit(tested: Tested, language: Language) -> str:
    from reglament.interfaces.cli.comparison_part import junit_text

    failures = [
        "" if tried.passes else "\n".join(line.to(language) for line in _failure(tried))
        for _, report in tested
        for tried in report.tried
    ]
    return junit_text(tested, failures)


def _write(file: str, text: str, *, is_new: bool = False) -> None:
    """Write the file whole; refuse to write over one where it has to be new."""
    from pathlib import Path

    from reglament.editing.atomic import write_whole

    if is_new and Path(file).exists():
        raise refusal("exists-already", Message("exists-already", path=file))
    write_whole(Path(file), text)


def _version_data(version: Version, report: ExampleReport) -> dict[str, Any]:
    return {
        "version": version.version,
        "examples": len(report.tried),
        "failed": [_failed_data(tried) for tried in report.failed],
        "unreached": list(report.unreached),
    }


def _failed_data(tried: Tried) -> dict[str, Any]:
    place = tried.example.place
    return {
        "name": tried.example.name,
        "file": None if place is None else place.file,
        "line": None if place is None else place.line,
        "mismatches": [
            {
                "decision": mismatch.decision,
                "aspect": mismatch.aspect,
                "expected": _plain(mismatch.expected),
                "found": _plain(mismatch.found),
            }
            for mismatch in tried.mismatches
        ],
        "problems": [problem_json(problem) for problem in getattr(tried.error, "problems", ())],
    }


def _plain(value: Any) -> Any:
    from reglament.rendering.plain.plain_values import plain

    return plain(value)


def _lines(version: Version, report: ExampleReport) -> Iterator[Words]:
    for tried in report.failed:
        yield from _failure(tried)
    for rule in report.unreached:
        yield Message("no-example-makes-rule", rule=rule)
    failed, tried_all = len(report.failed), len(report.tried)
    yield Message(
        "examples-failed-rules-without",
        policy=version.policy,
        version=version.version,
        tried_all=tried_all,
        failed=failed,
        count=len(report.unreached),
    )


def _failure(tried: Tried) -> Iterator[Words]:
    place, name = tried.example.place, tried.example.name
    where = "" if place is None else f"{place.file_and_line}: "
    yield Message("example-failed", where=where, name=name)
    yield from (_mismatch(mismatch) for mismatch in tried.mismatches)
    for problem in getattr(tried.error, "problems", ()):
        yield ListedWords(("   ", Rendered(problem.to_text)), "")


def _mismatch(one: Mismatch) -> Words:
    expected, found = _shown(one.expected), _shown(one.found)
    return Message(
        "expected-found", decision=one.decision, aspect=one.aspect, expected=expected, found=found
    )


def _shown(value: object) -> str:
    from json import dumps

    return dumps(_plain(value), ensure_ascii=False)

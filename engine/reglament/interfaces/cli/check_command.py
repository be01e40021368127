"""From a policy, and the text it was written from, to what is wrong with either.

The report is made of parts: a part is a name, whether all is well, plain values for programs,
and lines for people. A further analysis is one more part.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from reglament.frozen import frozen
from reglament.interfaces.cli import FAILED, FINE, WRONG, options
from reglament.interfaces.cli.asked_policy import chosen_policy, open_policy, version_of
from reglament.interfaces.cli.output import print_json, problem_json, say
from reglament.interfaces.cli.source_part import source_part
from reglament.messages import Language, ListedWords, Message, Rendered, Words
from reglament.model.findings import Finding, Severity
from reglament.model.problems import Problem, Refused, needing

if TYPE_CHECKING:
    from reglament.model.findings import Finding
    from reglament.policy import Policy

FORMS = ("text", "json", "sarif", "github")


@frozen
class ReportPart:
    """One part of the report, `name` being its key in JSON."""

    name: str
    is_fine: bool
    data: Any
    lines: tuple[Words, ...]


@frozen
class CheckOptions:
    """What is checked, beside which text, and how it is told."""

    common: options.CommonOptions
    source: str | None
    former: str | None
    form: str


@options.command("command-check", goes_with={"--former": ("--source",)})
@options.policy_and_at
@click.option("--source", metavar="FILE", type=options.FILE, help="option-check-source")
@click.option("--former", metavar="FILE", type=options.FILE, help="option-check-former")
@options.choice("--format", "form", among=FORMS, default="text", help="option-check-format")
@click.option("--why", metavar="CODE", help="option-check-why")
@click.option("--watch", "is_watching", is_flag=True, help="option-check-watch")
@options.language_and_json
def check(
    common: options.CommonOptions,
    source: str | None,
    former: str | None,
    form: str,
    why: str | None,
    is_watching: bool,
) -> None:
    """Find what is wrong with a policy: its files, its rules, its clauses beside the text."""
    if why is not None:
        say(_advice(why, common.language))
        return
    asked = CheckOptions(common, source, former, "json" if common.is_json else form)
    if is_watching:
        _watch(asked)
        return
    raise SystemExit(_run(asked))


def _advice(code: str, language: Language) -> str:
    from reglament.language.syntax.suggest import suggestion
    from reglament.rendering.reports.advice import ADVICE

    if code in ADVICE:
        return f"{code}: {ADVICE[code].to_text(language)}"
    hint = suggestion(code, ADVICE)
    known = ", ".join(ADVICE)
    near = f" ({hint.to(language)})" if hint is not None else ""
    said = Message("no-code", code=code, near=near, known=known)
    raise click.BadParameter(said.to(language), param_hint="--why")


def _watch(asked: CheckOptions) -> None:
    texts = [Path(text) for text in (asked.source, asked.former) if text is not None]
    paths = [chosen_policy(asked.common.policy_name), *texts]
    on_save(paths, lambda: _run(asked))


def _run(asked: CheckOptions) -> int:
    """Check once and print the report; the exit status."""
    try:
        policy = open_policy(asked.common.policy_name)
        parts, findings = _parts(policy, asked)
    except Refused as refused:
        _print_refused(refused, asked)
        return WRONG
    except OSError as error:  # a file that is being saved just now
        say(error.strerror or str(error), err=True)
        return WRONG
    is_fine = all(part.is_fine for part in parts)
    if asked.form == "json":
        print_json({"is_fine": is_fine, "problems": [], **{p.name: p.data for p in parts}})
    elif asked.form == "text":
        for part in parts:
            say(ListedWords(part.lines, "\n"))
    else:
        _print_findings(findings, asked)
    return FINE if is_fine else FAILED


def _print_refused(refused: Refused, asked: CheckOptions) -> None:
    from reglament.analysis.findings.every_version import of_problems

    if asked.form == "json":
        print_json(
            {
                "is_fine": False,
                "problems": [problem_json(problem) for problem in refused.problems],
                "following": [problem_json(problem) for problem in refused.following],
            }
        )
    elif asked.form == "text":
        say(refused.to_text(asked.common.language), err=True)
    else:
        left_out = refused.what_follows if refused.following else None
        _print_findings(of_problems(refused), asked, left_out)


def _print_findings(
    findings: Sequence[Finding], asked: CheckOptions, left_out: Words | None = None
) -> None:
    from reglament import __version__
    from reglament.rendering.reports.finding_formats import sarif, workflow_commands

    if asked.form == "sarif":
        print_json(sarif(findings, asked.common.language, __version__, left_out))
        return
    for line in workflow_commands(findings, asked.common.language, left_out):
        say(line)


def _parts(policy: Policy, asked: CheckOptions) -> tuple[list[ReportPart], tuple[Finding, ...]]:
    from reglament.analysis.findings.every_version import findings_of
    from reglament.rendering.reports.finding_formats import finding_dict

    at = asked.common.at
    only = None if at is None else version_of(policy, at)
    findings = tuple(map(_clickable, findings_of(policy.versions, only)))
    is_fine = all(finding.severity is Severity.NOTE for finding in findings)
    data = [finding_dict(finding) for finding in findings]
    parts = [
        ReportPart("policy", True, *_policy_part(policy)),
        ReportPart("findings", is_fine, data, tuple(_finding_lines(findings))),
    ]
    if asked.source is not None:
        version = version_of(policy, at)
        parts.append(ReportPart("source", *source_part(version, asked.source, asked.former)))
    return parts, findings


def _policy_part(policy: Policy) -> tuple[Mapping[str, Any], tuple[Words, ...]]:
    rows = [
        {
            "version": version.version,
            "holds_from": version.holds_from.isoformat(),
            "digest": version.digest,
            "decisions": len(version.shown_decisions),
            "rules": sum(1 for _ in version.written_rules()),
            "clauses": len(version.clauses),
            "examples": len(version.examples),
        }
        for version in policy.versions
    ]
    lines = tuple(_version_line(policy.id, row) for row in rows)
    return {"id": policy.id, "versions": rows}, lines


def _version_line(policy: str, row: Mapping[str, Any]) -> Words:
    counts = {name: row[name] for name in ("decisions", "rules", "clauses", "examples")}
    return Message("policy-read", policy=policy, version=row["version"], **counts)


SETTLE_MS = 200
_WAITING = Message("waiting-changes-ctrl-c")


def on_save(paths: Iterable[Path], run: Callable[[], object]) -> None:
    """Run now and after each change below the paths. Raises Refused without watchfiles."""
    with needing("watch"):
        from watchfiles import watch
    watched = [path for path in paths if path.exists()]
    try:
        run()
        say(_WAITING, err=True)
        for _ in watch(*watched, debounce=SETTLE_MS, raise_interrupt=False):
            run()
            say(_WAITING, err=True)
    except KeyboardInterrupt:
        return


_CLEAN = Message("nothing-found")


def _clickable(finding: Finding) -> Finding:
    """The finding with places that lead to the files from the current folder."""
    from reglament.language.syntax.shown import clickable

    placed = clickable(Problem("place", _CLEAN, place) for place in finding.places)
    places = tuple(problem.place for problem in placed if problem.place is not None)
    return replace(finding, places=places, follows=tuple(map(_clickable, finding.follows)))


def _finding_lines(findings: Sequence[Finding]) -> Iterator[Words]:
    from reglament.rendering.reports.finding_formats import finding_text

    for finding in findings:
        yield Rendered(finding_text, finding)
    if not findings:
        yield _CLEAN
        return
    counts = {f"{one}s": sum(f.severity is one for f in findings) for one in Severity}
    yield Message("findings-counted", **counts)

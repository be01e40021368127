"""From a file, or standard input, to its requests, decided one after another."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from reglament.frozen import frozen
from reglament.interfaces.cli.asked_policy import judged_at, naming
from reglament.interfaces.cli.output import STDIN
from reglament.messages import Language, Message
from reglament.model.outcomes import RESTS_ON_REFUSED
from reglament.model.problems import Place, Problem, Refused, refusal

if TYPE_CHECKING:
    from datetime import datetime

    from reglament.language.syntax.source import MappingNode, Source
    from reglament.model.regulation import Version
    from reglament.policy import Decided, Policy


def read_requests(name: str) -> tuple[Source, tuple[MappingNode | Refused, ...]]:
    """The text of a file or of standard input (`-`), and its requests. Raises Refused.

    In the place of a line or an item that is no request stands why it is none.
    """
    from reglament.language.requests.request_reader import requests_in

    try:
        source = _from_stdin() if name == STDIN else _from_file(name)
    except Refused as refused:
        (problem,) = refused.problems
        if problem.code == "file-too-large":
            raise Refused([replace(problem, hint=Message("many-requests-by-batch"))]) from None
        raise
    return source, requests_in(source)


@frozen
class RequestFile:
    """One file, and the requests in it or why they are none; `beside` has texts of their items."""

    source: Source
    requests: tuple[MappingNode | Refused, ...]
    beside: tuple[Source, ...] = ()


@frozen
class Answered:
    """A request that was decided, or refused: its file, and its number there, from 1."""

    decided: Decided | Refused
    file: str
    number: int


def read_files(
    names: Sequence[str], beside: Sequence[tuple[str, str]] = (), key: str | None = None
) -> tuple[list[RequestFile], list[Problem]]:
    """The files, and what is wrong with those that cannot be read. Raises Refused for all.

    `beside` names lists with the tables of their items, `key` the column that says whose they are.
    """
    files: list[RequestFile] = []
    problems: list[Problem] = []
    for name in dict.fromkeys(names):
        try:
            files.append(RequestFile(*read_requests(name)))
        except Refused as refused:
            problems += refused.problems
    if not files:
        raise Refused(problems)
    for fact, table in beside:
        files = _with_lines(files, fact, table, key)
    return files, problems


def _with_lines(
    files: list[RequestFile], fact: str, table: str, key: str | None
) -> list[RequestFile]:
    from reglament.language.requests.lines_beside import LinesTable, with_lines

    lines = LinesTable.read(fact, _from_file(table))
    whole = [one for file in files for one in file.requests if not isinstance(one, Refused)]
    joined = iter(with_lines(whole, lines, key))
    return [
        replace(
            file,
            requests=tuple(
                one if isinstance(one, Refused) else next(joined) for one in file.requests
            ),
            beside=(*file.beside, lines.source),
        )
        for file in files
    ]


def decide_files(
    policy: Policy,
    files: Iterable[RequestFile],
    at: str | None,
    only: tuple[str, ...] | None = None,
    problems: Iterable[Problem] = (),
) -> Iterator[Answered]:
    """Each request of each file decided or refused, in turn, as `decide_all` does those of one.

    Raises Refused after the last one, with all that is wrong, these `problems` first.
    """
    found = list(problems)
    for file in files:
        try:
            for number, decided in _numbered(policy, file, at, only):
                yield Answered(decided, file.source.name, number)
        except Refused as refused:
            found += refused.problems
    if found:
        raise Refused(found)


def heading(answer: Answered, files: Sequence[RequestFile], language: Language) -> str:
    """Which of several requests the answer is to: its file, where there are several, its number."""
    of_file = sum(len(file.requests) for file in files if file.source.name == answer.file)
    numbered = Message("request-numbered", number=answer.number).to(language)
    if len(files) == 1:
        return numbered
    return f"{answer.file}: {numbered}" if of_file > 1 else f"{answer.file}:"


def _from_file(name: str) -> Source:
    from reglament.language.syntax.source import read_source

    return read_source(Path(name), or_pipe=True)


def _from_stdin() -> Source:
    from reglament.language.syntax.source import MOST_BYTES, decode_source

    try:
        data = sys.stdin.buffer.read(MOST_BYTES + 1)
    except (AttributeError, OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or "closed"
        raise refusal("file-unreadable", Message("standard-input-cannot-read", why=why)) from error
    return decode_source(data, STDIN)


def decide_all(
    policy: Policy,
    source: Source,
    requests: tuple[MappingNode | Refused, ...],
    at: str | None,
    only: tuple[str, ...] | None = None,
) -> Iterator[Decided]:
    """Each request decided, in turn; those that are refused are left out.

    Raises Refused after the last one, with all that is wrong with those left out, and why
    the policy decides nothing of what is asked, all decisions or those in `only`; before the
    first one where `only` names what is no decision.
    """
    for _, decided in _numbered(policy, RequestFile(source, requests), at, only):
        if not isinstance(decided, Refused):
            yield decided


def _numbered(
    policy: Policy, file: RequestFile, at: str | None, only: tuple[str, ...] | None
) -> Iterator[tuple[int, Decided | Refused]]:
    """The same, each with the number of its request, from 1; those refused in their turn, too."""
    moment = None if at is None else judged_at(policy, at)
    for name in only or ():
        _refuse_unknown(policy, file.requests, moment, name)
    if file.source.is_csv and not file.beside:
        from reglament.language.requests.csv_requests import refuse_other_table

        known = {name: None for version in policy.versions for name in version.told_facts}
        whole = [one for one in file.requests if not isinstance(one, Refused)]
        refuse_other_table(file.source, whole, known)
    problems: list[Problem] = []
    for number, request in enumerate(file.requests, 1):
        try:
            decided = _decided(policy, file, request, moment, only)
        except Refused as refused:
            problems += refused.problems
            yield number, refused
            continue
        yield number, decided
        problems += _denied(decided, file, request, only)
    if problems:
        raise Refused(problems)


def _refuse_unknown(
    policy: Policy, requests: tuple[MappingNode | Refused, ...], at: datetime | None, name: str
) -> None:
    """Raises Refused where a version that judges one of the requests has no such decision."""
    from reglament.analysis.interview import decision_named

    judging = [_judging(policy, one, at) for one in requests if not isinstance(one, Refused)]
    with naming("--only"):
        for version in {version.version: version for version in judging}.values():
            decision_named(version, name)


def _decided(
    policy: Policy,
    file: RequestFile,
    request: MappingNode | Refused,
    at: datetime | None,
    only: tuple[str, ...] | None,
) -> Decided:
    """The request decided. Raises Refused, with the places of what is wrong."""
    from reglament.language.requests.request_reader import facts_in
    from reglament.language.syntax.source import plain

    if isinstance(request, Refused):
        raise request
    version = _judging(policy, request, at)
    if file.source.is_csv or file.beside:
        from reglament.language.requests.csv_requests import typed

        request = typed(version, request)
    facts_in(version, request, file.source, *file.beside)
    try:
        return policy.decide(plain(request), at=at, only=only)
    except Refused as refused:
        raise Refused(_placed(one, file, request, version) for one in refused.problems) from None


def _denied(
    decided: Decided,
    file: RequestFile,
    request: MappingNode | Refused,
    only: tuple[str, ...] | None,
) -> Iterator[Problem]:
    """Where nothing asked for could be decided, why: each cause once, at the fact to blame."""
    asked = [decided[name].refused for name in decided if only is None or name in only]
    problems = [one.problem for one in asked if one is not None]
    if isinstance(request, Refused) or len(problems) < len(asked):
        return
    causes = [one for one in problems if one.code != RESTS_ON_REFUSED]
    for problem in dict.fromkeys(causes or problems):
        yield _placed(problem, file, request, decided.version)


def _judging(policy: Policy, request: MappingNode, at: datetime | None) -> Version:
    """The version that judges the request; the newest where that is what is wrong with it."""
    from reglament.language.syntax.source import plain

    try:
        return policy.version_for(plain(request), at)
    except Refused:
        return policy.versions[-1]


def _placed(problem: Problem, file: RequestFile, request: MappingNode, version: Version) -> Problem:
    if problem.place is not None:
        return problem
    place = _blamed(problem, request, version)
    texts = {source.name: source for source in (file.source, *file.beside)}
    return replace(problem, place=place, source_line=texts[place.file].line(place.line))


def _blamed(problem: Problem, request: MappingNode, version: Version) -> Place:
    """Where the fact is told that the problem is about; where the request begins, else."""
    from reglament.language.requests.request_reader import fact_table, told_at

    told = None if problem.fact is None else told_at(fact_table(version), request, problem.fact)
    return request.place if told is None else told.place

"""From a file, or standard input, to its requests, decided one after another."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from reglament.cli.common import STDIN, judged_at
from reglament.model.problems import Place, Problem, Refused, refusal
from reglament.model.words import Words

if TYPE_CHECKING:
    from datetime import datetime

    from reglament.model.policy import Version
    from reglament.policy import Decided, Policy
    from reglament.reading.source import Mapping as Request
    from reglament.reading.source import Node, Source

WITHOUT_VERSION = frozenset({"before-first-version", "after-last-version"})


def read_requests(name: str) -> tuple[Source, tuple[Request, ...]]:
    """The text of a file or of standard input (`-`), and its requests. Raises Refused."""
    from reglament.reading.requests import requests_in

    source = _from_stdin() if name == STDIN else _from_file(name)
    return source, requests_in(source)


def _from_file(name: str) -> Source:
    from reglament.reading.source import read_source

    return read_source(Path(name))


def _from_stdin() -> Source:
    from reglament.reading.source import MOST_BYTES, decode_source

    try:
        data = sys.stdin.buffer.read(MOST_BYTES + 1)
    except (AttributeError, OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or "closed"
        message = Words(
            ru=f"стандартный ввод не читается: {why}",
            en=f"standard input cannot be read: {why}",
        )
        raise refusal("file-unreadable", message) from error
    return decode_source(data, STDIN)


def decide_all(
    policy: Policy, source: Source, requests: tuple[Request, ...], at: str | None
) -> Iterator[Decided]:
    """Each request decided, in turn.

    Raises Refused before the first one, with every wrong fact of every request; and at a
    request whose facts are right but for which the policy has no answer.
    """
    from reglament.reading.source import plain

    moment = None if at is None else judged_at(policy, at)
    _refuse_wrong(policy, source, requests, moment)
    for request in requests:
        try:
            decided = policy.decide(plain(request), at=moment)
            _ = decided.document  # works out every decision: whatever is refused is refused here
        except Refused as refused:
            place = _blamed(policy, request, refused).place
            raise Refused(_placed(one, source, place) for one in refused.problems) from None
        yield decided


def _refuse_wrong(
    policy: Policy, source: Source, requests: tuple[Request, ...], at: datetime | None
) -> None:
    from reglament.reading.requests import facts_in

    problems: list[Problem] = []
    for request in requests:
        try:
            facts_in(_judging(policy, request, at), request, source)
        except Refused as refused:
            problems += refused.problems
    if problems:
        raise Refused(problems)


def _judging(policy: Policy, request: Request, at: datetime | None) -> Version:
    """The version that judges the request; the newest where that is what is wrong with it."""
    from reglament.reading.source import plain

    try:
        return policy.version_for(plain(request), at)
    except Refused:
        return policy.versions[-1]


def _blamed(policy: Policy, request: Request, refused: Refused) -> Node:
    """What the refusal is about: the moment that no version judges, or the request."""
    from reglament.reading.requests import fact_table
    from reglament.reading.told_at import told_at

    newest = policy.versions[-1]
    chosen = told_at(fact_table(newest), request, newest.chosen_by)
    is_about_it = any(one.code in WITHOUT_VERSION for one in refused.problems)
    return chosen if is_about_it and chosen is not None else request


def _placed(problem: Problem, source: Source, place: Place) -> Problem:
    if problem.place is not None:
        return problem
    return source.problem(problem.code, problem.message, place, problem.hint)

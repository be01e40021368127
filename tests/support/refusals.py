"""What a mistake is answered with: the problems, and what one of them says."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from reglament.model.problems import Problem, Refused


def problems_of(attempt: Callable[[], object]) -> tuple[Problem, ...]:
    """The problems for which the attempt is refused."""
    with pytest.raises(Refused) as refused:
        attempt()
    return tuple(refused.value.problems)


def words_of(problem: Problem) -> str:
    """What is wrong, and what to do, in English; the message is another one in Russian."""
    message = problem.message.to("en")
    assert problem.message.to("ru") != message
    return f"{message}{problem.hint.to('en') if problem.hint else ''}"

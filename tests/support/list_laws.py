"""Laws of lists of things, for policies with lists of any depth."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from random import Random
from typing import Any, Protocol

from reglament import Policy, Refused
from reglament.analysis.diff.compare import diff
from reglament.analysis.diff.types import Fate
from reglament.analysis.testing.cases import generated_cases
from reglament.model.outcomes import Status
from reglament.reference import Answer, Undecided, decide

Json = dict[str, Any]


class Maker(Protocol):
    """A module that makes random policies and whole requests for them."""

    def policy(self, rng: Random) -> Json: ...

    def whole(self, rng: Random) -> Json: ...


def result(outcome: Any) -> tuple[str, Any]:
    """How a decision stands, and its outcome."""
    return outcome.status.value, outcome.outcome


def decides_as_the_reference(policy: Policy, request: Json) -> None:
    """A whole request is decided as the reference reads it."""
    decided = policy.decide(request)
    for name, outcome in decide(policy.versions[0], decided.facts).items():
        if isinstance(outcome, Answer):
            assert result(decided[name]) == ("determined", outcome.outcome), name
        else:
            refused = decided[name].refused
            assert refused is not None, name
            if isinstance(outcome, Undecided):
                code = "conflict" if outcome.outcomes else "gap"
                assert refused.problem.code == (
                    "rests-on-refused" if outcome.because_of else code
                ), name
                assert refused.rules == outcome.rules, name


def says_what_completions_give(decided: Any, whole: Sequence[Any], names: Iterable[str]) -> None:
    """What is said of a request in part is what its completions come to."""
    for name in names:
        outcome = decided[name]
        results = {result(one[name]) for one in whole}
        values = {value for status, value in results if status == "determined"}
        if outcome.is_determined:
            assert results == {result(outcome)}, name
        elif outcome.status is Status.REFUSED:
            assert not values, name
        else:
            assert outcome.needs, name
            assert outcome.possible is None or values <= set(outcome.possible), name
            if outcome.is_exact:
                assert len(results) > 1, name
                assert outcome.possible is None or values == set(outcome.possible), name


def what_diff_calls_the_same_is_decided_alike(make: Maker, seed: int) -> None:
    """Of a policy, and the same with one decision of another: 40 whole requests."""
    rng = Random(seed)
    text, other = make.policy(rng), make.policy(Random(seed + 1))
    name = rng.choice([name for name in text["decisions"] if name in other["decisions"]])
    edited = {**text, "decisions": {**text["decisions"], name: other["decisions"][name]}}
    try:
        old, new = Policy.from_text(text), Policy.from_text(edited)
    except Refused:
        return  # the other decision names what this policy does not have
    accounts = diff(old.versions[0], new.versions[0]).accounts
    same = [one.decision for one in accounts if one.fate is Fate.SAME]

    for _ in range(40):
        request = make.whole(rng)
        before, after = old.decide(request), new.decide(request)
        for one in same:
            assert result(before[one]) == result(after[one]), one


def cases_are_decided_as_they_say(policy: Policy) -> None:
    """There are generated cases, which name no fact of the engine's."""
    made = generated_cases(policy.versions[0])
    assert made
    for example in made:
        assert not any(" " in name for name in example.facts)
        decided = policy.decide(example.facts)
        for name, expected in example.expects.items():
            assert decided[name].outcome == expected.get("outcome")

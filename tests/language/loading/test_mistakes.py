"""What is said of policies that mean nothing: each mistake at its line, all of them at once."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from reglament.language.loading.version_loader import read_policy, read_version
from reglament.model.problems import Problem, Refused
from support.laws import examples, sample
from support.refunds import CALENDAR, HEAD, SWITCHED, YES_NO, problems_of

CASES = Path(__file__).with_name("wrong_meanings.yaml")


@dataclass(frozen=True)
class Mistake:
    """A rule or section that is wrong: what is said, and of which words."""

    code: str
    policy: str
    says: str
    hints: str = ""


def when(test: str) -> str:
    return f"decisions: {{d: {{{YES_NO}, rules: [{{id: r, when: {test}, then: yes}}]}}}}"


MISTAKES = [Mistake(**one) for one in yaml.safe_load(CASES.read_text("utf-8"))]


@pytest.mark.parametrize(
    "mistake", sample(MISTAKES, 20), ids=[f"{m.code} {m.says}" for m in MISTAKES]
)
def test_a_mistake_is_told_at_its_line(tmp_path: Path, mistake: Mistake) -> None:
    problems = problems_of(tmp_path, mistake.policy)
    found = [one for one in problems if one.code == mistake.code]

    assert found, [one.to_text("en") for one in problems]
    assert mistake.says in found[0].message.to("en")
    assert mistake.hints in (found[0].hint.to("en") if found[0].hint else "")
    assert found[0].place is not None
    assert found[0].place.file.endswith("part2.yaml")
    assert found[0].source_line == mistake.policy.splitlines()[found[0].place.line - 1]


def test_every_mistake_is_told_at_once(tmp_path: Path) -> None:
    text = when("{kidn: book, kind: bok}") + "\nhours: {h: {calendar: no, from: '1', until: '2'}}"

    codes = {problem.code for problem in problems_of(tmp_path, text)}
    assert {"unknown-fact", "unknown-word", "unknown-calendar"} <= codes


def test_a_name_told_in_two_files_is_told_with_both_places(tmp_path: Path) -> None:
    (problem,) = problems_of(
        tmp_path, "hours: {desk: {calendar: week, from: '09:00', until: '10:00'}}"
    )

    assert problem.code == "told-twice"
    assert "part1.yaml:10" in problem.message.to("en")
    assert problem.place is not None
    assert problem.place.file.endswith("part2.yaml")


def test_a_folder_without_a_policy_says_so(tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        read_policy(tmp_path)
    assert [problem.code for problem in refused.value.problems] == ["policy-missing"]


def told_of(path: Path) -> tuple[Problem, ...]:
    """The problems of the file; none where it is a policy."""
    try:
        read_version(path)
    except Refused as refused:
        return refused.problems
    return ()


LINES = (HEAD + CALENDAR + SWITCHED).splitlines()


@examples(60)
@given(
    st.integers(0, len(LINES) - 1),
    st.sampled_from(["", "  - x", "a: 1", "[", "d: {}", "  ? ", "0", "facts: [1]", "rules: {}"]),
)
def test_a_spoilt_line_never_ends_in_a_traceback(
    tmp_path_factory: pytest.TempPathFactory, number: int, spoilt: str
) -> None:
    path = tmp_path_factory.mktemp("spoilt") / "policy.yaml"
    path.write_text("\n".join([*LINES[:number], spoilt, *LINES[number + 1 :]]), "utf-8")
    assert all(told.message.to("ru") and told.message.to("en") for told in told_of(path))

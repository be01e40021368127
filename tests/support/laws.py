"""How much of a law, or of a long list of cases, a run tries: little at a desk, all in the end."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from _pytest.mark import ParameterSet
from hypothesis import settings
from hypothesis import strategies as st

# Every letter of Unicode. `st.text()` takes the same ones, but asks the codec of UTF-8 of each,
# which takes two seconds of every process in a fresh clone.
LETTER = st.characters(exclude_categories=["Cs"])


def examples(count: int) -> settings:
    """Half as many in a whole run (profile `some`), a tenth in a quick one, ten times by night."""
    return settings(max_examples=max(2, tries(count)))


def tries(count: int) -> int:
    """The same where a law draws by itself."""
    return count * settings.default.max_examples // 100


def sample(cases: Sequence[Any], count: int) -> list[ParameterSet]:
    """Parameters: `count` of the cases, evenly spread, in a quick run, every one in a whole run."""
    quick = {place * len(cases) // count for place in range(count)}
    return [_param(case, is_slow=place not in quick) for place, case in enumerate(cases)]


def _param(case: Any, *, is_slow: bool) -> ParameterSet:
    marks = [pytest.mark.slow] if is_slow else []
    if isinstance(case, ParameterSet):
        return pytest.param(*case.values, id=case.id, marks=[*case.marks, *marks])
    return pytest.param(*(case if type(case) is tuple else [case]), marks=marks)

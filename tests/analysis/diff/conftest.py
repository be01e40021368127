"""What tests of `diff` share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from reglament.analysis.diff import exactness


@pytest.fixture
def little_is_proven_exact() -> Iterator[None]:
    """Of a test in which nothing hangs on it, it took a third of the time.

    `test_exact_regions` and `test_law` try it.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(exactness, "MOST_STEPS", 30_000)
        yield

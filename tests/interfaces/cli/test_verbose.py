"""Long work says on standard error how it goes on, if it is asked to."""

from __future__ import annotations

import pytest

from support.cli_runner import besides, start

CHECK = ("check", "--policy", "library-fees")


@pytest.mark.slow
@pytest.mark.parametrize("is_asked", [True, False])
def test_long_work_says_how_it_goes_on_where_it_is_asked(is_asked: bool) -> None:
    out, err = start(*(["-v"] if is_asked else []), *CHECK).communicate(timeout=300)

    assert b"library-fees" in out
    assert (b"reglament.analysis.findings: late_fee: findings: 0" in err) is is_asked
    assert is_asked or not besides(err.decode())

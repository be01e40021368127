"""From a policy to its SQL on the terminal or in a file."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reglament.interfaces.cli.asked_policy import judged_at
from reglament.interfaces.cli.output import say

if TYPE_CHECKING:
    from reglament.policy import Policy


def print_sql(
    policy: Policy, dialect: Any, at: str | None, output: str | None, told: Mapping[str, Any]
) -> None:
    """Print the statements and the select of the policy, or write them to a file.

    Raises Refused for a decision that cannot be said in SQL.
    """
    from reglament.editing.atomic import write_whole

    script = policy.sql(
        dialect,
        only=told["only"],
        at=None if at is None else judged_at(policy, at),
        table=told["table"],
        keep=told["keep"] or ("id",),
        told=told["told"] or (),
    )
    if output is None:
        say(str(script).rstrip("\n"))
    else:
        write_whole(Path(output), str(script))

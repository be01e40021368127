"""From the words of a command line to the command that they name, and its exit status.

A command is one file of this package and one line of `COMMANDS`; its module is imported
only when it is run, so that starting costs no more than the command needs.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple, NoReturn

FINE: Final = 0
FAILED: Final = 1
WRONG: Final = 2
INTERRUPTED: Final = 130
NOBODY_READS: Final = 141


class Command(NamedTuple):
    """Where a command is defined (`module:function`), and its line in the help."""

    target: str
    summary: str


COMMANDS: Final[dict[str, Command]] = {
    "decide": Command("reglament.cli.decide:decide", "Decide requests by a policy."),
    "explain": Command("reglament.cli.explain:explain", "Say in words why it was decided so."),
    "ask": Command("reglament.cli.ask:ask", "Ask what still matters, then decide."),
    "change": Command("reglament.cli.change:change", "Say what would change a decision."),
    "check": Command("reglament.cli.check:check", "Find what is wrong with a policy."),
    "test": Command("reglament.cli.test:test", "Try the worked examples of a policy."),
    "matrix": Command("reglament.cli.matrix:matrix", "Show clauses, their rules and examples."),
    "new": Command("reglament.cli.new:new", "Begin a policy, or its next version."),
    "fmt": Command("reglament.cli.fmt:fmt", "Lay out policy files, their comments kept."),
    "diff": Command("reglament.cli.diff:diff", "Show exactly what an edit changes."),
    "readings": Command("reglament.cli.readings:readings", "Show what each open question decides."),
    "show": Command("reglament.cli.show:show", "Show a policy as a page to read."),
    "calendar": Command("reglament.cli.calendar:calendar", "Show working days and hours."),
    "watch": Command("reglament.cli.watch:watch", "Follow requests over time: events to effects."),
    "timeline": Command("reglament.cli.timeline:timeline", "Show what happened and what is next."),
    "log": Command("reglament.cli.log:log", "Audit a log of decisions."),
    "completion": Command("reglament.cli.completion:completion", "Print a completion script."),
}


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command line and exit: see the statuses above. Never a traceback for bad input."""
    try:
        from reglament.cli.group import run

        status = run(arguments)
    except KeyboardInterrupt:
        status = INTERRUPTED
    raise SystemExit(status)

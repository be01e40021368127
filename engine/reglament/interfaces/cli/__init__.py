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
    "decide": Command(
        "reglament.interfaces.cli.decide_command:decide", "Decide requests by a policy."
    ),
    "explain": Command(
        "reglament.interfaces.cli.explain_command:explain", "Say in words why it was decided so."
    ),
    "ask": Command(
        "reglament.interfaces.cli.ask_command:ask", "Ask what still matters, then decide."
    ),
    "change": Command(
        "reglament.interfaces.cli.change_command:change", "Say what would change a decision."
    ),
    "check": Command(
        "reglament.interfaces.cli.check_command:check", "Find what is wrong with a policy."
    ),
    "test": Command(
        "reglament.interfaces.cli.test_command:test", "Try the worked examples of a policy."
    ),
    "matrix": Command(
        "reglament.interfaces.cli.matrix_command:matrix", "Show clauses, their rules and examples."
    ),
    "new": Command(
        "reglament.interfaces.cli.new_command:new", "Begin a policy, or its next version."
    ),
    "fmt": Command(
        "reglament.interfaces.cli.fmt_command:fmt", "Lay out policy files, their comments kept."
    ),
    "diff": Command(
        "reglament.interfaces.cli.diff_command:diff", "Show exactly what an edit changes."
    ),
    "readings": Command(
        "reglament.interfaces.cli.readings_command:readings",
        "Show what each open question decides.",
    ),
    "show": Command(
        "reglament.interfaces.cli.show_command:show", "Show a policy as a page to read."
    ),
    "calendar": Command(
        "reglament.interfaces.cli.calendar_command:calendar", "Show working days and hours."
    ),
    "watch": Command(
        "reglament.interfaces.cli.watch_command:watch",
        "Follow requests over time: events to effects.",
    ),
    "timeline": Command(
        "reglament.interfaces.cli.timeline_command:timeline", "Show what happened and what is next."
    ),
    "log": Command("reglament.interfaces.cli.log_command:log", "Audit a log of decisions."),
    "completion": Command(
        "reglament.interfaces.cli.completion_command:completion", "Print a completion script."
    ),
}


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command line and exit: see the statuses above. Never a traceback for bad input."""
    try:
        from reglament.interfaces.cli.group import run

        status = run(arguments)
    except KeyboardInterrupt:
        status = INTERRUPTED
    raise SystemExit(status)

"""From the words of a command line to the command that they name, and its exit status.

A command is one file of this package and one line of `COMMANDS`; its module is imported
only when it is run, so that starting costs no more than the command needs.
"""

from __future__ import annotations

import gc
from collections.abc import Sequence
from typing import Final, NamedTuple, NoReturn

FINE: Final = 0
FAILED: Final = 1
WRONG: Final = 2
INTERRUPTED: Final = 130
GARBAGE: Final = 50_000  # objects made, before those that are no longer needed are looked for
NOBODY_READS: Final = 141
BUNDLED: Final = "technical-support"
"""The policy by which a request is decided in a folder that has none."""


class Command(NamedTuple):
    """Where a command is defined (`module:function`), and the message of its line in the help."""

    target: str
    summary: str


COMMANDS: Final[dict[str, Command]] = {
    "decide": Command("reglament.interfaces.cli.decide_command:decide", "summary-decide"),
    "explain": Command("reglament.interfaces.cli.explain_command:explain", "summary-explain"),
    "ask": Command("reglament.interfaces.cli.ask_command:ask", "summary-ask"),
    "change": Command("reglament.interfaces.cli.change_command:change", "summary-change"),
    "check": Command("reglament.interfaces.cli.check_command:check", "summary-check"),
    "test": Command("reglament.interfaces.cli.test_command:test", "summary-test"),
    "matrix": Command("reglament.interfaces.cli.matrix_command:matrix", "summary-matrix"),
    "new": Command("reglament.interfaces.cli.new_command:new", "summary-new"),
    "fmt": Command("reglament.interfaces.cli.fmt_command:fmt", "summary-fmt"),
    "diff": Command("reglament.interfaces.cli.diff_command:diff", "summary-diff"),
    "readings": Command("reglament.interfaces.cli.readings_command:readings", "summary-readings"),
    "batch": Command("reglament.interfaces.cli.batch_command:batch", "summary-batch"),
    "build": Command("reglament.interfaces.cli.build_command:build", "summary-build"),
    "schema": Command("reglament.interfaces.cli.schema_command:schema", "summary-schema"),
    "show": Command("reglament.interfaces.cli.show_command:show", "summary-show"),
    "calendar": Command("reglament.interfaces.cli.calendar_command:calendar", "summary-calendar"),
    "watch": Command("reglament.interfaces.cli.watch_command:watch", "summary-watch"),
    "timeline": Command("reglament.interfaces.cli.timeline_command:timeline", "summary-timeline"),
    "log": Command("reglament.interfaces.cli.log_command:log", "summary-log"),
    "serve": Command("reglament.interfaces.cli.serve_command:serve", "summary-serve"),
    "mcp": Command("reglament.interfaces.cli.mcp_command:mcp", "summary-mcp"),
    "completion": Command(
        "reglament.interfaces.cli.completion_command:completion", "summary-completion"
    ),
}


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command line and exit: see the statuses above. Never a traceback for bad input."""
    # What is made at the start stays: looking through it again and again for garbage is a tenth
    # of a short run.
    gc.set_threshold(GARBAGE, *gc.get_threshold()[1:])
    try:
        from reglament.interfaces.cli.group import run

        status = run(arguments)
    except KeyboardInterrupt:
        status = INTERRUPTED
    except RuntimeError as error:  # as Python 3.11 has it of one that comes while a class is made
        if not isinstance(error.__cause__, KeyboardInterrupt):
            raise
        status = INTERRUPTED
    # All goes with the process. To look through it at the end, as Python does, is a third of a
    # run that made a long document.
    gc.freeze()
    raise SystemExit(status)

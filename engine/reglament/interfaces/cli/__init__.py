"""From the words of a command line to the command that they name, and its exit status.

A command is one file of this package and one line of `COMMANDS`; its module is imported
only when it is run, so that starting costs no more than the command needs.
"""

from __future__ import annotations

import gc
from collections.abc import Sequence
from typing import Final, NoReturn

FINE: Final = 0
FAILED: Final = 1
WRONG: Final = 2
INTERRUPTED: Final = 130
GARBAGE: Final = 50_000  # objects made, before those that are no longer needed are looked for
NOBODY_READS: Final = 141
BUNDLED: Final = "technical-support"
"""The policy by which a request is decided in a folder that has none."""


COMMANDS: Final[dict[str, str]] = {
    "decide": "summary-decide",
    "explain": "summary-explain",
    "ask": "summary-ask",
    "change": "summary-change",
    "check": "summary-check",
    "test": "summary-test",
    "matrix": "summary-matrix",
    "new": "summary-new",
    "fmt": "summary-fmt",
    "diff": "summary-diff",
    "readings": "summary-readings",
    "batch": "summary-batch",
    "build": "summary-build",
    "schema": "summary-schema",
    "show": "summary-show",
    "calendar": "summary-calendar",
    "watch": "summary-watch",
    "timeline": "summary-timeline",
    "log": "summary-log",
    "serve": "summary-serve",
    "mcp": "summary-mcp",
    "completion": "summary-completion",
}
"""Of each command the message of its line in the help; it is defined in a module of its name."""


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

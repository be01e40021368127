"""The command line run inside of the tests' own process, and as a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys

from click.testing import CliRunner, Result

from reglament.interfaces.cli.group import group
from support.places import DOCS, ROOT

REQUESTS = DOCS / "requests"
_NO_LOCALE = {"LC_ALL": "C", "REGLAMENT_LANG": None}


def run(*arguments: object, stdin: bytes | str | None = None) -> Result:
    """What the command line prints and its exit status, in English unless the arguments say."""
    given = [str(argument) for argument in arguments]
    return CliRunner(env=_NO_LOCALE).invoke(group, given, input=stdin, prog_name="reglament")


def besides(stderr: str) -> str:
    """What is said on standard error besides the line on which policy is read, which must stand."""
    first, _, rest = stderr.partition("\n")
    assert first.startswith(("Policy: ", "Регламент: ")), stderr
    return rest


def start(*arguments: str, **options: object) -> subprocess.Popen[bytes]:
    """A process of its own; its output is piped unless `options` say otherwise."""
    settings: dict[str, object] = {
        "stdout": subprocess.PIPE,
        "stderr": subprocess.PIPE,
        "env": environment(),
        **options,
    }
    command = [sys.executable, str(ROOT / "cli.py"), *arguments]
    return subprocess.Popen(command, **settings)  # type: ignore[call-overload,no-any-return]


def environment(**more: str) -> dict[str, str]:
    """The environment without what would choose a language or an encoding."""
    settled = {"LC_ALL", "LC_MESSAGES", "LANG", "REGLAMENT_LANG", "PYTHONIOENCODING"}
    return {name: said for name, said in os.environ.items() if name not in settled} | more

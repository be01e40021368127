"""From files that are saved to work that is done again, until Ctrl-C."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from reglament.interfaces.cli.output import say
from reglament.messages import Language, Message
from reglament.model.problems import refusal

SETTLE_MS = 200
_HINT = Message("install-reglament-watch-run")
_WAITING = Message("waiting-changes-ctrl-c")


def on_save(paths: Iterable[Path], run: Callable[[], object], language: Language) -> None:
    """Run now and after each change below the paths. Raises Refused without watchfiles."""
    try:
        from watchfiles import watch
    except ImportError:
        raise refusal("watch-missing", Message("watch-needs-package-watchfiles"), _HINT) from None
    watched = [path for path in paths if path.exists()]
    try:
        run()
        say(_WAITING.to(language), err=True)
        for _ in watch(*watched, debounce=SETTLE_MS, raise_interrupt=False):
            run()
            say(_WAITING.to(language), err=True)
    except KeyboardInterrupt:
        return

"""From files that are saved to work that is done again, until Ctrl-C."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from reglament.interfaces.cli.shared_options import say
from reglament.model.problems import refusal
from reglament.model.words import Language, Words

SETTLE_MS = 200
_NO_PACKAGE = Words(
    ru="для `--watch` нужен пакет watchfiles",
    en="`--watch` needs the package watchfiles",
)
_HINT = Words(
    ru="поставьте `reglament[watch]` или запускайте `reglament check` сами",
    en="install `reglament[watch]`, or run `reglament check` yourself",
)
_WAITING = Words(ru="жду изменений, Ctrl-C - конец", en="waiting for changes, Ctrl-C stops")


def on_save(paths: Iterable[Path], run: Callable[[], object], language: Language) -> None:
    """Run now and after each change below the paths. Raises Refused without watchfiles."""
    try:
        from watchfiles import watch
    except ImportError:
        raise refusal("watch-missing", _NO_PACKAGE, _HINT) from None
    watched = [path for path in paths if path.exists()]
    try:
        run()
        say(_WAITING.to(language), err=True)
        for _ in watch(*watched, debounce=SETTLE_MS, raise_interrupt=False):
            run()
            say(_WAITING.to(language), err=True)
    except KeyboardInterrupt:
        return

"""What long work is at: told after a while, and gone before anything is said."""

from __future__ import annotations

import io
import logging
from threading import enumerate as threads
from time import sleep

import pytest

from reglament.interfaces.cli import progress
from reglament.interfaces.cli.output import clear, hush
from reglament.interfaces.cli.progress import Progress
from support.events import wait_for


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    monkeypatch.setattr(progress, "AFTER", 0.02)
    monkeypatch.setattr(progress, "EVERY", 0.02)
    monkeypatch.setattr(progress, "monotonic", lambda: 0.0)  # however late a thread comes
    return Terminal()


def wait_until_told(terminal: Terminal, text: str) -> None:
    wait_for(lambda: text in terminal.getvalue())


def is_clear(terminal: Terminal) -> bool:
    """Whether nothing of what was told is left on the line."""
    return terminal.getvalue().rpartition("\x1b[K")[2] == ""


@pytest.mark.parametrize(("language", "said"), [("en", "… 0 s"), ("ru", "… 0 с")])
def test_how_long_and_at_what_it_is(terminal: Terminal, language: str, said: str) -> None:
    with Progress(language, terminal):
        logging.getLogger("reglament.analysis").info("tier: findings: 2")
        wait_until_told(terminal, f"{said} tier: findings: 2")

    assert is_clear(terminal)
    assert not [one for one in threads() if one.name == "reglament-progress"]


def test_nothing_is_told_of_quick_work(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "AFTER", 60)
    with Progress("en", terminal):
        logging.getLogger("reglament").info("soon")

    assert terminal.getvalue() == ""


def test_it_ends_before_anything_is_said(terminal: Terminal) -> None:
    with Progress("en", terminal):
        wait_until_told(terminal, "… 0 s")
        hush()
        assert is_clear(terminal)
        told = terminal.getvalue()
        sleep(0.1)
        assert terminal.getvalue() == told


def test_it_goes_on_after_something_is_said_beside(terminal: Terminal) -> None:
    with Progress("en", terminal):
        wait_until_told(terminal, "… 0 s")
        clear()
        terminal.write("Policy: fees\n")
        wait_until_told(terminal, "Policy: fees\n\r\x1b[K… 0 s")


def test_a_warning_is_said_at_once_on_a_line_of_its_own(terminal: Terminal) -> None:
    with Progress("en", terminal):
        wait_until_told(terminal, "… 0 s")
        logging.getLogger("reglament").warning("twice failed")

        wait_until_told(terminal, "\x1b[Ktwice failed\n")

    assert is_clear(terminal)
    assert logging.getLogger("reglament").handlers == []

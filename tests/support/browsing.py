"""Chromium, where the system has it, and what is asked of every page in it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import pytest

STANDARD = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
MISSING = "the extra `browser` is not there"


@contextmanager
def chromium() -> Iterator[Any]:
    """The browser; the test is skipped where there is none."""
    driver = pytest.importorskip("playwright.sync_api", reason=MISSING)
    path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)
    if path is None:
        pytest.skip("no Chromium: apt-get install chromium")
    with driver.sync_playwright() as playwright:
        made = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield made
        made.close()


@cache
def _axe() -> str:
    found = pytest.importorskip("axe_playwright_python", reason=MISSING)
    return (Path(found.__file__).parent / "axe.min.js").read_text("utf-8")


def refuse_unreadable(page: Any) -> None:
    """Fails where the page must be scrolled sideways, or breaks a rule of WCAG."""
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    root = "document.documentElement"
    is_wide = page.evaluate(f"{root}.scrollWidth > {root}.clientWidth")
    page.evaluate(_axe())
    found = page.evaluate("standard => axe.run({runOnly: standard})", STANDARD)
    violations = [(one["id"], one["nodes"][0]["html"]) for one in found["violations"]]

    assert not is_wide, f"{page.url} must be scrolled sideways"
    assert violations == [], page.url
    assert found["passes"], "nothing was looked at"

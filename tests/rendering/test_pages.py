"""Pages as people have them: whole in themselves, in words, readable by a machine that reads aloud.

What only a browser can tell (contrast, overflow, roles) is asked of Chromium, where there is one.
"""

from __future__ import annotations

from html.parser import HTMLParser
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from reglament.audit import open_log
from reglament.memo import Memo
from support.browsing import refuse_unreadable
from support.cli_runner import run
from support.laws import sample
from support.places import ROOT
from support.shipped import shipped

REQUEST = str(ROOT / "docs" / "requests" / "training-by-a-partner.yaml")
LANGUAGES = ("ru", "en")
NAMES = ("entry", "open-entry", "report", "decision", "policy", "fields", "matrix")
WORDED = ("entry", "open-entry", "report", "decision")
TOLD = {
    "requester.kind": "certified_partner",
    "request.created_at": "2026-11-20T18:30",
    "request.channel": "portal",
}


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Memo[tuple[str, str], Path]:
    """Every page that there is, in both languages, each made when it is first looked at."""
    folder = tmp_path_factory.mktemp("pages")
    url = str(folder / "log.db")
    with open_log(url, create=True) as log:
        for more in ({"request.service": "training"}, {}):
            shipped("technical-support").decide({**TOLD, **more}, log=log, subject="request/17")
    policy = ("--policy", "technical-support")
    words: dict[str, tuple[str, ...]] = {
        "entry": ("log", "show", url, "1", "--html"),
        "open-entry": ("log", "show", url, "2", "--html"),
        "report": ("log", "report", url, "--html"),
        "fields": ("log", "export", url, "--plain", "--fields"),
        "decision": ("explain", REQUEST, *policy, "--html"),
        "policy": ("show", *policy, "--html"),
        # Of a small policy: what the browser is asked grows with the page, and a row is a row.
        "matrix": ("matrix", "--policy", "annual-leave", "--html"),
    }

    def made(page: tuple[str, str]) -> Path:
        name, language = page
        path = folder / f"{name}.{language}.html"
        result = run(*words[name], str(path), "--lang", language)
        assert result.exit_code == 0, result.output
        return path

    return Memo(made)


class Read(HTMLParser):
    """What a page says: its words, its headings, where it can be jumped to and where it jumps."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.headings: list[str] = []
        self.places: list[str] = []
        self.jumps: set[str] = set()
        self.language = ""
        self._skipping = 0
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        self.language = told.get("lang") or self.language
        self.places += [f"#{told['id']}"] if "id" in told else []
        self.jumps |= {str(told[key]) for key in ("href", "src") if key in told}
        self.headings += [tag] if tag in ("h1", "h2", "h3") else []
        self._skipping += tag == "style"

    def handle_endtag(self, tag: str) -> None:
        self._skipping -= tag == "style"

    def handle_data(self, data: str) -> None:
        if not self._skipping:
            self.words.append(data)


def read(pages: Memo[tuple[str, str], Path], name: str, language: str) -> Read:
    return Read(pages[name, language].read_text("utf-8"))


@pytest.mark.parametrize(("name", "language"), sample([*product(NAMES, LANGUAGES)], 5))
def test_a_page_stands_alone_and_every_link_leads_to_a_place_in_it(
    pages: Memo[tuple[str, str], Path], name: str, language: str
) -> None:
    page = read(pages, name, language)

    assert page.jumps - set(page.places) == set()
    assert len(page.places) == len(set(page.places)), "two places bear one name"
    assert page.headings.count("h1") == 1
    assert page.language == language
    assert "`" not in "".join(page.words)


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize("name", ["entry", "open-entry", "decision"])
def test_a_decision_begins_with_the_answer(
    pages: Memo[tuple[str, str], Path], name: str, language: str
) -> None:
    said = " ".join(" ".join(read(pages, name, language).words).split())
    answer = {
        ("entry", "ru"): "Ответ на заявку: принять",
        ("entry", "en"): "Answer: accept",
        ("open-entry", "ru"): "Ответ на заявку: пока не определено",
        ("open-entry", "en"): "Answer: not determined yet",
    }["entry" if name == "decision" else name, language]
    facts = "Указанные сведения" if language == "ru" else "Facts given"

    assert said.index(answer) < said.index(facts)
    assert said.count("(по московскому времени)" if language == "ru" else "(Moscow time)") >= 1, (
        "a time has its zone"
    )


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize("name", WORDED)
def test_words_stand_instead_of_what_machines_write(
    pages: Memo[tuple[str, str], Path], name: str, language: str
) -> None:
    shown = pages[name, language].read_text("utf-8")
    before = shown.split("<summary>Exactly as recorded")[0].split("<summary>Точно как")[0]
    said = " ".join(Read(before).words)

    for word in ("certified_partner", "requester.kind", "request.created_at"):
        assert word not in said
    assert "partner.channels" not in said, "a clause is called by its place in the text"


def test_decisions_stand_in_the_order_of_the_policy_and_the_others_are_folded(
    pages: Memo[tuple[str, str], Path],
) -> None:
    shown = pages["entry", "en"].read_text("utf-8")
    version = shipped("technical-support").versions[-1]
    names = [one.name for one in version.decisions.values() if not one.is_internal]
    places = [shown.index(f'id="decision-{name}"') for name in names]

    assert places == sorted(places)
    opened = [name for name in names if f'id="decision-{name}" open>' in shown]
    assert {"answer", "tier", "response_due", "scope"} <= set(opened)
    assert {"renewal", "payment_contact", "free_until"}.isdisjoint(opened)


@pytest.mark.parametrize("language", ["ru", "en"])
def test_a_page_shows_one_request(tmp_path: Path, language: str) -> None:
    path, page = tmp_path / "two.jsonl", tmp_path / "page.html"
    path.write_text("{}\n{}\n", "utf-8")
    words = (str(path), "--policy", "technical-support", "--html", str(page), "--lang", language)
    result = run("explain", *words)

    assert result.exit_code == 2
    assert "2" in result.output
    assert not page.exists()


# -- in a browser ---------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize(
    ("language", "width", "scheme"),
    [("ru", 1280, "light"), ("ru", 390, "dark"), ("en", 1280, "dark"), ("en", 390, "light")],
)
@pytest.mark.parametrize("name", NAMES)
def test_a_page_fits_and_anyone_can_read_it(
    pages: Memo[tuple[str, str], Path],
    browser: Any,
    name: str,
    language: str,
    width: int,
    scheme: str,
) -> None:
    size = {"width": width, "height": 900}
    # A page lets no script run; the one that looks at it is let in.
    context = browser.new_context(viewport=size, color_scheme=scheme, bypass_csp=True)
    page = context.new_page()
    page.goto(pages[name, language].as_uri())
    refuse_unreadable(page)
    context.close()

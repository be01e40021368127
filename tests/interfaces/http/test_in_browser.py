"""The pages of the service in Chromium: by keyboard, without scripts, small, in the dark."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from threading import Thread
from typing import Any

import pytest
import uvicorn

from reglament.audit import open_log
from support.browsing import refuse_unreadable
from support.service import at_once, caller
from support.shipped import shipped
from support.technical_support import PARTNER

pytestmark = pytest.mark.slow
TOLD = "requester.kind=certified_partner&request.service=training&request.channel=portal"
PAGES = (
    "/ask",
    "/ask/technical-support",
    "/ask/technical-support?requester.kind=user",
    "/ask/technical-support?requester.kind=user&-change=key.registered_on",
    "/ask/technical-support?-asked=key.registered_on&-answer=soon",
    "/ask/annual-leave?-change=employee.grounds",
    f"/ask/technical-support?{TOLD}&request.created_at=2026-11-20T18:30",
    "/ask/technical-suport",
    "/log?status=determined",
    "/log?rule=none-such",
    "/log/1",
    "/log/2/now",
    "/log/report",
    "/log/verify",
    "/log/verify?run=1",
)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where a service with a log answers."""
    url = str(tmp_path_factory.mktemp("browser") / "decisions.db")
    with open_log(url, create=True) as log:
        for service in ("training", "onsite_visit"):
            facts = {**PARTNER, "request.service": service}
            shipped("technical-support").decide(facts, log=log, subject="request/1")
    listening = socket.create_server(("127.0.0.1", 0))
    asked = caller(log_url=url, apart=at_once).service.application()
    server = uvicorn.Server(uvicorn.Config(asked, ws="none", log_config=None))
    thread = Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    server.should_exit = True
    thread.join()
    listening.close()


@pytest.mark.parametrize(
    ("language", "width", "scheme"), [("ru", 1280, "light"), ("en", 390, "dark")]
)
def test_every_page_fits_and_anyone_can_read_it(
    browser: Any, address: str, language: str, width: int, scheme: str
) -> None:
    size = {"width": width, "height": 900}
    # A page lets no script run; the one that looks at it is let in.
    context = browser.new_context(
        viewport=size, color_scheme=scheme, locale=language, bypass_csp=True
    )
    page = context.new_page()
    for path in PAGES:
        page.goto(address + path)
        assert page.locator("html").get_attribute("lang") == language, path
        refuse_unreadable(page)
    context.close()


def test_nothing_is_refused_by_the_policy_of_a_page(browser: Any, address: str) -> None:
    context = browser.new_context(locale="en")
    page = context.new_page()
    said: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("request", lambda request: asked.append(request.url))
    for path in (PAGES[2], PAGES[6], "/log/1", "/log/report"):
        page.goto(address + path)
        assert page.locator("main").evaluate("one => getComputedStyle(document.body).maxWidth")
        assert page.evaluate("getComputedStyle(document.body).maxWidth") != "none", "no style"
    context.close()
    assert said == []
    assert {url.split("/")[2] for url in asked} == {address.split("/")[2]}


def test_a_requester_answers_by_keyboard_and_without_scripts(browser: Any, address: str) -> None:
    context = browser.new_context(locale="ru", java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/ask/technical-support")
    page.get_by_label("сертифицированный партнёр").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Какая услуга вам нужна?").wait_for()
    page.get_by_label("выезд специалиста").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Ответ на вашу заявку").wait_for()
    assert page.locator("a[href^='mailto:']").count()

    kept = page.url
    page.get_by_role("link", name="Назад").click()
    assert page.get_by_label("выезд специалиста").is_checked()
    page.get_by_role("button", name="Не знаю").click()
    page.goto(kept)
    page.get_by_role("heading", name="Ответ на вашу заявку").wait_for()
    page.get_by_role("link", name="English").click()
    page.get_by_role("heading", name="Answer to your request").wait_for()
    context.close()


def test_an_auditor_finds_an_entry_and_verifies_the_log(browser: Any, address: str) -> None:
    context = browser.new_context(locale="en", java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/log")
    page.get_by_text("Filters and samples").click()
    page.get_by_label("Decision = outcome").fill("answer=refuse")
    with page.expect_navigation():
        page.get_by_role("button", name="Show").click()
    assert page.locator("tbody tr").count() == 1
    page.locator("tbody a").click()
    page.get_by_role("link", name="Then and now").click()
    page.get_by_text("The text is the same").wait_for()
    page.get_by_role("link", name="Verify").click()
    page.get_by_role("button", name="Verify the whole log").click()
    page.get_by_text("checked: 2 of 2").wait_for()
    with page.expect_navigation():
        page.get_by_role("link", name="Report").click()
    assert page.locator("svg").count()
    context.close()

"""The requester's form: the questions of the interview, one a page, by links alone."""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256
from random import Random
from typing import Any
from urllib.parse import parse_qsl, quote, unquote, urlencode

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reglament.interfaces.http.access import Access, Caller
from reglament.interfaces.http.service import Service
from reglament.interfaces.http.shelf import Fixed, Shelf
from reglament.policy import Policy
from support.forms import SeenPage
from support.laws import LETTER, examples, sample
from support.service import NAMES, caller
from support.service import Caller as Asker
from support.shipped import shipped

FORM = "/ask/technical-support"


def shown(address: str, language: str = "en", **headers: str) -> tuple[httpx.Response, SeenPage]:
    """The page to which an address leads in the end."""
    answer = caller().ask("GET", address, accept_language=language, **headers)
    while answer.status_code == 303:
        answer = caller().ask("GET", answer.headers["location"], accept_language=language)
    return answer, SeenPage(answer.text)


def facts_of(address: str) -> dict[str, str]:
    """The facts that an address tells, where each has one text."""
    pairs = [one.split("=") for one in address.partition("?")[2].split("&") if one]
    return {unquote(name): unquote(value) for name, value in pairs if not name.startswith("-")}


@pytest.mark.parametrize("language", ["ru", "en"])
def test_the_questions_are_those_of_the_interview(policy: Policy, language: Any) -> None:
    address, told = FORM, {}
    for value in ("user", "software_operation", None):
        question = policy.next_question(told, asked_of="requester")
        _, page = shown(address, language)
        if question is None:
            break
        assert page.headings == [question.text.to(language)]
        assert [*page.choices.values()] == [
            *(words.to(language) for _, words in question.options),
            *([] if question.null_means is None else [question.null_means.to(language)]),
        ]
        number = [one for one, _ in question.options].index(value)
        sent = caller().ask("GET", page.sent(("-answer", str(number))))
        address = sent.headers["location"]
        told[question.fact] = value
        assert facts_of(address) == told


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("seed", sample(range(3), 1))
def test_any_way_through_the_form_ends_with_the_letter(name: str, seed: int) -> None:
    random, policy, address = Random(seed), shipped(name), f"/ask/{name}?-for=all"
    for _ in range(30):
        answer, page = shown(address)
        assert answer.status_code == 200
        if not page.action:
            break
        if page.choices:
            field = ("-answer", random.choice([*page.choices]))
        else:
            field = ("-unknown", dict(page.hidden)["-asked"])
        address = caller().ask("GET", page.sent(field)).headers["location"]
    told = {key: _value(one) for key, one in facts_of(address).items()}
    nulls = re.findall("-null=([a-z._]+)", address)
    decided = policy.decide({**told, **dict.fromkeys(nulls)})
    assert page.headings[0] in ("Answer to your request", "What can be said so far")
    for paragraph in decided.explain("en", "client").split("\n\n"):
        assert " ".join(paragraph.split()) in page.said.replace(" .", ".")


def _value(text: str) -> Any:
    return {"true": True, "false": False}.get(text, text)


def test_it_stops_as_soon_as_the_answer_is_certain() -> None:
    _, page = shown(f"{FORM}?request.service=onsite_visit")
    assert page.headings == ["Answer to your request"]
    assert not page.action


def test_a_button_says_that_a_fact_is_not_known_or_null() -> None:
    _, page = shown(f"{FORM}?requester.kind=user&request.service=remote_connection&-for=all")
    fact = dict(page.hidden)["-asked"]
    assert ("-unknown", fact) in page.buttons
    _, after = shown(page.sent(("-unknown", fact)))
    assert dict(after.hidden).get("-asked") != fact
    assert "not known" in after.said
    _, null = shown(f"{FORM}?-change=key.registered_on")
    assert ("-null", "key.registered_on") in null.buttons
    _, after = shown(null.sent(("-null", "key.registered_on"), ("-answer", "")))
    assert "the key is not registered" in after.said


def test_an_answer_can_be_changed_and_the_others_stay() -> None:
    _, page = shown(f"{FORM}?requester.kind=user&request.service=training")
    assert page.links["change"].endswith("-change=request.service")
    _, again = shown(page.links["← Back"])
    assert again.headings == ["Which service do you need?"]
    assert again.checked == ["2"]
    assert ("requester.kind", "user") in again.hidden
    _, other = shown(f"{FORM}?request.service=repair&-change=request.service")
    assert other.texts == {"-other": "repair"}


def test_a_list_is_answered_by_boxes() -> None:
    _, page = shown("/ask/annual-leave?-change=employee.grounds")
    assert [*page.choices.values()][:2] == ["hazardous work", "irregular hours"]
    sent = caller().ask("GET", page.sent(("-answer", "0"), ("-answer", "2"))).headers["location"]
    assert sent.endswith("?employee.grounds=hazardous_work&employee.grounds=disability")
    _, again = shown(f"{sent}&-change=employee.grounds")
    assert again.checked == ["0", "2"]
    assert ("-none", "employee.grounds") in again.buttons
    _, none = shown("/ask/annual-leave?-none=employee.grounds&-change=employee.grounds")
    assert none.checked == []
    assert shown(page.sent())[0].status_code == 422


def test_a_day_can_be_typed_in_any_spelling() -> None:
    _, page = shown(f"{FORM}?-change=key.registered_on")
    sent = caller().ask("GET", page.sent(("-answer", "20.07.2026")))
    assert facts_of(sent.headers["location"]) == {"key.registered_on": "2026-07-20"}


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ("-asked=key.registered_on&-answer=soon", "soon"),
        ("-asked=key.registered_on&-answer=2026-02-30", "2026-02-30"),
        ("-asked=key.registered_on&-answer=7", "Please check"),
        ("-asked=requester.kind", "choose an answer"),
        ("-asked=requester.kind&-answer=99", "choose an answer"),
        ("-asked=requester.kind&-answer=x", "choose an answer"),
        ("-asked=request.created_at&-answer=2010-01-01T10:00", "2010"),
    ],
)
def test_what_does_not_fit_is_asked_again(sent: str, said: str) -> None:
    answer, page = shown(f"{FORM}?{sent}")
    assert answer.status_code == 422
    assert said in page.said
    assert page.action == FORM
    assert "<title>Please check your answer" in answer.text


@pytest.mark.parametrize("language", ["ru", "en", "de"])
@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/ask/technical-suport", 404),
        (f"{FORM}?requester.kind=boss", 422),
        (f"{FORM}?requester.knid=user", 422),
        (f"{FORM}?-for=nobody", 422),
        (f"{FORM}?request.created_at=2010-01-01T10:00", 422),
        (f"{FORM}?-null=requester.kind", 422),
        (f"{FORM}?requester.kind={quote('<script>alert(1)</script>')}", 422),
        ("/ask/technical-support/more", 404),
    ],
)
def test_a_wrong_link_is_a_page_in_the_language_of_the_reader(
    address: str, status: int, language: str
) -> None:
    answer, page = shown(address, language)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["content-language"] == language
    assert f'<html lang="{language}">' in answer.text
    assert len(page.headings) == 1
    assert "`" not in page.said
    assert "script" not in page.tags


def test_another_method_is_refused_as_a_page() -> None:
    answer = caller().ask("POST", FORM, "x")
    assert answer.status_code == 405
    assert "<h1>" in answer.text


def test_the_language_is_that_of_the_browser_or_the_one_that_was_chosen() -> None:
    _, page = shown(FORM, "fr, ru;q=0.5")
    assert "Дальше" in page.said
    answer, page = shown(page.links["English"], "ru")
    assert answer.headers["content-language"] == "en"
    assert ("-lang", "en") in page.hidden
    _, page = shown(FORM, "de")
    assert "Next" in page.said, "the policy has no German"


def test_a_page_lets_nothing_in() -> None:
    answer, page = shown(FORM)
    allowed = answer.headers["content-security-policy"]
    style = re.search("<style>(.*?)</style>", answer.text, re.S)
    assert style is not None
    hashed = b64encode(sha256(style[1].encode()).digest()).decode()
    assert f"'sha256-{hashed}'" in allowed
    assert "unsafe" not in allowed
    assert "script" not in page.tags
    assert not re.search(r'(src|href|action)="https?:', answer.text)
    assert answer.headers["cache-control"] == "no-store"


def test_the_answer_shows_working_time_and_where_to_turn() -> None:
    told = "requester.kind=certified_partner&request.service=training&request.channel=portal"
    answer, page = shown(f"{FORM}?{told}&request.created_at=2026-11-20T18:30")
    assert "svg" in page.tags
    assert "23 November 2026" in page.said
    assert "unsafe" not in answer.headers["content-security-policy"]
    refused, _ = shown(f"{FORM}?requester.kind=certified_partner&request.service=onsite_visit")
    assert 'href="https://' in refused.text


def test_a_browser_sends_its_token_as_a_password() -> None:
    known = {sha256(b"secret").hexdigest(): Caller("desk", frozenset({"ask"}))}
    service = caller(access=Access(known))
    closed = service.ask("GET", FORM)
    assert closed.status_code == 401
    assert closed.headers["www-authenticate"].startswith("Basic ")
    assert "<h1>" in closed.text
    for password, status in (("secret", 200), ("guess", 401)):
        token = b64encode(f"anyone:{password}".encode()).decode()
        assert service.ask("GET", FORM, authorization=f"Basic {token}").status_code == status
    api = service.ask(
        "GET", "/v1/policies", authorization="Basic " + b64encode(b":secret").decode()
    )
    assert api.status_code == 401, "a browser would send it along from any site"
    assert service.ask("GET", FORM, authorization="Basic ???").status_code == 401


def test_the_way_in_leads_to_the_policies() -> None:
    answer, page = shown("/", "ru")
    assert answer.status_code == 200
    assert page.links["Регламент работы технической поддержки"] == FORM


CONTROLS = ("asked", "answer", "other", "change", "for", "lang", "unknown", "null", "none", "x")
NAMES_SENT = st.sampled_from(
    [*(f"-{one}" for one in CONTROLS), *shipped("technical-support").facts, "no.such.fact"]
)
TEXTS_SENT = st.one_of(
    st.sampled_from([*shipped("technical-support").facts, "user", "true", "0", "2026-11-20", "ru"]),
    st.text(LETTER, max_size=12),
)


@examples(60)
@given(st.lists(st.tuples(NAMES_SENT, TEXTS_SENT), max_size=6))
def test_no_address_breaks_the_form(query: list[tuple[str, str]]) -> None:
    told = urlencode([(name, text.encode("utf-8", "replace")) for name, text in query])
    answer = caller().ask("GET", f"{FORM}?{told}")
    assert answer.status_code in (200, 303, 422)
    if answer.status_code == 303:
        assert answer.headers["location"].startswith(FORM)
    else:
        assert SeenPage(answer.text).headings


# Lists of things

INCIDENTS = "case.incidents"
OF_LISTS = "dora-incident-reporting"


@pytest.fixture(scope="module")
def about_lists() -> Asker:
    return Asker(Service(Shelf({OF_LISTS: Fixed(shipped(OF_LISTS))})))


def page_at(address: str, asker: Asker) -> SeenPage:
    answer = asker.ask("GET", address, accept_language="en")
    assert answer.status_code == 200
    return SeenPage(answer.text)


def told(page: SeenPage, asker: Asker, number: str) -> str:
    """Where the form goes on when that choice, or else what is not known, is sent."""
    fact = dict(page.hidden)["-asked"]
    sent = page.sent(("-answer", number) if page.choices else ("-unknown", fact))
    return asker.ask("GET", sent).headers["location"]


def names_in(address: str) -> list[str]:
    return [name for name, _ in parse_qsl(address.partition("?")[2])]


@pytest.mark.slow
def test_a_list_of_things_is_asked_item_by_item(about_lists: Asker) -> None:
    page = page_at(f"/ask/{OF_LISTS}?-for=all", about_lists)
    address = told(page, about_lists, "0")
    assert parse_qsl(address.partition("?")[2])[0] == (f"{INCIDENTS}[1]", "{}")
    for _ in range(3):
        address = told(page_at(address, about_lists), about_lists, "1")
    assert len(names_in(address)) == 5
    assert all(name.startswith(f"{INCIDENTS}[1]") for name in names_in(address)[:-1])
    page = page_at(address, about_lists)
    assert "Incident 1 yes change" in page.said
    assert page.said.count("(incident 1) no change") == 3


def test_an_item_that_is_taken_back_goes_with_all_that_is_told_of_it(about_lists: Asker) -> None:
    items = f"{INCIDENTS}[1]={{}}&{INCIDENTS}[2]={{}}&{INCIDENTS}[2].intrusion=true"
    address = f"/ask/{OF_LISTS}?{items}&{INCIDENTS}[1].intrusion=false&-for=all"
    page = SeenPage(about_lists.ask("GET", address, accept_language="ru").text)
    changes = [parse_qsl(one.partition("?")[2]) for one in page.targets if "-change" in one]
    of_first, of_second, field, _ = changes[1:]  # the first one leads back
    assert dict(of_first) == {"-for": "all", "-change": f"{INCIDENTS}.more"}
    assert [name for name, _ in of_second][:2] == [f"{INCIDENTS}[1]", f"{INCIDENTS}[1].intrusion"]
    assert dict(of_second)["-change"] == f"{INCIDENTS}.more"
    assert dict(field)["-change"] == f"{INCIDENTS}[2].intrusion"
    for one in page.targets:
        assert about_lists.ask("GET", one).status_code == 200


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_any_way_through_lists_ends_with_an_answer(about_lists: Asker, seed: int) -> None:
    random, address = Random(seed), f"/ask/{OF_LISTS}?-for=all"
    for _ in range(60):
        page = page_at(address, about_lists)
        if not page.action:
            break
        address = told(page, about_lists, "0" if address.count("&") < 2 else random.choice("01"))
    assert page.headings[0] in ("Answer to your request", "What can be said so far")


@pytest.mark.parametrize(
    "name",
    [f"{INCIDENTS}[1].x", f"{INCIDENTS}[0]", f"{INCIDENTS}[1", "x[1]", "x.more", "x[1].more", "]"],
)
def test_what_is_no_part_of_a_list_is_not_asked(about_lists: Asker, name: str) -> None:
    usual = page_at(f"/ask/{OF_LISTS}", about_lists)
    for option in ("-change", "-asked"):
        address = f"/ask/{OF_LISTS}?{urlencode({option: name, '-answer': '1'})}"
        assert page_at(address, about_lists).headings == usual.headings

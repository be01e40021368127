"""What an agent is answered: by the SDK's own client, in this process and over pipes."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable
from hashlib import sha256
from typing import Any

import pytest
from starlette.routing import Route

from reglament.interfaces.http.access import Access, Caller
from reglament.interfaces.http.service import Service
from reglament.interfaces.http.shelf import Fixed, Shelf
from reglament.interfaces.mcp.tools import TOOLS
from reglament.policy import Policy
from support.cli_runner import environment
from support.contract import faults, validator
from support.later import Later
from support.places import ROOT
from support.service import at_once, caller
from support.shipped import shipped
from support.technical_support import PARTNER

# The SDK, and what of ours is built upon it, take more than a second to import.
mcp, httpx2 = Later("mcp"), Later("httpx2")
stdio, http_pipe = Later("mcp.client.stdio"), Later("mcp.client.streamable_http")
our_server, our_door = (Later(f"reglament.interfaces.mcp.{one}") for one in ("server", "over_http"))
VISIT = {"request.service": "onsite_visit", "request.channel": "portal"}
POLICIES = {name: shipped(name) for name in ("technical-support", "library-fees")}


CALLS: list[tuple[str, dict[str, Any]]] = [
    ("decide", {"facts": VISIT, "at": "2026-11-20"}),
    ("decide", {"facts": PARTNER, "at": "2026-11-20", "only": ["tier"], "explain": "outcomes"}),
    ("decide", {"facts": {"request.created_at": "2121-01-05T12:00", **PARTNER}, "lang": "ru"}),
    ("next_question", {"facts": VISIT, "decision": "scope", "lang": "de"}),
    ("next_question", {"facts": PARTNER, "at": "2026-11-20"}),
    ("explain", {"facts": VISIT, "at": "2026-11-20", "for": "auditor", "lang": "ru"}),
    ("what_would_change", {"facts": PARTNER | VISIT, "at": "2026-11-20"}),
    ("clause", {"id": "free.excluded.visit", "lang": "ru"}),
    ("check_draft", {"files": {"policy.yaml": "polcy: x\n"}}),
    ("diff_impact", {"old": {}, "new": {"version": "2019-01-01"}}),
]
"""A call of each tool, whole and in part, certain and open, in three languages."""


def asked(ask: Callable[[Any], Awaitable[Any]], source: Any = None) -> Any:
    """What the client is answered."""

    async def go() -> Any:
        async with mcp.Client(source or our_server.server(POLICIES)) as client:
            return await ask(client)

    return asyncio.run(go())


def called(name: str, **arguments: Any) -> Any:
    """The result of a tool, of technical support unless another policy is named."""
    told = {"policy": "technical-support", **arguments}
    return asked(lambda client: client.call_tool(name, told))


def test_every_tool_says_what_it_takes_and_that_it_only_reads() -> None:
    tools = asked(lambda client: client.list_tools()).tools
    assert [one.name for one in tools] == list(TOOLS)
    for one in tools:
        assert one.description
        assert one.annotations.read_only_hint
        assert one.input_schema["properties"]["policy"]["enum"] == list(POLICIES)
        lacking = called(one.name)
        needed = set(one.input_schema["required"])
        assert lacking.is_error == bool(needed)
        assert all(p["code"] == "missing-key" for p in lacking.structured_content["problems"])


def test_a_decision_tells_what_is_certain_from_what_is_open(policy: Policy) -> None:
    found = called("decide", facts=VISIT, only=["answer", "scope"], at="2026-11-20")
    document = found.structured_content
    assert not found.is_error
    assert {name: one["status"] for name, one in document["decisions"].items()} == {
        "answer": "determined",
        "scope": "undetermined",
    }
    answer, scope = sorted(document["said"])
    assert answer == "answer: refuse. This is certain."
    assert scope.startswith("scope: not determined yet. Still possible: ")
    assert "Needed: " in scope
    assert document["decisions"]["answer"]["clauses"]


async def every_answer(client: Any) -> list[Any]:
    """What each call is answered, held to the schema that the door lists for its tool."""
    schemas = {one.name: one.output_schema for one in (await client.list_tools()).tools}
    found = []
    for name, arguments in CALLS:
        told = await client.call_tool(name, {"policy": "technical-support", **arguments})
        whole = {key: part for key, part in schemas[name].items() if key != "$defs"}
        assert not told.is_error, told
        assert faults(validator(whole, schemas[name]["$defs"]), told.structured_content) == []
        found.append(told.structured_content)
    assert schemas.keys() == TOOLS.keys() == {name for name, _ in CALLS}
    return found


@pytest.mark.slow
def test_by_every_door_each_tool_answers_what_its_schema_says_and_the_same() -> None:
    command = mcp.StdioServerParameters(
        command=sys.executable, args=[str(ROOT / "cli.py"), "mcp"], env=environment(), cwd=ROOT
    )
    here = asked(every_answer)
    assert over_http(every_answer, None) == here
    assert asked(every_answer, stdio.stdio_client(command, errlog=sys.__stderr__)) == here


def test_a_tool_answers_what_a_route_does() -> None:
    at = {"facts": VISIT, "at": "2026-11-20", "lang": "ru"}
    service = caller(apart=at_once)
    for name, path in (("next_question", "next-question"), ("what_would_change", "change")):
        assert called(name, **at).structured_content == service.post(f"/{path}", at).json()
    assert called("explain", **at).structured_content == service.post("/explain", at).json()
    told = called("decide", **at, explain="reasons").structured_content
    said = told.pop("said")
    assert told == service.post("/decide", at | {"explain": "reasons"}).json()
    assert len(said) == len(told["decisions"])


@pytest.mark.parametrize(
    ("name", "arguments", "code"),
    [
        ("decide", {"facts": {"requester.kind": "partner"}}, "unknown-word"),
        ("decide", {"fact": {}}, "unknown-key"),
        ("decide", {"facts": {}, "policy": "tech"}, "unknown-policy"),
        ("decide", {"facts": {}, "at": "2020-01-01", "version": "2019-01-01"}, "at-and-version"),
        ("clause", {"id": "free.exclded"}, "unknown-clause"),
        ("clause", {}, "missing-key"),
        ("decode", {"facts": {}}, "unknown-tool"),
    ],
)
def test_a_refusal_keeps_its_words(name: str, arguments: Any, code: str) -> None:
    found = called(name, **arguments)
    assert found.is_error
    assert found.structured_content["problems"][0]["code"] == code
    assert found.structured_content["problems"][0]["detail"]


@pytest.mark.slow
def test_the_other_tools_answer_as_python_does(policy: Policy) -> None:
    question = called("next_question", facts=VISIT, decision="scope").structured_content["question"]
    wanted = policy.next_question(VISIT, "scope")
    assert wanted is not None
    assert question["fact"] == wanted.fact
    told = called("explain", facts=PARTNER, lang="ru").structured_content
    assert told["text"] == policy.decide(PARTNER).explain("ru")
    changes = called("what_would_change", facts=PARTNER | VISIT).structured_content
    assert changes["want"] == {"answer": {"another": True}}
    name = next(iter(policy.versions[-1].clauses))
    clause = called("clause", id=name, lang="ru").structured_content
    assert clause["summary"] == policy.versions[-1].clauses[name].summary.to("ru")
    draft = called("check_draft", files={"policy.yaml": "polcy: x\n"}).structured_content
    assert draft["findings"][0]["code"] == "unknown-key"
    same = called("diff_impact", old={}, new={"version": "2019-01-01"}).structured_content
    assert same["is_cosmetic"]


@pytest.mark.slow
def test_among_several_policies_one_is_named() -> None:
    found = asked(lambda client: client.call_tool("decide", {"facts": VISIT}))
    (problem,) = found.structured_content["problems"]
    assert (found.is_error, problem["code"]) == (True, "missing-key")
    assert problem["hint"] == "name one of them as `policy`: `technical-support`, `library-fees`"

    draft = {"files": {"policy.yaml": "policy: x\n"}}  # is of no policy that is served
    assert not asked(lambda client: client.call_tool("check_draft", draft)).is_error
    alone = our_server.server({"library-fees": shipped("library-fees")})
    found = asked(lambda client: client.call_tool("decide", {"facts": {}}), alone)
    assert found.structured_content["policy"]["id"] == "library-fees"


@pytest.mark.parametrize("uri", ["policies/none/page", "policies/library-fees/x", "x"])
def test_a_page_that_there_is_not_is_refused_in_words(
    uri: str, caplog: pytest.LogCaptureFixture
) -> None:
    async def read(client: Any) -> None:
        with pytest.raises(mcp.MCPError, match=f"there is no page `reglament://{uri}`"):
            await client.read_resource(f"reglament://{uri}")

    asked(read)
    assert "Traceback" not in caplog.text


def test_the_page_of_a_policy_can_be_read() -> None:
    listed = asked(lambda client: client.list_resources()).resources
    page = next(one for one in listed if str(one.uri).endswith("technical-support/page"))
    read = asked(lambda client: client.read_resource(str(page.uri)))
    assert "Technical support regulation" in read.contents[0].text


@pytest.mark.slow
def test_the_command_answers_over_pipes() -> None:
    command = mcp.StdioServerParameters(
        command=sys.executable, args=[str(ROOT / "cli.py"), "mcp"], env=environment(), cwd=ROOT
    )
    found = asked(
        lambda client: client.call_tool("decide", {"facts": VISIT, "policy": "technical-support"}),
        stdio.stdio_client(command, errlog=sys.__stderr__),  # not that of when it was imported
    )
    assert found.structured_content["decisions"]["answer"]["outcome"] == "refuse"


# Over HTTP


ADDRESS = "http://127.0.0.1:8080/mcp"

KNOWN = {
    sha256(b"reader").hexdigest(): Caller("reader", frozenset({"decide"}), frozenset(POLICIES)),
    sha256(b"fees").hexdigest(): Caller("fees", frozenset({"ask"}), frozenset({"library-fees"})),
}


def door_of(token: str | None) -> tuple[Any, Any]:
    """The door of a service that knows the tokens, or asks for none, and its application."""
    known = Access(KNOWN) if token is not None else Access(is_of_this_machine=True)
    service = Service(Shelf({name: Fixed(one) for name, one in POLICIES.items()}), known)
    door = our_door.AgentsDoor(service)
    return door, service.application([Route(our_door.PATH, door, methods=["POST"])])


def over_http(ask: Callable[[Any], Awaitable[Any]], token: str | None) -> Any:
    """What the client is answered by the service."""
    door, application = door_of(token)
    headers = {} if token is None else {"Authorization": f"Bearer {token}"}

    async def go() -> Any:
        transport = httpx2.ASGITransport(application)
        async with (
            door.opened(),
            httpx2.AsyncClient(transport=transport, headers=headers) as through,
            mcp.Client(http_pipe.streamable_http_client(ADDRESS, http_client=through)) as client,
        ):
            return await ask(client)

    return asyncio.run(go())


def test_over_http_a_decision_is_the_same() -> None:
    async def decide(client: Any) -> Any:
        return await client.call_tool("decide", {"facts": VISIT, "at": "2026-11-20"})

    told = over_http(decide, None).structured_content
    assert told == asked(decide).structured_content


def test_over_http_a_token_opens_its_tools_and_its_policies() -> None:
    async def names(client: Any) -> Any:
        tools = (await client.list_tools()).tools
        return {one.name: one.input_schema["properties"]["policy"]["enum"] for one in tools}

    assert over_http(names, "reader") == {
        name: [*POLICIES] for name in ("decide", "explain", "clause")
    }
    asking = ("next_question", "what_would_change")
    assert over_http(names, "fees") == {name: ["library-fees"] for name in asking}

    async def others(client: Any) -> Any:
        return [
            await client.call_tool("decide", {"facts": {}}),
            await client.call_tool("next_question", {"facts": {}, "policy": "technical-support"}),
        ]

    codes = [one.structured_content["problems"][0]["code"] for one in over_http(others, "fees")]
    assert codes == ["unknown-tool", "unknown-policy"]


@pytest.mark.parametrize(
    ("token", "method", "told", "status", "code"),
    [
        ("guess", "POST", {}, 401, "token-missing"),
        ("reader", "GET", {}, 405, "wrong-method"),
        (None, "POST", {}, 403, "other-site"),
        (None, "POST", {"Host": "localhost:1", "Origin": "http://evil.example"}, 403, "other-site"),
        ("reader", "POST", {"Content-Type": "text/plain"}, 415, "media-type"),
        ("reader", "POST", {"Content-Encoding": "gzip"}, 415, "content-coding"),
        ("reader", "POST", {"Content-Length": "99999999"}, 413, "too-large"),
    ],
)
def test_over_http_nobody_else_is_answered(
    token: str | None, method: str, told: dict[str, str], status: int, code: str
) -> None:
    door, application = door_of(token)

    async def go() -> Any:
        transport = httpx2.ASGITransport(application)
        json = {"Content-Type": "application/json", "Accept": "application/json"}
        headers = {**json, "Authorization": f"Bearer {token}", **told}
        async with (
            door.opened(),
            httpx2.AsyncClient(transport=transport, base_url="http://evil.example") as client,
        ):
            return await client.request(method, our_door.PATH, headers=headers, content=b"{}")

    answer = asyncio.run(go())
    assert (answer.status_code, answer.json()["code"]) == (status, code)

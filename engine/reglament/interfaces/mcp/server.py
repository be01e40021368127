"""From policies to a server of the Model Context Protocol: tools that read, pages to look up."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from functools import partial
from typing import Any

import mcp_types as types
from mcp.server.lowlevel import Server
from mcp.server.stdio import stdio_server
from mcp.shared.exceptions import MCPError

from reglament import __version__
from reglament.interfaces.http.answer_schemas import alone
from reglament.interfaces.http.bodies import bytes_of
from reglament.interfaces.http.calls import call_in
from reglament.interfaces.http.deciding import pointing
from reglament.interfaces.http.openapi import call_schema
from reglament.interfaces.http.problem_details import problem_member
from reglament.interfaces.http.shelf import unknown_policy
from reglament.interfaces.http.threads import apart, in_thread, too_long
from reglament.interfaces.mcp.tools import TOOLS, Tool, answered
from reglament.language.syntax.suggest import short, suggestion
from reglament.messages import SOURCE, Message, ticked
from reglament.model.problems import Problem, Refused
from reglament.policy import Policy
from reglament.rendering.pages.policy_page import page

ANALYSIS_SECONDS = 60.0
PARTS = {"page": "text/markdown", "schema": "application/json"}
"""What can be read of each policy."""
READS = types.ToolAnnotations(read_only_hint=True, idempotent_hint=True, open_world_hint=False)


def server(policies: Mapping[str, Policy], known: Mapping[str, Tool] = TOOLS) -> Server[Any]:
    """A server that answers by these policies, with these tools; it changes and keeps nothing."""

    async def tools(_: Any, __: Any) -> types.ListToolsResult:
        return types.ListToolsResult(tools=[_listed(tool, policies) for tool in known.values()])

    async def call(_: Any, asked: types.CallToolRequestParams) -> types.CallToolResult:
        try:
            return _told(await _answer(policies, known, asked.name, dict(asked.arguments or {})))
        except Refused as refused:
            return _told(
                {"problems": [problem_member(problem, SOURCE) for problem in refused.problems]},
                is_error=True,
            )

    async def resources(_: Any, __: Any) -> types.ListResourcesResult:
        listed = [
            types.Resource(
                uri=f"reglament://policies/{name}/{part}",
                name=f"{name}/{part}",
                title=policy.versions[-1].title.to(SOURCE),
                mime_type=media_type,
            )
            for name, policy in policies.items()
            for part, media_type in PARTS.items()
        ]
        return types.ListResourcesResult(resources=listed)

    async def read(_: Any, asked: types.ReadResourceRequestParams) -> types.ReadResourceResult:
        uri = str(asked.uri)
        name, _, part = uri.removeprefix("reglament://policies/").partition("/")
        if name not in policies or part not in PARTS:
            raise MCPError(types.INVALID_PARAMS, Message("no-such-page", uri=short(uri)).to(SOURCE))
        policy, is_page = policies[name], part == "page"
        text = page(policy.versions[-1], SOURCE) if is_page else bytes_of(policy.schema()).decode()
        content = types.TextResourceContents(uri=uri, mime_type=PARTS[part], text=text)
        return types.ReadResourceResult(contents=[content])

    return Server(
        "reglament",
        version=__version__,
        instructions=Message("tools-of-agents").to(SOURCE),
        on_list_tools=tools,
        on_call_tool=call,
        on_list_resources=resources,
        on_read_resource=read,
    )


def serve_stdio(policies: Mapping[str, Policy]) -> None:
    """Answer on standard output what comes on standard input, until that ends."""

    async def answer() -> None:
        made = server(policies)
        async with stdio_server() as (incoming, outgoing):
            await made.run(incoming, outgoing, made.create_initialization_options())

    asyncio.run(answer())


async def _answer(
    policies: Mapping[str, Policy], known: Mapping[str, Tool], name: str, arguments: dict[str, Any]
) -> dict[str, Any]:
    if name not in known:
        message = Message("unknown-tool", name=short(name))
        raise Refused([Problem("unknown-tool", message, hint=suggestion(name, known))])
    tool = TOOLS[name]
    asked = arguments.pop("policy", None) or _only(policies, is_needed="files" not in tool.members)
    policy = _policy(policies, str(asked))
    call = call_in(arguments, tool.members)
    ask = partial(apart, ANALYSIS_SECONDS) if tool.is_long else in_thread
    try:
        told: dict[str, Any] = await ask(answered, name, policy, call)
        return told
    except TimeoutError:
        raise Refused([too_long(ANALYSIS_SECONDS)]) from None


def _only(policies: Mapping[str, Policy], *, is_needed: bool) -> str:
    """The policy that is meant where none is named. Raises Refused where there are several."""
    if is_needed and len(policies) > 1:
        hint = Message("tool-policy-one-of", listed=ticked(policies))
        message = Message("tool-policy-missing")
        raise Refused([Problem("missing-key", message, hint=hint, pointer="")])
    return next(iter(policies), "")


def _policy(policies: Mapping[str, Policy], name: str) -> Policy:
    if name in policies:
        return policies[name]
    with pointing("/policy"):
        raise unknown_policy(name, policies)


def _listed(tool: Tool, policies: Mapping[str, Policy]) -> types.Tool:
    schema = call_schema(tool.members)
    named = {"enum": list(policies), "description": Message("tool-policy").to(SOURCE)}
    properties = {"policy": named, **schema["properties"]}
    return types.Tool(
        name=tool.name,
        description=tool.says.to(SOURCE),
        input_schema={
            **schema,
            "required": [*schema["required"], *tool.needs],
            "properties": properties,
        },
        output_schema=alone(tool.shape),
        annotations=READS,
    )


def _told(value: dict[str, Any], *, is_error: bool = False) -> types.CallToolResult:
    text = types.TextContent(type="text", text=bytes_of(value).decode())
    return types.CallToolResult(content=[text], structured_content=value, is_error=is_error)

"""From a folder of policies to tools of an agent, over standard input and output."""

from __future__ import annotations

from reglament.interfaces.cli import options
from reglament.model.problems import needing


@options.command("command-mcp")
@options.policies
@options.language
def mcp(_: options.CommonOptions, policies: str | None) -> None:
    """Serve an agent by the Model Context Protocol."""
    with needing("mcp"):
        from reglament.interfaces.http.serving import shelf_of
        from reglament.interfaces.mcp.server import serve_stdio
    serve_stdio({name: one.policy for name, one in shelf_of(policies).items()})

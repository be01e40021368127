"""From a folder of policies to tools of an agent, over standard input and output."""

from __future__ import annotations

from pathlib import Path

import click

from reglament.interfaces.cli import options
from reglament.interfaces.cli.path_types import FILE
from reglament.messages import Language, Message
from reglament.model.problems import refusal


@options.command("command-mcp")
@click.option("--policies", "folder", metavar="FOLDER", type=FILE, help="option-serve-policies")
@options.language
def mcp(folder: str | None, language: Language) -> None:
    """Serve an agent by the Model Context Protocol."""
    try:
        from reglament.interfaces.http.serving import shelf_of
        from reglament.interfaces.mcp.server import serve_stdio
    except ImportError as missing:
        message = Message("mcp-needs-extra", module=missing.name)
        raise refusal("mcp-missing", message, Message("install-mcp")) from None
    if folder is None and Path("policies").is_dir():
        folder = "policies"
    serve_stdio({name: one.policy for name, one in shelf_of(folder).items()})

"""From a folder of policies to a service over HTTP that decides by them until it is ended."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reglament.interfaces.cli import options
from reglament.interfaces.cli.output import say
from reglament.interfaces.cli.path_types import FILE, LOG
from reglament.messages import Language, Message
from reglament.model.problems import refusal

if TYPE_CHECKING:
    from reglament.interfaces.http.serving import Settings

MOST_WORKERS = 64


@options.command("command-serve")
@click.option("--policies", "folder", metavar="FOLDER", type=FILE, help="option-serve-policies")
@click.option("--revision", metavar="REF", help="option-serve-revision")
@click.option("--host", default="127.0.0.1", show_default=True, help="option-serve-host")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8080, show_default=True,
    help="option-serve-port",
)  # fmt: skip
@click.option("--log", "log_url", metavar="FILE|URL", type=LOG, help="option-serve-log")
@click.option("--tokens", metavar="FILE", type=FILE, help="option-serve-tokens")
@click.option(
    "--workers", type=click.IntRange(1, MOST_WORKERS), default=1, show_default=True,
    help="option-serve-workers",
)  # fmt: skip
@click.option("--trust-proxy", "proxy_header", metavar="HEADER", help="option-serve-proxy")
@click.option("--certificate", metavar="FILE", type=FILE, help="option-serve-certificate")
@click.option("--key", metavar="FILE", type=FILE, help="option-serve-key")
@click.option("--mcp", "has_tools", is_flag=True, help="option-serve-mcp")
@click.option("--json-logs", is_flag=True, help="option-serve-json-logs")
@options.language
def serve(
    folder: str | None,
    revision: str | None,
    host: str,
    port: int,
    log_url: str | None,
    tokens: str | None,
    workers: int,
    proxy_header: str | None,
    certificate: str | None,
    key: str | None,
    has_tools: bool,
    json_logs: bool,
    language: Language,
) -> None:
    """Serve decisions over HTTP."""
    try:
        from reglament.interfaces.http.serving import Settings
    except ImportError as missing:
        message = Message("serve-needs-extra", module=missing.name)
        raise refusal("serve-missing", message, Message("install-serve")) from None
    if folder is None and Path("policies").is_dir():
        folder = "policies"
    if folder is None and revision is not None:
        raise refusal("revision-without-folder", Message("serve-revision-of-folder"))
    settings = Settings(
        folder,
        host,
        port,
        log_url,
        tokens,
        workers,
        proxy_header,
        certificate,
        key,
        json_logs,
        revision,
    )
    settings.refuse_open_door()
    settings.refuse_unusable()
    read = Message("serve-bundled") if folder is None else Message("serve-folder", path=folder)
    say(read.to(language), err=True)
    _serving(has_tools)(settings)


def _serving(has_tools: bool) -> Callable[[Settings], None]:
    """What serves, with the tools of agents if they are wanted. Raises Refused without them."""
    if not has_tools:
        from reglament.interfaces.http.serving import serve

        return serve
    try:
        from reglament.interfaces.mcp.over_http import serve as serve_with_tools
    except ImportError as missing:
        message = Message("mcp-needs-extra", module=missing.name)
        raise refusal("mcp-missing", message, Message("install-mcp")) from None
    return serve_with_tools

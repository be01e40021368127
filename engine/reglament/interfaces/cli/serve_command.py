"""From a folder of policies to a service over HTTP that decides by them until it is ended."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from reglament.interfaces.cli import options
from reglament.interfaces.cli.output import say
from reglament.messages import Message
from reglament.model.problems import needing, refusal

if TYPE_CHECKING:
    from reglament.interfaces.http.serving import ServiceSettings

MOST_WORKERS = 64


@options.command("command-serve")
@options.policies
@click.option("--revision", metavar="REF", help="option-serve-revision")
@click.option("--host", default="127.0.0.1", show_default=True, help="option-serve-host")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8080, show_default=True,
    help="option-serve-port",
)  # fmt: skip
@click.option("--log", metavar="FILE|URL", type=options.LOG, help="option-serve-log")
@click.option("--tokens", metavar="FILE", type=options.FILE, help="option-serve-tokens")
@click.option(
    "--workers", type=click.IntRange(1, MOST_WORKERS), default=1, show_default=True,
    help="option-serve-workers",
)  # fmt: skip
@click.option("--trust-proxy", "proxy_header", metavar="HEADER", help="option-serve-proxy")
@click.option("--certificate", metavar="FILE", type=options.FILE, help="option-serve-certificate")
@click.option("--key", metavar="FILE", type=options.FILE, help="option-serve-key")
@click.option("--mcp", "has_tools", is_flag=True, help="option-serve-mcp")
@click.option("--json-logs", is_flag=True, help="option-serve-json-logs")
@options.language
def serve(
    _: options.CommonOptions,
    policies: str | None,
    revision: str | None,
    has_tools: bool,
    **told: Any,
) -> None:
    """Serve decisions over HTTP."""
    with needing("serve"):
        from reglament.interfaces.http.serving import ServiceSettings
    if policies is None and revision is not None:
        raise refusal("revision-without-folder", Message("serve-revision-of-folder"))
    settings = ServiceSettings(policies, revision=revision, **told)
    settings.refuse_open_door()
    settings.refuse_unusable()
    read = Message("serve-folder", path=policies) if policies else Message("serve-bundled")
    say(read, err=True)
    _serving(has_tools)(settings, _announce)


def _announce(address: str) -> None:
    say(Message("serve-address", address=address), err=True)


def _serving(has_tools: bool) -> Callable[[ServiceSettings, Callable[[str], None]], None]:
    """What serves, with the tools of agents if they are wanted. Raises Refused without them."""
    if not has_tools:
        from reglament.interfaces.http.serving import serve

        return serve
    with needing("mcp"):
        from reglament.interfaces.mcp.over_http import serve as serve_with_tools
    return serve_with_tools

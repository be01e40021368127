"""From requests to the reasons in words: short for who asks, a letter, or whole for an auditor."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from reglament.interfaces.cli.path_types import FILE_OR_STDIN
from reglament.interfaces.cli.request_files import decide_all, read_requests
from reglament.interfaces.cli.shared_options import (
    at_option,
    language_option,
    policy_for_request,
    policy_option,
    refusing,
    say,
)
from reglament.messages import Language

if TYPE_CHECKING:
    from reglament.policy import Reader


@click.command(help="command-explain")
@click.argument("request", metavar="REQUEST", type=FILE_OR_STDIN)
@click.option(
    "--for",
    "reader",
    type=click.Choice(["requester", "client", "auditor"]),
    default="requester",
    show_default=True,
    help="option-explain-for",
)
@policy_option
@at_option
@language_option
def explain(
    request: str, reader: Reader, policy_name: str | None, at: str | None, language: Language
) -> None:
    """Say in words how each request in the file REQUEST (`-` is standard input) is decided."""
    with refusing(language):
        source, requests = read_requests(request)
        policy = policy_for_request(policy_name)
        for number, decided in enumerate(decide_all(policy, source, requests, at)):
            if number:
                say()
            say(decided.explain(language, reader).rstrip("\n"))

"""From requests to the reasons in words: short for who asks, a letter, or whole for an auditor."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from reglament.interfaces.cli.path_types import FILE, FILE_OR_STDIN
from reglament.interfaces.cli.request_files import decide_all, read_requests
from reglament.interfaces.cli.shared_options import (
    at_option,
    language_option,
    policy_for_request,
    policy_option,
    refusing,
    say,
    write_page,
)
from reglament.messages import Language, Message
from reglament.model.problems import refusal

if TYPE_CHECKING:
    from reglament.policy import Decided, Reader


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
@click.option("--html", metavar="FILE", type=FILE, help="option-explain-html")
@language_option
def explain(
    request: str,
    reader: Reader,
    policy_name: str | None,
    at: str | None,
    html: str | None,
    language: Language,
) -> None:
    """Say in words how each request in the file REQUEST (`-` is standard input) is decided."""
    with refusing(language):
        source, requests = read_requests(request)
        policy = policy_for_request(policy_name)
        decisions = decide_all(policy, source, requests, at)
        if html is not None:
            if len(requests) != 1:
                raise refusal("one-request", Message("page-of-one-request", count=len(requests)))
            write_page(html, _page(next(decisions), language))
            return
        for number, decided in enumerate(decisions):
            if number:
                say()
            say(decided.explain(language, reader).rstrip("\n"))


def _page(decided: Decided, language: Language) -> str:
    from reglament.rendering.decision_page import decision_html, shown_now

    return decision_html(shown_now(decided.version, decided.document), language)

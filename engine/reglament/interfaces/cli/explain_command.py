"""From requests to the reasons in words: short for who asks, a letter, or whole for an auditor."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from reglament.interfaces.cli import options
from reglament.interfaces.cli.asked_policy import policy_for_request
from reglament.interfaces.cli.output import print_json, say, write_page
from reglament.interfaces.cli.request_files import decide_files, heading, read_files
from reglament.interfaces.cli.table_options import LINES_GO_WITH, lines_options, tables_of
from reglament.messages import Language, Message
from reglament.model.problems import Refused, refusal

if TYPE_CHECKING:
    from reglament.policy import Decided, Reader

READERS = ("requester", "client", "auditor")


@options.command("command-explain", goes_with=LINES_GO_WITH)
@click.argument("names", metavar="REQUEST...", nargs=-1, required=True, type=options.FILE_OR_STDIN)
@options.choice("--for", "reader", among=READERS, default="requester", help="option-explain-for")
@options.policy_and_at
@lines_options
@click.option("--html", metavar="FILE", type=options.FILE, help="option-explain-html")
@options.language_and_json
def explain(
    common: options.CommonOptions,
    names: tuple[str, ...],
    reader: Reader,
    lines: tuple[str, ...],
    lines_key: str | None,
    html: str | None,
) -> None:
    """Say in words how each request in the files REQUEST... (`-` is standard input) is decided."""
    policy, language = policy_for_request(common.policy_name), common.language
    files, unread = read_files(names, tables_of(lines, policy.versions), lines_key)
    answers = decide_files(policy, files, common.at, problems=unread)
    count = sum(len(file.requests) for file in files)
    is_one = count == 1
    if html is not None and not is_one:
        raise refusal("one-request", Message("page-of-one-request", count=count))
    is_begun = False
    for answer in answers:
        one = answer.decided
        if isinstance(one, Refused):
            continue
        if html is not None:
            write_page(html, _page(one, language))
            continue
        words = one.explain(language, reader).rstrip("\n")
        if common.is_json:
            told = {"language": language, "for": reader, "text": words}
            print_json(one.to_dict() | {"explanation": told}, indent=2 if is_one else None)
        else:
            head = [heading(answer, files, language)] if len(files) > 1 else []
            say("\n".join([*([""] if is_begun else []), *head, words]))
            is_begun = True


def _page(decided: Decided, language: Language) -> str:
    from reglament.rendering.pages.decision_page import decision_html, shown_now

    return decision_html(shown_now(decided.version, decided.document), language)

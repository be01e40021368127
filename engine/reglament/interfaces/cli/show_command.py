"""From a policy to a page that people read through."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from shutil import which
from subprocess import SubprocessError, run
from typing import TYPE_CHECKING, Any

import click

from reglament.editing.atomic import write_whole
from reglament.interfaces.cli import options
from reglament.interfaces.cli.asked_policy import judged_at, open_policy
from reglament.interfaces.cli.completing import DECISIONS
from reglament.interfaces.cli.output import harmless, is_terminal, say, write_page
from reglament.messages import Language, Message
from reglament.model.problems import refusal
from reglament.model.regulation import Version

if TYPE_CHECKING:
    from reglament.policy import Policy
    from reglament.rendering.pictures.drawing import Box

_OF_SQL = ("--only", "--table", "--keep", "--told", "--reasons")


@options.command(
    "command-show",
    goes_with={
        **dict.fromkeys(_OF_SQL, ("--sql",)),
        "--from-facts": ("--diagram",),
        "--output": ("--diagram", "--sql"),
    },
    instead=("--diagram", "--plan", "--sql", "--html"),
)
@options.policy_and_at
@click.option(
    "--diagram",
    "decision",
    metavar="DECISION",
    shell_complete=DECISIONS,
    help="option-show-diagram",
)
@click.option(
    "--plan",
    "planned",
    metavar="[DECISION]",
    is_flag=False,
    flag_value="",
    shell_complete=DECISIONS,
    help="option-show-plan",
)
@click.option("--from-facts", is_flag=True, help="option-show-from-facts")
@click.option("--sql", "dialect", metavar="duckdb|postgresql|spark", help="option-show-sql")
@options.only("option-show-only")
@click.option(
    "--table", default="requests", show_default=True, metavar="TABLE", help="option-show-table"
)
@click.option("--keep", metavar="COLUMNS", callback=options.names_in, help="option-show-keep")
@click.option("--told", metavar="FACTS", callback=options.names_in, help="option-show-told")
@click.option("--reasons", is_flag=True, help="option-show-reasons")
@click.option("-o", "--output", metavar="FILE", type=options.FILE, help="option-show-output")
@click.option("--html", metavar="FILE", type=options.FILE, help="option-html")
@options.language
def show(
    common: options.CommonOptions,
    decision: str | None,
    planned: str | None,
    from_facts: bool,
    dialect: str | None,
    output: str | None,
    html: str | None,
    **columns: Any,
) -> None:
    """Show a policy: its facts, decisions with their rules, hours, readings and clauses."""
    if dialect is not None:
        print_sql(open_policy(common.policy_name), dialect, common.at, output, columns)
        return
    version, language = common.version(), common.language
    if planned is not None:
        print_plan(version, planned, language)
        return
    if decision is not None:
        print_diagram(version, decision, language, is_local=not from_facts, output=output)
        return
    from reglament.rendering.pages.policy_page import page, policy_html

    if html is not None:
        write_page(html, policy_html(version, language))
        return
    text = page(version, language)
    if is_terminal():
        _print_rich(text)
    else:
        say(text.rstrip("\n"))


def _print_rich(text: str) -> None:
    from rich.console import Console
    from rich.markdown import Markdown

    Console().print(Markdown(harmless(text)))


def print_plan(version: Version, name: str, language: Language) -> None:
    """Show the plan of the decision `name`, as of one item if made for each, or of all if empty.

    Raises Refused where there is no such decision.
    """
    from reglament.analysis.interview import decision_named
    from reglament.evaluation import Evaluator
    from reglament.rendering.plan_text import plan_text

    decision = decision_named(version, name).name if name else None
    if decision is not None:
        version = version.made_by(decision)
    say(plan_text(Evaluator(version).plan, version, language, decision))


def print_sql(
    policy: Policy, dialect: Any, at: str | None, output: str | None, told: Mapping[str, Any]
) -> None:
    """Print the statements and the select of the policy, or write them to a file.

    Raises Refused for a decision that cannot be said in SQL.
    """
    script = policy.sql(
        dialect,
        only=told["only"],
        at=None if at is None else judged_at(policy, at),
        table=told["table"],
        keep=told["keep"] or ("id",),
        told=told["told"] or (),
        reasons=told["reasons"],
    )
    if output is None:
        say(str(script).rstrip("\n"))
    else:
        write_whole(Path(output), str(script))


PATIENCE = 30  # seconds for Graphviz, which takes less than one for what people can read


def print_diagram(
    version: Version, name: str, language: Language, *, is_local: bool, output: str | None
) -> None:
    """Draw the decision `name`; into the file `output`, a picture where it ends in `.svg`,
    `.dot` or `.mmd`.

    Raises Refused where there is no such decision or the diagram cannot be drawn.
    """
    from reglament.analysis.interview import decision_named
    from reglament.diagram.kernel.forest import TooLarge
    from reglament.rendering.pictures.drawing import boxes, draw
    from reglament.rendering.words.labels import label

    name = decision_named(version, name).name
    try:
        if output is None or not output.endswith((".svg", ".dot", ".mmd")):
            drawn = draw(version, name, language, is_local=is_local)
        else:
            found = boxes(version, name, language, is_local=is_local)
            drawn = _picture(output, found, label(version, name, language))
    except TooLarge as large:
        words = Message("diagram-not-built-more", nodes=large.nodes)
        raise refusal("diagram-too-large", words) from None
    if output is None:
        say(drawn)
    else:
        write_whole(Path(output), drawn.rstrip("\n") + "\n")


def _picture(output: str, drawn: Mapping[int, Box], title: str) -> str:
    """Graphviz lays it out where it is installed and does so; elsewhere we do."""
    from reglament.rendering.pictures.diagram_picture import dot, mermaid, svg

    if output.endswith(".mmd"):
        return mermaid(drawn, title)
    if output.endswith(".dot"):
        return dot(drawn, title)
    return _by_graphviz(dot(drawn, title)) or svg(drawn, title)


def _by_graphviz(told: str) -> str | None:
    """The picture as SVG; None where there is no Graphviz, or it fails or takes too long."""
    from reglament.rendering.visible import visible

    program = which("dot")
    if program is None:
        return None
    command = [program, "-Tsvg"]
    try:
        laid = run(command, input=told.encode(), capture_output=True, check=True, timeout=PATIENCE)
        return visible(laid.stdout.decode())
    except (OSError, SubprocessError, UnicodeDecodeError):
        return None

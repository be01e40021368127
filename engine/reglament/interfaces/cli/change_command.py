"""From a request and a goal to the nearest changes of facts that reach it, in words or as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import TYPE_CHECKING

import click

from reglament.interfaces.cli import options
from reglament.interfaces.cli.asked_policy import policy_for_request
from reglament.interfaces.cli.completing import OUTCOMES_WANTED
from reglament.interfaces.cli.output import print_json, say
from reglament.interfaces.cli.request_files import decide_all, read_requests
from reglament.messages import Language, Message
from reglament.model.problems import refusal

if TYPE_CHECKING:
    from reglament.analysis.counterfactual.nearest_change import Move, Nearest, Proposal, Wanted
    from reglament.model.regulation import Version
    from reglament.model.values import Value
    from reglament.policy import Decided

_ALREADY = Message("so-already-nothing-change")
_ANY = Message("anything-else")
_UNPROVEN = Message("no-such-change-found")


@options.command("command-change")
@click.argument("request", metavar="REQUEST", type=options.FILE_OR_STDIN)
@click.option(
    "--want",
    "wants",
    multiple=True,
    metavar="DECISION=OUTCOME",
    shell_complete=OUTCOMES_WANTED,
    help="option-change-want",
)
@options.decisions("option-change-decision")
@options.policy_and_at
@options.language_and_json
def change(
    common: options.CommonOptions, request: str, wants: tuple[str, ...], decisions: tuple[str, ...]
) -> None:
    """Say what would change a decision: the fewest facts, each by as little as will do."""
    from reglament.analysis.counterfactual.change_document import change_document
    from reglament.analysis.counterfactual.nearest_change import nearest_change

    source, requests = read_requests(request)
    policy = policy_for_request(common.policy_name)
    for number, decided in enumerate(decide_all(policy, source, requests, common.at)):
        want = _wanted(decided.version, wants, decisions)
        nearest = nearest_change(decided.evaluator, decided.told, want)
        if common.is_json:
            print_json(change_document(want, nearest), indent=2 if len(requests) == 1 else None)
        else:
            if number:
                say()
            say("\n".join(_lines(decided, want, nearest, common.language)))


def _wanted(version: Version, wants: tuple[str, ...], decisions: tuple[str, ...]) -> Wanted:
    from reglament.analysis.counterfactual.goals import goals
    from reglament.analysis.counterfactual.nearest_change import ANOTHER
    from reglament.analysis.interview import asked_about

    wanted: dict[str, object] = {}
    for name in decisions or (() if wants else asked_about(version, None)):
        wanted[name] = ANOTHER
    for want in wants:
        name, equals, outcome = want.partition("=")
        if not equals:
            raise refusal("wish-unclear", Message("want-write-decision-outcome", want=want))
        wanted[name.strip()] = _told(version, name.strip(), outcome.strip())
    return goals(version, wanted)


def _told(version: Version, name: str, text: str) -> object:
    """The outcome that a text without quotes means: of which type it is, the decision says."""
    from reglament.language.syntax.json_text import json_value
    from reglament.language.syntax.yaml_words import resolve
    from reglament.model.values import Kind

    decision = version.decisions.get(name)
    kind = None if decision is None or decision.kind.lists_items else decision.type.kind
    if kind in (Kind.BOOLEAN, Kind.INTEGER):
        return resolve(text)
    if kind in (Kind.LIST, Kind.RECORD):
        with suppress(ValueError, RecursionError):  # no JSON: the reader says what is wanted
            return json_value(text)
    return text


def _lines(decided: Decided, want: Wanted, nearest: Nearest, language: Language) -> Iterator[str]:
    from reglament.rendering.words.labels import label, labels, outcome_words

    version = decided.version
    for name in want:
        value = outcome_words(version, decided.document, name, language)
        yield f"{label(version, name, language)}, {Message('now').to(language)}: {value}"
    for number, one in enumerate(nearest.changes, 1):
        yield f"{number}. {_change(version, one, language)}" if one.moves else _ALREADY.to(language)
    if nearest.changes:
        return
    if nearest.fixed:
        yield Message("only-fixed-facts-change", facts=labels(version, nearest.fixed, language)).to(
            language
        )
    else:
        yield (Message("no-change-facts-gives") if nearest.is_proven else _UNPROVEN).to(language)


def _change(version: Version, proposal: Proposal, language: Language) -> str:
    from reglament.rendering.words.labels import label, value_words

    moves = "; ".join(_move(version, move, language) for move in proposal.moves)
    outcomes = ", ".join(
        f"{label(version, name, language)}: {value_words(version, name, value, language)}"
        for name, value in proposal.outcomes.items()
    )
    return f"{moves} - {Message('then').to(language)} {outcomes}"


def _move(version: Version, move: Move, language: Language) -> str:
    from reglament.rendering.words.cldr import OR, listed
    from reglament.rendering.words.labels import label

    name = label(version, move.fact, language)
    words = [_quoted(version, move.fact, value, language) for value in move.named]
    after = listed([*words, *([_ANY.to(language)] if move.is_any else [])], language, OR)
    if move.is_of_item:
        is_more = move.before is None
        item = _quoted(version, move.fact, move.after if is_more else move.before, language)
        return Message("item-more" if is_more else "item-less", fact=name, value=item).to(language)
    if not move.was_told:
        return Message("tell-fact", fact=name, value=after).to(language)
    before = _quoted(version, move.fact, move.before, language)
    return Message("fact-instead-of", fact=name, before=before, after=after).to(language)


def _quoted(version: Version, fact: str, value: Value, language: Language) -> str:
    from reglament.rendering.words.cldr import quoted
    from reglament.rendering.words.labels import value_words

    return quoted(value_words(version, fact, value, language), language)

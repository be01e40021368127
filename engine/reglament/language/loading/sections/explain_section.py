"""From the section `explain` to what a requester is told of a decided request."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from reglament.language.loading.expressions import node_access
from reglament.language.loading.expressions.filled_texts import read_filled_text
from reglament.language.loading.expressions.scope import Scope
from reglament.language.loading.expressions.when_section import read_condition
from reglament.language.syntax.source import MappingNode, Node, Scalar, SequenceNode
from reglament.messages import Message
from reglament.model.conditions import ALWAYS
from reglament.model.decisions import Decision
from reglament.model.letters import CLAUSES, LATEST, STARTS, UNDETERMINED, Explain, LetterText
from reglament.model.values import ORDERED, Kind


def read_explain(
    names: Scope, decisions: Mapping[str, Decision], dormant: Collection[str], section: Node | None
) -> Explain | None:
    """Which decision answers, which are told along with each outcome, which one advises, what
    a letter says.

    `found` holds the decisions that could be read, `dormant` the ids of rules that another
    reading would wake; None, and problems, where nothing answers.
    """
    below = node_access.mapping(names.report, section)
    answer = None if below is None else _decision(names, below.get("answer"))
    if below is None or answer is None:
        return None
    return Explain(
        answer=answer,
        also=_also(names, decisions.get(answer), below),
        advice=_advice(names, decisions, below.get("advice")),
        beside=_beside(names, decisions, below.get("beside")),
        say=_say(names, decisions, dormant, below.get("say")),
        greeting=read_filled_text(names, below.get("greeting")),
        closing=read_filled_text(names, below.get("closing")),
    )


def _say(
    names: Scope, decisions: Mapping[str, Decision], dormant: Collection[str], section: Node | None
) -> dict[str, dict[str, tuple[LetterText, ...]]]:
    """By decision, and by its outcomes and rules: the sentences of a letter."""
    also = {CLAUSES, *_of_values(names)}
    return {
        str(name.value): {
            str(key.value): tuple(_wordings(names, below, also))
            for key, below in node_access.entries(names.report, node)
            if _is_said_of(names, decisions[str(name.value)], dormant, key)
        }
        for name, node in node_access.entries(names.report, section)
        if known_decision(names, name) and str(name.value) in decisions
    }


def _of_values(names: Scope) -> Iterator[str]:
    """What letters may say of decisions whose values stand in order, and of deadlines."""
    for name in sorted(names.decisions):
        typed = names.known.get(name)
        kind = None if typed is None or typed.type is None else typed.type.kind
        if kind in ORDERED:
            yield f"{name}.{LATEST}"
        if kind is Kind.DATETIME:
            yield f"{name}.{STARTS}"


def _is_said_of(names: Scope, decision: Decision, dormant: Collection[str], key: Scalar) -> bool:
    """Whether the key is an outcome or a rule of the decision; a problem where it is neither."""
    rules = [rule.id for rule in decision.every_rule()]
    known = (*decision.type.options, *rules, UNDETERMINED)
    what = Message("decision-no-outcome-rule", decision=decision.name)
    return key.value in dormant or node_access.is_known(
        names.report, "unknown-outcome", key, known, what
    )


def _wordings(names: Scope, node: Node, also: Collection[str]) -> Iterator[LetterText]:
    for one in node.items if isinstance(node, SequenceNode) else (node,):
        text = _wording(names, one, also)
        if text is not None:
            yield text


def _wording(names: Scope, node: Node, also: Collection[str]) -> LetterText | None:
    """A text alone, or one with its condition."""
    if not isinstance(node, MappingNode) or node.get("text") is None:
        text = read_filled_text(names, node, also)
        return None if text is None else LetterText(text, place=node.place)
    text, when = read_filled_text(names, node.get("text"), also), node.get("when")
    if text is None:
        return None
    holds = ALWAYS if when is None else read_condition(names, when)
    return LetterText(text, holds, node_access.flag(names.report, node, "while_open"), node.place)


def _decision(names: Scope, node: Node | None) -> str | None:
    name = node_access.word(names.report, node)
    return str(name.value) if name is not None and known_decision(names, name) else None


def known_decision(names: Scope, name: Scalar) -> bool:
    """Whether there is a decision of that name; a problem where there is none."""
    is_of_item = any(name.value in items.decided for items in names.lists.values())
    if is_of_item and name.value not in names.decisions:
        told = Message("decided-for-each-item", name=str(name.value))
        names.report.add("decided-for-each-item", name, told, Message("name-a-whole-decision"))
        return False
    return node_access.is_known(names.report, "unknown-decision", name, names.decisions)


def known_decisions(names: Scope, node: Node | None) -> tuple[str, ...]:
    """The decisions that a list names; a problem for each that is none."""
    words = node_access.words_in(names.report, node)
    return tuple(str(word.value) for word in words if known_decision(names, word))


def _also(names: Scope, answer: Decision | None, below: MappingNode) -> dict[str, tuple[str, ...]]:
    key, section = below.key("also"), below.get("also")
    return {} if answer is None or key is None else _by_outcome(names, answer, key, section)


def _beside(
    names: Scope, decisions: Mapping[str, Decision], section: Node | None
) -> dict[str, dict[str, tuple[str, ...]]]:
    """By decision told beside the answer: what is told along with each of its outcomes."""
    return {
        str(key.value): _by_outcome(names, decisions[str(key.value)], key, node)
        for key, node in node_access.entries(names.report, section)
        if known_decision(names, key) and str(key.value) in decisions
    }


def _by_outcome(
    names: Scope, decision: Decision, key: Scalar, section: Node | None
) -> dict[str, tuple[str, ...]]:
    """The decisions told along with each outcome; `key` says for what they are."""
    told = [*node_access.entries(names.report, section)] if section is not None else []
    if told and (decision.type.kind is not Kind.CHOICE or decision.kind.lists_items):
        message = Message("goes-outcomes-decision-lists", key=key.value, decision=decision.name)
        names.report.add("nothing-told-along", key, message)
        return {}
    return {
        str(outcome.value): listed
        for outcome, node in told
        if (listed := known_decisions(names, node)) and _is_outcome(names, decision, outcome)
    }


def _is_outcome(names: Scope, answer: Decision, key: Scalar) -> bool:
    what = Message("decision-no-outcome-explain", answer=answer.name)
    return node_access.is_known(names.report, "unknown-outcome", key, answer.type.options, what)


def _advice(names: Scope, decisions: Mapping[str, Decision], node: Node | None) -> str | None:
    name = _decision(names, node)
    decision = None if name is None else decisions.get(name)
    if decision is not None and not decision.kind.lists_items:
        message = Message("collection-collection-true-advises", name=name)
        names.report.add("wrong-advice", node, message)
    return name

"""From a plan to text: what is asked for each decision, by the names that the policy uses."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from reglament.messages import Language
from reglament.model.conditions import Test
from reglament.model.regulation import Version
from reglament.model.terms import Constant, FactRef, Formula, Term
from reglament.plan.nodes import (
    Bisect,
    Collect,
    If,
    Let,
    Node,
    Plan,
    PlanConflict,
    PlanGap,
    Return,
    Switch,
    below,
    children,
)
from reglament.rendering.plain.plain_values import plain_text
from reglament.rendering.words.labels import label


def plan_text(plan: Plan, version: Version, language: Language, decision: str | None = None) -> str:
    """The plan, or that of one decision; nodes that stand twice are numbered, and told once.

    Words are those of the plan and of the policy; only labels are in `language`.
    """
    wanted = plan.lets if decision is None else {decision: plan.lets[decision]}
    told = (_let(name, let, label(version, name, language)) for name, let in wanted.items())
    return "\n\n".join("\n".join(lines) for lines in told)


def _let(name: str, let: Let, words: str) -> Iterator[str]:
    yield f"{name}  # {words}"
    if let.breaks_with:
        yield f"  breaks_with: {', '.join(let.breaks_with)}"
    met = Counter(child for node in below(let.body) for child in children(node))
    shared = [node for node in below(let.body) if met[node] > 1 and children(node)]
    yield from _PlanText({node: number for number, node in enumerate(shared, 1)}).lines(let.body)


class _PlanText:
    def __init__(self, numbers: Mapping[Node, int]) -> None:
        self.numbers = numbers
        self._told: set[Node] = set()

    def lines(self, root: Node) -> Iterator[str]:
        """The node, its children indented below it; not by calls, as a plan may be deep."""
        waiting = [("", root, 1)]
        while waiting:
            answer, node, depth = waiting.pop()
            number = f" [{self.numbers[node]}]" if node in self.numbers else ""
            if node in self._told and number:
                yield f"{'  ' * depth}{answer}see{number}"
                continue
            self._told.add(node)
            yield f"{'  ' * depth}{answer}{_head(node)}{number}"
            ways = [(f"{said}: ", child, depth + 1) for said, child in _ways(node)]
            waiting += reversed(ways)


def _ways(node: Node) -> list[tuple[str, Node]]:
    """Each answer at the node, and where it leads."""
    match node:
        case Switch(_, cases, default):
            said = [(", ".join(map(plain_text, words)), child) for words, child in cases]
            return [*said, ("else", default)]
        case Bisect(_, cuts, targets):
            asked = [*(f"< {plain_text(cut)}" for cut in cuts), "else"]
            return list(zip(asked, targets, strict=True))
        case If(_, then, otherwise):
            return [("then", then), ("else", otherwise)]
        case Collect(items):
            return [(plain_text(item), child) for item, child in items]
    return []


def _head(node: Node) -> str:
    match node:
        case Switch(on) | Bisect(on):
            return f"{type(node).__name__.lower()} {on}"
        case If(test):
            return f"if {_test(test)}"
        case Return(term):
            return f"return {_term(term)}"
        case PlanConflict(terms):
            return f"conflict {', '.join(map(_term, terms))}"
        case PlanGap() | Collect():
            return type(node).__name__.lower()
    return "unplanned"


def _test(test: Test) -> str:
    return f"{_term(test.subject)} {test.word} {_term(test.said)}"


def _term(term: Term) -> str:
    match term:
        case Constant(value):
            return plain_text(value)
        case FactRef(name):
            return name
        case Formula(function, arguments, hours, tie):
            by = "" if hours is None else f"; {hours}, {tie}"
            return f"{function}({', '.join(map(_term, arguments))}{by})"
    raise TypeError(term)

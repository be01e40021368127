"""The example of docs/missing-facts.md is what the engine does."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from reglament.diagram.kernel.forest import EnumVar, Forest, IntervalVar, PredicateVar
from reglament.evaluation import Evaluator
from reglament.language.loading.version_loader import read_version
from reglament.model.terms import Constant, FactRef
from reglament.model.values import Value
from reglament.partial.or_nodes import OrNode, Residual
from reglament.partial.question_tree import QuestionSpace
from reglament.partial.ranking import Rankings
from support.places import DOCS

LABEL = {"ru": "x", "en": "x"}
BOUGHT = date(2026, 3, 1)


@pytest.fixture(scope="module")
def blocks() -> list[str]:
    """What stands in the fences of the page."""
    text = (DOCS / "missing-facts.md").read_text("utf-8")
    return re.findall(r"^```\w*\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def evaluator(blocks: list[str], tmp_path_factory: pytest.TempPathFactory) -> Evaluator:
    """The decisions as a policy that can be read."""
    decisions = yaml.safe_load(blocks[0])
    for decision in decisions.values():
        decision["label"] = LABEL
    refund = decisions["refund"]
    refund["outcomes"] = dict.fromkeys(refund["outcomes"], LABEL)
    kinds = {"options": {"member": LABEL, "guest": LABEL}}
    policy = {
        "policy": "returns", "version": "1", "title": LABEL, "holds_from": "2024-01-01",
        "known_from": "2024-01-01", "time_zone": "UTC", "chosen_by": "bought.on",
        "facts": {
            "kind": {"type": "choice", **kinds, "label": LABEL},
            "bought.on": {"type": "date", "label": LABEL},
            "returned.on": {"type": "date", "label": LABEL},
        },
        "decisions": decisions,
    }  # fmt: skip
    path: Path = tmp_path_factory.mktemp("returns") / "returns.yaml"
    path.write_text(yaml.safe_dump(policy, sort_keys=False), "utf-8")
    return Evaluator(read_version(path))


def drawn(forest: Forest, part: Residual, indent: str = "") -> str:
    """The diagram or the residual as the page draws it."""
    if not isinstance(part, OrNode) and forest.is_terminal(part):
        value = forest.values[part]
        if isinstance(value, Constant):
            return f" {value.value}\n"
        return " conflict of " + " and ".join(sorted(t.value for t in value.outcomes)) + "\n"
    level = part.level if isinstance(part, OrNode) else forest.levels[part]
    edges = part.edges if isinstance(part, OrNode) else _edges(forest, part)
    lacks = f"  (missing: {', '.join(sorted(part.missing))})" if isinstance(part, OrNode) else ""
    lines = "".join(f"{indent}  {_said(a)}:{drawn(forest, c, indent + '  ')}" for a, c in edges)
    return f" {_asked(forest.variables[level])}{lacks}\n{lines}"


def _edges(forest: Forest, node: int) -> list[tuple[Any, Residual]]:
    keys, children = forest.keys[node], forest.children[node]
    if isinstance(forest.variable(node), EnumVar):
        return [*zip(keys, children, strict=False), ("else", children[-1])]
    return [(True, children[0]), (False, children[-1])]


def _asked(variable: object) -> str:
    match variable:
        case EnumVar(fact) | IntervalVar(fact):
            return f"{fact}?"
        case PredicateVar(atom):
            assert isinstance(atom.subject, FactRef)
            start, days = atom.operand.arguments
            return f"{atom.subject.name} <= {start.name} + {days.value} days?"
    raise TypeError(variable)


def _said(answer: object) -> str:
    if isinstance(answer, bool):
        return "yes" if answer else "no"
    return answer if isinstance(answer, str) else "else"


def _residual(evaluator: Evaluator, given: dict[str, Value]) -> tuple[Any, Any]:
    partial = evaluator.evaluate(given).partial_result
    component = partial.decomposition.component["refund"]
    assert component is not None
    graph = partial.walk.graph(component.residuals.starts[component.root], partial.outcome)
    return graph, partial.walk.tree(graph)


def test_the_diagram_and_the_residual_are_those(evaluator: Evaluator, blocks: list[str]) -> None:
    forest, root = evaluator.diagrams.forest, evaluator.diagrams.decision("refund")
    assert drawn(forest, root).strip() == blocks[1].strip()
    graph, _ = _residual(evaluator, {"bought.on": BOUGHT})
    assert drawn(forest, graph.residual).strip() == blocks[2].strip()


@pytest.mark.parametrize("given", [{"bought.on": BOUGHT, "kind": "guest"}, {"kind": "guest"}])
def test_three_joint_assignments_of_four_are_possible(
    evaluator: Evaluator, given: dict[str, Value]
) -> None:
    """With one date missing by its thresholds, with both by a cycle of differences."""
    graph, _ = _residual(evaluator, given)
    assert len(graph.joint) == 3
    found = [evaluator.diagrams.forest.values[node] for node in graph.terminals]
    assert found == [Constant("full"), Constant("half"), Constant("none")]
    outcome = evaluator.evaluate(given)["refund"]
    assert outcome.possible == ("full", "half", "none")


def test_the_ranking_is_that(evaluator: Evaluator, blocks: list[str]) -> None:
    given: dict[str, Value] = {"bought.on": BOUGHT}
    _, tree = _residual(evaluator, given)
    space = QuestionSpace(("kind", "returned.on"))
    root = space.of(tree, {})
    saved = Rankings(space).saved[root, 0]
    expected = {
        fact: f"1 + {root.expected - saved[space.bits([fact])][0]:.2f}" for fact in space.names
    }
    assert expected == dict(re.findall(r"^(\S+ ?\S+?)\s+(1 \+ \d\.\d\d)", blocks[4], re.MULTILINE))
    assert evaluator.evaluate(given)["refund"].needs == ("kind", "returned.on")

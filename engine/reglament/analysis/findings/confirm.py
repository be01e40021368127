"""From a path through a diagram to whether a whole request really takes it, tried plainly."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from reglament.diagram.kernel.forest import EnumVar, IntervalVar, NullVar, Variable
from reglament.diagram.kernel.witness import OTHER_WORD, Path
from reglament.model.regulation import Version
from reglament.model.values import Value
from reglament.reference import InDoubt, View


def takes(path: Path, facts: Mapping[str, Value], version: Version) -> bool:
    """Whether the request, all of whose facts are told, gives every answer of the path."""
    view = View(version, facts)
    try:
        return all(_gives(view, variable, answer) for variable, answer in path.answers)
    except InDoubt:
        return False


def _gives(view: View, variable: Variable, answer: Any) -> bool:
    if isinstance(variable, EnumVar) and variable.domain is None and answer == OTHER_WORD:
        told = view.facts[variable.fact]
        return told is not None and told not in view.version.words_said
    if isinstance(variable, EnumVar):
        return bool(view.facts[variable.fact] == answer)
    if isinstance(variable, NullVar):
        return (view.facts[variable.fact] is None) is answer
    if isinstance(variable, IntervalVar):
        return _between(view.facts[variable.fact], *answer)
    return view.holds(variable.atom) is answer


def _between(value: Any, first: Any, past: Any) -> bool:
    return (
        value is not None and (first is None or value >= first) and (past is None or value < past)
    )

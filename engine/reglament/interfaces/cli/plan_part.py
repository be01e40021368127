"""From a version to its plan as text on the terminal."""

from __future__ import annotations

from reglament.interfaces.cli.output import say
from reglament.messages import Language
from reglament.model.regulation import Version


def print_plan(version: Version, name: str, language: Language) -> None:
    """Show the plan of the decision `name`, or of all where it is empty.

    Raises Refused where there is no such decision.
    """
    from reglament.analysis.interview import decision_named
    from reglament.evaluation import Evaluator
    from reglament.rendering.plan_text import plan_text

    decision = decision_named(version, name).name if name else None
    say(plan_text(Evaluator(version).plan, version, language, decision))

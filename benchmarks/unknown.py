"""What rule engines answer while a fact is missing: what the README claims of them.

One rule: a certified partner's training is in scope, anybody else's is not. Who asks is unknown,
or is given under a misspelt name. Peers that are not installed are left out
(`pip install -e '.[bench]'`).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping

Facts = Mapping[str, str]
ASKED: dict[str, Facts] = {
    "a partner": {"kind": "certified_partner"},
    "nothing": {},
    "misspelt": {"knid": "certified_partner"},
}


POLICY = """
policy: partners
version: "1"
title: {en: Partners}
holds_from: 2026-01-01
known_from: 2026-01-01
chosen_by: on
time_zone: UTC
facts:
  on: {type: date, label: day}
  kind: {type: choice, label: who asks, options: {certified_partner: partner, user: user}}
decisions:
  scope:
    label: scope
    outcomes: {in_scope: in scope, out_of_scope: out of scope}
    rules:
      - {id: partner, when: {kind: certified_partner}, then: in_scope, because: A partner asks.}
      - {id: user, when: {kind: user}, then: out_of_scope, because: A user asks.}
"""


def python(facts: Facts) -> object:
    """A function as it is usually written."""
    return "in_scope" if facts.get("kind") == "certified_partner" else "out_of_scope"


def rego(facts: Facts) -> object:
    """Rego with a default, by rego-cpp."""
    from regopy import Interpreter

    made = Interpreter()
    made.add_module(
        "scope",
        """package scope
        default answer := "out_of_scope"
        answer := "in_scope" if input.kind == "certified_partner"
        """,
    )
    made.set_input(dict(facts))
    return str(made.query("data.scope.answer"))


def cedar(facts: Facts) -> object:
    """One Cedar policy."""
    import cedarpy

    rule = 'permit(principal, action, resource) when { context.kind == "certified_partner" };'
    asked = {"principal": 'U::"a"', "action": 'A::"ask"', "resource": 'R::"training"'}
    found = cedarpy.is_authorized({**asked, "context": dict(facts)}, rule, [])
    return f"{found.decision.value}, errors: {len(found.diagnostics.errors)}"


def zen(facts: Facts) -> object:
    """A decision table of ZEN whose last row matches everything."""
    from zen import ZenEngine

    table = {
        "hitPolicy": "first",
        "inputs": [{"id": "k", "name": "kind", "field": "kind"}],
        "outputs": [{"id": "s", "name": "scope", "field": "scope"}],
        "rules": [
            {"_id": "1", "k": '"certified_partner"', "s": '"in_scope"'},
            {"_id": "2", "k": "", "s": '"out_of_scope"'},
        ],
    }
    nodes = [
        {"id": "in", "name": "in", "type": "inputNode"},
        {"id": "t", "name": "t", "type": "decisionTableNode", "content": table},
        {"id": "out", "name": "out", "type": "outputNode"},
    ]
    edges = [
        {"id": "1", "sourceId": "in", "targetId": "t", "type": "edge"},
        {"id": "2", "sourceId": "t", "targetId": "out", "type": "edge"},
    ]
    made = ZenEngine().create_decision(json.dumps({"nodes": nodes, "edges": edges}))
    return made.evaluate(dict(facts))["result"]


def openfisca(facts: Facts) -> object:
    """A variable of OpenFisca over one person; who asks is an enumeration, which has a default."""
    from openfisca_core.entities import Entity
    from openfisca_core.errors import SituationParsingError
    from openfisca_core.indexed_enums import Enum
    from openfisca_core.periods import DateUnit
    from openfisca_core.simulation_builder import SimulationBuilder
    from openfisca_core.taxbenefitsystems import TaxBenefitSystem
    from openfisca_core.variables import Variable

    person = Entity("person", "persons", "A person", "")

    class Kind(Enum):
        user = "user"
        certified_partner = "certified partner"

    class kind(Variable):
        value_type, possible_values, default_value = Enum, Kind, Kind.user
        entity, definition_period, label = person, DateUnit.MONTH, "who asks"

    class scope(Variable):
        value_type, entity, definition_period, label = str, person, DateUnit.MONTH, "scope"

        def formula(people, period):  # type: ignore[no-untyped-def]
            asked = people("kind", period) == Kind.certified_partner
            return ["in_scope" if one else "out_of_scope" for one in asked]

    system = TaxBenefitSystem([person])
    system.add_variables(kind, scope)
    try:
        told = {name: {"2026-01": value} for name, value in facts.items()}
        made = SimulationBuilder().build_from_entities(system, {"persons": {"somebody": told}})
    except SituationParsingError as refused:
        return f"refused: {str(refused)[:90]}…"
    return str(made.calculate("scope", "2026-01")[0])


def reglament(facts: Facts) -> object:
    """The same rule here."""
    from reglament import Policy, Refused

    try:
        found = Policy.from_text(POLICY).decide(facts)["scope"]
    except Refused as refused:
        return f"refused: {refused.to_text('en').splitlines()[-1].strip(' =')}"
    return found.outcome if found.is_determined else f"undetermined, needs {list(found.needs)}"


CONTENDERS: tuple[Callable[[Facts], object], ...] = (
    python,
    rego,
    cedar,
    zen,
    openfisca,
    reglament,
)


def main() -> None:
    """Print a line for each contender and each way of asking."""
    for contender in CONTENDERS:
        for asked, facts in ASKED.items():
            try:
                said = contender(facts)
            except ModuleNotFoundError as missing:
                print(f"{contender.__name__:<10}  left out: {missing.name} is not installed")
                break
            print(f"{contender.__name__:<10}  {asked:<10}  {said}")


if __name__ == "__main__":
    main()

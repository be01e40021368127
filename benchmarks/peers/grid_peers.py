"""The grid of rules for each peer: from rows to a function from a request to price and rule.

Peers are used as their makers advise for speed: parsed once, compiled where they compile. One
that has no sets of rules (rule-engine, CEL) is asked rule by rule until one holds.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any

from benchmarks.grid import OTHERWISE, Answer, Request, Row

Ask = Callable[[Request], Answer]


def zen_table(rows: Sequence[Row], trace: bool = False) -> Ask:
    """ZEN: one decision table, first hit."""
    import zen

    engine = zen.ZenEngine({"loader": {"type": "static", "content": {"grid": _zen_graph(rows)}}})
    options = {"trace": True} if trace else {}

    def ask(request: Request) -> Answer:
        result = engine.evaluate("grid", request, options)["result"]
        return result["price"], result["rule"]

    return ask


def zen_traced(rows: Sequence[Row]) -> Ask:
    """The same, ZEN's trace kept."""
    return zen_table(rows, trace=True)


def _zen_graph(rows: Sequence[Row]) -> dict[str, Any]:
    cells = [
        {
            "_id": row.id,
            "country": f'"{row.country}"',
            "product": f'"{row.product}"',
            "amount": f">= {row.least}",
            "price": str(row.price),
            "rule": json.dumps(row.id),
        }
        for row in rows
    ]
    price, rule = OTHERWISE
    cells.append({"_id": rule, "price": str(price), "rule": json.dumps(rule)})
    fields = ("country", "product", "amount")
    table = {
        "hitPolicy": "first",
        "inputs": [{"id": name, "field": name, "name": name} for name in fields],
        "outputs": [{"id": name, "field": name, "name": name} for name in ("price", "rule")],
        "rules": cells,
    }
    nodes = [
        {"id": "in", "type": "inputNode", "name": "in"},
        {"id": "table", "type": "decisionTableNode", "name": "table", "content": table},
        {"id": "out", "type": "outputNode", "name": "out"},
    ]
    edges = [
        {"id": f"{a}-{b}", "type": "edge", "sourceId": a, "targetId": b}
        for a, b in (("in", "table"), ("table", "out"))
    ]
    return {"nodes": nodes, "edges": edges}


def cedar(rows: Sequence[Row]) -> Ask:
    """Cedar: a `permit` a rule, told apart by its id."""
    import cedarpy

    policies = cedarpy.PolicySet.from_str(
        "\n".join(
            f'@id("{row.id}")\npermit(principal, action, resource) when {{'
            f' context.country == "{row.country}" && context.product == "{row.product}"'
            f" && context.amount >= {row.least} }};"
            for row in rows
        )
    )
    entities = cedarpy.Entities.from_json_str("[]")
    prices = {row.id: row.price for row in rows}
    who = {"principal": 'User::"u"', "action": 'Action::"a"', "resource": 'Thing::"t"'}

    def ask(request: Request) -> Answer:
        answer = cedarpy.is_authorized({**who, "context": request}, policies, entities)
        found = list(answer.diagnostics.id_annotations_by_reason.values())
        return (prices[found[0]], found[0]) if found else OTHERWISE

    return ask


def _text(row: Row) -> str:
    return f'country == "{row.country}" && product == "{row.product}" && amount >= {row.least}'


def rule_engine_list(rows: Sequence[Row]) -> Ask:
    """rule-engine: a list of expressions, until one matches."""
    import rule_engine

    context = rule_engine.Context(resolver=rule_engine.resolve_item)
    rules = [
        ((row.price, row.id), rule_engine.Rule(_text(row).replace("&&", "and"), context=context))
        for row in rows
    ]
    return lambda request: next((a for a, rule in rules if rule.matches(request)), OTHERWISE)


def cel_list(rows: Sequence[Row]) -> Ask:
    """CEL: a list of compiled programs, until one holds."""
    import cel

    programs = [((row.price, row.id), cel.compile(_text(row))) for row in rows]
    return lambda request: next((a for a, one in programs if one.execute(request)), OTHERWISE)


def rego(rows: Sequence[Row]) -> Ask:
    """Rego (rego-cpp): one complete rule with a body a row, in a compiled bundle."""
    from regopy import Interpreter

    rule = 'answer := "{0.price} {0.id}" if {{\n  input.country == "{0.country}"\n'
    rule += '  input.product == "{0.product}"\n  input.amount >= {0.least}\n}}'
    default = f'default answer := "{OTHERWISE[0]} {OTHERWISE[1]}"'
    interpreter = Interpreter()
    source = ["package grid", "import rego.v1", default, *(rule.format(row) for row in rows)]
    interpreter.add_module("grid", "\n".join(source))
    bundle = interpreter.build("x=data.grid.answer")

    def ask(request: Request) -> Answer:
        interpreter.set_input(request)
        found = json.loads(str(interpreter.query_bundle(bundle)))
        price, rule_id = found["bindings"]["x"].split()
        return int(price), rule_id

    return ask


def durable(rows: Sequence[Row]) -> Ask:
    """durable-rules: a set of rules over events; an event that nothing takes is `otherwise`."""
    from durable import engine, lang

    found: list[Answer] = []

    def taking(answer: Answer) -> Callable[[Any], None]:
        return lambda c: found.append(answer)

    name = f"grid{len(rows)}"
    with lang.ruleset(name):
        for row in rows:
            test = (lang.m.country == row.country) & (lang.m.product == row.product)
            lang.when_all(test & (lang.m.amount >= row.least))(taking((row.price, row.id)))

    def ask(request: Request) -> Answer:
        found.clear()
        try:
            lang.post(name, dict(request))
        except engine.MessageNotHandledException:
            return OTHERWISE
        return found[0]

    return ask


PEERS: dict[str, Callable[[Sequence[Row]], Ask]] = {
    "zen-engine": zen_table,
    "zen-engine, traced": zen_traced,
    "cedarpy": cedar,
    "rule-engine": rule_engine_list,
    "durable-rules": durable,
    "rego (regopy)": rego,
    "cel (common-expression-language)": cel_list,
}

"""From policies to the JSON Schemas of what is answered by them, typed by facts and outcomes.

The shapes stand in `decision.schema.json` and `answers.schema.json`; here they become components of
a contract, or a schema that stands alone, and what a policy says narrows them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from typing import Any, TypeAlias

from reglament.language.requests.literals import TIME
from reglament.language.syntax.bundled import schema_text
from reglament.messages import Language
from reglament.model.values import Kind, Type
from reglament.policy import Policy
from reglament.rendering.words.labels import label

Schema: TypeAlias = dict[str, Any]
DECISION = "decision-document"
PROBLEM = "problem-document"
AT = "#/components/schemas/"
"""Where the components of a contract stand."""
_DECISION_ID = "urn:reglament:schema:decision"
_NULL: Schema = {"type": "null"}
_ANOTHER: Schema = {
    "type": "object",
    "required": ["another"],
    "properties": {"another": {"const": True}},
}
_TYPES: Mapping[Kind, Schema] = {
    Kind.CHOICE: {"type": "string"},
    Kind.TEXT: {"type": "string"},
    Kind.BOOLEAN: {"type": "boolean"},
    Kind.INTEGER: {"type": "integer"},
    Kind.DECIMAL: {"type": "string", "pattern": r"^-?[0-9]+(\.[0-9]+)?$"},
    Kind.DATE: {"type": "string", "format": "date"},
    Kind.DATETIME: {"type": "string", "format": "date-time"},
    Kind.TIME: {"type": "string", "pattern": f"^{TIME}$"},
    Kind.DURATION: {"type": "string", "format": "duration"},
    Kind.PERIOD: {"type": "string", "pattern": "^-?P(?:[0-9]+Y)?(?:[0-9]+M)?$"},
}


# What every policy answers


@cache
def shared() -> Mapping[str, Schema]:
    """The shapes of all answers by the names of components, parts of them beside them."""
    decision, answers = (json.loads(schema_text(one)) for one in ("decision", "answers"))
    return {
        **components(decision, DECISION),
        **{name: _moved(one, _of_answers) for name, one in answers["$defs"].items()},
    }


def alone(name: str) -> Schema:
    """The schema of one of these answers with all that it refers to, as one document."""
    schemas = shared()
    parts = needed([schemas[name]], schemas)
    at = "#/$defs/"

    def moved(told: str) -> str:
        return at + told.removeprefix(AT)

    whole: Schema = _moved(schemas[name], moved)
    return {**whole, "$defs": {part: _moved(one, moved) for part, one in parts.items()}}


def needed(roots: Iterable[Any], schemas: Mapping[str, Schema]) -> dict[str, Schema]:
    """The components that these refer to, and those that these do."""
    definitions: dict[str, Schema] = {}
    waiting = [name for root in roots for name in _named_in(root)]
    while waiting:
        name = waiting.pop()
        if name not in definitions:
            definitions[name] = schemas[name]
            waiting += _named_in(schemas[name])
    return {name: definitions[name] for name in schemas if name in definitions}


def components(schema: Schema, name: str) -> dict[str, Schema]:
    """The schema as a component, and each of its definitions as one beside it.

    Definitions inside of it would be taken for members of what it describes by generators.
    """
    parts = schema.get("$defs", {})
    whole = {key: value for key, value in schema.items() if key not in ("$defs", "$id", "$schema")}

    def moved(told: str) -> str:
        return AT + (name if told == "#" else _part(name, told.removeprefix("#/$defs/")))

    found = {_part(name, key): _moved(value, moved) for key, value in parts.items()}
    return {name: _moved(whole, moved), **found}


def ref(name: str) -> Schema:
    """A reference to a component."""
    return {"$ref": f"{AT}{name}"}


def many(items: Schema) -> Schema:
    """A list of these."""
    return {"type": "array", "items": items}


def nullable(schema: Schema) -> Schema:
    """The same, or null."""
    return {"anyOf": [schema, _NULL]}


def _of_answers(told: str) -> str:
    """Where that stands to which the shapes of answers refer."""
    document, _, key = told.partition("#/$defs/")
    if document == _DECISION_ID:
        return AT + (_part(DECISION, key) if key else DECISION)
    return AT + key


def _part(name: str, key: str) -> str:
    """The name of a definition among the components."""
    return f"{name}.{re.sub('[^A-Za-z0-9._-]', '-', key)}"


def _moved(schema: Any, moved: Callable[[str], str]) -> Any:
    """The schema with its references to where things now stand."""
    if isinstance(schema, list):
        return [_moved(one, moved) for one in schema]
    if not isinstance(schema, dict):
        return schema
    found = {key: _moved(value, moved) for key, value in schema.items()}
    told = schema.get("$ref")
    return found | {"$ref": moved(told)} if isinstance(told, str) else found


def _named_in(schema: Any) -> Iterator[str]:
    below: Iterable[Any] = ()
    if isinstance(schema, dict):
        told, below = schema.get("$ref"), schema.values()
        if isinstance(told, str):
            yield told.removeprefix(AT)
    elif isinstance(schema, list):
        below = schema
    for one in below:
        yield from _named_in(one)


# What one policy answers


class AnswerSchemas:
    """The answers of one policy, by any of its versions, as components of a contract."""

    def __init__(self, policy: Policy, language: Language) -> None:
        self.versions, self.language = policy.versions, language
        self.outcomes = {name: self._outcome(name) for name in decision_names(policy)}
        self.facts = fact_names(policy)

    def schemas(self, name: str) -> dict[str, Schema]:
        """The components, whose names begin with that of the policy."""
        return {
            f"{name}.decided": self._decided(),
            f"{name}.question": self._question(),
            f"{name}.change": self._change(),
        }

    def _decided(self) -> Schema:
        """An outcome is null where it is not determined, too: only `status` tells the two apart."""
        decisions = {
            name: {"title": title, **_narrowed(f"{DECISION}.decided", _open(outcome))}
            for name, (title, outcome) in self.outcomes.items()
        }
        return _narrowed(DECISION, {"decisions": {"properties": decisions}})

    def _question(self) -> Schema:
        outcomes = [(name, outcome) for name, (_, outcome) in self.outcomes.items()]
        hanging = [
            _narrowed("open_decision", {"decision": {"const": name}, "possible": _possible(one)})
            for name, one in outcomes
        ]
        settled = [
            _narrowed("settling_answer", {"decision": {"const": name}, "outcome": nullable(one)})
            for name, one in outcomes
        ]
        told = {
            "fact": self.facts,
            "open": many({"anyOf": hanging}),
            "settles": many({"anyOf": settled}),
        }
        question = nullable(_narrowed("question", told))
        return _narrowed("question-document", {"question": question})

    def _change(self) -> Schema:
        come = {name: nullable(outcome) for name, (_, outcome) in self.outcomes.items()}
        want = {name: {"anyOf": [one, _ANOTHER]} for name, one in come.items()}
        moves = many(_narrowed("move", {"fact": self.facts}))
        changes = many(_narrowed("change", {"moves": moves, "outcomes": _with(come)}))
        return _narrowed("change-document", {"want": _with(want), "changes": changes})

    def _outcome(self, name: str) -> tuple[str, Schema]:
        """What the decision is called by the newest version that makes it, and what may come out
        by any of them."""
        makes = [version for version in self.versions if name in version.decisions]
        types = [_type(version.decisions[name].outcome_type) for version in makes]
        distinct = [type_ for at, type_ in enumerate(types) if type_ not in types[:at]]
        given = distinct[0] if len(distinct) == 1 else {"anyOf": distinct}
        return label(makes[-1], name, self.language), given


def decision_names(policy: Policy) -> list[str]:
    """The decisions that any version makes, without those that only others read."""
    shown = (one.name for version in policy.versions for one in version.shown_decisions.values())
    return list(dict.fromkeys(shown))


def wishes_of(policy: Policy) -> Schema:
    """What may be wanted, by the newest version: of other kinds than words any outcome as told."""
    shown = policy.versions[-1].shown_decisions.values()
    return _with({decision.name: _wish(decision.outcome_type) for decision in shown}) | {
        "additionalProperties": False
    }


def _wish(type_: Type) -> Schema:
    if type_.kind is not Kind.CHOICE or type_.is_open:
        return {}
    return {"anyOf": [_type(type_), _NULL, _ANOTHER]}


def fact_names(policy: Policy) -> Schema:
    """The facts of any version by their names, of a list of things their paths, too."""
    versions = policy.versions
    names = list(dict.fromkeys(name for version in versions for name in version.told_facts))
    lists = sorted({name for version in versions for name in version.lists})
    if not lists:
        return {"enum": names}
    return {"anyOf": [{"enum": names}, *map(_path_below, lists)]}


def _path_below(name: str) -> Schema:
    """`list.more`, or an item of the list and what is below that."""
    return {"type": "string", "pattern": rf"^{re.escape(name)}(\.more$|\[[1-9][0-9]*\])"}


def _narrowed(name: str, properties: Schema) -> Schema:
    """One of the shapes, and what a policy says of its members.

    Items of a list are narrowed one by one: to generators two lists at once are either of them.
    """
    return {"allOf": [ref(name), _with(properties)]}


def _with(properties: Schema) -> Schema:
    return {"type": "object", "properties": properties}


def _open(outcome: Schema) -> Schema:
    """What came out, and what still may."""
    return {"outcome": nullable(outcome), "possible": _possible(outcome)}


def _possible(outcome: Schema) -> Schema:
    return nullable(many(nullable(outcome)))


def _type(type_: Type) -> Schema:
    """A value that came out, as JSON has it."""
    if type_.kind is Kind.LIST:
        return many({"type": "string"} if type_.item is None else _type(type_.item))
    if type_.kind is Kind.RECORD:
        return _with({name: nullable(_type(one)) for name, one in type_.fields})
    if type_.options and not type_.is_open:
        return {"enum": list(type_.options)}
    return _TYPES[type_.kind]

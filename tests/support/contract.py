"""The schemas of answers, closed: a key that they do not describe is a fault."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError
from jsonschema.protocols import Validator
from jsonschema.validators import extend

CLOSED = {"unevaluatedProperties": False}
OPEN = "decision-document.item"
"""What a collection adds: a policy says which values go along."""


def closed(schema: Any) -> Any:
    """The schema, its objects taking no members but those that it describes.

    Who reads an answer passes over a key that it does not know, since a later release may have
    more; of this release every key is described.
    """
    if isinstance(schema, list):
        return [closed(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    found = {key: one if key == "if" else closed(one) for key, one in schema.items()}
    is_shape = schema.get("type") == "object" and "required" in schema
    return found | CLOSED if is_shape and "additionalProperties" not in schema else found


def validator(answer: Any, components: Mapping[str, Any]) -> Validator:
    """What finds the faults of an answer of which this is the schema, in the contract or alone.

    What narrows a shape says nothing of the rest of it, nor does a shape that stands in another:
    they are closed where they are put together.
    """
    schemas = {
        name: one if _narrows(one) or name == OPEN else _but_for_itself(closed(one), name)
        for name, one in components.items()
    }
    whole = closed(answer) | CLOSED
    if "items" in whole.get("properties", {}):  # of a batch
        each = whole["properties"]["items"]
        whole["properties"]["items"] = each | {"items": each["items"] | CLOSED}
    return _looking_once()(
        {**whole, "components": {"schemas": schemas}, "$defs": schemas},
        format_checker=Draft202012Validator.FORMAT_CHECKER,
    )


def faults(found: Validator, answer: object) -> list[str]:
    """What is wrong with the answer, and where."""
    return [f"{one.json_path}: {one.message}" for one in found.iter_errors(answer)]


def _looking_once() -> type[Validator]:
    """A class of validators for one schema: a value that fits what `$ref` names is tried once.

    Clauses and labels stand in every document, and a shape is asked again for each way to close it.
    """
    of_reference = Draft202012Validator.VALIDATORS["$ref"]
    fitting = set[tuple[str, str]]()

    def once(found: Any, name: str, value: object, schema: Any) -> Iterator[ValidationError]:
        key = name, json.dumps(value)
        if key not in fitting:
            faults = list(of_reference(found, name, value, schema))
            if not faults:
                fitting.add(key)
            yield from faults

    made: type[Validator] = extend(Draft202012Validator, {"$ref": once})
    return made


def _but_for_itself(schema: dict[str, Any], name: str) -> dict[str, Any]:
    is_whole = name.endswith("-document")
    return {key: one for key, one in schema.items() if not (is_whole and key in CLOSED)}


def _narrows(schema: Mapping[str, Any]) -> bool:
    """Whether it says more of a shape that stands elsewhere."""
    return "required" not in schema and "allOf" in schema

"""From worked examples to the YAML of an `examples` section, for an author to review."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, time, timedelta
from decimal import Decimal

from reglament.model.regulation import Example
from reglament.model.values import Period, Value
from reglament.rendering.plain.plain_values import iso_duration

TO_BE_REVIEWED = "to be reviewed"
HEAD = (
    "# Made from the rules, not from the regulation: what is expected here is what the policy\n"
    "# decides now. Read each against the text, then take off its mark.\n"
)
_PLAIN = r"[A-Za-zА-Яа-яЁё_][\w.-]*(?: [\w.-]+)*"
_WORDS = frozenset({"true", "false", "null"})


def cases_file(examples: Iterable[Example]) -> str:
    """The examples, each marked to be reviewed."""
    return "\n".join([HEAD + "examples:", *map(_case, examples)]) + "\n"


def _case(example: Example) -> str:
    return "\n".join(
        [
            f"  - name: {scalar(example.name)}  # {TO_BE_REVIEWED}",
            "    facts:",
            *(f"      {name}: {flow(value)}" for name, value in example.facts.items()),
            "    expect:",
            *_expectations(example.expects),
            "",
        ]
    )


def _expectations(expects: Mapping[str, Mapping[str, object]]) -> Iterator[str]:
    for name, aspects in expects.items():
        said = ", ".join(f"{aspect}: {flow(value)}" for aspect, value in aspects.items())
        yield f"      {name}: {{{said}}}"


def flow(value: object) -> str:
    """A value on one line, as the policy language writes it."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{scalar(key)}: {flow(part)}" for key, part in value.items()) + "}"
    if isinstance(value, tuple | list):
        return "[" + ", ".join(map(flow, value)) + "]"
    return scalar(value)


def scalar(value: Value | object) -> str:
    """One word, number or moment; quoted where it could be read as anything else."""
    if value is None or isinstance(value, bool | int):
        return json.dumps(value)
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, time | Period):
        return json.dumps(str(value))
    if isinstance(value, timedelta):
        return json.dumps(iso_duration(value))
    if isinstance(value, date):  # a datetime too
        return json.dumps(value.isoformat())
    text = str(value)
    is_plain = re.fullmatch(_PLAIN, text) is not None and text.lower() not in _WORDS
    return text if is_plain else json.dumps(text, ensure_ascii=False)

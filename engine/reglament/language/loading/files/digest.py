"""From the joined mapping of a version to the fingerprint of its meaning and wording."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from hashlib import sha256

from reglament.language.syntax.source import Plain

ORDERED = ("priority", "output_order")  # policies by the order of outcomes
EXAMPLES = frozenset({"examples", "timelines"})


def digest_of(joined: Mapping[str, Plain]) -> str:
    """`sha256:…` of the mapping without its examples, as canonical JSON (sorted, no spaces).

    Files, comments, quoting and the order of keys do not matter; the order of lists does.
    """
    told = {key: value for key, value in joined.items() if key not in EXAMPLES}
    told.pop("languages", None)  # as the texts show
    if told.get("language") == 1:  # as where none is said
        del told["language"]
    if "decisions" in told:
        told["decisions"] = _with_priorities(told["decisions"])
    text = json.dumps(
        told, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=_decimal
    )
    return f"sha256:{sha256(text.encode()).hexdigest()}"


def _with_priorities(decisions: Plain) -> Plain:
    """The decisions; where the order of outcomes decides, it is told as a list."""
    if not isinstance(decisions, Mapping):
        return decisions
    told = dict(decisions)
    for name, decision in decisions.items():
        if isinstance(decision, Mapping) and decision.get("hit_policy") in ORDERED:
            outcomes = decision.get("outcomes")
            fields = decision.get("fields")
            words: list[Plain] = [*outcomes] if isinstance(outcomes, Mapping) else _ranked(fields)
            told[name] = {**decision, "priority": words}
    return told


def _ranked(fields: Plain) -> list[Plain]:
    """The fields of a record that list their words, and these."""
    if not isinstance(fields, Mapping):
        return []
    listed: list[Plain] = []
    for name, field in fields.items():
        options = field.get("options") if isinstance(field, Mapping) else None
        if isinstance(options, Mapping):
            listed.append([name, [*options]])
    return listed


def _decimal(value: object) -> str:
    if isinstance(value, Decimal):
        return str(value)
    raise TypeError(f"no JSON for {type(value).__name__}")

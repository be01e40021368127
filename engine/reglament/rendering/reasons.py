"""From a sufficient reason to the sentence that tells it: what settled a decision."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from reglament.messages import Language, Message
from reglament.model.regulation import Version
from reglament.model.values import Value
from reglament.rendering.labels import label, value_words

ANYWAY = Message("settled-whatever-facts")


def settled_by(
    version: Version, facts: Mapping[str, Value], reason: Sequence[str], language: Language
) -> str:
    """`settled by: service asked for: on-site visit - whatever the rest`, with no full stop."""
    if not reason:
        return ANYWAY.to(language)
    given = "; ".join(told(version, facts, reason, language))
    return Message("settled-by-facts", facts=given).to(language)


def told(
    version: Version, facts: Mapping[str, Value], names: Sequence[str], language: Language
) -> list[str]:
    """Each fact with the value told: `service asked for: on-site visit`."""
    return [
        f"{label(version, name, language)}: {value_words(version, name, facts[name], language)}"
        for name in names
    ]

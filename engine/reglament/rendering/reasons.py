"""From a sufficient reason to the sentence that tells it: what settled a decision."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from reglament.model.policy import Version
from reglament.model.values import Value
from reglament.model.words import Language, Words
from reglament.rendering.labels import label, value_words

SETTLED = Words(
    ru="решено фактами: {} - что бы ни было с остальными", en="settled by: {} - whatever the rest"
)
ANYWAY = Words(ru="решено при любых фактах", en="settled whatever the facts are")


def settled_by(
    version: Version, facts: Mapping[str, Value], reason: Sequence[str], language: Language
) -> str:
    """`settled by: service asked for: on-site visit - whatever the rest`, with no full stop."""
    if not reason:
        return ANYWAY.to(language)
    return SETTLED.to(language).format("; ".join(told(version, facts, reason, language)))


def told(
    version: Version, facts: Mapping[str, Value], names: Sequence[str], language: Language
) -> list[str]:
    """Each fact with the value told: `service asked for: on-site visit`."""
    return [
        f"{label(version, name, language)}: {value_words(version, name, facts[name], language)}"
        for name in names
    ]

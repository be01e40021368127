"""From a document that tells sensitive facts to one that commits to them without telling.

A sensitive value is replaced by `{"committed": "sha256:…"}`, the digest of the
value together with 32 random bytes (a salted commitment: it binds whoever wrote
it and tells nothing to who lacks the salt). Salt and value are kept apart, where
they can be erased.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping
from typing import Any

from reglament.audit.canonical import canonical, digest, fit
from reglament.frozen import frozen
from reglament.model.decisions import Decision
from reglament.model.regulation import Version
from reglament.model.visitor import decisions_of, facts_of

DOCUMENT = "#document"
KEPT = (
    "status",
    "needs",
    "rules",
    "clauses",
    "open_clauses",
    "readings",
    "met",
    "unmet",
    "open",
    "ask",
)


@frozen
class Secret:
    """What a commitment was made of; `name` is a fact, or `#document` for the whole document."""

    name: str
    salt: str
    value: Any

    @property
    def commitment(self) -> str:
        """The digest that stands in the entry."""
        return digest(canonical({"name": self.name, "salt": self.salt, "value": self.value}))

    @property
    def shown(self) -> dict[str, str]:
        """What stands in the entry in the value's place."""
        return {"committed": self.commitment}


def kept_apart(name: str, value: object) -> Secret:
    """A new secret with a salt of its own."""
    return Secret(name, secrets.token_hex(32), fit(value))


def split(
    version: Version, facts: Mapping[str, Any], document: Mapping[str, Any]
) -> tuple[dict[str, Any], Mapping[str, Any], list[Secret]]:
    """The request and the document as an entry may hold them, and what is kept apart.

    Where a sensitive fact is told, the document is kept apart too, since its
    words and values may repeat the fact; the entry holds the document's outline.
    """
    private = [kept_apart(n, v) for n, v in facts.items() if n in version.sensitive_facts]
    if not private:
        return dict(facts), document, []
    whole = kept_apart(DOCUMENT, document)
    request = {**facts, **{secret.name: secret.shown for secret in private}}
    return request, outline(version, document) | {"whole": whole.shown}, [*private, whole]


def outline(version: Version, document: Mapping[str, Any]) -> dict[str, Any]:
    """The document without words, ledgers and values that could repeat a sensitive fact.

    Which outcome of a choice was decided stays; a computed value that a
    sensitive fact goes into does not.
    """
    told = {name: value for name, value in document.items() if name != "decisions"}
    told["notes"] = [note for note in document["notes"] if not _repeats(version, note)]
    decisions = {
        name: _outlined(one, reveals(version, version.decisions[name]))
        for name, one in document["decisions"].items()
    }
    return {**told, "decisions": decisions}


def _repeats(version: Version, note: Mapping[str, Any]) -> bool:
    """Whether the note repeats what was told of a sensitive fact."""
    return "told" in note and version.facts[note["fact"]].is_sensitive


def reveals(version: Version, decision: Decision) -> bool:
    """Whether a sensitive fact goes into the value that a rule gives, not just into which rule."""
    terms = [rule.then for rule in decision.every_rule()]
    facts = {fact for term in terms for fact in facts_of(term)}
    names = {name for term in terms for name in decisions_of(term)}
    return any(version.facts[fact].is_sensitive for fact in facts) or any(
        reveals(version, version.decisions[name]) for name in names
    )


def _outlined(decision: Mapping[str, Any], hides: bool) -> dict[str, Any]:
    shown = {key: decision[key] for key in KEPT if key in decision}
    if not hides:
        shown |= {key: decision[key] for key in ("outcome", "possible")}
    if "for_each" in decision:
        items = [{"item": one["item"], **_outlined(one, hides)} for one in decision["items"]]
        return {"for_each": decision["for_each"], **shown, "items": items}
    if "items" in decision:
        kept = ("rule",) if hides else ("id", "rule")
        shown["items"] = [{key: item[key] for key in kept} for item in decision["items"]]
    return shown


def committed(value: object) -> str | None:
    """The commitment that stands in place of a value; None for an open value."""
    if isinstance(value, Mapping) and set(value) == {"committed"}:
        return str(value["committed"])
    return None


def commitments(body: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Every commitment of an entry with the name of what it hides."""
    for name, value in body["request"].items():
        if (found := committed(value)) is not None:
            yield name, found
    if (found := committed(body["outcome"].get("whole"))) is not None:
        yield DOCUMENT, found

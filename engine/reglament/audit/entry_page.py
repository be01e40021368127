"""From an entry of a log to what a page or a terminal shows of it: the decision, and its proof."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any

from reglament.audit.entry import Entry
from reglament.audit.faults import AuditFinding, edited, stored_otherwise
from reglament.audit.log import DecisionLog
from reglament.audit.privacy import DOCUMENT, commitments
from reglament.audit.reexecution import OtherContent, StoredPolicy, note_of, recorded_form
from reglament.messages import Language, Message, Words
from reglament.model.outcomes import ASSUMED, Document, Status
from reglament.model.problems import refusal
from reglament.model.regulation import Version
from reglament.model.values import Value
from reglament.rendering.documents.decision_document import document as plain_document
from reglament.rendering.pages.decision_page import LogEntry, ShownDecision
from reglament.rendering.words.labels import zoned_moment


def shown_of(
    log: DecisionLog, entry: Entry, wrong: Iterable[AuditFinding], language: Language
) -> ShownDecision:
    """What is shown of an entry that can be read, about which `wrong` was found. Raises Refused."""
    if entry.kind != "decision":
        raise refusal("no-decision", Message("entry-not-decision-but", sequence=entry.sequence))
    version, made = _made(log, entry)
    recorded = datetime.fromisoformat(entry.recorded).replace(microsecond=0)
    return ShownDecision(
        version=version,
        document=entry.document,
        made=made,
        request=entry.body["request"],
        notes=tuple(map(note_of, entry.document["notes"])),
        differing=frozenset(_differing(version, entry, made)),
        entry=LogEntry(
            sequence=entry.sequence,
            recorded=zoned_moment(version, recorded, language),
            proof=tuple(_proof(entry, version)),
            subject=entry.body.get("subject"),
            wrong=tuple(finding.message for finding in wrong),
        ),
    )


def made_again(log: DecisionLog, entry: Entry) -> dict[str, Any] | None:
    """The whole decision document, every word and the trace, by the policy stored with it.

    None where facts were erased. Raises Refused where the log lacks the policy.
    """
    version, made = _made(log, entry)
    return None if made is None else plain_document(version, made)


def _made(log: DecisionLog, entry: Entry) -> tuple[Version, Document | None]:
    policy = _policy(log, entry)
    request, document = _opened(log, entry)
    if request is None:
        return policy.version, None
    facts = policy.facts(request)
    return policy.version, policy.document(facts, {**entry.body, "outcome": document})


def facts_told(log: DecisionLog, entry: Entry) -> dict[str, Value] | None:
    """The facts that the request told, typed by the policy that judged it.

    Those that were assumed are left out; None where facts were erased. Raises Refused.
    """
    request, _ = _opened(log, entry)
    if request is None:
        return None
    assumed = {note["fact"] for note in entry.document["notes"] if note.get("code") == ASSUMED}
    facts = _policy(log, entry).facts(request)
    return {name: value for name, value in facts.items() if name not in assumed}


def readable(entry: Entry) -> Entry:
    """The entry, if it can be read at all. Raises Refused."""
    try:
        _ = entry.kind, entry.document if entry.kind == "decision" else None
    except (ValueError, KeyError, TypeError, RecursionError):
        audit_finding = stored_otherwise(entry.sequence, entry.flaw) if entry.flaw else None
        message = (audit_finding or edited(entry.sequence)).message
        raise refusal("edited-entry", message) from None
    return entry


def _differing(version: Version, entry: Entry, made: Document | None) -> Iterator[str]:
    """The decisions that do not come out as recorded; what was kept apart is in no entry."""
    for name, recorded in entry.document["decisions"].items():
        again = None if made is None else made.decisions.get(name)
        if again is None or not again.is_determined or recorded["status"] != Status.DETERMINED:
            yield name
            continue
        outcome = recorded_form(version.decisions[name], again.outcome)
        if recorded.get("outcome", outcome) != outcome:
            yield name


def _proof(entry: Entry, version: Version) -> Iterator[tuple[Words, str]]:
    body = entry.body
    yield Message("entry"), str(entry.sequence)
    yield Message("recorded"), entry.time
    yield Message("as-of-page"), str(body["as_of"])
    if body["known_at"]:
        yield Message("known"), str(body["known_at"])
    yield Message("version-page"), f"{version.policy} {version.version}"
    yield Message("digest-policy"), version.digest
    yield Message("engine-language"), f"{body['engine']}, {body['language']}"
    yield Message("hash-entry-before"), str(body["previous"])
    yield Message("hash-entry"), entry.hash


def _policy(log: DecisionLog, entry: Entry) -> StoredPolicy:
    content = log.policy(str(entry.policy))
    try:
        if content is not None:
            return _stored(str(entry.policy), content)
    except OtherContent:
        pass  # swapped: shown as little as one that is missing
    raise refusal("missing-policy", Message("log-lacks-policy-swapped", policy=entry.policy))


@lru_cache(8)  # a page needs it more than once
def _stored(digest: str, content: str) -> StoredPolicy:
    return StoredPolicy(digest, content)


def _opened(log: DecisionLog, entry: Entry) -> tuple[dict[str, Any] | None, Mapping[str, Any]]:
    """The request and the document, whole; None for a request of which something was erased."""
    body = entry.body
    wanted = {name for name, _ in commitments(body)}
    kept = {secret.name: secret.value for secret in log.secrets(entry.sequence)} if wanted else {}
    if not wanted <= set(kept):
        return None, body["outcome"]
    opened = {name: kept[name] for name in wanted if name != DOCUMENT}
    return {**body["request"], **opened}, kept.get(DOCUMENT, body["outcome"])

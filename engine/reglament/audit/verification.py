"""From a log to everything that is wrong with it, and to what cannot be proved of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from reglament.audit import findings
from reglament.audit.canonical import fit
from reglament.audit.chain import Chain, Link, link_of
from reglament.audit.checkpoint import Checkpoint
from reglament.audit.entry import Entry
from reglament.audit.findings import Finding
from reglament.audit.log import DecisionLog, without_traces
from reglament.audit.privacy import DOCUMENT, commitments
from reglament.audit.reexecution import StoredPolicy, reexecute
from reglament.audit.unproven import unproven
from reglament.model.problems import Refused
from reglament.model.words import Words
from reglament.writing.plain import document as plain_document

Progress = Callable[[int], None]


@dataclass(slots=True)
class Verified:
    """What an audit found, what it did, and what it cannot prove."""

    entries: int = 0
    decisions_by_reference: int = 0
    decisions_by_evaluator: int = 0
    erased: int = 0
    whole_documents: int = 0
    head: str = ""
    findings: list[Finding] = field(default_factory=list)
    unproven: list[Words] = field(default_factory=list)

    @property
    def is_sound(self) -> bool:
        """Whether nothing is wrong."""
        return not self.findings


def verify(
    log: DecisionLog,
    *,
    checkpoint: Checkpoint | None = None,
    is_whole: bool = False,
    is_chain_only: bool = False,
    progress: Progress = lambda _: None,
) -> Verified:
    """Check the chain and decide every entry again from the policy stored with it.

    With `is_whole` every word of each document is made again too, which takes longer;
    with `is_chain_only` nothing is decided again.
    """
    audit = _Audit(log, is_whole)
    links: list[Link] = []
    for entry in log.entries():
        link, wrong = link_of(entry)
        links.append(link)
        audit.result.findings += wrong
        if link.is_intact:
            audit.look(entry, is_chain_only)
        progress(1)
    audit.result.entries = len(links)
    audit.result.findings += _chain_findings(log, links)
    audit.result.findings += _against(log, links, checkpoint)
    audit.result.head = links[-1].hash if links else ""
    audit.result.unproven += unproven(
        has_checkpoint=checkpoint is not None,
        is_signed=checkpoint is not None and checkpoint.signer is not None,
        is_whole=is_whole,
        is_chain_only=is_chain_only,
        erased=audit.result.erased,
        by_evaluator=audit.result.decisions_by_evaluator,
    )
    audit.result.findings.sort(key=lambda one: (one.sequence or 0, one.code))
    return audit.result


def doubts(log: DecisionLog, entry: Entry) -> list[Finding]:
    """What is wrong with one entry by itself; that none is missing takes the whole log."""
    audit = _Audit(log, is_whole=False)
    _, wrong = link_of(entry)
    audit.look(entry, is_chain_only=False)
    return wrong + audit.result.findings


def _chain_findings(log: DecisionLog, links: list[Link]) -> list[Finding]:
    chain = Chain(log.origin(), links)
    found = list(chain.breaks())
    is_linked = all(chain.index_of.get(one.previous) == at - 1 for at, one in enumerate(links))
    if not found and not is_linked and all(link.is_intact for link in links):
        found.append(Finding("broken-chain", None, findings.BROKEN))
    return found


def _against(log: DecisionLog, links: list[Link], checkpoint: Checkpoint | None) -> list[Finding]:
    if checkpoint is None:
        return []
    if checkpoint.log != log.identity:
        return [findings.replaced(findings.OTHER_NAME)]
    last = links[-1].own if links else 0
    if last < checkpoint.sequence:
        return [findings.truncated(last, checkpoint.sequence)]
    if checkpoint.sequence == 0:
        return []
    if any(one.own == checkpoint.sequence and one.hash == checkpoint.hash for one in links):
        return []
    at = checkpoint.sequence
    return [
        findings.replaced(
            Words(
                ru=f"в контрольной точке у записи {at} другой хэш",
                en=f"the checkpoint has another hash for entry {at}",
            )
        )
    ]


class _Audit:
    """One walk over the entries, in order."""

    def __init__(self, log: DecisionLog, is_whole: bool) -> None:
        self.log = log
        self.is_whole = is_whole
        self.result = Verified()
        self.erased: dict[int, set[str]] = {}
        for body in _erasures(log):
            erased = body["erased"]
            self.erased.setdefault(erased["sequence"], set()).update(erased["names"])
        self.policies = log.policies()
        self.before = ""
        self.policy = cache(self._policy)

    def look(self, entry: Entry, is_chain_only: bool) -> None:
        """Whatever is wrong with an entry that its hash vouches for."""
        if entry.time < self.before:
            self.found(findings.backwards(entry.sequence))
        self.before = max(self.before, entry.time)
        if entry.body.get("kind") != "decision" or is_chain_only:
            return
        try:
            self._decision(entry)
        except (Refused, KeyError, ValueError, TypeError, AttributeError) as error:
            self.found(findings.unreadable(entry.sequence, error))

    def found(self, finding: Finding) -> None:
        """Note a finding."""
        self.result.findings.append(finding)

    def _decision(self, entry: Entry) -> None:
        body = entry.body
        told = self._told(entry.sequence, body)
        policy = self.policy(str(body["policy"]))
        if isinstance(policy, Finding):
            self.found(findings.of_entry(policy, entry.sequence))
        elif told is not None:
            self._decide_again(entry, policy, *told)

    def _told(
        self, sequence: int, body: Mapping[str, Any]
    ) -> tuple[Mapping[str, Any], Mapping[str, Any]] | None:
        """The request and the document with what was kept apart; None where it was erased."""
        wanted = dict(commitments(body))
        if not wanted:
            return body["request"], body["outcome"]
        kept = {secret.name: secret for secret in self.log.secrets(sequence)}
        for name, commitment in wanted.items():
            if name in kept and kept[name].commitment != commitment:
                self.found(findings.other_secret(sequence, name))
                return None
        missing = set(wanted) - set(kept)
        if missing - self.erased.get(sequence, set()):
            self.found(findings.lost_secret(sequence, sorted(missing)))
        elif missing:
            self.result.erased += 1
        if missing:
            return None
        opened = {name: kept[name].value for name in wanted if name != DOCUMENT}
        return {**body["request"], **opened}, kept[DOCUMENT].value

    def _decide_again(
        self,
        entry: Entry,
        policy: StoredPolicy,
        request: Mapping[str, Any],
        document: Mapping[str, Any],
    ) -> None:
        body = {**entry.body, "outcome": document}
        self._check_version(entry.sequence, policy, body)
        facts = policy.facts(request)
        again = reexecute(policy, body, facts)
        self.result.decisions_by_reference += again.by_reference
        self.result.decisions_by_evaluator += again.by_evaluator
        for name, words in again.wrong:
            self.found(findings.does_not_follow(entry.sequence, name, words))
        if self.is_whole and not again.wrong:
            self.result.whole_documents += 1
            made = plain_document(policy.version, policy.document(facts, body))
            if without_traces(made) != document:
                self.found(findings.other_words(entry.sequence))

    def _check_version(self, sequence: int, policy: StoredPolicy, body: Mapping[str, Any]) -> None:
        version, told = policy.version, body["outcome"]["policy"]
        as_of = datetime.fromisoformat(body["as_of"]).astimezone(ZoneInfo(version.zone))
        named = {"id": version.policy, "version": version.version, "digest": version.digest}
        if told != named or as_of.date() < version.holds_from or fit(as_of) != body["as_of"]:
            self.found(findings.wrong_version(sequence))

    def _policy(self, digest: str) -> StoredPolicy | Finding:
        content = self.policies.get(digest)
        if content is None:
            return Finding("missing-policy", None, findings.no_policy(digest))
        try:
            return StoredPolicy(digest, content)
        except (Refused, ValueError) as error:
            return Finding("swapped-policy", None, findings.swapped(digest, error))


def _erasures(log: DecisionLog) -> Iterator[Mapping[str, Any]]:
    for entry in log.entries_without_policy():
        try:
            if entry.kind == "erasure":
                yield entry.body
        except (ValueError, KeyError):
            continue

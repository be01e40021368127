"""From rows of a log, a chunk at a time, to what is wrong with each by itself.

A chunk needs no other one, so several processes may look at several chunks; what they find is
the same however many there are.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from datetime import datetime
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from reglament.audit import faults
from reglament.audit.canonical import fit
from reglament.audit.chain import Link, is_known, is_readable, is_run, link_of
from reglament.audit.entry import Entry
from reglament.audit.faults import AuditFinding
from reglament.audit.privacy import DOCUMENT, Secret, commitments
from reglament.audit.recorded import recorded, recorded_first
from reglament.audit.reexecution import OtherContent, StoredPolicy, reexecute
from reglament.audit.rows import EntryRow, entry_of
from reglament.frozen import frozen
from reglament.model.problems import Refused

MOST_POLICIES = 16  # held ready at a time: each has diagrams of its own
_UNFIT = (Refused, LookupError, ValueError, TypeError, AttributeError, RecursionError)


@frozen
class Chunk:
    """Some rows in order, what they keep apart, and the names erased from each."""

    rows: list[EntryRow]
    secrets: Mapping[int, list[Secret]] = field(default_factory=dict)
    erased: Mapping[int, frozenset[str]] = field(default_factory=dict)


@dataclass(slots=True)
class AuditCounts:
    """What was found, and how much was looked at in which way."""

    findings: list[AuditFinding] = field(default_factory=list)
    decisions_by_reference: int = 0
    decisions_by_evaluator: int = 0
    erased: int = 0
    whole_documents: int = 0
    runs: int = 0

    def add(self, more: AuditCounts) -> None:
        """The same, and what was found and looked at besides."""
        for one in fields(AuditCounts):
            mine = getattr(self, one.name)
            mine += getattr(more, one.name)  # in place, as others hold the list of findings
            setattr(self, one.name, mine)


@dataclass(slots=True)
class ChunkCounts(AuditCounts):
    """The same of a chunk, with its links and the policies that it names."""

    links: list[Link] = field(default_factory=list)
    policies: set[str] = field(default_factory=set)


class ChunkChecker:
    """What looks at chunks; `policies` are the contents that the log holds, by digest."""

    def __init__(self, policies: Mapping[str, str], *, is_whole: bool, is_chain_only: bool) -> None:
        self.policies = policies
        self.is_whole = is_whole
        self.is_chain_only = is_chain_only
        self.policy = lru_cache(MOST_POLICIES)(self._policy)

    def look(self, chunk: Chunk, *, even_edited: bool = False) -> ChunkCounts:
        """Whatever is wrong with each row of the chunk.

        What an edited one says is decided again where `even_edited`, if it can be read.
        """
        chunk_counts = ChunkCounts()
        for row in chunk.rows:
            entry = entry_of(row)
            link, wrong = link_of(entry)
            chunk_counts.links.append(link)
            chunk_counts.findings += wrong
            if link.is_intact or (even_edited and is_readable(entry)):
                _Look(self, chunk, entry, chunk_counts).run()
            elif entry.policy is not None:
                chunk_counts.policies.add(entry.policy)
        return chunk_counts

    def _policy(self, digest: str) -> StoredPolicy | AuditFinding:
        content = self.policies.get(digest)
        if content is None:
            return AuditFinding("missing-policy", None, faults.no_policy(digest))
        try:
            return StoredPolicy(digest, content)
        except OtherContent:
            return AuditFinding("swapped-policy", None, faults.swapped(digest))
        except Refused as refused:
            return AuditFinding("unread-policy", None, faults.unread(digest, refused))


@frozen
class _Look:
    """A look at one entry that its hash vouches for."""

    looker: ChunkChecker
    chunk: Chunk
    entry: Entry
    found: ChunkCounts

    def run(self) -> None:
        body = self.entry.body
        if isinstance(policy := body.get("policy"), str):
            self.found.policies.add(policy)
        try:
            wanted = dict(self._commitments())
            self._stray_secrets(wanted)
            if body["kind"] == "run" and is_run(body.get("run")):
                self._run(body["run"])
            if body["kind"] == "decision" and is_known(body) and not self.looker.is_chain_only:
                self._decision(wanted)
        except _UNFIT as error:
            self.wrong(faults.unreadable(self.entry.sequence, error))

    def wrong(self, finding: AuditFinding) -> None:
        self.found.findings.append(finding)

    def _commitments(self) -> Iterator[tuple[str, str]]:
        return commitments(self.entry.body) if self.entry.kind == "decision" else iter(())

    def _kept(self) -> dict[str, Secret]:
        return {secret.name: secret for secret in self.chunk.secrets.get(self.entry.sequence, ())}

    def _stray_secrets(self, wanted: Mapping[str, str]) -> None:
        """What is kept apart for the entry and is no matter of its, or was erased from it."""
        kept, sequence = set(self._kept()), self.entry.sequence
        if stray := sorted(kept - set(wanted)):
            self.wrong(faults.stray_secret(sequence, stray))
        if back := sorted(kept & self.chunk.erased.get(sequence, frozenset())):
            self.wrong(faults.secret_back(sequence, back))

    def _run(self, run: Mapping[str, Any]) -> None:
        """A run is decided again by `batch verify`; here only its policies must be there."""
        self.found.runs += 1
        for digest in run["policy"]["versions"].values():
            self.found.policies.add(digest)
            policy = self.looker.policy(digest)
            if isinstance(policy, AuditFinding):
                self.wrong(faults.of_entry(policy, self.entry.sequence))

    def _decision(self, wanted: Mapping[str, str]) -> None:
        told = self._told(wanted)
        policy = self.looker.policy(str(self.entry.body["policy"]))
        if isinstance(policy, AuditFinding):
            self.wrong(faults.of_entry(policy, self.entry.sequence))
        elif told is not None:
            self._decide_again(policy, *told)

    def _told(
        self, wanted: Mapping[str, str]
    ) -> tuple[Mapping[str, Any], Mapping[str, Any]] | None:
        """The request and the document with what was kept apart; None where it was erased."""
        body, sequence, kept = self.entry.body, self.entry.sequence, self._kept()
        if not wanted:
            return body["request"], body["outcome"]
        for name, commitment in wanted.items():
            if name in kept and kept[name].commitment != commitment:
                self.wrong(faults.other_secret(sequence, name))
                return None
        missing = set(wanted) - set(kept)
        if missing - self.chunk.erased.get(sequence, frozenset()):
            self.wrong(faults.lost_secret(sequence, sorted(missing)))
        elif missing:
            self.found.erased += 1
        if missing:
            return None
        opened = {name: kept[name].value for name in wanted if name != DOCUMENT}
        return {**body["request"], **opened}, kept[DOCUMENT].value

    def _decide_again(
        self, policy: StoredPolicy, request: Mapping[str, Any], document: Mapping[str, Any]
    ) -> None:
        sequence, body = self.entry.sequence, {**self.entry.body, "outcome": document}
        self._check_version(policy, body)
        facts = policy.facts(request)
        again = reexecute(policy, body, facts)
        self.found.decisions_by_reference += again.by_reference
        self.found.decisions_by_evaluator += again.by_evaluator
        for name, words in again.wrong:
            self.wrong(faults.does_not_follow(sequence, name, words))
        if self.looker.is_whole and not again.wrong:
            self.found.whole_documents += 1
            if _made_again(policy, facts, body) != document:
                self.wrong(faults.other_words(sequence))

    def _check_version(self, policy: StoredPolicy, body: Mapping[str, Any]) -> None:
        version, told = policy.version, body["outcome"]["policy"]
        as_of = datetime.fromisoformat(body["as_of"]).astimezone(ZoneInfo(version.zone))
        named = {"id": version.policy, "version": version.version, "digest": version.digest}
        if told != named or as_of.date() < version.holds_from or fit(as_of) != body["as_of"]:
            self.wrong(faults.wrong_version(self.entry.sequence))


def _made_again(
    policy: StoredPolicy, facts: Mapping[str, Any], body: Mapping[str, Any]
) -> Mapping[str, Any]:
    """The document that an entry of that format holds of these facts."""
    made = policy.document(facts, body)
    if body["format"] != 1:
        return fit(recorded(policy.version, made))  # type: ignore[no-any-return]
    # Entries of the earliest engines tell of each outcome which facts alone settle it.
    had = any("sufficient" in one for one in body["outcome"]["decisions"].values())
    return recorded_first(policy.version, made, sufficient=had)

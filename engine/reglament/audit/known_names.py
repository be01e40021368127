"""From names and values that a log is asked about to what its policies know of them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, suppress
from functools import lru_cache
from typing import Any

from reglament.audit.canonical import fit
from reglament.audit.entry import Entry
from reglament.audit.entry_filters import ANSWER, Wanted, pair_told, same, status_told, value_text
from reglament.audit.log import DecisionLog
from reglament.audit.privacy import committed
from reglament.language.loading.version_loader import read_content
from reglament.language.requests.request_reader import facts_from
from reglament.language.syntax.suggest import suggestion
from reglament.messages import Message, Words
from reglament.model.outcomes import Status
from reglament.model.problems import Refused, refusal
from reglament.model.regulation import Version
from reglament.model.values import Kind

_NO_DECISION = Message("log-no-decision")
_NO_FACT = Message("log-no-fact")
_NO_RULE = Message("log-no-rule")
_NO_CLAUSE = Message("log-no-clause")
_NO_READING = Message("log-no-reading")
NULLS = ("null", "none")


def versions_in(log: DecisionLog) -> dict[str, Version]:
    """Each policy version that the log holds and this engine reads, by its digest.

    Whether it is the one that entries name is for `verify` to say.
    """
    versions: dict[str, Version] = {}
    for digest, content in log.policies().items():
        version = _version(digest, content)
        if version is not None:
            versions[digest] = version
    return versions


@lru_cache(16)  # a page asks for all of them again and again
def _version(digest: str, content: str | None) -> Version | None:
    try:
        return read_content(content or "", f"policy {digest}")
    except (Refused, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return None


class FactsWanted:
    """Facts and what must have been told of them, typed by each policy that judged a request."""

    def __init__(self, log: DecisionLog, wanted: Mapping[str, str]) -> None:
        self.log = log
        self.wanted = wanted
        self._typed: dict[tuple[str, str], list[Any]] = {}

    def fit(self, entry: Entry) -> bool:
        """Whether the request of the entry told all of these."""
        request = entry.body["request"]
        return all(name in request and self._fits(entry, name) for name in self.wanted)

    def _fits(self, entry: Entry, name: str) -> bool:
        told = entry.body["request"][name]
        if committed(told) is not None:
            kept = [secret for secret in self.log.secrets(entry.sequence) if secret.name == name]
            if not kept:
                return False  # it was erased
            told = kept[0].value
        if same(value_text(told), self.wanted[name]):
            return True
        typed = self._as_typed(str(entry.policy), name)
        return told in typed or (isinstance(told, list) and any(one in told for one in typed))

    def _as_typed(self, digest: str, name: str) -> list[Any]:
        if (digest, name) not in self._typed:
            version = _version(digest, self.log.policy(digest))
            found = [] if version is None else list(typed(version, name, self.wanted[name]))
            self._typed[digest, name] = found
        return self._typed[digest, name]


def typed(version: Version, name: str, text: str) -> Iterator[Any]:
    """What the text may mean of the fact, as an entry records it; the item of a list, too."""
    for told in _meant(text):
        try:
            value = fit(facts_from(version, {name: told})[name])
        except Refused:
            continue
        yield from value if isinstance(value, list) else [value]


def _meant(text: str) -> Iterator[object]:
    yield text
    yield [text]
    if text in NULLS:
        yield None
    else:
        with suppress(ValueError, RecursionError):
            yield json.loads(text)


def wanted_by(
    log: DecisionLog,
    naming: Callable[[str], AbstractContextManager[None]],
    *,
    outcomes: Iterable[str],
    statuses: Iterable[str],
    facts: Iterable[str],
    **told: Any,
) -> Wanted:
    """What is asked by texts of a log. Raises Refused for what no policy of the log knows.

    `naming` has a refusal name the text to which it is due.
    """
    with naming("outcome"):
        decided = dict(map(pair_told, outcomes))
    with naming("status"):
        settled = dict(map(status_told, statuses))
    with naming("fact"):
        known = dict(map(pair_told, facts))
    wanted = Wanted(outcomes=decided, statuses=settled, facts=known, **told)
    if wanted.first is not None and wanted.last is not None and wanted.last < wanted.first:
        raise refusal("wrong-search", Message("from-after-to"))
    refuse_unknown(log, wanted)
    return wanted


def refuse_unknown(log: DecisionLog, wanted: Wanted) -> None:
    """Refuse what no policy of the log knows: decisions, outcomes, facts, rules, clauses.

    A log whose policies cannot be read is asked all the same. Raises Refused.
    """
    versions = list(versions_in(log).values())
    if not versions:
        return
    ids = {version.policy for version in versions}
    if wanted.policy is not None and not any(
        name.startswith(wanted.policy) for name in log.policies()
    ):
        _refuse_strange(wanted.policy, ids, Message("log-no-policy", name=wanted.policy))
    _refuse_unknown_names(wanted, versions)
    for name, word in wanted.outcomes.items():
        _refuse_outcome(name, word, versions)
    for name, text in wanted.facts.items():
        _refuse_value(name, text, versions)


def _refuse_unknown_names(wanted: Wanted, versions: list[Version]) -> None:
    asked: tuple[tuple[Message, Iterable[str | None], set[str]], ...] = (
        (_NO_DECISION, [*wanted.outcomes, *wanted.statuses], _shown(versions)),
        (_NO_FACT, wanted.facts, {name for version in versions for name in version.facts}),
        (_NO_RULE, [wanted.rule], {rule.id for v in versions for _, rule in v.written_rules()}),
        (_NO_CLAUSE, [wanted.clause], {name for version in versions for name in version.clauses}),
        (_NO_READING, [wanted.reading], {name for one in versions for name in one.readings}),
    )
    for lacking, names, known in asked:
        for name in names:
            if name not in {None, ANSWER}:
                message = Message("log-does-not-know", lacking=lacking, name=name)
                _refuse_strange(str(name), known, message)


def _refuse_strange(name: str, known: set[str], message: Message) -> None:
    if name not in known:
        raise refusal("unknown-name", message, _known(name, known))


def _shown(versions: Iterable[Version]) -> set[str]:
    return {name for version in versions for name in version.shown_decisions}


def _refuse_outcome(name: str, word: str, versions: list[Version]) -> None:
    """Refuse a word that is no outcome of the decision, where it has a list of outcomes."""
    known: set[str] = set()
    for version in versions:
        decision = version.decisions.get(name)
        if decision is None:
            continue
        if decision.outcome_type.kind is not Kind.CHOICE or decision.outcome_type.is_open:
            return
        known |= {*decision.outcome_type.options, *Status} - {Status.DETERMINED}
        known |= {"null"} if decision.is_nullable else set()
    if word not in known:
        message = Message("log-no-outcome", decision=name, name=word)
        raise refusal("unknown-outcome", message, _known(word, known))


def _refuse_value(name: str, text: str, versions: list[Version]) -> None:
    """Refuse a value that the fact cannot have by any of the versions, as `decide` refuses it."""
    having = [version for version in versions if name in version.facts]
    if not any(list(typed(version, name, text)) for version in having):
        facts_from(having[-1], {name: text})


def _known(name: str, known: set[str]) -> Words | None:
    return suggestion(name, known) or Message("log-known", known=", ".join(sorted(known)[:12]))

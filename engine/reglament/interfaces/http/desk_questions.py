"""From what an auditor asks of a log to the pages that answer, in a process of their own.

A log is read by the gigabyte and its decisions are made again, so that none of it runs where
requests are answered: what is asked goes to another process, and text or plain values come back.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field
from datetime import date, datetime
from typing import Any

from reglament.audit import open_log
from reglament.audit.entry import Entry
from reglament.audit.entry_filters import UTC_ZONE, Wanted, outcome_text, zone_told
from reglament.audit.entry_page import facts_told, readable, shown_of
from reglament.audit.known_names import versions_in, wanted_by
from reglament.audit.log import DecisionLog
from reglament.audit.queries import AnsweringDecisions, counts, newest, sampled, search
from reglament.audit.report_tables import USUAL, as_csv, by_told, charts_page, tables
from reglament.audit.verification import doubts
from reglament.frozen import frozen
from reglament.interfaces.http.deciding import pointing
from reglament.interfaces.http.served_pages import LANGUAGE, Frame, Query
from reglament.messages import SOURCE, Language, Message
from reglament.model.problems import refusal
from reglament.model.regulation import Version
from reglament.policy import Policy
from reglament.rendering.pages.decision_page import decision_html
from reglament.rendering.pages.filled_templates import render
from reglament.rendering.words import cldr as lang
from reglament.rendering.words.distributions import outcome_word
from reglament.rendering.words.labels import label, undecided, value_words

MOST_LISTED = 50
SECONDS = 5.0
MOST_SAMPLED = 1_000
FILTERS = ("subject", "fact", "rule", "clause", "reading", "outcome", "status", "policy")
TIMES = ("from", "to", "days", "zone")
ASKED = (*FILTERS, *TIMES, "sample", "seed", "before", "by")
_MANY = ("fact", "outcome", "status")


@frozen
class LogQuestion:
    """A question about the log behind `url`; `policies` are those that the caller may see."""

    url: str
    query: tuple[tuple[str, str], ...] = ()
    policies: frozenset[str] | None = None
    frame: Frame = field(default_factory=lambda: Frame(SOURCE, ()))

    @property
    def language(self) -> Language:
        """The language of the page."""
        return self.frame.language

    def texts(self, name: str) -> list[str]:
        """What a parameter says; an empty field of a form says nothing."""
        return [text.strip() for key, text in self.query if key == name and text.strip()]

    def text(self, name: str) -> str | None:
        """What it says last."""
        return next(reversed(self.texts(name)), None)

    def number(self, name: str, most: int) -> int | None:
        """The whole number from 0 to `most` that it says. Raises Refused."""
        text = self.text(name)
        if text is None:
            return None
        if not (text.isascii() and text.isdecimal() and len(text) < 20 and int(text) <= most):
            raise refusal("wrong-search", Message("desk-number", name=name, most=str(most)))
        return int(text)


def wanted_in(log: DecisionLog, asked: LogQuestion) -> Wanted:
    """Which entries are asked for. Raises Refused for what no policy of the log knows."""
    for name, _ in asked.query:
        if name not in ASKED:
            raise refusal("wrong-search", Message("desk-unknown-filter", name=name))
    return wanted_by(
        log,
        lambda name: pointing(f"/{name}"),
        outcomes=asked.texts("outcome"),
        statuses=asked.texts("status"),
        facts=asked.texts("fact"),
        first=_day(asked, "from"),
        last=_day(asked, "to"),
        zone=_zone(log, asked),
        by="request" if asked.text("days") == "request" else "recorded",
        policies=asked.policies,
        **{name: asked.text(name) for name in FILTERS if name not in _MANY},
    )


def _day(asked: LogQuestion, name: str) -> date | None:
    text = asked.text(name)
    try:
        return None if text is None else date.fromisoformat(text)
    except ValueError:
        raise refusal("wrong-search", Message("desk-day", name=name, told=text)) from None


def _zone(log: DecisionLog, asked: LogQuestion) -> str:
    """The zone that is asked for, by default that of the newest policy in the log."""
    if (told := asked.text("zone")) is not None:
        return zone_told(told)
    zones = [version.zone for version in versions_in(log).values()]
    return zones[-1] if zones else UTC_ZONE


# -- the entries ----------------------------------------------------------------------------


@frozen
class _Chosen:
    """The entries that answer; below which number to go on; how they were drawn, if they were."""

    entries: list[Entry]
    before: int | None = None
    among: int | None = None


def _chosen(log: DecisionLog, asked: LogQuestion, wanted: Wanted) -> _Chosen:
    size = asked.number("sample", MOST_SAMPLED)
    seed = asked.number("seed", 10**9)
    if size:
        drawn, among = sampled(search(log, wanted), size, seed or 0)
        return _Chosen(drawn, among=among)
    before = asked.number("before", 2**63 - 1)
    return _Chosen(*newest(log, wanted, before, MOST_LISTED, SECONDS))


def checked_question(asked: LogQuestion) -> None:
    """Raises Refused where the filters ask for what no policy of the log knows."""
    with open_log(asked.url) as log:
        wanted_in(log, asked)


def listed_entries(asked: LogQuestion) -> dict[str, Any]:
    """The entries that fit, the newest first, as plain values."""
    with open_log(asked.url) as log:
        found = _chosen(log, asked, wanted_in(log, asked))
        entries = [{**entry.body, "hash": entry.hash} for entry in found.entries]
        return {"entries": entries, "before": found.before, "among": found.among}


def list_page(asked: LogQuestion) -> str:
    """The page of the entries that fit."""
    with open_log(asked.url) as log:
        wanted = wanted_in(log, asked)
        found, answers, versions = (
            _chosen(log, asked, wanted),
            AnsweringDecisions(log),
            versions_in(log),
        )
        rows = [
            _row(entry, answers, versions.get(str(entry.policy)), wanted, asked.language)
            for entry in found.entries
        ]
        count = log.count()
    kept = [one for one in asked.query if one[0] != "before" and one[1].strip()]
    filters = [one for one in kept if one[0] not in ("sample", "seed")]
    link = asked.frame.link
    rest = [*kept, ("before", str(found.before))]
    return render(
        "entries.html",
        asked.language,
        frame=asked.frame,
        rows=rows,
        count=count,
        zone=wanted.zone,
        told={name: asked.text(name) or "" for name in ASKED},
        is_filtered=any(one[0] in (*FILTERS, "from", "to") for one in kept),
        among=found.among,
        seed=asked.text("seed") or "0",
        further=None if found.before is None else link("/log", rest),
        searched_to=found.before if len(rows) < MOST_LISTED else None,
        report=link("/log/report", filters),
        export=link("/log/export", filters),
    )


def _row(
    entry: Entry,
    answers: AnsweringDecisions,
    version: Version | None,
    wanted: Wanted,
    language: Language,
) -> dict[str, Any]:
    shown = answers.of(entry)
    if version is not None:
        shown = {name: one for name, one in shown.items() if name in version.decisions}
    said = [
        (label(version, name, language), outcome_word(version, name, outcome_text(one), language))
        if version is not None
        else (name, outcome_text(one))
        for name, one in shown.items()
    ]
    policy = entry.document["policy"]
    recorded = datetime.fromisoformat(entry.recorded).replace(microsecond=0)
    return {
        "sequence": entry.sequence,
        "recorded": lang.moment(recorded, language, wanted.zone),
        "subject": entry.body.get("subject", ""),
        "said": said,
        "policy": version.title.to(language) if version is not None else policy["id"],
        "version": policy["version"],
    }


# -- one entry ------------------------------------------------------------------------------


def _entry(log: DecisionLog, asked: LogQuestion, sequence: int) -> Entry:
    """The entry, if it may be seen. Raises Refused."""
    entry = readable(log.entry(sequence))
    about = entry
    if entry.kind == "erasure" and asked.policies is not None:
        about = readable(log.entry(int(entry.body["erased"]["sequence"])))
    if asked.policies is not None and about.document["policy"]["id"] not in asked.policies:
        raise refusal("entry-missing", Message("log-no-entry", sequence=str(sequence)))
    return entry


def told_entry(asked: LogQuestion, sequence: int) -> dict[str, Any]:
    """The entry as it was recorded, and what is wrong with it, as plain values."""
    with open_log(asked.url) as log:
        entry = _entry(log, asked, sequence)
        wrong = [{"code": one.code, "message": one.message.to("en")} for one in doubts(log, entry)]
        return {**entry.body, "hash": entry.hash, "wrong": wrong}


def entry_page(asked: LogQuestion, sequence: int) -> str:
    """The page of the entry, with the ways to those beside it and to those like it."""
    with open_log(asked.url) as log:
        entry, last = _entry(log, asked, sequence), log.head().sequence
        ways = [
            (asked.frame.link(path, query), words.to(asked.language))
            for path, query, words in _ways(entry, last)
        ]
        if entry.kind != "decision":
            erased = entry.body["erased"]
            return render(
                "erasure.html",
                asked.language,
                frame=asked.frame,
                ways=ways,
                sequence=sequence,
                recorded=entry.recorded,
                names=erased["names"],
                erased=erased["sequence"],
                hash=entry.hash,
            )
        shown = shown_of(log, entry, doubts(log, entry), asked.language)
    return decision_html(
        shown, asked.language, frame=asked.frame, desk={"ways": ways, "json": f"/v1/log/{sequence}"}
    )


def _ways(entry: Entry, last: int) -> Iterator[tuple[str, Query, Message]]:
    if entry.sequence > 1:
        yield f"/log/{entry.sequence - 1}", (), Message("desk-before")
    if entry.sequence < last:
        yield f"/log/{entry.sequence + 1}", (), Message("desk-after")
    if entry.kind == "decision":
        yield f"/log/{entry.sequence}/now", (), Message("desk-compare")
    subject = entry.body.get("subject")
    if isinstance(subject, str):
        yield "/log", [("subject", subject)], Message("desk-same-subject")
    if entry.policy is not None:
        yield "/log", [("policy", entry.policy)], Message("desk-same-policy")


def policy_of_entry(asked: LogQuestion, sequence: int) -> str:
    """The id of the policy that judged the request of the entry. Raises Refused."""
    with open_log(asked.url) as log:
        entry = _entry(log, asked, sequence)
        if entry.kind != "decision":
            raise refusal("no-decision", Message("entry-not-decision-but", sequence=sequence))
        return str(entry.document["policy"]["id"])


def compared_page(asked: LogQuestion, sequence: int, policy: Policy) -> str:
    """What was decided as things were known then beside what the policy decides of it now."""
    language = asked.language
    with open_log(asked.url) as log:
        entry = _entry(log, asked, sequence)
        facts = facts_told(log, entry)
        version = versions_in(log).get(str(entry.policy))
    if facts is None or version is None:
        raise refusal("facts-erased", Message("desk-facts-erased"))
    now = policy.decide(facts, at=datetime.fromisoformat(entry.body["as_of"]))
    rows = [
        row
        for name in now.version.shown_decisions
        for row in [_compared(entry, version, now.version, name, now.document, language)]
    ]
    return render(
        "compared.html",
        language,
        frame=asked.frame,
        sequence=sequence,
        then=version,
        now=now.version,
        is_same_text=version.digest == now.version.digest,
        changed=sum(row["is_changed"] for row in rows),
        rows=rows,
    )


def _compared(
    entry: Entry, then: Version, now: Version, name: str, made: Any, language: Language
) -> dict[str, Any]:
    recorded: Mapping[str, Any] | None = entry.document["decisions"].get(name)
    outcome = made.decisions[name]
    if outcome.is_determined:
        second = value_words(now, name, outcome.outcome, language)
    else:
        second = undecided(outcome.status).to(language)
    if recorded is None or name not in then.decisions:
        first = Message("not-such-decision").to(language)
    else:
        first = outcome_word(then, name, outcome_text(recorded), language)
    return {
        "label": lang.capital(label(now, name, language)),
        "then": first,
        "now": second,
        "is_changed": first != second,
        "rules_then": [] if recorded is None else recorded["rules"],
        "rules_now": list(outcome.rules),
    }


# -- counts ---------------------------------------------------------------------------------


def counted(asked: LogQuestion) -> dict[str, Any]:
    """How often what was decided, as plain values."""
    with open_log(asked.url) as log:
        return counts(log, wanted_in(log, asked)).to_dict()


def report(asked: LogQuestion) -> str:
    """The page of charts of the entries that fit."""
    kept, link = [one for one in asked.query if one[1].strip()], asked.frame.link
    ways = [
        (link("/log", kept), Message("desk-these-entries").to(asked.language)),
        (link("/log/report.csv", kept), Message("desk-as-csv").to(asked.language)),
    ]
    with open_log(asked.url) as log:
        wanted = wanted_in(log, asked)
        return charts_page(log, wanted, asked.language, frame=asked.frame, desk={"ways": ways})


def report_csv(asked: LogQuestion) -> str:
    """A table of the counts (RFC 4180); `by` says of what."""
    told = asked.text("by")
    with pointing("/by"):
        by = USUAL if told is None else by_told(told)
    with open_log(asked.url) as log:
        (table,) = tables(log, wanted_in(log, asked), (by,), asked.language)
    return "\ufeff" + as_csv(table, asked.language)


def query_kept(query: Query) -> tuple[tuple[str, str], ...]:
    """The parameters, bounded: a question is no place for a book."""
    return tuple((name[:100], text[:1000]) for name, text in query[:100] if name != LANGUAGE)

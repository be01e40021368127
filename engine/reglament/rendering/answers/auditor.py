"""From a decided request to what an auditor checks: every rule, clause, reading and minute."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from reglament.frozen import frozen
from reglament.messages import Language, Message, Words
from reglament.model.decisions import Rule
from reglament.model.outcomes import (
    AsOfSource,
    Document,
    Outcome,
    Refusal,
    RuleStatus,
    RuleTrace,
    TestSeen,
    WorkedSpan,
)
from reglament.model.regulation import Version
from reglament.model.values import Value
from reglament.rendering.words import cldr as lang
from reglament.rendering.words.labels import (
    CANNOT_DECIDE,
    NOT_DETERMINED,
    coded,
    fact_words,
    label,
    named,
    value_words,
)
from reglament.rendering.words.sentences import NOT_EXACT, fill, overridden, reason, rules_of
from reglament.rendering.words.tests_in_words import Wording

_AS_OF: dict[AsOfSource, Words] = {
    "fact": Message("told-request"),
    "given": Message("given-caller"),
    "now": Message("moment-deciding"),
    "version": Message("first-day-of-version"),
}
_RULES: dict[RuleStatus, Words] = {
    RuleStatus.APPLIED: Message("applied-auditor"),
    RuleStatus.OVERRIDDEN: Message("overridden-auditor"),
    RuleStatus.NOT_APPLIED: Message("did-not-apply-auditor"),
    RuleStatus.OPEN: Message("open"),
}
_REQUIREMENTS: dict[RuleStatus, Words] = {
    RuleStatus.APPLIED: Message("met"),
    RuleStatus.NOT_APPLIED: Message("unmet"),
}


def explain_for_auditor(version: Version, doc: Document, language: Language) -> str:
    """The whole decision as plain text: what was told, decided, why, and why not otherwise."""
    report = _Report(version, doc, language, Wording(version, language, doc))
    parts = [report.head(), report.facts()]
    for name, outcome in doc.decisions.items():
        if not version.decisions[name].is_internal:
            parts.append(report.decision(outcome))
    return "\n\n".join("\n".join(lines) for lines in map(list, parts) if lines)


@frozen
class _Report:
    version: Version
    doc: Document
    language: Language
    wording: Wording

    def head(self) -> Iterator[str]:
        doc = self.doc
        moment = lang.full_moment(doc.as_of, self.language, self.version.zone)
        exact = lang.in_zone(doc.as_of, self.version.zone).isoformat()
        rows = [
            (self._say("regulation"), f"{self._to(self.version.title)} ({doc.policy})"),
            (self._say("version-page"), doc.version),
            (self._say("digest"), doc.digest),
            (self._say("as-of-page"), f"{moment} ({exact}, {self._to(_AS_OF[doc.as_of_source])})"),
        ]
        rows += [(self._say("note"), self._to(note.message)) for note in doc.notes]
        yield from aligned(rows)

    def facts(self) -> Iterator[str]:
        yield self._say("facts-told")
        rows = [
            (name, label(self.version, name, self.language), self._told(name, value))
            for name, value in self.doc.facts.items()
        ]
        yield from indented(aligned(rows) if rows else [self._say("none")])

    def decision(self, outcome: Outcome) -> Iterator[str]:
        name = outcome.decision
        yield f"{name} - {label(self.version, name, self.language)}"
        yield from indented(aligned(self._result(outcome)))
        yield from indented(self._each(outcome))
        for status in RuleStatus:
            traces = [trace for trace in outcome.trace if trace.status is status]
            if traces:
                yield f"  {self._heading(outcome, status)}:"
                yield from indented(self._rules(outcome, traces), 4)
        yield from indented(self._cited_by_none(outcome))
        yield from indented(self._readings(outcome))
        yield from indented(self._ledger(outcome.ledger))

    def _each(self, outcome: Outcome) -> Iterator[str]:
        """What was decided of each item of a list, by its number."""
        fact = self.version.decisions[outcome.decision].for_each
        for number, document in enumerate(outcome.each, 1):
            items = self.version.lists[fact or ""]
            yield f"{self._to(items.label)} {number}"
            wording = Wording(items.item, self.language, document)
            of_item = _Report(items.item, document, self.language, wording)
            _, *lines = of_item.decision(document.decisions[outcome.decision])
            yield from lines

    def _result(self, outcome: Outcome) -> Iterator[tuple[str, str]]:
        name = outcome.decision
        if outcome.is_determined:
            yield self._say("outcome"), self._coded(name, outcome.outcome)
        elif outcome.refused is not None:
            yield self._say("outcome"), self._to(CANNOT_DECIDE)
            yield from self._refused(outcome.refused)
        else:
            yield self._say("outcome"), self._to(NOT_DETERMINED)
            yield self._say("possible"), self._possible(outcome)
        if outcome.needs:
            yield self._say("needs"), self._names(outcome.needs)
        if not outcome.is_exact:
            yield self._say("not-exact"), self._to(NOT_EXACT)
        if outcome.sufficient:
            version, language, facts = self.version, self.language, self.doc.known
            settling = [
                f"{label(version, fact, language)}: "
                f"{value_words(version, fact, facts[fact], language)}"
                for fact in outcome.sufficient
            ]
            yield self._say("settled"), "; ".join(settling)
        for item in outcome.items:
            attached = [
                f"{label(self.version, key, self.language)}: {self._coded(key, value)}"
                for key, value in item.attached.items()
            ]
            value = item.id if item.value is None else item.value
            yield self._say("item"), "; ".join([self._coded(name, value), *attached])
        if outcome.ask:
            yield self._say("worth-asking"), self._names(outcome.ask)

    def _refused(self, refused: Refusal) -> Iterator[tuple[str, str]]:
        yield self._say("why-auditor"), self._to(refused.problem.message)
        if refused.problem.hint is not None:
            yield self._say("what-do"), self._to(refused.problem.hint)

    def _possible(self, outcome: Outcome) -> str:
        if outcome.possible is None:
            return self._say("cannot-listed")
        values = [self._one_possible(outcome.decision, value) for value in outcome.possible]
        return lang.listed(values, self.language, lang.OR)

    def _one_possible(self, name: str, value: Value) -> str:
        # Brackets keep the items of one possible list apart from those of the next.
        words = self._coded(name, value)
        return f"[{words}]" if isinstance(value, tuple) else words

    def _heading(self, outcome: Outcome, status: RuleStatus) -> str:
        is_checklist = self.version.decisions[outcome.decision].kind.has_requirements
        words = _REQUIREMENTS if is_checklist and status in _REQUIREMENTS else _RULES
        return self._to(words[status])

    def _rules(self, outcome: Outcome, traces: Iterable[RuleTrace]) -> Iterator[str]:
        rules = rules_of(self.version.decisions[outcome.decision])
        for trace in traces:
            rule = rules[trace.rule]
            is_otherwise = rule is self.version.decisions[outcome.decision].otherwise
            by = overridden(outcome, trace, self.language)
            if is_otherwise and trace.status is RuleStatus.NOT_APPLIED:
                by = self._say("another-rule-applies")
            yield rule.id + self._place(rule) + (f" - {by}" if by else "")
            yield from indented(self._why(rule, trace))

    def _why(self, rule: Rule, trace: RuleTrace) -> Iterator[str]:
        message = reason(rule, trace)
        if message is not None:
            yield self._to(fill(message, self.version, self.doc))
        yield from (self._test(rule, seen) for seen in trace.tests)
        yield from self._clauses(rule, trace)

    def _test(self, rule: Rule, seen: TestSeen) -> str:
        words, meets = self.wording.required(seen, rule.when)
        mark = {True: "+", False: "-", None: "?"}[meets]
        return f"{mark} {words}; {self.wording.seen(seen)}"

    def _clauses(self, rule: Rule, trace: RuleTrace) -> Iterator[str]:
        for name in trace.clauses:
            where = self._where(rule, name) if name in trace.open_clauses else ""
            yield f"{self._clause(name)}{where}"

    def _cited_by_none(self, outcome: Outcome) -> Iterator[str]:
        """The clauses of an outcome of which it is open by which rule it comes about."""
        if outcome.each or any(trace.clauses for trace in outcome.trace):
            return
        if outcome.clauses:
            yield f"{self._say('clauses')}:"
        for name in outcome.clauses:
            may = self._say("may-apply-auditor") if name in outcome.open_clauses else ""
            yield f"  {self._clause(name)}{may}"

    def _clause(self, name: str) -> str:
        clause = self.version.clauses.get(name)
        told = "" if clause is None else f" ({clause.locator}): {self._to(clause.summary)}"
        return f"§ {name}{told}"

    def _where(self, rule: Rule, clause: str) -> str:
        """Where a clause of which that is open is the one to cite."""
        cases = [
            self.wording.condition(one.when) for one in rule.citations if clause in one.clauses
        ]
        if not cases:
            return self._say("may-apply-auditor")
        return f" - {self._say('if')} {lang.listed(cases, self.language, lang.OR)}"

    def _readings(self, outcome: Outcome) -> Iterator[str]:
        if outcome.readings:
            yield self._say("readings-auditor")
        for name in outcome.readings:
            reading = self.version.readings[name]
            chosen = reading.alternatives[reading.chosen]
            yield f"  {name}: {self._to(reading.question)}"
            yield f"    {reading.chosen} - {self._to(chosen)}. {self._to(reading.because)}"

    def _ledger(self, rows: Sequence[WorkedSpan]) -> Iterator[str]:
        if not rows:
            return
        yield self._say("working-time-counted-auditor")
        head = tuple(self._say("day-from-minutes").split())
        table = [head, *(self._span(row) for row in rows)]
        total = lang.number(sum(row.minutes for row in rows), self.language)
        table.append((self._say("total"), "", "", total))
        yield from indented(aligned(table, right={3}))

    def _span(self, row: WorkedSpan) -> tuple[str, ...]:
        start, end = (self._clock(at) for at in (row.start, row.end))
        minutes = lang.number(row.minutes, self.language)
        return lang.full_day(row.day, self.language), start, end, minutes

    def _clock(self, moment: datetime) -> str:
        """By the clock of the desk, with its offset where that is not the clock of the policy."""
        shown = lang.clock(moment)
        own = lang.in_zone(moment, self.version.zone).utcoffset()
        return shown if moment.utcoffset() in (own, None) else f"{shown} {moment.isoformat()[-6:]}"

    def _place(self, rule: Rule) -> str:
        return "" if rule.place is None else f" ({rule.place.file_and_line})"

    def _told(self, name: str, value: Value) -> str:
        if isinstance(value, tuple):
            return fact_words(self.version, name, value, self.language)
        return self._coded(name, value)

    def _coded(self, name: str, value: Value) -> str:
        return coded(named(self.version, name), value, self.language, self.version.zone)

    def _names(self, names: Sequence[str]) -> str:
        return ", ".join(f"{name} ({label(self.version, name, self.language)})" for name in names)

    def _to(self, words: Words) -> str:
        return words.to(self.language)

    def _say(self, code: str) -> str:
        return Message(code).to(self.language)


def aligned(
    rows: Iterable[Sequence[str]], right: frozenset[int] | set[int] = frozenset()
) -> list[str]:
    """Rows as lines whose columns stand under each other; `right` names those set flush right."""
    table = list(rows)
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    return ["  ".join(_cells(row, widths, right)).rstrip() for row in table]


def indented(lines: Iterable[str], by: int = 2) -> Iterator[str]:
    """Each line moved to the right by that many spaces."""
    return (f"{' ' * by}{line}" for line in lines)


def _cells(
    row: Sequence[str], widths: Sequence[int], right: frozenset[int] | set[int]
) -> Iterator[str]:
    for column, (cell, width) in enumerate(zip(row, widths, strict=True)):
        yield cell.rjust(width) if column in right else cell.ljust(width)

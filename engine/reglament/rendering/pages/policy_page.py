"""From a version of a regulation to a page that people can read through, in Markdown or HTML."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from reglament.frozen import frozen
from reglament.messages import Language, Message, Words, ticked
from reglament.model.calendar import WorkingHours
from reglament.model.conditions import ALWAYS
from reglament.model.decisions import Decision, Rule
from reglament.model.regulation import Fact, Version
from reglament.model.values import Kind, Type
from reglament.rendering.pages.filled_templates import render
from reglament.rendering.words import cldr as lang
from reglament.rendering.words.bounds_in_words import bounds_words
from reglament.rendering.words.hours_in_words import times_of
from reglament.rendering.words.labels import named, value_words
from reglament.rendering.words.sentences import with_labels
from reglament.rendering.words.terms_in_words import term_words
from reglament.rendering.words.tests_in_words import Wording

KINDS: Mapping[Kind, Words] = {
    Kind.CHOICE: Message("choice"),
    Kind.BOOLEAN: Message("yes-no"),
    Kind.INTEGER: Message("whole-number-page"),
    Kind.DECIMAL: Message("number-page"),
    Kind.DATE: Message("day"),
    Kind.DATETIME: Message("moment-page"),
    Kind.TIME: Message("time-page"),
    Kind.DURATION: Message("duration-page"),
    Kind.PERIOD: Message("period-page"),
    Kind.TEXT: Message("text-page"),
    Kind.LIST: Message("list-page"),
    Kind.RECORD: Message("record"),
}
_HIT_POLICIES = {
    "unique": Message("hit-policy-unique"),
    "first": Message("hit-policy-first"),
    "priority": Message("hit-policy-priority"),
    "rule_order": Message("hit-policy-rule-order"),
    "sum": Message("total-sum"),
    "count": Message("total-count"),
    "minimum": Message("total-minimum"),
    "maximum": Message("total-maximum"),
}
Row = Mapping[str, Any]


def page(version: Version, language: Language) -> str:
    """The whole regulation in Markdown: facts, decisions with rules, hours, readings, clauses."""
    return render("policy.md.txt", language, **_view(version, language)).strip("\n") + "\n"


def policy_html(version: Version, language: Language) -> str:
    """The same as a page of HTML that stands alone, decisions first."""
    return render("policy.html", language, **_view(version, language))


def _view(version: Version, language: Language) -> dict[str, Any]:
    shown = _PolicyPage(version, language, Wording(version, language))
    return {
        "version": version,
        "title": version.title.to(language),
        "holds": lang.day(version.holds_from, language),
        "known": lang.day(version.known_from, language),
        "facts": [shown.fact(fact) for fact in told_of(version)],
        "decisions": [*map(shown.decision, version.shown_decisions.values())],
        "hours": [shown.hours(hours) for hours in version.hours.values()],
        "parameters": list(shown.parameters()),
        "readings": list(shown.readings()),
        "clauses": list(shown.clauses()),
    }


def told_of(version: Version) -> Iterator[Fact]:
    """The facts that a request may tell, those of an item after their list."""
    for fact in version.told_facts.values():
        yield fact
        if fact.name in version.lists:
            yield from version.lists[fact.name].fields.values()


@frozen
class _PolicyPage:
    version: Version
    language: Language
    wording: Wording

    def fact(self, fact: Fact) -> Row:
        is_list = fact.type.kind is Kind.LIST and fact.type.item is not None
        type_ = fact.type.item if is_list and fact.type.item is not None else fact.type
        return {
            "name": fact.name,
            "label": self._to(fact.label),
            "list": self._to(KINDS[Kind.LIST]) if is_list else "",
            "options": [
                {"word": option, "label": self._option(option, fact)} for option in type_.options
            ],
            "other": self._to(Message("any-other")) if type_.options and type_.is_open else "",
            "kind": "" if type_.options else self._kind(type_),
            "null": "" if fact.null_means is None else self._to(fact.null_means),
            "assumed": self._assumed(fact),
        }

    def decision(self, decision: Decision) -> Row:
        item = self.version.made_by(decision.name)
        if item is not self.version:
            of_one = _PolicyPage(item, self.language, Wording(item, self.language))
            return of_one.decision(item.decisions[decision.name])
        met, unmet = (
            value_words(self.version, decision.name, word, self.language)
            for word in (decision.met, decision.unmet)
        )
        policy = decision.total or decision.hit_policy
        return {
            "name": decision.name,
            "label": lang.sentence(self._to(decision.label)).removesuffix("."),
            "checklist": self._say("where-all-holds-else", met=met, unmet=unmet)
            if decision.kind.has_requirements
            else "",
            "hit_policy": self._to(_HIT_POLICIES[policy]) if policy in _HIT_POLICIES else "",
            "groups": [
                self._say("group-overrides", group=f"`{group}`", others=ticked(others))
                for group, others in decision.groups
                if others
            ],
            "rules": [self._rule(decision, rule) for rule in decision.every_rule()],
        }

    def hours(self, hours: WorkingHours) -> Row:
        own = "" if hours.zone == hours.answers_in else f" ({hours.zone})"
        return {
            "title": self._to(hours.title),
            "span": times_of(hours, self.language) + own,
            "calendar": self._to(hours.calendar.title),
        }

    def parameters(self) -> Iterator[Row]:
        for parameter in self.version.parameters.values():
            for start, value in parameter.values:
                yield {
                    "name": parameter.name,
                    "label": self._to(parameter.label),
                    "value": value_words(self.version, parameter.name, value, self.language),
                    "since": "" if start is None else lang.day(start, self.language),
                }

    def readings(self) -> Iterator[Row]:
        for reading in self.version.readings.values():
            yield {
                "id": reading.id,
                "question": self._to(reading.question),
                "chosen": reading.chosen,
                "alternatives": {
                    name: self._to(words) for name, words in reading.alternatives.items()
                },
                "because": self._to(reading.because),
            }

    def clauses(self) -> Iterator[Row]:
        citing = self.version.rules_citing
        for clause in self.version.clauses.values():
            needs_none = clause.no_rule_because
            yield {
                "id": clause.id,
                "place": clause.locator,
                "summary": self._to(clause.summary),
                "rules": citing.get(clause.id, ()),
                "needs_none": self._to(needs_none) if needs_none else "",
            }

    def _assumed(self, fact: Fact) -> str:
        if fact.assumed is None:
            return ""
        value = value_words(self.version, fact.name, fact.assumed.value, self.language)
        return Message("assumed-if-not-told", value=value).to(self.language)

    def _kind(self, type_: Type) -> str:
        bounds = bounds_words(type_, self.language, self.version.zone)
        return ", ".join(filter(None, (self._to(KINDS[type_.kind]), bounds)))

    def _option(self, option: str, fact: Fact) -> str:
        words = fact.option_labels.get(option)
        return "" if words is None else self._to(words)

    def _rule(self, decision: Decision, rule: Rule) -> Row:
        is_otherwise = rule is decision.otherwise
        condition = self._say("otherwise") if is_otherwise else self.wording.condition(rule.when)
        known = named(self.version, decision.name)
        return {
            "id": rule.id,
            "when": "" if rule.when == ALWAYS and not is_otherwise else condition,
            "then": ""
            if decision.kind.has_requirements
            else term_words(rule.then, self.version, self.language, known),
            "because": ""
            if rule.because is None
            else self._to(with_labels(rule.because, self.version)),
            "overrides": [override.rule for override in rule.overrides if override.is_written],
            "cited": list(self._cited(rule)),
        }

    def _cited(self, rule: Rule) -> Iterator[Row]:
        """The clauses, in groups where it hangs on a condition which of them are to be cited."""
        if rule.clauses and not rule.citations:
            yield {"when": "", "clauses": list(map(self._place, rule.clauses))}
        for citation in rule.citations:
            when = self.wording.condition(citation.when)
            yield {"when": when, "clauses": list(map(self._place, citation.clauses))}

    def _place(self, clause: str) -> Row:
        known = self.version.clauses.get(clause)
        return {"id": clause, "place": None if known is None else known.locator}

    def _to(self, words: Words) -> str:
        return words.to(self.language)

    def _say(self, code: str, **values: str) -> str:
        return Message(code, **values).to(self.language)

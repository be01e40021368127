"""From a version of a regulation to a page in Markdown that people can read through."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from reglament.messages import Language, Message, Words
from reglament.model.conditions import ALWAYS
from reglament.model.regulation import Decision, Fact, Rule, Version
from reglament.model.values import Kind, Type
from reglament.rendering import cldr as lang
from reglament.rendering.bounds_in_words import bounds_words
from reglament.rendering.hours_in_words import times_of
from reglament.rendering.labels import named, value_words
from reglament.rendering.sentences import with_labels
from reglament.rendering.terms_in_words import term_words
from reglament.rendering.tests_in_words import Wording

KINDS: Mapping[Kind, Words] = {
    Kind.CHOICE: Message("choice"),
    Kind.BOOLEAN: Message("yes-no"),
    Kind.INTEGER: Message("whole-number-page"),
    Kind.DECIMAL: Message("number-page"),
    Kind.DATE: Message("day"),
    Kind.DATETIME: Message("moment-page"),
    Kind.DURATION: Message("duration-page"),
    Kind.TEXT: Message("text-page"),
    Kind.LIST: Message("list-page"),
    Kind.RECORD: Message("record"),
}
_HIT_POLICIES = {
    "first": Message("hit-policy-first"),
    "priority": Message("hit-policy-priority"),
}
_OTHER_WORD = Message("any-other")


def page(version: Version, language: Language) -> str:
    """The whole regulation: facts, decisions with their rules, hours, readings, clauses."""
    writer = _PolicyPage(version, language, Wording(version, language))
    blocks = [
        *writer.head(),
        *writer.facts(),
        *writer.decisions(),
        *writer.hours(),
        *writer.parameters(),
        *writer.readings(),
        *writer.clauses(),
    ]
    return "\n\n".join(blocks) + "\n"


@dataclass(frozen=True, slots=True)
class _PolicyPage:
    version: Version
    language: Language
    wording: Wording

    def head(self) -> Iterator[str]:
        version = self.version
        yield f"# {self._to(version.title)}"
        holds, known = (
            lang.day(day, self.language) for day in (version.holds_from, version.known_from)
        )
        yield "\n".join(
            [
                f"- {self._say('version-page')} {version.version} ({version.policy})",
                f"- {self._say('holds-from')} {holds}",
                f"- {self._say('known-from')} {known}",
                f"- {self._say('time-zone-page')} {version.zone}",
                f"- {self._say('digest')} `{version.digest}`",
            ]
        )

    def facts(self) -> Iterator[str]:
        if not self.version.facts:
            return
        yield self._heading(Message("facts"))
        head = self._say("fact-meaning-values-null")
        yield table(head.split("|"), (self._fact(fact) for fact in self.version.facts.values()))

    def decisions(self) -> Iterator[str]:
        yield self._heading(Message("decisions"))
        for decision in self.version.decisions.values():
            if not decision.is_internal:
                yield from self._decision(decision)

    def hours(self) -> Iterator[str]:
        if not self.version.hours:
            return
        yield self._heading(Message("hours-page"))
        yield "\n".join(
            f"- {self._to(hours.title)}: {times_of(hours, self.language)}, "
            f"{self._to(hours.calendar.title)}"
            for hours in self.version.hours.values()
        )

    def parameters(self) -> Iterator[str]:
        if not self.version.parameters:
            return
        yield self._heading(Message("parameters"))
        rows = []
        for parameter in self.version.parameters.values():
            for start, value in parameter.values:
                said = value_words(self.version, parameter.name, value, self.language)
                since = "" if start is None else lang.day(start, self.language)
                rows.append((f"`{parameter.name}`", self._to(parameter.label), said, since))
        head = self._say("parameter-meaning-value-from")
        yield table(head.split("|"), rows)

    def readings(self) -> Iterator[str]:
        if not self.version.readings:
            return
        yield self._heading(Message("readings"))
        for reading in self.version.readings.values():
            yield f"**{self._to(reading.question)}** (`{reading.id}`)"
            chosen = self._say("chosen")
            yield "\n".join(
                f"- `{name}`: {self._to(words)}{f' - {chosen}' if name == reading.chosen else ''}"
                for name, words in reading.alternatives.items()
            )
            yield self._to(reading.because)

    def clauses(self) -> Iterator[str]:
        if not self.version.clauses:
            return
        yield self._heading(Message("clauses-text"))
        head = self._say("clause-where-what-says")
        cited = self._citing()
        rows = [
            (
                f"`{clause.id}`",
                clause.locator,
                self._to(clause.summary),
                ", ".join(f"`{rule}`" for rule in cited.get(clause.id, ()))
                or (self._to(clause.no_rule_because) if clause.no_rule_because else ""),
            )
            for clause in self.version.clauses.values()
        ]
        yield table(head.split("|"), rows)

    def _citing(self) -> Mapping[str, list[str]]:
        cited: dict[str, list[str]] = {}
        for _, rule in self.version.every_rule():
            for clause in rule.clauses:
                cited.setdefault(clause, []).append(rule.id)
        return cited

    def _fact(self, fact: Fact) -> tuple[str, ...]:
        null = "" if fact.null_means is None else self._to(fact.null_means)
        values = self._values(fact)
        if fact.assumed is not None:
            assumed = value_words(self.version, fact.name, fact.assumed.value, self.language)
            values += f"; {Message('assumed-if-not-told', value=assumed).to(self.language)}"
        return f"`{fact.name}`", self._to(fact.label), values, null

    def _values(self, fact: Fact) -> str:
        if fact.type.kind is Kind.LIST and fact.type.item is not None:
            return f"{self._to(KINDS[Kind.LIST])}: {self._options(fact.type.item, fact)}"
        return self._options(fact.type, fact)

    def _options(self, type_: Type, fact: Fact) -> str:
        options = [self._option(option, fact) for option in type_.options]
        if not options:
            bounds = bounds_words(type_, self.language, self.version.zone)
            return ", ".join(filter(None, (self._to(KINDS[type_.kind]), bounds)))
        return ", ".join([*options, *([self._to(_OTHER_WORD)] if type_.is_open else [])])

    def _option(self, option: str, fact: Fact) -> str:
        words = fact.option_labels.get(option)
        return f"`{option}`" if words is None else f"{self._to(words)} (`{option}`)"

    def _decision(self, decision: Decision) -> Iterator[str]:
        label = lang.sentence(self._to(decision.label)).removesuffix(".")
        yield f"### {label} (`{decision.name}`)"
        if decision.kind.has_requirements:
            yield self._checklist(decision)
        if decision.hit_policy in _HIT_POLICIES:
            yield self._to(_HIT_POLICIES[decision.hit_policy])
        if any(decision.every_rule()):
            yield "\n".join(self._rule(decision, rule) for rule in decision.every_rule())

    def _checklist(self, decision: Decision) -> str:
        met, unmet = (
            value_words(self.version, decision.name, word, self.language)
            for word in (decision.met, decision.unmet)
        )
        return self._say(
            "where-all-holds-else",
            met=met,
            unmet=unmet,
        )

    def _rule(self, decision: Decision, rule: Rule) -> str:
        lines = [f"- {self._head(decision, rule)}", *self._notes(rule)]
        return "\n  - ".join(lines)

    def _head(self, decision: Decision, rule: Rule) -> str:
        condition = self.wording.condition(rule.when)
        if decision.kind.has_requirements:
            return f"{condition} (`{rule.id}`)"
        then = term_words(
            rule.then, self.version, self.language, named(self.version, decision.name)
        )
        if rule is decision.otherwise:
            condition = self._say("otherwise")
        elif rule.when == ALWAYS:
            return f"**{then}** (`{rule.id}`)"
        return f"{condition} → **{then}** (`{rule.id}`)"

    def _notes(self, rule: Rule) -> Iterator[str]:
        if rule.because is not None:
            yield self._to(with_labels(rule.because, self.version))
        written = [override.rule for override in rule.overrides if override.is_written]
        if written:
            names = ", ".join(f"`{name}`" for name in written)
            yield f"{self._say('overrides')}: {names}"
        if rule.clauses:
            yield f"{self._say('clauses')}: {self._cited(rule)}"

    def _cited(self, rule: Rule) -> str:
        if not rule.citations:
            return "; ".join(map(self._locator, rule.clauses))
        picked = (
            f"{self.wording.condition(one.when)}: {'; '.join(map(self._locator, one.clauses))}"
            for one in rule.citations
        )
        return " | ".join(picked)

    def _locator(self, clause: str) -> str:
        known = self.version.clauses.get(clause)
        return f"`{clause}`" if known is None else known.locator

    def _heading(self, words: Words) -> str:
        return f"## {self._to(words)}"

    def _to(self, words: Words) -> str:
        return words.to(self.language)

    def _say(self, code: str, **values: str) -> str:
        return Message(code, **values).to(self.language)


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table in Markdown; bars inside of cells are escaped."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(map(_cell, line))} |" for line in lines)


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")

"""From the text of another policy to its decisions under names that clash with none of the own.

The decision that a fact is taken from has the name of the fact. Those that it builds on are
called `technical_support.scope`, its rules, clauses, readings and hours `technical-support.…`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TypeAlias

from reglament.frozen import frozen
from reglament.language.loading.expressions import node_access
from reglament.language.loading.expressions.scope import Scope, Symbol
from reglament.language.loading.files.imported_texts import IMPORTED, Import, imports_in
from reglament.language.loading.files.joined_sections import Sections
from reglament.language.syntax.diagnostics import Diagnostics
from reglament.language.syntax.source import MappingNode
from reglament.messages import Message
from reglament.model.calendar import WorkingHours
from reglament.model.conditions import Within
from reglament.model.decisions import Citation, Decision, Override, Rule, cone
from reglament.model.regulation import Clause, Fact, Reading, Version
from reglament.model.terms import Constant, DecisionRef, FactRef, ForEach, Formula
from reglament.model.visitor import hours_of, transform

Reader: TypeAlias = Callable[[Diagnostics, Sections, Path], Version]
"""What makes a version of the sections of its text, raising Refused."""


@dataclass(slots=True)
class Imported:
    """What a version has of other policies; `policies` names by decision where it is from."""

    facts: dict[str, Fact] = field(default_factory=dict)
    decisions: dict[str, Decision] = field(default_factory=dict)
    hours: dict[str, WorkingHours] = field(default_factory=dict)
    readings: dict[str, Reading] = field(default_factory=dict)
    clauses: dict[str, Clause] = field(default_factory=dict)
    dormant: list[str] = field(default_factory=list)
    policies: dict[str, str] = field(default_factory=dict)


def read_imported(
    names: Scope, sections: Sections, own: Mapping[str, Fact], read: Reader
) -> Imported:
    """The decisions that facts of the version are taken from, and what they rest on.

    Each name becomes known as that of a decision. A fact that both policies have must be the
    same in both: a request tells it once.
    """
    imported = Imported()
    texts = sections.get(IMPORTED)
    by_key: dict[str, list[Import]] = {}
    for one in imports_in(sections.get("facts")):
        by_key.setdefault(one.key, []).append(one)
    for key, imports in by_key.items():
        text = texts.get(key) if isinstance(texts, MappingNode) else None
        if not isinstance(text, MappingNode):
            for one in imports:  # a problem already
                _poison(names, one)
            continue
        joined = {str(name.value): node for name, node in text.entries}
        version = read(Diagnostics(), Sections(joined, text), Path(text.place.file))
        _take(names, imported, version, imports, own, sections)
    return imported


def _poison(names: Scope, one: Import) -> None:
    """Make the name known, and what it would have brought along not missed."""
    name = str(one.name.value)
    names.declare(one.name, Symbol(DecisionRef(name), None))
    names.decisions.add(name)
    names.report.poisoned.add(name)
    names.report.silenced |= {"unknown-fact", "unknown-name"}


def _take(
    names: Scope,
    imported: Imported,
    version: Version,
    imports: list[Import],
    own: Mapping[str, Fact],
    sections: Sections,
) -> None:
    wanted = _wanted(names, version, imports)
    if not wanted:
        return
    if not _fits_together(names, version, imports[0], sections):
        for one in wanted.values():
            _poison(names, one)
        return
    called = {decision: str(one.name.value) for decision, one in wanted.items()}
    renaming = Renaming.of(version, called)
    needed = cone(version.decisions, wanted)
    for decision in needed:
        fact = wanted.get(decision)
        made = renaming.decision(version.decisions[decision])
        if fact is not None:
            label = node_access.words(names.report, fact.node.get("label"))
            made = replace(made, label=label or made.label, place=fact.name.place)
            type = made.outcome_type
            names.declare(fact.name, Symbol(DecisionRef(made.name), type, made.is_nullable))
            names.decisions.add(made.name)
        imported.decisions[made.name] = made
        imported.policies[made.name] = f"{version.policy} {version.version}"
    for name in sorted(frozenset().union(*(version.facts_behind(each) for each in needed))):
        _add_fact(names, imported, version.facts[name], imports[0], own)
    renaming.keep_what_is_used(imported, [version.decisions[name] for name in needed])


def _wanted(names: Scope, version: Version, imports: Iterable[Import]) -> dict[str, Import]:
    wanted: dict[str, Import] = {}
    for import_ in imports:
        source, decision = import_.source, version.decisions.get(import_.decision)
        if decision is None or decision.is_internal:
            known = version.shown_decisions
            message = Message("policy-no-decision", policy=import_.policy, name=import_.decision)
            names.report.unknown("unknown-decision", source, message, import_.decision, known)
            _poison(names, import_)
        elif read := version.facts_behind(import_.decision) & version.lists.keys():
            said = {"policy": import_.policy, "name": import_.decision, "list": min(read)}
            names.report.add("import-reads-list", source, Message("import-reads-list", **said))
            _poison(names, import_)
        elif import_.decision in wanted:
            other = wanted[import_.decision].name.value
            message = Message("imported-already", source=str(source.value), name=other)
            names.report.add("told-twice", source, message)
        else:
            wanted[import_.decision] = import_
    return wanted


def _fits_together(names: Scope, version: Version, import_: Import, sections: Sections) -> bool:
    """Whether both count days alike, and the other has its texts in the languages of this one."""
    if version.zone != str(names.zone):
        message = Message("import-other-zone", name=import_.policy, zone=version.zone)
        names.report.add("other-zone", import_.source, message)
        return False
    title = node_access.words(Diagnostics(), sections.get("title"))
    lacked = [language for language, _ in title or () if language not in version.languages]
    if lacked:
        message = Message("import-lacks-language", name=import_.policy, language=lacked[0])
        names.report.add("missing-language", import_.source, message)
    return not lacked


def _add_fact(
    names: Scope, found: Imported, fact: Fact, one: Import, own: Mapping[str, Fact]
) -> None:
    mine = own.get(fact.name) or found.facts.get(fact.name)
    if mine is None and fact.name not in names.known:
        found.facts[fact.name] = fact
        names.known[fact.name] = Symbol(FactRef(fact.name), fact.type, fact.is_nullable)
        names.facts.add(fact.name)
    elif mine is None or (mine.type, mine.is_nullable) != (fact.type, fact.is_nullable):
        message = Message("import-other-fact", fact=fact.name, name=one.policy)
        hint = Message("declare-as-there", fact=fact.name)
        names.report.add("fact-differs", one.source, message, hint)


@frozen
class Renaming:
    """The names of one version of another policy, as the policy that imports it has them."""

    version: Version
    names: Mapping[str, str]

    @classmethod
    def of(cls, version: Version, wanted: Mapping[str, str]) -> Renaming:
        """`wanted` are the new names of decisions that have one of their own."""
        prefix = version.policy.replace("-", "_")
        kept = {name: f"{prefix}.{name}" for name in (*version.decisions, *version.parameters)}
        return cls(version, {**kept, **wanted})

    def id(self, one: str) -> str:
        """The id of a rule, clause, reading or of hours."""
        return f"{self.version.policy}.{one}"

    def ids(self, several: Iterable[str]) -> tuple[str, ...]:
        return tuple(map(self.id, several))

    def decision(self, decision: Decision) -> Decision:
        """The decision under its new name, with the new names of what it rests on."""
        return replace(
            decision,
            name=self.names[decision.name],
            rules=tuple(map(self._rule, decision.rules)),
            otherwise=decision.otherwise and self._rule(decision.otherwise),
            ask_for=tuple(self.names.get(name, name) for name in decision.ask_for),
        )

    def keep_what_is_used(self, imported: Imported, decisions: Iterable[Decision]) -> None:
        """Put the hours, readings and clauses that the decisions use among `found`."""
        version = self.version
        for decision in decisions:
            for rule in decision.every_rule():
                for name in hours_of(rule.when, rule.then):
                    imported.hours[self.id(name)] = version.hours[name]
                readings = (*rule.readings, *(o.reading for o in rule.overrides if o.reading))
                for name in readings:
                    reading = version.readings[name]
                    imported.readings[self.id(name)] = replace(
                        reading, id=self.id(name), clauses=self.ids(reading.clauses)
                    )
                for name in (*rule.clauses, *_clauses(version, readings)):
                    clause = version.clauses[name]
                    imported.clauses[self.id(name)] = replace(clause, id=self.id(name))
                if rule.id in version.dormant:
                    imported.dormant.append(self.id(rule.id))

    def _rule(self, rule: Rule) -> Rule:
        return replace(
            rule.transformed(self._node),
            id=self.id(rule.id),
            because=node_access.renamed_in_braces(rule.because, self.names),
            unless=node_access.renamed_in_braces(rule.unless, self.names),
            clauses=self.ids(rule.clauses),
            citations=tuple(
                Citation(transform(citation.when, self._node), self.ids(citation.clauses))
                for citation in rule.citations
            ),
            readings=self.ids(rule.readings),
            overrides=tuple(
                Override(
                    self.id(override.rule),
                    override.reading and self.id(override.reading),
                    override.is_written,
                )
                for override in rule.overrides
            ),
            attaches=tuple(self.names.get(name, name) for name in rule.attaches),
        )

    def _node(self, node: Any) -> Any:
        match node:
            case DecisionRef():
                return DecisionRef(self.names[node.name])
            case Constant() if node.name is not None:
                return Constant(node.value, self.names.get(node.name, node.name))
            case Formula():
                hours = node.hours and self.id(node.hours)
                by = tuple((word, self.id(one)) for word, one in node.by)
                return replace(node, hours=hours, by=by, each=self._each(node))
            case Within():
                return replace(node, hours=self.id(node.hours))
        return node

    def _each(self, formula: Formula) -> ForEach | None:
        """What is made of each item, by the names that the arguments beside it have by now."""
        each = formula.each
        if each is None:
            return None
        names = tuple(getattr(argument, "name", "") for argument in formula.arguments[1:])
        where, term = transform(each.where, self._node), transform(each.term, self._node)
        return replace(each, names=names, where=where, term=term)


def _clauses(version: Version, readings: Iterable[str]) -> tuple[str, ...]:
    return tuple(clause for name in readings for clause in version.readings[name].clauses)

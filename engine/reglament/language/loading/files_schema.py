"""From the schema of all policies to that of one policy's files: editors complete its own words.

Words are proposed and not demanded, so that a word which is only now written is no error of the
editor; `check` knows which are wrong. An entry may lack what the schema of all policies asks of it:
a version that is based on another one writes what differs. All else is taken and refused alike.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from reglament.language.requests.request_schema import Schema, enumeration, fact_schema
from reglament.language.syntax.bundled import schema_text
from reglament.messages import Language, Message
from reglament.model.decisions import Decision
from reglament.model.regulation import Version
from reglament.model.words import Text

Labels = Mapping[str, str]
_ENTRIES = (
    *("fact", "parameter", "calendar", "hours", "decision", "rule", "requirement", "row"),
    *("otherwise", "reading", "clause", "explain", "subject", "reaction"),
)
_WHOLE = ("required", "dependentRequired", "allOf", "oneOf")


def files_schema(version: Version, language: Language) -> Schema:
    """The JSON Schema (2020-12) of any policy's files, with the words of this version proposed.

    Its facts, outcomes, rules, clauses and readings, each with its label in `language`.
    """
    own: Schema = json.loads(schema_text("policy"))
    own["$id"] = f"urn:reglament:files:{version.policy}:{version.version}"
    own["description"] = Message("schema-of-files", version=version.version).to(language)
    for entry in _ENTRIES:
        for demand in _WHOLE:
            own["$defs"][entry].pop(demand, None)
    words = _Words(version, language)
    words.into_sections(own["properties"])
    words.into_parts(own["$defs"])
    own["$defs"] |= words.defined
    return own


class _Words:
    """The words of a version, and the places of the schema where they are written."""

    def __init__(self, version: Version, language: Language) -> None:
        self.version = version
        self.language = language
        self.defined: Schema = {}
        self.clauses = {one.id: one.summary.to(language) for one in version.clauses.values()}
        self.readings = {one.id: one.question.to(language) for one in version.readings.values()}
        told = {name: fact.label.to(language) for name, fact in version.facts.items()}
        self.decided = {
            name: decision.label.to(language) for name, decision in version.shown_decisions.items()
        }
        self.named = told | self.decided
        self.chosen = {
            reading.id: {word: text.to(language) for word, text in reading.alternatives.items()}
            for reading in version.readings.values()
        }

    def into_sections(self, sections: Schema) -> None:
        """Into what a version is made of."""
        decisions = self.version.decisions
        of_decisions = {name: self._of_decision(decisions[name]) for name in self.decided}
        sections["decisions"]["properties"] = of_decisions
        sections["readings"]["properties"] = {
            name: _as("reading", properties={"chosen": self._alternatives(name)})
            for name in self.chosen
        }
        sections["chosen_by"] |= self._proposed("names", self.named)

    def into_parts(self, parts: Schema) -> None:
        """Into what stands in many places: tests of names, citations, readings, hours."""
        parts["clause_ids"]["items"] |= self._proposed("clauses", self.clauses)
        parts["reading_ids"]["items"] |= self._proposed("readings", self.readings)
        parts["switch"]["properties"]["reading"] |= self._proposed("readings", self.readings)
        parts["cited_by"]["properties"]["by"] |= self._proposed("decisions", self.decided)
        hours = dict.fromkeys(self.version.hours, "")
        for within in ("within", "outside"):
            parts["operators"]["properties"][within] |= self._proposed("hours", hours)
        for kind in ("rule", "requirement", "row"):
            parts[kind]["properties"]["under"]["properties"] = {
                name: _as("id", **self._alternatives(name)) for name in self.chosen
            }
        tests = {name: self._test(name) for name in self.named}
        for kind in ("condition", "row"):
            parts[kind]["properties"] = tests | parts[kind]["properties"]
        self._into_example(parts["example"]["properties"])
        self._into_explain(parts["explain"]["properties"])

    def _into_example(self, example: Schema) -> None:
        facts, zone = self.version.facts, self.version.zone
        example["facts"]["properties"] = {
            name: {"anyOf": [fact_schema(fact, zone, self.language), True]}
            for name, fact in facts.items()
        }
        example["expect"]["properties"] = {
            name: self._expected(self.version.decisions[name]) for name in self.decided
        }

    def _into_explain(self, explain: Schema) -> None:
        for key in ("answer", "advice"):
            explain[key] |= self._proposed("decisions", self.decided)
        for key in ("also", "beside"):
            below = explain[key]["additionalProperties"]
            lists = below["additionalProperties"] if key == "beside" else below
            lists["items"] |= self._proposed("decisions", self.decided)

    def _expected(self, decision: Decision) -> Schema:
        words = self._words_of(decision.name)
        listed = {"items": self._rules_of(decision)}
        return _as(
            "expectation",
            title=self.decided[decision.name],
            properties={"outcome": words, "rules": listed},
            **words,
        )

    def _of_decision(self, decision: Decision) -> Schema:
        then = {"properties": {"then": self._words_of(decision.name)}}
        rules = {rule.id: True for rule in decision.rules}
        overrides = {"items": self._rules_of(decision), "properties": rules}
        rule = {"properties": {**then["properties"], "overrides": overrides}}
        return _as(
            "decision",
            title=self.decided[decision.name],
            properties={
                "rules": {"items": rule},
                "table": {"items": rule},
                "groups": {
                    "additionalProperties": {
                        "properties": {"rules": {"items": rule}, "table": {"items": rule}}
                    }
                },
                "otherwise": then,
                "ask_for": {"items": self._proposed("decisions", self.decided)},
            },
        )

    def _test(self, name: str) -> Schema:
        title, word = self.named[name], self._words_of(name)
        if not word:
            return _as("test", title=title)
        likely = [*word["anyOf"], {"type": "array", "items": word}]
        return _as("test", title=title, anyOf=likely)

    def _words_of(self, name: str) -> Schema:
        """The words that a fact may tell, or a decision give, proposed with their labels."""
        fact = self.version.facts.get(name)
        labels: Mapping[str, Text] = (
            self.version.decisions[name].outcome_labels if fact is None else fact.option_labels
        )
        said = {word: label.to(self.language) for word, label in labels.items()}
        return self._proposed(f"words.{name}", said)

    def _rules_of(self, decision: Decision) -> Schema:
        said = {
            rule.id: rule.because.to(self.language) if rule.because else ""
            for rule in decision.every_rule()
        }
        return self._proposed(f"rules.{decision.name}", said)

    def _alternatives(self, reading: str) -> Schema:
        return self._proposed(f"reading.{reading}", self.chosen[reading])

    def _proposed(self, name: str, words: Labels) -> Schema:
        """What is added to a place where these words are likely and others are allowed."""
        if not words:
            return {}
        self.defined[f"own.{name}"] = enumeration(words)
        return {"anyOf": [{"$ref": f"#/$defs/own.{name}"}, True]}


def _as(part: str, **more: Any) -> Schema:
    """A part of the schema, and more. Not all editors read what stands beside a `$ref`."""
    return {"allOf": [{"$ref": f"#/$defs/{part}"}], **more}

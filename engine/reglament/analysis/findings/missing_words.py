"""From the texts of a version to those that one language lacks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from reglament.analysis.findings.finding import Finding, Severity, places_of
from reglament.frozen import frozen
from reglament.language.loading.expressions.node_access import names_in_braces
from reglament.messages import Message, Words
from reglament.model.problems import Place
from reglament.model.regulation import Version
from reglament.model.words import Text

_RUSSIAN = re.compile("[а-яё]", re.IGNORECASE)
UNWRITTEN = Text(en="…")
# Of a language written so an equal text may be a translation.
_CYRILLIC = frozenset({"ru", "be", "bg", "kk", "ky", "mk", "mn", "sr", "tg", "tt", "uk"})


@frozen
class _Text:
    """A text, what it belongs to, and where that stands."""

    owner: str
    words: Text
    place: Place | None
    decision: str | None = None
    rule: str | None = None


def missing_words(version: Version) -> Iterator[Finding]:
    """Texts empty or untranslated in one language, or that name other values there."""
    for text in _texts(version):
        what = _what_is_missing(text.words)
        if what is not None:
            yield Finding(
                code="message-missing",
                severity=Severity.WARNING,
                message=Message("text-owner-what", owner=text.owner, what=what),
                decision=text.decision,
                rules=() if text.rule is None else (text.rule,),
                subject=text.owner,
                places=places_of(text.place),
            )


def _what_is_missing(words: Text) -> Words | None:
    for language, said in words:
        if not said.strip():
            return Message("empty-language", language=language)
        if language not in _CYRILLIC and said == dict(words).get("ru") and _RUSSIAN.search(said):
            return Message("not-translated-russian", language=language)
    named = [frozenset(names_in_braces(said)) for _, said in words]
    apart = frozenset.union(*named) - frozenset.intersection(*named)
    if apart:
        names = ", ".join(f"`{{{name}}}`" for name in sorted(apart))
        return Message("names-not-in-every-language", names=names)
    return None


def _texts(version: Version) -> Iterator[_Text]:
    for text in (*_of_version(version), *_of_register(version), *_of_rules(version)):
        if text.words != UNWRITTEN:
            yield text


def _of_version(version: Version) -> Iterator[_Text]:
    yield _Text("title", version.title, None)
    if version.zone_label is not None:
        yield _Text("time_zone_label", version.zone_label, None)
    for fact in version.facts.values():
        given = {"label": fact.label, "question": fact.question, "null_means": fact.null_means}
        yield from _listed(fact.name, given, fact.place)
        yield from _listed(f"{fact.name}.options", fact.option_labels, fact.place)
    for parameter in version.parameters.values():
        yield _Text(f"{parameter.name}.label", parameter.label, parameter.place)
    for hours in version.hours.values():
        yield _Text(f"{hours.id}.title", hours.title, None)


def _of_register(version: Version) -> Iterator[_Text]:
    for reading in version.readings.values():
        given = {"question": reading.question, "because": reading.because}
        yield from _listed(reading.id, given, reading.place)
        yield from _listed(f"{reading.id}.alternatives", reading.alternatives, reading.place)
    for clause in version.clauses.values():
        said = {"summary": clause.summary, "no_rule": clause.no_rule_because}
        yield from _listed(clause.id, said, clause.place)


def _of_rules(version: Version) -> Iterator[_Text]:
    for decision in version.shown_decisions.values():
        yield _Text(f"{decision.name}.label", decision.label, decision.place, decision.name)
        yield from _listed(f"{decision.name}.outcomes", decision.outcome_labels, decision.place)
    for decision, rule in version.written_rules():
        for key, words in (("because", rule.because), ("unless", rule.unless)):
            if words is not None:
                place = rule.place or decision.place
                yield _Text(f"{rule.id}.{key}", words, place, decision.name, rule.id)


def _listed(owner: str, texts: Mapping[str, Text | None], place: Place | None) -> Iterator[_Text]:
    for key, words in texts.items():
        if words is not None:
            yield _Text(f"{owner}.{key}", words, place)

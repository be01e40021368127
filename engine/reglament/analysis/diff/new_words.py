"""From a word that only the new version knows to the rules that name it, and to what it gets."""

from __future__ import annotations

from collections.abc import Iterator

from reglament.analysis.diff.types import Note
from reglament.evaluation import Evaluated, Evaluator
from reglament.language.requests.named_words import named_words
from reglament.language.requests.near import word_type
from reglament.model.policy import Version
from reglament.model.problems import Refused
from reglament.model.terms import Constant
from reglament.model.values import Kind
from reglament.model.words import Language, Words
from reglament.rendering import cldr as lang
from reglament.rendering.labels import label, value_words
from reglament.worktime import OutsideCalendar

MOST_POSSIBLE = 4
MOST_DECISIONS = 6


def new_words(old: Version, new: Version) -> Iterator[Note]:
    """Options and outcomes that only the new version declares: who names them, what they get."""
    for name in sorted(old.facts.keys() & new.facts.keys()):
        before, after = (word_type(version.facts[name].type) for version in (old, new))
        if before.kind is after.kind is Kind.CHOICE:
            for word in (one for one in after.options if one not in before.options):
                yield _option(new, name, word)
    for name in sorted(old.decisions.keys() & new.decisions.keys()):
        known = old.decisions[name].type.options
        for word in (one for one in new.decisions[name].type.options if known and one not in known):
            yield _outcome(new, name, word)


def _option(version: Version, name: str, word: str) -> Note:
    value = (word,) if version.facts[name].type.kind is Kind.LIST else word
    evaluated = Evaluator(version).evaluate({name: value})
    named = _named(version, name, word)
    ru = [f"новое слово `{word}` факта `{name}`, {named.ru}", *_gets(evaluated, name, "ru")]
    en = [f"a new word `{word}` of the fact `{name}`, {named.en}", *_gets(evaluated, name, "en")]
    words = Words(ru="; ".join(ru), en="; ".join(en))
    return Note("word-added", name, words, matters=True, facts={name: value})


def _outcome(version: Version, name: str, word: str) -> Note:
    rules = version.decisions[name].every_rule()
    given = [rule.id for rule in rules if rule.then == Constant(word)]
    listed = ", ".join(f"`{rule}`" for rule in given)
    gives = Words(ru=f"его дают {listed}", en=f"given by {listed}")
    nobody = Words(ru="его не даёт ни одно правило", en="given by no rule")
    by, named = gives if given else nobody, _named(version, name, word)
    words = Words(
        ru=f"новый исход `{word}` решения `{name}`, {by.ru}, {named.ru}",
        en=f"a new outcome `{word}` of the decision `{name}`, {by.en}, {named.en}",
    )
    return Note("outcome-added", name, words, matters=True)


def _named(version: Version, name: str, word: str) -> Words:
    said = named_words((rule for _, rule in version.every_rule()), version.reactions)
    found = dict.fromkeys(one.by for one in said if (one.name, one.word) == (name, word))
    if not found:
        return Words(ru="ни одно правило его не называет", en="named by no rule")
    listed = ", ".join(f"`{rule}`" for rule in found)
    return Words(ru=f"его называют {listed}", en=f"named by {listed}")


def _gets(evaluated: Evaluated, fact: str, language: Language) -> Iterator[str]:
    """The decisions that hang on the fact, with what is possible if it alone is told."""
    version, count = evaluated.version, 0
    for name, decision in version.decisions.items():
        if decision.is_internal or fact not in version.facts_behind(name):
            continue
        try:
            possible = evaluated[name].possible
        except (Refused, OutsideCalendar, OverflowError):
            continue
        if possible and len(possible) <= MOST_POSSIBLE and count < MOST_DECISIONS:
            count += 1
            said = [value_words(version, name, value, language) for value in possible]
            yield f"{label(version, name, language)}: {lang.listed(said, language, lang.OR)}"

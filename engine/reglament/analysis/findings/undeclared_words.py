"""From words of rules and facts to those that only one of the two knows, or that are names."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field

from reglament.analysis.findings.finding import Finding, Severity, places_of
from reglament.language.requests.near import named_words, near_option, word_type
from reglament.language.syntax.suggest import meaning
from reglament.messages import Message, Words, ticked
from reglament.model.problems import Place
from reglament.model.regulation import Version
from reglament.model.terms import Constant
from reglament.model.values import Kind
from reglament.model.words_or_names import WordOrName


def words_or_names(version: Version) -> Iterator[Finding]:
    """Bare words of tests and outcomes that may be read as a word and as a name."""
    for word_or_name in version.words_or_names:
        yield Finding(
            code="word-or-name",
            severity=Severity.WARNING if word_or_name.is_name else Severity.NOTE,
            message=_message(word_or_name),
            subject=word_or_name.word,
            places=places_of(word_or_name.place),
            hint=Message("write-literal-or-same-as", word=word_or_name.word),
        )


def _message(word_or_name: WordOrName) -> Message:
    if word_or_name.is_name:
        return Message("word-taken-for-name", word=word_or_name.word)
    return Message("word-is-name-too", word=word_or_name.word)


# Of few options of a fact rules often name all but one, which `otherwise` then means.
FEWEST_OPTIONS, FEWEST_OUTCOMES = 3, 2


@dataclass
class _Naming:
    """The rules that name a word, and where they do."""

    rules: list[str] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)


def undeclared_words(version: Version) -> Iterator[Finding]:
    """Words of open choices that rules name and the fact does not declare."""
    naming = _naming(version)
    for fact in version.facts.values():
        type_ = word_type(fact.type)
        if type_.kind is Kind.CHOICE and type_.is_open:
            for word, named in naming.get(fact.name, {}).items():
                if word not in type_.options:
                    near = near_option(fact, word)
                    yield _undeclared(fact.name, word, near, named)


def unheard_words(version: Version) -> Iterator[Finding]:
    """Options and outcomes that no rule names, though rules name most of their siblings."""
    naming = _naming(version)
    for fact in version.facts.values():
        options = word_type(fact.type).options
        for word in _unheard(options, naming.get(fact.name, {}), FEWEST_OPTIONS):
            option = Message("option-fact", word=word)
            yield _unheard_word(option, fact.name, None, word, fact.place)
    for decision in version.decisions.values():
        usual = decision.otherwise.then if decision.otherwise is not None else None
        given = [one for one in decision.type.options if Constant(one) != usual]
        for word in _unheard(given, naming.get(decision.name, {}), FEWEST_OUTCOMES):
            outcome = Message("outcome-decision", word=word)
            yield _unheard_word(outcome, decision.name, decision.name, word, decision.place)


def _unheard(words: Iterable[str], named: Collection[str], fewest: int) -> list[str]:
    """The words that are not named, if at least `fewest` others are, and twice as many."""
    words = tuple(words)
    unheard = [word for word in words if word not in named]
    heard = len(words) - len(unheard)
    are_siblings_named = heard >= max(fewest, 2 * len(unheard))
    return unheard if are_siblings_named else []


def _naming(version: Version) -> dict[str, dict[str, _Naming]]:
    """By the name of a fact or a decision, the words that rules name."""
    found: dict[str, dict[str, _Naming]] = {}
    for named_word in named_words((rule for _, rule in version.written_rules()), version.reactions):
        named = found.setdefault(named_word.name, {}).setdefault(named_word.word, _Naming())
        if named_word.by not in named.rules:
            named.rules.append(named_word.by)
            named.places += places_of(named_word.place)
    return found


def _undeclared(fact: str, word: str, near: str | None, named: _Naming) -> Finding:
    return Finding(
        code="word-not-declared",
        severity=Severity.WARNING,
        message=Message("not-among-options-rule", word=word, fact=fact, listed=ticked(named.rules)),
        rules=tuple(named.rules),
        subject=word,
        places=tuple(named.places),
        hint=None if near is None else meaning(word, near),
    )


def _unheard_word(
    what: Words, name: str, decision: str | None, word: str, place: Place | None
) -> Finding:
    return Finding(
        code="word-never-heard",
        severity=Severity.WARNING,
        message=Message("named-no-rule-others", what=what, name=name),
        decision=decision,
        subject=word,
        places=places_of(place),
    )

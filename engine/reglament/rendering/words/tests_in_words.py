"""From conditions and the tests in them to words, with the value that a test met."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from reglament.frozen import frozen
from reglament.functions.item_tests import list_within, read_filtered
from reglament.functions.totals import COUNT
from reglament.messages import Language, Message, Rendered, Verbatim, Words
from reglament.model.conditions import (
    AllOf,
    AnyOf,
    Comparison,
    Condition,
    Counted,
    Not,
    OneOf,
    Quantified,
    Test,
    Within,
)
from reglament.model.lists import total_behind
from reglament.model.operators import Operator
from reglament.model.outcomes import Document, ItemsSeen, TestSeen
from reglament.model.regulation import Version
from reglament.model.terms import Constant, DecisionRef, FactRef, Formula, Term
from reglament.model.values import Value
from reglament.model.visitor import deciding_tests
from reglament.rendering.words import cldr as lang
from reglament.rendering.words.labels import (
    NOT_DETERMINED,
    NOT_TOLD,
    Named,
    labels,
    named_term,
    words_for,
)
from reglament.rendering.words.list_words import EVERY, SOME, quantified, total_words
from reglament.rendering.words.terms_in_words import (
    CONDITION_WORDS,
    is_time,
    named_value,
    resolved,
    term_words,
    with_item,
)

ALWAYS = Message("always")
NEVER = Message("never")

_NUMBERS: Mapping[Operator, Words] = {
    Operator.AT_LEAST: Message("least-tests-in-words"),
    Operator.AT_MOST: Message("most-tests-in-words"),
    Operator.MORE_THAN: Message("more-than"),
    Operator.LESS_THAN: Message("less-than-tests-in-words"),
}
_TIMES: Mapping[Operator, Words] = {
    Operator.AT_LEAST: Message("not-earlier-than"),
    Operator.AT_MOST: Message("not-later-than"),
    Operator.MORE_THAN: Message("later-than"),
    Operator.LESS_THAN: Message("earlier-than"),
}


@frozen
class Wording:
    """Puts the conditions of `version` in words of `language`.

    With `doc`, names are followed by the values that they have there. A value that a test met
    stands with the word that a policy writes for it, unless `is_coded` is false.
    """

    version: Version
    language: Language
    doc: Document | None = None
    is_coded: bool = True

    def condition(self, condition: Condition, *, holds: bool = True) -> str:
        """The condition in words, or with `holds=False` its exact opposite."""
        if isinstance(condition, Not):
            return self.condition(condition.part, holds=not holds)
        if isinstance(condition, AllOf | AnyOf):
            return self._parts(condition, holds)
        if isinstance(condition, Counted):
            return self._counted(condition, holds)
        return self.test(condition, holds=holds)

    def test(self, test: Test, *, holds: bool = True) -> str:
        """One test in words, or with `holds=False` its exact opposite."""
        if isinstance(test, Quantified):
            said = quantified(self.version, test, self.language, self._of_item, holds=holds)
            said = said or self._quantified(test, holds)
            if said is not None:
                return said
        if isinstance(test, Comparison):
            return self._comparison(test, holds)
        if isinstance(test, OneOf):
            return self._one_of(test, holds)
        return self._asked(test, holds)

    def _quantified(self, test: Quantified, holds: bool) -> str | None:
        """What the test says that some, every or no item of a plain list is; None of a number."""
        counted = test.subject.arguments[0] if isinstance(test.subject, Formula) else test.subject
        found = read_filtered(counted)
        if found is None or not test.quantifier:
            return None
        items, each = found
        so: Condition = each.where
        if test.quantifier == EVERY:
            code, so = ("list-every" if holds else "list-not-every"), Not(so)
        else:
            code = "list-some" if (test.quantifier == SOME) is holds else "list-no-such"
        said = self._of_item(with_item(self.version, items, each.item), so)
        name = term_words(items, self.version, self.language)
        return Message(code, list=name, said=said).to(self.language)

    def _of_item(self, item: Version, condition: Condition) -> str:
        return replace(self, version=item, doc=None).condition(condition)

    def seen(self, seen: TestSeen) -> str:
        """The value that a test met: ``было: портал (`portal`)``, or what it lacks."""
        if seen.items is not None:
            return self._items(seen, seen.items)
        if seen.is_told:
            value = self._met_list(seen.test) or self._met(seen.test.subject, seen.seen)
            was = self._say("was-value", value=value)
            return f"{was}; {self._missing(NOT_TOLD, seen)}" if seen.holds is None else was
        subject = seen.test.subject
        missing = NOT_DETERMINED if isinstance(subject, DecisionRef) else NOT_TOLD
        if isinstance(subject, FactRef) and seen.needs == (subject.name,):
            return missing.to(self.language)
        return self._missing(missing, seen)

    def _items(self, seen: TestSeen, items: ItemsSeen) -> str:
        """What a test of a list found: the items by their numbers, and how many if it counts."""
        count, numbers = len(items.by), ", ".join(map(str, items.by))
        found = self._say("list-found-none")
        if count:
            found = Message("list-counted", count=count, items=numbers).to(self.language)
        word = seen.test.quantifier if isinstance(seen.test, Quantified) else ""
        if not word:
            found = f"{count} ({found})" if count else "0"
        elif word == EVERY:  # what it counts is not so
            found = self._say("list-exception", items=found) if count else self._say("list-all-so")
        if seen.holds is None:
            return f"{self._say('so-far-value', value=found)}; {self._missing(NOT_TOLD, seen)}"
        return found if word == EVERY else self._say("was-value", value=found)

    def _met_list(self, test: Test) -> str | None:
        """The plain list whose items are asked about, as it is known; None of anything else."""
        if not isinstance(test, Quantified) or not test.quantifier or self.doc is None:
            return None
        listed, value = list_within(test.subject), None
        if isinstance(listed, FactRef):
            value = self.doc.known.get(listed.name)
        elif isinstance(listed, DecisionRef) and listed.name in self.doc.decisions:
            value = self.doc.decisions[listed.name].outcome
        return None if value is None else self._met(listed, value)

    def _met(self, subject: Term, value: Value) -> str:
        if self.is_coded:
            return named_value(subject, value, self.version, self.language)
        return self._value(value, named_term(self.version, subject))

    def _missing(self, missing: Words, seen: TestSeen) -> str:
        needs = labels(self.version, seen.needs, self.language)
        return f"{missing.to(self.language)}: {needs}" if needs else missing.to(self.language)

    def required(self, seen: TestSeen, condition: Condition) -> tuple[str, bool | None]:
        """What `condition` requires of this test, in words, and whether the request meets it."""
        wanted = is_wanted(seen.test, condition)
        meets = None if seen.holds is None else seen.holds is wanted
        return self.test(seen.test, holds=wanted), meets

    def _say(self, code: str, **values: str) -> str:
        return Message(code, **values).to(self.language)

    def _term(self, term: Term, known: Named | None = None) -> str:
        if self.doc is None or isinstance(term, Constant):
            return term_words(term, self.version, self.language, known)
        return resolved(term, self.version, self.language, self.doc, known)

    def _subject(self, test: Test) -> str:
        total = total_behind(self.version, test.subject) if self.version.lists else None
        if total is not None and total.function == COUNT:
            return total_words(self.version, total, self.language, self._of_item, "")
        return term_words(test.subject, self.version, self.language)

    def _parts(self, condition: AllOf | AnyOf, holds: bool) -> str:
        # The opposite of "all hold" is "any does not", and the other way round.
        is_all = isinstance(condition, AllOf) is holds
        if not condition.parts:
            return (ALWAYS if is_all else NEVER).to(self.language)
        parts = [self._part(part, is_all, holds) for part in condition.parts]
        return "; ".join(parts) if is_all else f"; {lang.OR.to(self.language)} ".join(parts)

    def _counted(self, condition: Counted, holds: bool) -> str:
        """How many of the parts hold; the opposite of "at least 2" is "at most 1"."""
        count, least, most = len(condition.parts), condition.at_least, condition.at_most
        parts = "; ".join(f"({self.condition(part)})" for part in condition.parts)
        if not holds and most >= count:
            least, most, holds = 0, least - 1, True
        elif not holds and least <= 0:
            least, most, holds = most + 1, count, True
        return self._so_many(count, least, most, holds).to(self.language) + parts

    def _so_many(self, count: int, least: int, most: int, holds: bool) -> Words:
        if not holds:
            return Message("counted-not-between", least=least, most=most)
        if most >= count:
            return Message("counted-at-least", least=least)
        if least <= 0:
            return Message("counted-at-most", most=most)
        if least == most:
            return Message("counted-exactly", count=least)
        return Message("counted-between", least=least, most=most)

    def _part(self, part: Condition, is_all: bool, holds: bool) -> str:
        words = self.condition(part, holds=holds)
        while isinstance(part, Not):
            part, holds = part.part, not holds
        if isinstance(part, Counted):
            return f"({words})"
        if not isinstance(part, AllOf | AnyOf) or len(part.parts) < 2:
            return words
        return words if (isinstance(part, AllOf) is holds) is is_all else f"({words})"

    def _comparison(self, test: Comparison, holds: bool) -> str:
        if test.operator is Operator.IS:
            return self._is(test, holds) + self._by_day(test)
        words = _TIMES if is_time(test.subject, self.version) else _NUMBERS
        operator = words[test.operator].to(self.language)
        known = named_term(self.version, test.subject)
        said = f"{self._subject(test)} {operator} {self._term(test.operand, known)}"
        said += self._by_day(test)
        return said if holds else self._say("not-so", said=said)

    def _by_day(self, test: Comparison) -> str:
        return Message("day-tests-in-words").to(self.language) if test.by_day else ""

    def _is(self, test: Comparison, holds: bool) -> str:
        if isinstance(test.operand, Constant):
            known = named_term(self.version, test.subject)
            said = self._term(test.operand, known)
            return self._equals(self._subject(test), test.operand.value, said, holds)
        operand = self._term(test.operand)
        code = "same" if holds else "not-same"
        return self._say(code, subject=self._subject(test), operand=operand)

    def _equals(self, subject: str, value: Value, said: str, holds: bool) -> str:
        if value is None and not holds:
            return self._say("value-subject", subject=subject)
        if value is None or isinstance(value, bool):
            code = "subject-with-answer" if holds else "subject-with-opposite"
            return self._say(code, subject=subject, said=said)
        if holds:
            return self._say("subject-is", subject=subject, said=said)
        return self._say("not-subject-said", subject=subject, said=said)

    def _one_of(self, test: OneOf, holds: bool) -> str:
        known = named_term(self.version, test.subject)
        subject, values = self._subject(test), [self._value(v, known) for v in test.values]
        if len(values) == 1:
            return self._equals(subject, test.values[0], values[0], holds)
        if holds:
            either = lang.listed(values, self.language, lang.OR)
            return self._say("subject-is", subject=subject, said=either)
        neither = ", ".join(values)
        return self._say("none-subject-neither", subject=subject, neither=neither)

    def _value(self, value: Value, known: Named | None) -> str:
        reader = known or Named(Verbatim(""))
        return words_for(reader, value, self.language, self.version.zone)

    def _asked(self, test: Test, holds: bool) -> str:
        """What any other test asks: its phrase, with what the subject is held against."""
        own = self.version.hours.get(test.hours) if isinstance(test, Within) else None
        known = named_term(self.version, test.subject)
        said = own.title.to(self.language) if own is not None else self._term(test.said, known)
        return self._say(test.phrases[not holds], subject=self._subject(test), said=said)


def condition_words(version: Version, condition: Condition) -> Words:
    """The condition in words, without a request."""
    return Rendered(_condition, version, condition)


def _condition(version: Version, condition: Condition, language: Language) -> str:
    return Wording(version, language).condition(condition)


CONDITION_WORDS.append(_condition)


def is_wanted(test: Test, condition: Condition) -> bool:
    """Whether the condition wants the test to hold; false where it stands under one `not`."""
    return next((wanted for part, wanted in deciding_tests(condition, True) if part == test), True)

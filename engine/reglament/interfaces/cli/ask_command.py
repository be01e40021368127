"""From a policy to an interview in the terminal: only what still matters, best question first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import click

from reglament.interfaces.cli.shared_options import (
    at_option,
    judged_at,
    language_option,
    open_policy,
    policy_option,
    refusing,
    say,
)
from reglament.messages import Language, Message
from reglament.model.problems import Refused
from reglament.model.values import Value

if TYPE_CHECKING:
    from reglament.analysis.interview import Question
    from reglament.model.regulation import Version
    from reglament.policy import Policy

NOT_KNOWN = "?"
WHY = frozenset({"why", "почему"})
_HOW = Message("answer-with-number-value")
_OTHER = Message("any-other-word")
YES = frozenset({"yes", "y", "да", "д"})
_POSSIBLE = Message("still-possible")
_FORMAT = {
    "date": Message("date"),
    "datetime": Message("date-time-t18"),
    "duration": Message("duration-hours"),
    "list": Message("parted-commas-none"),
}


@click.command(help="command-ask")
@click.option(
    "--decision",
    "decisions",
    multiple=True,
    metavar="NAME",
    help="option-ask-decision",
)
@policy_option
@at_option
@language_option
def ask(decisions: tuple[str, ...], policy_name: str, at: str | None, language: Language) -> None:
    """Interview in the terminal: asks what still matters, and ends with the decision."""
    with refusing(language):
        policy = open_policy(policy_name, is_cached=True)
        if at is not None:
            judged_at(policy, at)
        version = policy.decide({}, at=at).version
        names = [n for n, d in version.decisions.items() if not d.is_internal]
        asked = names if "all" in decisions else list(decisions) or None
        _Interview(policy, asked, at, language).run()


@dataclass(slots=True)
class _Interview:
    policy: Policy
    decisions: list[str] | None
    at: str | None
    language: Language
    told: dict[str, Value] = field(default_factory=dict)
    not_known: list[str] = field(default_factory=list)

    def run(self) -> None:
        """Ask until nothing that matters is left, or the input ends; then tell the decision."""
        question = self._next()
        if question is not None:
            say(_HOW.to(self.language))
        while question is not None and self._asked(question):
            question = self._next()
        self._conclude()

    def _next(self) -> Question | None:
        return self.policy.next_question(
            self.told, self.decisions, not_known=self.not_known, at=self.at
        )

    def _asked(self, question: Question) -> bool:
        """Ask until there is an answer; false where the input ends."""
        version = self._version()
        say()
        say("\n".join(_lines(version, question, self.language)))
        while (text := _typed()) is not None:
            if text == NOT_KNOWN:
                self.not_known.append(question.fact)
                return True
            if text.casefold() in WHY:
                say("\n".join(_why(version, question, self.language)))
            elif not text:
                say(_HOW.to(self.language))
            elif self._took(version, question, self._meant(version, question, text)):
                return True
        return False

    def _meant(self, version: Version, question: Question, text: str) -> str:
        """The text, each word that is near another one put right if that was meant."""
        from reglament.interfaces.cli.typed_answers import words_typed

        typed = words_typed(question, text)
        return ",".join(self._meant_word(version, question, word) for word in typed)

    def _meant_word(self, version: Version, question: Question, word: str) -> str:
        from reglament.interfaces.cli.typed_answers import near_word
        from reglament.rendering.labels import value_words

        near = near_word(version, question, word)
        if near is None:
            return word
        label = value_words(version, question.fact, near, self.language)
        meant = near if label == near else f"{label} (`{near}`)"
        say(Message("did-you-mean-answer", meant=meant).to(self.language))
        return near if (_typed() or "").casefold() in YES else word

    def _took(self, version: Version, question: Question, text: str) -> bool:
        """Whether the answer fits; what is wrong with it is said."""
        from reglament.interfaces.cli.typed_answers import value_typed
        from reglament.language.syntax.mismatch import Unfit

        try:
            value = value_typed(version, question, text)
            self.policy.decide({**self.told, question.fact: value}, at=self.at)
        except Unfit as unfit:
            say(unfit.message.to(self.language))
            if unfit.hint is not None:
                say(f"   = {unfit.hint.to(self.language)}")
            return False
        except Refused as refused:
            say(refused.to_text(self.language))
            return False
        self.told[question.fact] = value
        return True

    def _version(self) -> Version:
        return self.policy.decide(self.told, at=self.at).version

    def _conclude(self) -> None:
        from reglament.rendering.labels import label, outcome_words

        decided = self.policy.decide(self.told, at=self.at)
        say()
        say(decided.explain(self.language))
        answers = decided.version.explain.answer if decided.version.explain else None
        for name in self.decisions or ():
            if name != answers:
                value = outcome_words(decided.version, decided.document, name, self.language)
                say(f"{label(decided.version, name, self.language)}: {value}")


def _typed() -> str | None:
    """A line of the input; None at its end."""
    try:
        typed: str = click.prompt("", prompt_suffix="> ", default="", show_default=False)
    except click.Abort as abort:
        if isinstance(abort.__context__, KeyboardInterrupt):
            raise
        return None
    return typed.strip()


def _lines(version: Version, question: Question, language: Language) -> Iterator[str]:
    from reglament.rendering.bounds_in_words import bounds_words

    yield question.text.to(language)
    for number, (_, label) in enumerate(question.options, 1):
        yield f"  {number}) {label.to(language)}"
    if question.options and question.is_open:
        yield f"  {_OTHER.to(language)}"
    if question.kind in _FORMAT:
        yield f"  {_FORMAT[question.kind].to(language)}"
    bounds = bounds_words(version.facts[question.fact].type, language, version.zone)
    if bounds:
        yield f"  {bounds}"
    if question.null_means is not None:
        yield f"  `null` - {question.null_means.to(language)}"


def _why(version: Version, question: Question, language: Language) -> Iterator[str]:
    """The decisions that hang on the answer, and the answers that settle one of them."""
    from reglament.rendering.labels import label, value_words

    for one in question.open:
        name = label(version, one.decision, language)
        listed = [value_words(version, one.decision, v, language) for v in one.possible or ()]
        possible = f" ({_POSSIBLE.to(language)}: {', '.join(listed)})" if listed else ""
        yield Message("answer-hangs", decision=name + possible).to(language)
    for found in question.settles:
        answer = value_words(version, question.fact, found.value, language)
        outcome = value_words(version, found.decision, found.outcome, language)
        name = label(version, found.decision, language)
        yield Message("answer-settles", answer=answer, outcome=f"{name}: {outcome}").to(language)

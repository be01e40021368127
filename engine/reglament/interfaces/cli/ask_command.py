"""From a policy to an interview in the terminal: only what still matters, best question first."""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from reglament.analysis.interview import told_by_answer
from reglament.interfaces.cli import options
from reglament.interfaces.cli.asked_policy import judged_at, naming, policy_for_request
from reglament.interfaces.cli.output import is_terminal, say
from reglament.messages import Language, Message
from reglament.model.lists import field_of
from reglament.model.problems import Refused, refusal
from reglament.model.regulation import Version
from reglament.model.values import Value

if TYPE_CHECKING:
    from reglament.analysis.interview import Question
    from reglament.policy import Decided, Policy


@options.command("command-ask")
@options.decisions("option-ask-decision")
@click.option("--for", "asked_of", metavar="WHO", help="option-ask-for")
@click.option("--from", "begun", metavar="FILE", type=options.FILE_OR_STDIN, help="option-ask-from")
@click.option("--save", "saved", metavar="FILE", type=options.FILE_PATH, help="option-ask-save")
@click.option("--log", "log_url", metavar="FILE|URL", type=options.LOG, help="option-decide-log")
@options.policy_and_at
@options.language
def ask(
    common: options.CommonOptions,
    decisions: tuple[str, ...],
    asked_of: str | None,
    begun: str | None,
    saved: Path | None,
    log_url: str | None,
) -> None:
    """Interview in the terminal: asks what still matters, and ends with the decision."""
    from reglament.analysis.interview import refuse_unknown_reader

    policy, at = policy_for_request(common.policy_name), common.at
    if at is not None:
        judged_at(policy, at)
    told = {} if begun is None else _told_in(policy, begun, at)
    version = policy.decide(told, at=at).version
    with naming("--for"):
        refuse_unknown_reader(version, asked_of)
    _refuse_what_is_there(saved)
    _open(log_url)
    asked = [*version.shown_decisions] if "all" in decisions else list(decisions) or None
    interview = _Interview(policy, asked, asked_of, at, common.language, told)
    try:
        interview.run()
    finally:
        if saved is not None and interview.told:
            _save(interview.told, saved)
    if log_url is not None:
        policy.decide(interview.told, at=at, log=log_url)


def _told_in(policy: Policy, name: str, at: str | None) -> dict[str, Value]:
    """The facts of the one request in the file. Raises Refused."""
    from reglament.interfaces.cli.request_files import decide_all, read_requests

    source, requests = read_requests(name)
    if len(requests) != 1:
        with naming("--from"):
            raise refusal("several-requests", Message("one-request-wanted", count=len(requests)))
    return dict(next(iter(list(decide_all(policy, source, requests, at)))).facts)


def _refuse_what_is_there(path: Path | None) -> None:
    """Raises Refused where the answers would replace a file, or have no folder to stand in."""
    with naming("--save"):
        if path is not None and (path.exists() or path.is_symlink()):
            message = Message("exists-already", path=path)
            raise refusal("exists-already", message, Message("name-another-file"))
        if path is not None and not path.parent.is_dir():
            raise refusal("folder-missing", Message("no-such-folder", path=path.parent))


def _open(log_url: str | None) -> None:
    """See to it that the log takes decisions before anybody is asked. Raises Refused."""
    if log_url is not None:
        from reglament.audit import open_log

        with open_log(log_url, create=True):
            pass


def _save(told: dict[str, Value], path: Path) -> None:
    from reglament.editing.atomic import write_whole
    from reglament.rendering.plain.case_files import flow

    write_whole(path, "".join(f"{name}: {flow(value)}\n" for name, value in told.items()))
    say(Message("answers-saved", path=path), err=True)


@dataclass(slots=True)
class _Interview:
    policy: Policy
    decisions: list[str] | None
    asked_of: str | None
    at: str | None
    language: Language
    told: dict[str, Value] = field(default_factory=dict)
    not_known: list[str] = field(default_factory=list)
    answered: list[str] = field(default_factory=list)

    def run(self) -> None:
        """Ask until nothing that matters is left, or the input ends; then tell the decision."""
        question = self._next()
        if question is not None:
            tell(Message("answer-with-number-value").to(self.language))
        while question is not None and self._asked(question):
            question = self._next()
        self._conclude()

    def _next(self) -> Question | None:
        return self.policy.next_question(
            self.told, self.decisions, not_known=self.not_known, asked_of=self.asked_of, at=self.at
        )

    def _asked(self, question: Question) -> bool:
        """Ask until there is an answer, or it goes back; false where the input ends."""
        from reglament.analysis.typed_answers import TypedCommand, command_typed

        version, known = self._version(), {*self.told}
        tell()
        tell("\n".join(question_lines(version, question, self.language)))
        while (text := _typed()) is not None:
            command = command_typed(text)
            if command is TypedCommand.NOT_KNOWN:
                self.not_known.append(question.fact)
            elif command is TypedCommand.BACK:
                if self._went_back():
                    return True
            elif command is TypedCommand.WHY:
                from reglament.analysis.why_asked import why_lines

                tell("\n".join(why_lines(version, question, self.language)))
            elif not text:
                tell(Message("answer-with-number-value").to(self.language))
            else:
                self._take(version, question, self._meant(version, question, text))
            taken = next((one for one in reversed(self.told) if one not in known), question.fact)
            if taken in self.told or question.fact in self.not_known:
                self.answered.append(taken)
                return True
        return False

    def _went_back(self) -> bool:
        """Whether there was an answer to take back."""
        if not self.answered:
            tell(Message("nothing-to-go-back-to").to(self.language))
            return False
        fact = self.answered.pop()
        self.told.pop(fact, None)
        self.not_known = [one for one in self.not_known if one != fact]
        return True

    def _meant(self, version: Version, question: Question, text: str) -> str | list[Any]:
        """What was typed, each word that is near another one put right if that was meant."""
        from reglament.analysis.typed_answers import items_typed

        items = items_typed(question, text)
        if items is None:
            return self._meant_word(version, question, text)
        return [
            self._meant_word(version, question, one) if isinstance(one, str) else one
            for one in items
        ]

    def _meant_word(self, version: Version, question: Question, word: str) -> str:
        from reglament.analysis.typed_answers import is_yes, near_word
        from reglament.rendering.words.labels import value_words

        near = near_word(version, question, word)
        if near is None:
            return word
        label = value_words(version, question.fact, near, self.language)
        meant = near if label == near else f"{label} (`{near}`)"
        tell(Message("did-you-mean-answer", meant=meant).to(self.language))
        return near if is_yes(_typed() or "") else word

    def _take(self, version: Version, question: Question, typed: str | list[Any]) -> None:
        """Keep the answer where it fits; what is wrong with it is said."""
        from reglament.analysis.typed_answers import value_typed
        from reglament.language.syntax.mismatch import TypeMismatch

        try:
            value = value_typed(version, question, typed)
            self.policy.decide({**self.told, question.fact: value}, at=self.at)
        except TypeMismatch as unfit:
            tell(unfit.message.to(self.language))
            if unfit.hint is not None:
                tell(f"   = {unfit.hint.to(self.language)}")
        except Refused as refused:
            tell(refused.to_text(self.language))
        else:
            self.told |= told_by_answer(version, self.told, question.fact, value)

    def _version(self) -> Version:
        return self.policy.decide(self.told, at=self.at).version

    def _conclude(self) -> None:
        from reglament.rendering.words.labels import label, outcome_words

        decided = self.policy.decide(self.told, at=self.at)
        tell()
        tell(decided.explain(self.language))
        answers = decided.version.explain.answer if decided.version.explain else None
        for name in self.decisions or ():
            if name != answers:
                value = outcome_words(decided.version, decided.document, name, self.language)
                tell(f"{label(decided.version, name, self.language)}: {value}")
        self._tell_who_knows(decided)

    def _tell_who_knows(self, decided: Decided) -> None:
        """What others than the one who was asked have still to tell."""
        from reglament.analysis.interview import asked_about
        from reglament.rendering.words.labels import quoted_labels

        if self.asked_of is None:
            return
        asked = asked_about(decided.version, self.decisions)
        needs = dict.fromkeys(fact for name in asked for fact in decided[name].needs)
        others = decided.version.facts_of_others(self.asked_of)
        if left := [fact for fact in needs if fact in others]:
            named = quoted_labels(decided.version, left, self.language)
            tell(Message("others-will-tell", facts=named).to(self.language))


def _typed() -> str | None:
    """A line of the input; None at its end."""
    try:
        typed: str = click.prompt("", prompt_suffix="> ", default="", show_default=False)
    except click.Abort as abort:
        if isinstance(abort.__context__, KeyboardInterrupt):
            raise
        return None
    return typed.strip()


_FORMAT = {
    "date": Message("date"),
    "datetime": Message("date-time-t18"),
    "time": Message("time-t18"),
    "duration": Message("duration-hours"),
    "period": Message("period-months"),
    "list": Message("parted-commas-none"),
}


def tell(text: str = "") -> None:
    """Print text for people, its lines no longer than the terminal is wide."""
    say(wrapped(text, shutil.get_terminal_size().columns) if is_terminal() else text)


def wrapped(text: str, width: int) -> str:
    """Each line broken between words; what follows stands under its first word."""
    return "\n".join(_broken(line, width) for line in text.splitlines())


def _broken(line: str, width: int) -> str:
    body = line.lstrip(" ")
    number, is_option, _ = body.partition(") ")
    hang = len(line) - len(body) + (len(number) + 2 if is_option and number.isdecimal() else 0)
    return textwrap.fill(
        line,
        max(width, hang + 10),
        subsequent_indent=" " * hang,
        break_long_words=False,
        break_on_hyphens=False,
    )


def question_lines(version: Version, question: Question, language: Language) -> Iterator[str]:
    """The question, the values that it offers by number, and how others are written."""
    from reglament.analysis.typed_answers import NULL_BY_WORD, numbered
    from reglament.rendering.words.bounds_in_words import bounds_words

    yield question.text.to(language)
    for number, (_, label) in enumerate(numbered(question), 1):
        yield f"  {number}) {label.to(language)}"
    if question.options and question.is_open:
        yield f"  {Message('any-other-word').to(language)}"
    if question.kind in _FORMAT:
        yield f"  {_FORMAT[question.kind].to(language)}"
    fact = field_of(version, question.fact) or version.facts.get(question.fact)
    bounds = None if fact is None else bounds_words(fact.type, language, version.zone)
    if bounds:
        yield f"  {bounds}"
    if question.null_means is not None and question.kind in NULL_BY_WORD:
        yield f"  `-` – {question.null_means.to(language)}"

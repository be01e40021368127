"""From a browser's questions to an interview: one question a page, until the answer is certain.

The answers stand in the address of the page and nowhere else, so that whoever has the link goes
on where it was left, and going back is what the browser does anyway.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from reglament.analysis.interview import (
    Question,
    asked_about,
    question_about,
    refuse_unknown_reader,
    told_by_answer,
)
from reglament.analysis.typed_answers import is_said, numbered, value_typed
from reglament.analysis.why_asked import why_lines
from reglament.frozen import frozen
from reglament.interfaces.http.answers_so_far import (
    NONE,
    NULL,
    UNKNOWN,
    AnswerSoFar,
    AnswersSoFar,
    answer_of,
    answers_in,
    item_named,
    type_named,
)
from reglament.interfaces.http.served_pages import (
    LANGUAGE,
    Frame,
    framed,
    here,
    linked,
    moved,
    page,
    reader_language,
)
from reglament.language.requests.request_reader import fact_table
from reglament.language.syntax.mismatch import TypeMismatch
from reglament.messages import Language, Message, Words, languages
from reglament.model.letters import REQUESTER
from reglament.model.lists import more_path
from reglament.model.problems import Refused
from reglament.model.regulation import Version
from reglament.model.values import Kind, Value
from reglament.policy import Decided, Policy
from reglament.rendering.pages.decision_page import working_time
from reglament.rendering.words.bounds_in_words import bounds_words
from reglament.rendering.words.cldr import capital
from reglament.rendering.words.labels import label, value_words

ASKED, ANSWER, OTHER = "-asked", "-answer", "-other"
CHANGED, FOR = "-change", "-for"
EVERYBODY = "all"
"""In `-for`: ask whatever matters, whoever can tell it."""
_KEPT = (FOR, LANGUAGE)
_HINTS: dict[Kind, Words] = {
    Kind.TIME: Message("time-t18"),
    Kind.DURATION: Message("duration-hours"),
    Kind.PERIOD: Message("period-months"),
    Kind.LIST: Message("ask-parted-by-commas"),
    Kind.RECORD: Message("a-json-object"),
}
_INPUTS = {Kind.DATE: "date", Kind.DATETIME: "datetime-local", Kind.TIME: "time"}


def policies_page(request: Request, policies: dict[str, Policy]) -> Response:
    """The policies that one may ask by, for whoever came without a link."""
    language = reader_language(request)
    listed = [
        (linked(request, f"/ask/{name}"), policy.versions[-1].title.to(language))
        for name, policy in policies.items()
    ]
    return page("policies.html", framed(request, language), policies=listed)


def interview_page(request: Request, name: str, policy: Policy) -> Response:
    """The next question, the same again if the answer did not fit, or what was decided.

    Raises Refused for a link that tells what the policy does not know.
    """
    return _Interview(request, name, policy).answered()


@frozen(slots=False)
class _Interview:
    request: Request
    name: str
    policy: Policy

    @cached_property
    def so_far(self) -> AnswersSoFar:
        """What the address says."""
        return answers_in(self.request.query_params.multi_items())

    @cached_property
    def decided(self) -> Decided:
        """What is decided by it. Raises Refused."""
        return self.policy.decide(self._facts)

    @cached_property
    def _facts(self) -> dict[str, Any]:
        return self.so_far.facts(self.policy.versions[-1])

    @property
    def version(self) -> Version:
        return self.decided.version

    @cached_property
    def known(self) -> tuple[Language, ...]:
        """The languages that both the engine and the policy have."""
        return tuple(one for one in self.version.languages if one in languages()) or languages()

    @cached_property
    def language(self) -> Language:
        return reader_language(self.request, self.known)

    @cached_property
    def asked_of(self) -> str | None:
        """Who is asked; None for everybody. Raises Refused for somebody who tells nothing."""
        told = self.request.query_params.get(FOR)
        if told == EVERYBODY:
            return None
        refuse_unknown_reader(self.version, told)
        is_told_by = any(REQUESTER in fact.told_by for fact in self.version.facts.values())
        return told or (REQUESTER if is_told_by else None)

    @property
    def frame(self) -> Frame:
        return framed(self.request, self.language, self.known)

    def answered(self) -> Response:
        asked = self.request.query_params.get(ASKED)
        if asked is None or type_named(self.version, asked) is None:
            return self._asked_or_told()
        if self.so_far.of(asked) is not None:  # a button said it: unknown, or null
            return moved(self._address(self.so_far))
        question = self._question(asked)
        try:
            value = _value_sent(self.request, self.version, question)
            ((name, told),) = told_by_answer(self.version, self._facts, asked, value).items()
            following = self.so_far.and_then(answer_of(name, told))
            self.policy.decide(following.facts(self.policy.versions[-1]))
        except (TypeMismatch, Refused) as wrong:
            return self._question_page(question, list(_said(wrong, self.language)))
        return moved(self._address(following))

    def _asked_or_told(self) -> Response:
        changed = self.request.query_params.get(CHANGED)
        if changed is not None and type_named(self.version, changed) is not None:
            return self._question_page(question_about(self.version, changed))
        question = self._next()
        return self._result_page() if question is None else self._question_page(question)

    def _next(self) -> Question | None:
        not_known = self.so_far.not_known
        return self.policy.next_question(self._facts, not_known=not_known, asked_of=self.asked_of)

    def _question(self, fact: str) -> Question:
        """The question that was answered, with why it was asked where it is the next one."""
        following = self._next()
        if following is not None and following.fact == fact:
            return following
        return question_about(self.version, fact)

    # -- pages ------------------------------------------------------------------------------

    def _question_page(self, question: Question, wrong: Sequence[str] = ()) -> Response:
        others = self.so_far.without(question.fact)
        before = self.so_far.of(question.fact)
        texts = self.request.query_params.getlist(ANSWER) if wrong else []
        hidden = [*others.parameters, *self._kept(), (ASKED, question.fact)]
        field = _field(self.version, question, self.language, before, texts)
        field["other"] = self.request.query_params.get(OTHER) if wrong else field["other"]
        last = others.given[-1].fact if others.given else None
        return page(
            "question.html",
            self.frame,
            status=422 if wrong else 200,
            title=self.version.title.to(self.language),
            question=question.text.to(self.language),
            field=field,
            wrong=wrong,
            why=list(why_lines(self.version, question, self.language)),
            action=f"/ask/{self.name}",
            hidden=hidden,
            back=None if last is None else self._change(others, last),
            possible=list(self._possible(question)),
            answers=list(self._answers(others)),
            fact=question.fact,
        )

    def _result_page(self) -> Response:
        decided, language = self.decided, self.language
        letter = decided.explain(language, "client")
        shown = asked_about(self.version, None)
        last = self.so_far.given[-1].fact if self.so_far.given else None
        return page(
            "answer.html",
            self.frame,
            title=self.version.title.to(language),
            is_certain=all(decided[name].is_determined for name in shown),
            paragraphs=letter.split("\n\n"),
            pictures=list(working_time(self.version, decided.document, language)),
            answers=list(self._answers(self.so_far)),
            back=None if last is None else self._change(self.so_far, last),
            again=here(f"/ask/{self.name}", self._kept()),
            version=self.version.version,
            digest=self.version.digest,
        )

    def _possible(self, question: Question) -> Iterator[str]:
        """What the answer may still be: how far there is to go."""
        for one in question.open:
            for value in one.possible or ():
                yield value_words(self.version, one.decision, value, self.language)

    def _answers(self, answers: AnswersSoFar) -> Iterator[dict[str, str]]:
        """What was answered, in words, and the link that changes it."""
        table = fact_table(self.version)
        for answer in answers.given:
            if type_named(self.version, answer.fact) is None:
                continue
            if answer.mark == UNKNOWN:
                said = Message("ask-not-known-given").to(self.language)
            elif item_named(self.version, answer.fact) is not None:
                said = Message("yes").to(self.language)
            else:
                value = table.check(answer.fact, self._facts[answer.fact])
                said = value_words(self.version, answer.fact, value, self.language)
            yield {
                "fact": answer.fact,
                "label": capital(label(self.version, answer.fact, self.language)),
                "value": said,
                "change": self._change(self.so_far, answer.fact),
            }

    # -- addresses --------------------------------------------------------------------------

    def _kept(self) -> list[tuple[str, str]]:
        told = self.request.query_params
        return [(name, told[name]) for name in _KEPT if name in told]

    def _address(self, answers: AnswersSoFar) -> str:
        return here(f"/ask/{self.name}", [*answers.parameters, *self._kept()])

    def _change(self, answers: AnswersSoFar, fact: str) -> str:
        item = item_named(self.version, fact)
        if item is not None:  # it is asked again whether there is one
            answers, fact = answers.without_items(*item), more_path(item[0])
        kept = [*answers.parameters, *self._kept(), (CHANGED, fact)]
        return here(f"/ask/{self.name}", kept)


def _value_sent(request: Request, version: Version, question: Question) -> Value:
    """The value that the fields of the form tell. Raises TypeMismatch."""
    told = request.query_params
    texts = [one.strip() for one in told.getlist(ANSWER) if one.strip()]
    other = told.get(OTHER, "").strip()
    if question.kind is Kind.LIST and question.options:
        words = [_chosen(question, text) for text in texts]
        return fact_table(version).check(question.fact, _nonempty([*words, *_list(other)]))
    if other and not texts:
        return fact_table(version).check(question.fact, _meant(question, other))
    if not texts:
        raise TypeMismatch("no-answer", Message("ask-no-answer"))
    if numbered(question) and question.kind in (Kind.CHOICE, Kind.BOOLEAN):
        return fact_table(version).check(question.fact, _chosen(question, texts[0]))
    if question.kind is Kind.RECORD or (texts[0].isdecimal() and question.kind in _INPUTS):
        return fact_table(version).check(question.fact, texts[0])
    return value_typed(version, question, texts[0])


def _chosen(question: Question, number: str) -> Value:
    """The option that a radio button or a box stands for. Raises TypeMismatch."""
    options = numbered(question)
    if not number.isdecimal() or int(number[:9]) >= len(options):
        raise TypeMismatch("no-answer", Message("ask-no-answer"))
    return options[int(number[:9])][0]


def _meant(question: Question, text: str) -> Value:
    return next((value for value, words in question.options if is_said(text, words)), text)


def _list(text: str) -> list[str]:
    return [one.strip() for one in text.split(",") if one.strip()]


def _nonempty(values: list[Any]) -> list[Any]:
    if not values:
        raise TypeMismatch("no-answer", Message("ask-no-answer"))
    return values


def _said(wrong: TypeMismatch | Refused, language: Language) -> Iterator[str]:
    """What does not fit, then what would."""
    if isinstance(wrong, TypeMismatch):
        told = [(wrong.message, wrong.hint)]
    else:
        told = [(problem.message, problem.hint) for problem in wrong.problems]
    for message, hint in told:
        yield message.to(language)
        if hint is not None:
            yield hint.to(language)


def _field(
    version: Version,
    question: Question,
    language: Language,
    before: AnswerSoFar | None,
    sent: Sequence[str],
) -> dict[str, Any]:
    """What the form shows to answer by: a list to choose from, or a field to fill."""
    kind, options = question.kind, numbered(question)
    is_list = kind is Kind.LIST
    has_choices = bool(question.options)
    told = set() if before is None else set(before.texts)
    choices = [
        {
            "number": str(number),
            "label": words.to(language),
            "checked": str(number) in sent or _is_told(value, before, told),
        }
        for number, (value, words) in enumerate(options)
        if not (is_list and value is None)
    ]
    words = {answer_text(value) for value, _ in options}
    others = [] if before is None else [text for text in before.texts if text not in words]
    null = question.null_means
    is_button = null is not None and (is_list or not has_choices)
    return {
        "kind": "boxes" if is_list and has_choices else "radios" if has_choices else "text",
        "choices": choices if has_choices else [],
        "is_open": question.is_open,
        "other": ", ".join(others) if has_choices else "",
        "type": _INPUTS.get(kind, "text"),
        "mode": "numeric" if kind is Kind.INTEGER else "decimal" if kind is Kind.DECIMAL else "",
        "value": (sent[0] if sent else ", ".join(others or sorted(told)))[:10_000],
        "hints": list(_hints(version, question, language)),
        "null": null.to(language) if is_button and null is not None else None,
        "none": NONE if is_list and has_choices else None,
        "marks": {"unknown": UNKNOWN, "null": NULL, "answer": ANSWER, "other": OTHER},
    }


def answer_text(value: Value) -> str:
    """The value as it stands in an address."""
    return next(iter(answer_of("", value).texts), "")


def _is_told(value: Value, before: AnswerSoFar | None, told: set[str]) -> bool:
    if before is None:
        return False
    if value is None:
        return before.mark == NULL
    return answer_text(value) in told


def _hints(version: Version, question: Question, language: Language) -> Iterator[str]:
    if question.kind in _HINTS and not question.options:
        yield _HINTS[question.kind].to(language)
    if question.kind is Kind.DATETIME:
        yield Message("ask-zone", zone=version.zone).to(language)
    type_ = type_named(version, question.fact)
    if type_ is not None and (bounds := bounds_words(type_, language, version.zone)):
        yield bounds

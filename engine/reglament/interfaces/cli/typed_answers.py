"""From a line typed in answer to a question to the value that it tells."""

from __future__ import annotations

from reglament.analysis.interview import Question
from reglament.language.requests.request_reader import fact_table
from reglament.language.syntax.mismatch import Unfit
from reglament.messages import Message
from reglament.model.normal import nfc
from reglament.model.regulation import Version
from reglament.model.values import Kind, Value
from reglament.model.words import translations

NULL = "null"
EMPTY_LIST = "-"
_BOOLEANS = {"yes": True, "y": True, "true": True, "да": True, "д": True,
             "no": False, "n": False, "false": False, "нет": False, "н": False}  # fmt: skip


def value_typed(version: Version, question: Question, text: str) -> Value:
    """The value of the question's fact. Raises Unfit, as the reader of requests does.

    An option may be given by its number, its word or its label; items of a list are
    parted by commas.
    """
    check, text = fact_table(version).check, nfc(text)
    if text == NULL:
        return check(question.fact, None)
    if question.kind is Kind.LIST:
        items = [] if text == EMPTY_LIST else [one.strip() for one in text.split(",")]
        return check(question.fact, [_option(question, item) for item in items])
    if question.kind is Kind.BOOLEAN and text.casefold() in _BOOLEANS:
        return _BOOLEANS[text.casefold()]
    if question.kind is Kind.INTEGER:
        return check(question.fact, _whole(text))
    return check(question.fact, _option(question, text))


def words_typed(question: Question, text: str) -> list[str]:
    """The words of an answer, each by itself: the items of a list."""
    return text.split(",") if question.kind is Kind.LIST and text != NULL else [text]


def near_word(version: Version, question: Question, text: str) -> str | None:
    """The option that was likely meant by a word typed, which is none itself."""
    text = nfc(text.strip())
    vocabulary = fact_table(version).vocabularies.get(question.fact)
    if vocabulary is None or text in (NULL, EMPTY_LIST) or text.isdecimal():
        return None
    typed = _option(question, text)
    return vocabulary.near(typed) if isinstance(typed, str) else None


def _option(question: Question, text: str) -> Value:
    if not question.options:
        return text
    if text.isdecimal():
        return _numbered(question, int(text))
    for value, label in question.options:
        said = (text.casefold() for text in translations(label).values())
        if text == value or text.casefold() in said:
            return value
    return text


def _numbered(question: Question, number: int) -> Value:
    if 1 <= number <= len(question.options):
        return question.options[number - 1][0]
    most = len(question.options)
    message = Message("not-option", number=number, most=most)
    raise Unfit("unknown-option", message)


def _whole(text: str) -> int | str:
    digits = text.removeprefix("-")
    return int(text) if digits.isascii() and digits.isdigit() and len(digits) < 20 else text

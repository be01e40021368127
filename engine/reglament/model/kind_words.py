"""What a value of each kind is, in words."""

from __future__ import annotations

from collections.abc import Mapping

from reglament.messages import Message, Words
from reglament.model.values import Kind

KIND_WORDS: Mapping[Kind, Words] = {
    Kind.CHOICE: Message("one-listed-words"),
    Kind.BOOLEAN: Message("true-false"),
    Kind.INTEGER: Message("whole-number"),
    Kind.DECIMAL: Message("number"),
    Kind.DATE: Message("date-unfit"),
    Kind.DATETIME: Message("date-time"),
    Kind.TIME: Message("time-of-day"),
    Kind.DURATION: Message("duration"),
    Kind.PERIOD: Message("period"),
    Kind.TEXT: Message("text"),
    Kind.LIST: Message("list"),
    Kind.RECORD: Message("set-fields"),
}

"""From words of rules that something else is called, too, to what each was taken for."""

from __future__ import annotations

from collections.abc import Iterator

from reglament.analysis.findings.finding import Finding, Severity, places_of
from reglament.messages import Message
from reglament.model.regulation import Version
from reglament.model.words_or_names import WordOrName


def words_or_names(version: Version) -> Iterator[Finding]:
    """Bare words of tests and outcomes that may be read as a word and as a name."""
    for one in version.words_or_names:
        yield Finding(
            code="word-or-name",
            severity=Severity.WARNING if one.is_name else Severity.NOTE,
            message=_message(one),
            subject=one.word,
            places=places_of(one.place),
            hint=Message("write-literal-or-same-as", word=one.word),
        )


def _message(one: WordOrName) -> Message:
    if one.is_name:
        return Message("word-taken-for-name", word=one.word)
    return Message("word-is-name-too", word=one.word)

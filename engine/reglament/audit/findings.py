"""What an audit of a log finds: each thing by name, at its entry, in words."""

from __future__ import annotations

from dataclasses import dataclass

from reglament.model.words import Language, Words


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong; `code` is its stable name, `sequence` the entry it was found at."""

    code: str
    sequence: int | None
    message: Words

    def to_text(self, language: Language) -> str:
        """`deleted-entry: …`."""
        return f"{self.code}: {self.message.to(language)}"


def edited(sequence: int) -> Finding:
    """The bytes of an entry do not give its hash."""
    return Finding(
        "edited-entry",
        sequence,
        Words(
            ru=f"запись {sequence} изменена: её содержание не даёт её хэш",
            en=f"entry {sequence} was edited: its content does not give its hash",
        ),
    )


def rewritten(sequence: int, later: int) -> Finding:
    """An entry gives its hash, but not the one that the next entry chains to."""
    return Finding(
        "edited-entry",
        sequence,
        Words(
            ru=f"запись {sequence} подменена вместе с хэшем: запись {later} продолжает другую",
            en=f"entry {sequence} was replaced, hash and all: entry {later} follows another one",
        ),
    )


def beside(sequence: int, column: str) -> Finding:
    """A column beside the body says something else."""
    return Finding(
        "edited-entry",
        sequence,
        Words(
            ru=f"у записи {sequence} столбец `{column}` говорит не то, что её содержание",
            en=f"at entry {sequence} the column `{column}` does not say what its content says",
        ),
    )


def deleted(first: int, last: int) -> Finding:
    """Entries that later ones tell of are not there."""
    which = str(first) if first == last else f"{first}-{last}"
    return Finding(
        "deleted-entry",
        first,
        Words(
            ru=f"удалено: {which}; соседние записи стоят, а между ними пропуск",
            en=f"deleted: {which}; the entries around stand, and there is a gap between them",
        ),
    )


def inserted(place: int) -> Finding:
    """An entry that none follows stands among those of the chain."""
    return Finding(
        "inserted-entry",
        place,
        Words(
            ru=f"запись на месте {place} вставлена: цепь проходит мимо неё",
            en=f"the entry at {place} was inserted: the chain passes it by",
        ),
    )


def reordered(place: int, own: int) -> Finding:
    """An entry stands elsewhere than the chain has it."""
    return Finding(
        "reordered-entry",
        place,
        Words(
            ru=f"на месте {place} стоит запись {own}: порядок записей изменён",
            en=f"entry {own} stands at {place}: the entries were reordered",
        ),
    )


def renumbered(place: int, own: int) -> Finding:
    """An entry bears another number than it was sealed with, its place in the chain being right."""
    return Finding(
        "renumbered-entry",
        place,
        Words(
            ru=f"запись {own} хранится под номером {place}",
            en=f"entry {own} is kept under the number {place}",
        ),
    )


def backwards(sequence: int) -> Finding:
    """An entry is dated before the one before it."""
    return Finding(
        "time-backwards",
        sequence,
        Words(
            ru=f"запись {sequence} датирована раньше предыдущей",
            en=f"entry {sequence} is dated before the one before it",
        ),
    )


def replaced(why: Words) -> Finding:
    """This is not the log that it should be."""
    message = Words(ru=f"журнал подменён: {why.ru}", en=f"the log was replaced: {why.en}")
    return Finding("replaced-log", None, message)


def truncated(last: int, expected: int) -> Finding:
    """The log ends before its checkpoint."""
    return Finding(
        "truncated-tail",
        expected,
        Words(
            ru=f"конец отрезан: контрольная точка видела запись {expected}, а последняя - {last}",
            en=f"the tail was cut: the checkpoint saw entry {expected}, and the last is {last}",
        ),
    )

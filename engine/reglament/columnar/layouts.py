"""From decided columns to the columns that are written: narrow, wide or full.

Narrow has the number of a class for each decision, and what was computed; what a class says stands
once in a table beside. Wide has the outcome, the status and the rules of each decision; full has
whatever else a class says. A refused row has its error in every layout.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final, Literal, get_args

import numpy as np
import pyarrow as pa

from reglament.columnar.column_evaluator import ColumnEvaluator
from reglament.columnar.decided_columns import DecidedColumns, DecisionColumn, arrow_type
from reglament.columnar.keys.class_records import ClassRecord, Details
from reglament.columnar.reading.arrow_cells import numbers_or
from reglament.columnar.reading.fact_columns import columns_of
from reglament.columnar.vectors.vector_values import column_of
from reglament.language.syntax.suggest import suggestion
from reglament.messages import Language, Message, Words
from reglament.model.decisions import Decision
from reglament.model.problems import refusal
from reglament.model.values import Kind
from reglament.rendering.plain.plain_values import of_type, plain

Layout = Literal["narrow", "wide", "full"]
LAYOUTS: Final[tuple[Layout, ...]] = get_args(Layout)
CLASS: Final = ".class"
ERROR_COLUMN: Final = "error"
MESSAGE: Final = "error.message"
_WORDS: Final = pa.dictionary(pa.int32(), pa.string())
_LISTS: Final = ("needs", "clauses", "open_clauses", "readings", "because_rules")
_OF_ITEMS: Final = ("open", "ask")
NOTHING: Final = -1  # in the place of the number of a word: the last one
Cell = Callable[[ClassRecord], str | None]
_JSON_KINDS: Final = frozenset({Kind.LIST, Kind.RECORD})


def details_of(layout: Layout, *, is_compared: bool = False) -> Details:
    """What the layout tells of classes; where they are compared with others, all."""
    return "rules" if layout == "wide" and not is_compared else "all"


def joined(names: Sequence[str]) -> str:
    """Ids in one cell: none of them holds a space."""
    return " ".join(names)


def outcome_text(decision: Decision, value: Any) -> str | None:
    """An outcome as text: a word as it is, a list or a record as JSON."""
    told = of_type(value, decision.outcome_type)
    if told is None or isinstance(told, str):
        return told
    return json.dumps(told, ensure_ascii=False)


def possible_text(decision: Decision, values: Sequence[Any] | None) -> str | None:
    """The outcomes still possible as a JSON list; None where they cannot be listed."""
    if values is None:
        return None
    told = [of_type(one, decision.outcome_type) for one in values]
    return json.dumps(told, ensure_ascii=False)


def cells_of(decision: Decision, layout: Layout) -> dict[str, Cell]:
    """What the layout says of a class besides its outcome, by the ending of the column's name."""
    if layout == "narrow":
        return {}
    cells: dict[str, Cell] = {
        ".status": lambda record: str(record.status),
        ".rules": lambda record: joined(record.rules),
    }
    if layout == "wide":
        return cells
    cells[".possible"] = lambda record: possible_text(decision, record.possible)
    for name in (*_LISTS, *_lists_of(decision)):
        cells[f".{name}"] = partial(_list, name)
    return cells


def _lists_of(decision: Decision) -> tuple[str, ...]:
    kind = decision.kind
    return ("met", "unmet", "open") if kind.has_requirements else _OF_ITEMS[: 2 * kind.lists_items]


def _list(name: str, record: ClassRecord) -> str:
    return joined(getattr(record, name))


def telling(evaluator: ColumnEvaluator) -> set[str]:
    """The columns of the table that tell facts which take part in what is asked.

    Where none does, another one: without a column there would be no rows.
    """
    return columns_of(evaluator.columns) or set(sorted(evaluator.telling)[:1])


def kept_columns(
    schema: pa.Schema, evaluator: ColumnEvaluator, names: Sequence[str] | None
) -> pa.Schema:
    """The columns of a table that are handed on: those named, or those that tell no fact at all.

    Raises Refused for a name that no column has.
    """
    if names is None:
        return pa.schema([one for one in schema if one.name not in evaluator.telling])
    for name in names:
        if name not in schema.names:
            hint = suggestion(name, schema.names)
            raise refusal("unknown-column", Message("kept-no-column", name=name), hint)
    return pa.schema([schema.field(name) for name in names])


@dataclass(slots=True)
class LaidOut:
    """Makes the columns of one layout; `numbers` gives the number that a class is written by.

    What is possible of what is computed is listed if `lists`, or where the layout says it.
    """

    evaluator: ColumnEvaluator
    layout: Layout
    kept: pa.Schema
    language: Language
    numbers: Callable[[], pa.Array] | None = None
    lists: bool = False
    _columns: dict[str, _Words] = field(default_factory=dict)
    _classes: dict[str, list[tuple[int, ClassRecord]]] = field(default_factory=dict)

    def refuse_taken(self, hint: Words) -> None:
        """Raises Refused where a column that is kept has the name of another one."""
        taken = set(self.kept.names) & set(self.schema.names[len(self.kept) :])
        if taken:
            raise refusal("column-twice", Message("kept-name-taken", name=min(taken)), hint)

    @property
    def schema(self) -> pa.Schema:
        """The columns, in order: those kept of the input, those of each decision, the error."""
        fields = list(self.kept)
        for name, decision in self.evaluator.decisions.items():
            fields += [pa.field(*one) for one in self._fields(name, decision)]
        if self.layout == "full":
            fields += [pa.field(name, _WORDS) for name in _OF_ROW]
        return pa.schema([*fields, pa.field(ERROR_COLUMN, _WORDS), pa.field(MESSAGE, _WORDS)])

    def decided(self, batch: pa.RecordBatch) -> DecidedColumns:
        """What is decided about the rows, as far as the layout says it."""
        return self.evaluator.decide(batch, lists=self.lists or self.layout == "full")

    def batch(self, rows: pa.RecordBatch, decided: DecidedColumns) -> pa.RecordBatch:
        """The columns for rows and what was decided about them."""
        # Words that tell a fact may come as a dictionary column.
        arrays = [rows.column(one.name).cast(one.type) for one in self.kept]
        for name, decision in self.evaluator.decisions.items():
            arrays += self._arrays(name, decision, decided.decisions[name])
        if self.layout == "full":
            arrays += [self._taken(name, decided.rows, _OF_ROW[name]) for name in _OF_ROW]
        arrays.append(self._taken(ERROR_COLUMN, decided.errors, _code))
        arrays.append(self._taken(MESSAGE, decided.errors, self._message))
        return pa.RecordBatch.from_arrays(arrays, schema=self.schema)

    def _fields(self, name: str, decision: Decision) -> Iterator[tuple[str, pa.DataType]]:
        if self.layout == "narrow":
            yield name + CLASS, pa.int32()
            if name in self.evaluator.value_types:
                yield name, self.evaluator.value_types[name]
            return
        yield name, self._outcome_type(name, decision)
        for ending in cells_of(decision, self.layout):
            yield name + ending, _WORDS
        if self.layout == "full" and name in self.evaluator.value_types:
            yield f"{name}.possible.values", pa.list_(self.evaluator.value_types[name])

    def _arrays(self, name: str, decision: Decision, column: DecisionColumn) -> Iterator[pa.Array]:
        if self.layout == "narrow":
            classes = column.classes
            yield classes if self.numbers is None else self.numbers().take(classes)
            if column.values is not None:
                yield column.values
            return
        yield self._outcomes(name, decision, column)
        for ending, said in cells_of(decision, self.layout).items():
            yield self._of_class(name, ending, column, said)
        if self.layout == "full" and column.possible is not None:
            yield column.possible

    def _outcome_type(self, name: str, decision: Decision) -> pa.DataType:
        if name in self.evaluator.value_types:
            return self.evaluator.value_types[name]
        type_ = decision.outcome_type
        found = arrow_type(type_, self.evaluator.versions[-1].zone)
        return _WORDS if type_.kind in _JSON_KINDS or found == pa.string() else found

    def _outcomes(self, name: str, decision: Decision, column: DecisionColumn) -> pa.Array:
        if column.values is not None:
            return column.values
        type_ = self._outcome_type(name, decision)
        if type_ == _WORDS:
            return self._of_class(
                name, "", column, lambda record: outcome_text(decision, record.outcome)
            )
        mine = [r.outcome if r.decision == name else None for r in self.evaluator.classes]
        return column_of(mine, type_).take(column.classes)

    def _taken(self, name: str, numbers: pa.Array, said: Callable[[Any], str | None]) -> pa.Array:
        every = self.evaluator.row_records if name in _OF_ROW else self.evaluator.problems
        words = self._columns.setdefault(name, _Words(said))
        return words.take(numbers, [*enumerate(every)], len(every))

    def _of_class(self, name: str, ending: str, column: DecisionColumn, said: Cell) -> pa.Array:
        """What is said of classes, of which those of other decisions say nothing."""
        words = self._columns.setdefault(name + ending, _Words(said))
        return words.take(column.classes, self._own(name), len(self.evaluator.classes))

    def _own(self, name: str) -> list[tuple[int, ClassRecord]]:
        """The classes of a decision with their numbers, those found since the last batch, too."""
        classes, known = self.evaluator.classes, self._classes
        start = sum(map(len, known.values()))
        for number, record in enumerate(classes[start:], start):
            known.setdefault(record.decision, []).append((number, record))
        return known.get(name, [])

    def _message(self, problems: Sequence[Any]) -> str:
        return "\n".join(problem.message.to(self.language) for problem in problems)


def _code(problems: Sequence[Any]) -> str:
    return joined(list(dict.fromkeys(problem.code for problem in problems)))


_OF_ROW: Final[Mapping[str, Callable[[Any], str]]] = {
    "version": lambda row: row.version,
    "as_of_source": lambda row: row.as_of_source,
    "notes": lambda row: joined([note.code for note in row.notes]),
    "assumed": lambda row: json.dumps({name: plain(value) for name, value in row.assumed}),
}


class _Words:
    """A dictionary of what records say, which grows as records come up."""

    def __init__(self, said: Callable[[Any], str | None]) -> None:
        self._said = said
        self._codes: dict[str, int] = {}
        self._code_of: list[int] = []  # of the records, in their order

    def take(self, numbers: pa.Array, records: Sequence[tuple[int, Any]], count: int) -> pa.Array:
        """What rows say; `records` are those that say anything, of `count`, by their numbers."""
        for _, record in records[len(self._code_of) :]:
            word = self._said(record)
            code = NOTHING if word is None else self._codes.setdefault(word, len(self._codes))
            self._code_of.append(code)
        code_of = np.full(count + 1, NOTHING, np.int32)  # the last is of rows without a number
        code_of[[number for number, _ in records]] = self._code_of
        codes = code_of.take(numbers_or(numbers, NOTHING))
        nulls = codes == NOTHING
        found = pa.array(codes, mask=nulls if nulls.any() else None)
        return pa.DictionaryArray.from_arrays(found, pa.array(list(self._codes), pa.string()))

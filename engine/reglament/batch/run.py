"""One run: what it reads, by what it decides, the rows that it writes, and the manifest of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa

from reglament import __version__
from reglament.batch.class_table import ClassTable
from reglament.batch.manifests import (
    FORMAT,
    digest_of,
    with_digests,
)
from reglament.batch.row_sample import RowSample
from reglament.batch.table_sources import Part, RowSource
from reglament.columnar.column_evaluator import ColumnEvaluator
from reglament.columnar.layouts import LaidOut, Layout, kept_columns, telling
from reglament.frozen import frozen
from reglament.messages import Language, Message

Progress = Callable[[int, int | None], None]


@frozen
class RunSettings:
    """What a run is told besides its input and its output.

    `kept` are columns of the input that are written too; None means those that tell no fact.
    `sample` rows are decided a second time, one by one, and compared; `seed` chooses them.
    """

    layout: Layout = "wide"
    language: Language = "en"
    kept: tuple[str, ...] | None = None
    sample: int = 0
    seed: int = 0
    is_proven: bool = False
    is_resumed: bool = False


@dataclass(slots=True)
class Run:
    """One run: what it reads, what it writes, and what came of it."""

    evaluator: ColumnEvaluator
    source: RowSource
    output: Path
    settings: RunSettings
    progress: Progress = lambda done, rows: None
    done: int = 0
    parts: list[dict[str, Any]] = field(default_factory=list)
    refused_before: dict[str, int] = field(default_factory=dict)
    classes: ClassTable = field(init=False)
    laid_out: LaidOut = field(init=False)
    sample: RowSample = field(init=False)

    def __post_init__(self) -> None:
        """Find the columns. Raises Refused for those that do not fit."""
        told, evaluator = self.settings, self.evaluator
        evaluator.bind(self.source.schema)
        kept = self._kept()
        self.classes = ClassTable(evaluator)
        self.laid_out = LaidOut(
            evaluator,
            told.layout,
            kept,
            told.language,
            numbers=self.classes.numbers,
            lists=told.sample > 0,
        )
        self.laid_out.refuse_taken(Message("keep-others"))
        self.sample = RowSample(evaluator, told.sample, told.seed)

    # -- columns --------------------------------------------------------------------------------

    def _kept(self) -> pa.Schema:
        names = self.settings.kept
        if names is not None and self.source.kind == "jsonl":
            # Which columns it has besides facts is not known beforehand.
            return pa.schema([(name, pa.string()) for name in names])
        return kept_columns(self.source.schema, self.evaluator, names)

    # -- rows -----------------------------------------------------------------------------------

    def input_parts(self) -> Sequence[Part]:
        """The parts of the input, with the columns that are needed."""
        return self.source.parts(telling(self.evaluator) | set(self.laid_out.kept.names))

    def decided(self, part: Part) -> Iterator[pa.RecordBatch]:
        """The rows of a part as they are written."""
        for batch in part.read():
            decided = self.laid_out.decided(batch)
            self.sample.take(self.done, batch, decided)
            self.done += batch.num_rows
            self.progress(self.done, self.source.rows)
            yield self.laid_out.batch(batch, decided)

    # -- the manifest ---------------------------------------------------------------------------

    def manifest(
        self, classes: Mapping[str, Any] | None, *, is_whole: bool = True
    ) -> dict[str, Any]:
        """What was read, by what it was decided, and what was written; each key with its digest."""
        said = {
            "format": FORMAT,
            "complete": is_whole,
            "engine": __version__,
            **self.asked(),
            "input": self.input(),
            "rows": self.done,
            "refused": self.refused(),
            "output": {"name": str(self.output), "parts": self.parts},
            "classes": classes,
            "class_rows": [row["rows"] for row in self.classes.counted()],
            "sample": {"rows": self.sample.size, "seed": self.sample.seed},
        }
        return with_digests(said)

    def asked(self) -> dict[str, Any]:
        """What two halves of one run must have in common."""
        evaluator, told = self.evaluator, self.settings
        return {
            "policy": {
                "id": evaluator.versions[-1].policy,
                "versions": {version.version: version.digest for version in evaluator.versions},
            },
            "at": None if evaluator.at is None else evaluator.at.isoformat(),
            "as_of": evaluator.clock.isoformat(),
            "only": None if evaluator.only is None else list(evaluator.only),
            "layout": told.layout,
            "language": told.language,
            "null": evaluator.null,
            "missing_columns": evaluator.missing_columns,
            "mapping": dict(evaluator.mapping),
            **self._beside(),
            "kept": self.laid_out.kept.names,
            "columns": {column.fact.name: ".".join(column.path) for column in evaluator.columns},
        }

    def _beside(self) -> dict[str, Any]:
        """The files with items of lists, where there are any."""
        evaluator = self.evaluator
        beside = {"lines": dict(evaluator.lines), "lines_key": evaluator.lines_key}
        return beside if evaluator.lines else {}

    def input(self) -> dict[str, Any]:
        """What was read; in a run that is to be proven with the digests of its files."""
        if not self.settings.is_proven:
            return {"name": self.source.name}
        return {
            "name": self.source.name,
            "kind": self.source.kind,
            "files": [digest_of(path) for path in self.source.files],
            "digest": self.source.digest(),
        }

    def refused(self) -> dict[str, int]:
        """How many rows were refused, by the code of what is wrong first."""
        counts = dict(self.refused_before)
        pairs = zip(self.evaluator.problems, self.evaluator.problem_counts, strict=True)
        for problems, count in pairs:
            code = problems[0].code
            counts[code] = counts.get(code, 0) + count
        return counts

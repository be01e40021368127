"""From the manifest of a run to what differs from it: files, classes, rows decided again."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from reglament.batch.class_table import LISTS, class_row
from reglament.batch.manifests import MANIFEST, changed_keys, digest_of
from reglament.batch.opening import opened_source, source_for
from reglament.batch.row_sample import Told, chosen_rows, expected
from reglament.batch.table_sinks import cell_text, is_folder
from reglament.batch.table_sources import Part, RowSource
from reglament.columnar.column_evaluator import ColumnEvaluator
from reglament.columnar.keys.class_records import ClassRecord
from reglament.columnar.layouts import CLASS, ERROR_COLUMN, cells_of, outcome_text, telling
from reglament.columnar.row_engine import Deciding, rows_of
from reglament.messages import Message, Words
from reglament.model.problems import Problem, Refused

MOST_TOLD: Final = 20


@dataclass(slots=True)
class CheckedRun:
    """What differs from a manifest, how much was looked at, and what could not be.

    `entry` is the one of a log that records the run.
    """

    files: int = 0
    classes: int = 0
    sample: int = 0
    entry: int | None = None
    differences: list[Words] = field(default_factory=list)
    unchecked: list[Words] = field(default_factory=list)

    @property
    def is_sound(self) -> bool:
        """Whether nothing differs."""
        return not self.differences

    def differs(self, message: Words) -> None:
        """Note a difference; past many, they are no news."""
        if len(self.differences) < MOST_TOLD:
            self.differences.append(message)


def check_run(
    manifest: Mapping[str, Any], path: Path, policy: Deciding, size: int, seed: int | None
) -> CheckedRun:
    """Hash the files again, decide a witness of each class and a sample of rows again.

    Raises Refused where there is nothing to decide by.
    """
    found = CheckedRun()
    for name in changed_keys(manifest):
        found.differs(Message("manifest-key-differs", name=name))
    if found.differences:  # what a changed manifest says is no ground to look at anything
        return found
    run = _Recorded(manifest, path, policy, found)
    run.check_policy()
    run.check_files()
    if not found.differences:  # of other files, or by another policy, everything would differ
        run.check_counts()
        run.check_classes()
        run.check_sample(size, manifest["sample"]["seed"] if seed is None else seed)
    return found


class _Recorded:
    """A run as its manifest records it."""

    def __init__(
        self, manifest: Mapping[str, Any], path: Path, policy: Deciding, run: CheckedRun
    ) -> None:
        self.manifest, self.path, self.policy, self.found = manifest, path, policy, run
        self.evaluator = ColumnEvaluator(
            policy,
            only=manifest["only"],
            at=manifest["at"],
            null=manifest["null"],
            missing_columns=manifest["missing_columns"],
            mapping=manifest["mapping"],
            lines=manifest.get("lines", {}),
            lines_key=manifest.get("lines_key"),
            clock=datetime.fromisoformat(manifest["as_of"]),
        )
        # An auditor may have been given the files: they are looked for beside the manifest, too.
        self.beside = path if path.is_dir() else path.parent
        output = Path(manifest["output"]["name"])
        in_parts = is_folder(output)
        is_within = in_parts and (path.is_dir() or path.name == MANIFEST)
        self.output = self.beside if is_within else self._there(str(output))
        self.folder = self.output if in_parts else self.output.parent

    def _there(self, name: str) -> Path:
        """The file of that name; where there is none, one of its last name beside the manifest."""
        path, beside = Path(name), self.beside / Path(name).name
        return beside if not path.exists() and beside.exists() else path

    def check_policy(self) -> None:
        """Whether each version that was decided by is the one that is here."""
        here = {one.version: one.digest for one in self.evaluator.versions}
        for version, digest in self.manifest["policy"]["versions"].items():
            if here.get(version) != digest:
                found = here.get(version, "-")
                self.found.differs(
                    Message("version-differs", version=version, digest=digest, found=found)
                )

    def check_files(self) -> None:
        """Whether each file is there, and holds what it held."""
        told = self.manifest["input"]
        for file in told.get("files", ()):
            self._check_file(self._there(file["name"]), file)
        if "files" not in told or told.get("digest"):
            self.found.unchecked.append(Message("input-unchecked", name=told["name"]))
        parts = [*self.manifest["output"]["parts"], self.manifest["classes"]]
        for part in parts:
            if part is not None:
                self._check_file(self.folder / part["name"], part)

    def _check_file(self, path: Path, told: Mapping[str, Any]) -> None:
        self.found.files += 1
        if not path.is_file():
            self.found.differs(Message("file-gone", name=str(path)))
        elif digest_of(path)["digest"] != told["digest"]:
            self.found.differs(Message("file-differs", name=str(path)))

    def check_counts(self) -> None:
        """Whether what the manifest says of columns and counts of rows is what the files hold."""
        manifest, columns = self.manifest, dict[str, str]()
        if self._is_of_files:
            self._source()
            columns = {column.fact.name: ".".join(column.path) for column in self.evaluator.columns}
        rows, refused = self._written_counts()
        parts = sum(one["rows"] for one in manifest["output"]["parts"])
        for name, found, said in (
            ("complete", True, manifest["complete"]),
            ("columns", columns or manifest["columns"], manifest["columns"]),
            ("rows", rows, manifest["rows"]),
            ("output.parts", rows, parts),
            ("refused", dict(refused), manifest["refused"]),
        ):
            if found != said:
                shown = Message("manifest-differs", name=name, said=str(said), found=str(found))
                self.found.differs(shown)

    def _written_counts(self) -> tuple[int, Counter[str]]:
        """How many rows were written, and those refused by the code of what is wrong first."""
        rows, refused = 0, Counter[str]()
        for part in opened_source(str(self.output), {}).parts([ERROR_COLUMN]):
            for batch in part.read():
                rows += batch.num_rows
                counts = pc.value_counts(batch.column(ERROR_COLUMN)).to_pylist()
                for count in counts:
                    if count["values"] is not None:
                        refused[count["values"].split()[0]] += count["counts"]
        return rows, refused

    # -- classes --------------------------------------------------------------------------------

    def check_classes(self) -> None:
        """Whether the witness of each class gets what the class says."""
        if self.manifest["classes"] is None:
            self.found.unchecked.append(Message("classes-unwritten"))
            return
        counts = []
        for row in self._class_rows():
            self.found.classes += 1
            counts.append(int(row["rows"]))
            again = self._again(row)
            if again is None or not _says(row, again):
                self.found.differs(
                    Message("class-differs", number=row["class"], decision=row["decision"])
                )
        if counts != self.manifest["class_rows"]:
            self.found.differs(Message("class-rows-differ"))

    def _class_rows(self) -> Iterator[dict[str, Any]]:
        for row in _rows(str(self.folder / self.manifest["classes"]["name"])):
            yield {name: _plain_cell(name, cell) for name, cell in row.items()}

    def _again(self, row: Told) -> dict[str, Any] | None:
        name = row["decision"]
        try:
            decided = self.evaluator.decide_row(json.loads(row["witness"]))
        except Refused:
            return None
        record = expected(self.evaluator, decided)[name]
        return class_row(self.evaluator.decisions[name], record)

    # -- the sample -----------------------------------------------------------------------------

    def check_sample(self, size: int, seed: int) -> None:
        """Whether rows chosen by lot get what the output says of them."""
        if not self._is_of_files:
            self.found.unchecked.append(Message("sample-unchecked"))
            return
        rows = chosen_rows(self.manifest["rows"], size, seed)
        requests, written = self._requests(rows), self._written(rows)
        classes = (
            {}
            if self.manifest["layout"] != "narrow"
            else {str(row["class"]): row for row in self._class_rows()}
        )
        for number, request, said in zip(rows, requests, written, strict=True):
            self.found.sample += 1
            for name in self._differing(request, said, classes):
                self.found.differs(Message("row-differs", row=number + 1, name=name))

    def _requests(self, rows: Sequence[int]) -> Iterator[Any]:
        evaluator, source = self.evaluator, self._source()
        for batch in _picked(source.parts(telling(evaluator)), rows):
            yield from rows_of(batch, evaluator.columns, evaluator.null)

    @property
    def _is_of_files(self) -> bool:
        """Whether the input can be read again."""
        return bool(self.manifest["input"].get("kind", "postgresql") != "postgresql")

    def _source(self) -> RowSource:
        """The input, its columns bound."""
        name = str(self._there(self.manifest["input"]["name"]))
        source = source_for(self.evaluator, name, None)
        self.evaluator.bind(source.schema)
        return source

    def _written(self, rows: Sequence[int]) -> Iterator[dict[str, Any]]:
        name = str(self.output)
        names = [one["name"] for one in self.manifest["output"]["parts"]]
        source = opened_source(name, {})
        columns = source.schema.names or _names_in(self.folder / names[0])
        for batch in _picked(source.parts(columns), rows):
            yield from batch.to_pylist()

    def _differing(self, request: Any, said: Told, classes: Mapping[str, Told]) -> Iterator[str]:
        if isinstance(request, Problem):
            again: dict[str, Any] = {"error": request.code}
        else:
            try:
                again = expected(self.evaluator, self.evaluator.decide_row(request))
            except Refused as refused:
                codes = dict.fromkeys(problem.code for problem in refused.problems)
                again = {"error": " ".join(codes)}
        if cell_text(said.get(ERROR_COLUMN)) != again.get("error"):
            yield ERROR_COLUMN
        elif "error" not in again:
            for name in self.evaluator.decisions:
                yield from self._different_cells(name, again, said, classes)

    def _different_cells(
        self, name: str, again: Told, said: Told, classes: Mapping[str, Told]
    ) -> Iterator[str]:
        evaluator, layout = self.evaluator, self.manifest["layout"]
        decision, record = evaluator.decisions[name], again[name]
        if layout == "narrow":
            if not self._is_class(name, record, said, classes):
                yield name + CLASS
        else:
            for ending, cell in cells_of(decision, layout).items():
                expected_cell = None if record is None else cell(record)
                if cell_text(said.get(name + ending)) != expected_cell:
                    yield name + ending
        if name in evaluator.value_types:
            if cell_text(said.get(name)) != cell_text(again.get(f"{name}.value")):
                yield name
        elif layout != "narrow":
            outcome = None if record is None else outcome_text(decision, record.outcome)
            if cell_text(said.get(name)) != outcome:
                yield name

    def _is_class(
        self, name: str, record: ClassRecord | None, said: Told, classes: Mapping[str, Told]
    ) -> bool:
        number = cell_text(said.get(name + CLASS))
        if record is None or number is None:
            return record is None and number is None
        row, again = classes.get(number), class_row(self.evaluator.decisions[name], record)
        return row is not None and _says(row, again)


def _says(row: Told, again: Told) -> bool:
    """Whether a row of the table of classes says what is said again."""
    return all(row[name] == cell for name, cell in again.items())


def _rows(name: str) -> Iterator[dict[str, Any]]:
    source = opened_source(name, {})
    columns = source.schema.names or _names_in(Path(name))
    for part in source.parts(columns):
        for batch in part.read():
            yield from batch.to_pylist()


def _names_in(path: Path) -> list[str]:
    """The names of the columns of JSON Lines that this engine wrote: those of any line."""
    with path.open(encoding="utf-8") as file:
        return list(json.loads(file.readline() or "{}"))


def _picked(parts: Sequence[Part], rows: Sequence[int]) -> Iterator[pa.RecordBatch]:
    """The rows of these numbers, from 0, in order; parts that have none of them are not read."""
    waiting, first = list(rows), 0
    for part in parts:
        if not waiting:
            return
        if part.rows is not None and waiting[0] >= first + part.rows:
            first += part.rows
            continue
        for batch in part.read():
            mine = [one - first for one in waiting if one < first + batch.num_rows]
            if mine:
                yield batch.take(pa.array(mine))
                del waiting[: len(mine)]
            first += batch.num_rows


def _plain_cell(name: str, cell: Any) -> Any:
    """A cell of the table of classes as any kind of file has it."""
    if name in LISTS and isinstance(cell, str):
        return json.loads(cell)
    return {"true": True, "false": False}.get(cell, cell) if name == "exact" else cell

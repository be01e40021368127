"""From a source to an output: read, decided and written a part at a time, with its manifest.

One file is written beside and takes its place at the end. A folder is filled beside, under its
name with `.partial`: parts that are whole stay there if the run is interrupted, with a manifest
that says which, so that a later run goes on from there.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

import pyarrow as pa

from reglament import __version__
from reglament.batch.class_table import ClassTable
from reglament.batch.lines_table import with_lines
from reglament.batch.manifests import (
    FORMAT,
    MANIFEST,
    as_text,
    changed_keys,
    digest_of,
    read_manifest,
    with_digests,
)
from reglament.batch.opening import opened_source
from reglament.batch.row_sample import RowSample
from reglament.batch.table_sinks import ENDINGS, WrittenFile, kind_of_output, written_table
from reglament.batch.table_sources import Part, RowSource
from reglament.columnar.column_evaluator import ColumnEvaluator
from reglament.columnar.layouts import LaidOut, Layout, kept_columns, telling
from reglament.editing.atomic import write_whole
from reglament.frozen import frozen
from reglament.messages import Language, Message, Words, ticked
from reglament.model.problems import Place, Problem, Refused
from reglament.model.regulation import Fact

CLASSES: Final = "_classes"
PARTIAL: Final = ".partial"
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

    def run(self) -> dict[str, Any]:
        """Decide and write everything; the manifest of it. Raises Refused."""
        if self.output.resolve() in [one.resolve() for one in self.source.files]:
            message = Message("output-is-input", name=str(self.output))
            place = Place.whole(str(self.output))
            raise Refused([Problem("output-refused", message, place)])
        if is_folder(self.output):
            return _Folder(self).run()
        return self._one_file()

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

    def _one_file(self) -> dict[str, Any]:
        kind = kind_of_output(self.output)
        with written_table(self.output, kind, self.laid_out.schema) as table:
            for part in self.input_parts():
                for batch in self.decided(part):
                    table.write(batch)
            self.sample.refuse_differences()
            beside = self._write_classes(classes_path(self.output, kind), kind)
        named = {"name": self.output.name, "part": None, **_told(table.file)}
        self.parts.append(named)
        return self.manifest(beside)

    def _write_classes(self, path: Path, kind: str) -> dict[str, Any] | None:
        if self.settings.layout != "narrow" and not self.settings.is_proven:
            return None
        return {"name": path.name, **_told(self.classes.write(path, kind))}

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
                "versions": {one.version: one.digest for one in evaluator.versions},
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
            "columns": {one.fact.name: ".".join(one.path) for one in evaluator.columns},
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


def is_folder(output: Path) -> bool:
    """Whether the output is a folder of parts: its name has no ending, or it is one already."""
    return not output.suffix or output.is_dir()


def classes_path(output: Path, kind: str) -> Path:
    """Where the table of classes stands beside an output of one file."""
    return output.with_name(f"{output.stem}.classes{ENDINGS[kind]}")


def _told(file: WrittenFile) -> dict[str, Any]:
    return {"rows": file.rows, "bytes": file.bytes, "digest": file.digest}


# -- folders --------------------------------------------------------------------------------


class _Folder:
    """A run into a folder: a file for each part of the input."""

    def __init__(self, run: Run) -> None:
        self.run_ = run
        self.staging = run.output.with_name(run.output.name + PARTIAL)
        self.manifest_path = self.staging / MANIFEST
        self.classes: dict[str, Any] | None = None

    def run(self) -> dict[str, Any]:
        run, output = self.run_, self.run_.output
        self._refuse_full()
        before = self._interrupted()
        self._begin(before)
        try:
            self._write_parts()
        finally:
            if not run.parts and not any(self.staging.iterdir()):
                self.staging.rmdir()
        run.sample.refuse_differences()
        self.staging.mkdir(exist_ok=True)  # of a table without parts nothing is there yet
        manifest = self._write_manifest(f"{CLASSES}.parquet", is_whole=True)
        if output.exists():
            output.rmdir()
        self.staging.rename(output)
        return manifest

    def _write_parts(self) -> None:
        whole = {one["part"] for one in self.run_.parts}
        for number, part in enumerate(self.run_.input_parts()):
            if part.name not in whole:
                self._write(number, part)

    def _write(self, number: int, part: Part) -> None:
        run = self.run_
        path = self.staging / f"part-{number:05}.parquet"
        with written_table(path, "parquet", run.laid_out.schema) as table:
            for batch in run.decided(part):
                table.write(batch)
        run.parts.append({"name": path.name, "part": part.name, **_told(table.file)})
        self._write_manifest(f"{CLASSES}-{number:05}.parquet", is_whole=False)

    def _write_manifest(self, classes: str, *, is_whole: bool) -> dict[str, Any]:
        """Write it with its table of classes, under another name than the one before.

        A run may be killed at any moment: a manifest always names a table that is of its parts.
        """
        run, before = self.run_, self.classes
        if run.parts:
            file = run.classes.write(self.staging / classes, "parquet")
            self.classes = {"name": classes, **_told(file)}
        manifest = run.manifest(self.classes, is_whole=is_whole)
        write_whole(self.manifest_path, as_text(manifest))
        if before is not None and before["name"] != classes:
            (self.staging / before["name"]).unlink()
        return manifest

    def _refuse_full(self) -> None:
        output = self.run_.output
        if output.is_dir() and any(output.iterdir()):
            self._refuse(Message("output-folder-not-empty", name=str(output)))
        if output.exists() and not output.is_dir():
            self._refuse(Message("output-not-folder", name=str(output)), Message("name-output"))

    def _refuse(self, message: Words, hint: Words | None = None) -> None:
        place = Place.whole(str(self.run_.output))
        raise Refused([Problem("output-refused", message, place, hint=hint)])

    def _interrupted(self) -> dict[str, Any] | None:
        """The manifest of the run that is gone on with. Raises Refused where there is a doubt."""
        is_resumed = self.run_.settings.is_resumed
        if not self.manifest_path.exists():
            return None
        if not is_resumed:
            name = str(self.staging)
            self._refuse(Message("run-interrupted-before", name=name), _RESUME_OR_REMOVE)
        before = read_manifest(self.manifest_path)
        if changed := changed_keys(before):
            self._refuse(Message("manifest-key-differs", name=changed[0]), _RESUME_OR_REMOVE)
        return before

    def _begin(self, before: dict[str, Any] | None) -> None:
        run = self.run_
        self.staging.mkdir(parents=True, exist_ok=True)
        self.classes = None if before is None else before["classes"]
        if before is not None:
            self._refuse_other(before)
            self._refuse_changed([*before["output"]["parts"], *filter(None, [self.classes])])
        named = None if self.classes is None else self.classes["name"]
        for left in (*self.staging.glob(".*"), *self.staging.glob(f"{CLASSES}*")):
            if left.name != named:  # of a run that was killed
                left.unlink()
        if before is None or named is None:
            return
        from pyarrow import parquet

        run.parts = before["output"]["parts"]
        run.done = before["rows"]
        run.evaluator.go_on_after(run.done)
        run.refused_before = before["refused"]
        run.classes.load(parquet.read_table(self.staging / named).to_pylist())

    def _refuse_changed(self, files: Sequence[Mapping[str, Any]]) -> None:
        """What is no more as it was written may not be joined to what is written now."""
        for told in files:
            path = self.staging / told["name"]
            if not path.is_file():
                self._refuse(Message("file-gone", name=str(path)), _RESUME_OR_REMOVE)
            if digest_of(path)["digest"] != told["digest"]:
                self._refuse(Message("file-differs", name=str(path)), _RESUME_OR_REMOVE)

    def _refuse_other(self, before: Mapping[str, Any]) -> None:
        """What was decided otherwise before may not be joined to what is decided now."""
        now = json.loads(json.dumps(self.run_.asked()))
        names = [name for name in now if now[name] != before.get(name)]
        if before["input"] != self.run_.input():
            names.append("input")
        if names:
            listed = ticked(names)
            self._refuse(Message("run-before-differs", names=listed), _RESUME_OR_REMOVE)


_RESUME_OR_REMOVE: Final = Message("resume-or-remove")


def interrupted_clock(output: Path) -> datetime | None:
    """The moment as of which an interrupted run decided, which the rest is decided as of too."""
    path = output.with_name(output.name + PARTIAL) / MANIFEST
    if not path.exists():
        return None
    return datetime.fromisoformat(read_manifest(path)["as_of"])


def facts_by_column(evaluator: ColumnEvaluator) -> dict[str, Fact]:
    """The facts by the names of the columns that tell them."""
    facts = dict(evaluator.facts)
    for column, fact in evaluator.mapping.items():
        if fact in facts and column not in facts:
            facts[column] = facts.pop(fact)
    return facts


def source_for(
    evaluator: ColumnEvaluator,
    name: str,
    query: str | None,
    more: Mapping[str, Fact] = MappingProxyType({}),
) -> RowSource:
    """The table of that name, its text columns read as the facts that they tell. Raises Refused.

    `more` are facts beside those of the evaluator.
    """
    facts = {**more, **facts_by_column(evaluator)}
    source = opened_source(name, facts, query)
    for fact, file in evaluator.lines.items():
        source = with_lines(source, evaluator.lists[fact], Path(file), evaluator.lines_key)
    return source


def opened_columns(
    evaluator: ColumnEvaluator, name: str, query: str | None
) -> tuple[RowSource, Sequence[Part]]:
    """The table of that name, and its parts with the columns that tell facts. Raises Refused."""
    source = source_for(evaluator, name, query)
    evaluator.bind(source.schema)
    return source, source.parts(telling(evaluator))

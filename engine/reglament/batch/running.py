"""From a source to an output: read, decided and written a part at a time, with its manifest.

Into a folder each part of the input is a file, so that a later run can go on from them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from reglament.batch.manifests import MANIFEST, as_text, changed_keys, digest_of, read_manifest
from reglament.batch.run import Run
from reglament.batch.table_sinks import ENDINGS, is_folder, kind_of_output, written_table
from reglament.batch.table_sources import Part
from reglament.editing.atomic import write_whole
from reglament.messages import Message, Words, ticked
from reglament.model.problems import Place, Problem, Refused

CLASSES: Final = "_classes"
PARTIAL: Final = ".partial"
_RESUME_OR_REMOVE: Final = Message("resume-or-remove")


class FolderRun:
    """A run into a folder: a file for each part of the input."""

    def __init__(self, run: Run) -> None:
        self.of = run
        self.staging = run.output.with_name(run.output.name + PARTIAL)
        self.manifest_path = self.staging / MANIFEST
        self.classes: dict[str, Any] | None = None

    def carry_out(self) -> dict[str, Any]:
        """Decide and write everything; the manifest of it. Raises Refused."""
        run, output = self.of, self.of.output
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
        whole = {one["part"] for one in self.of.parts}
        for number, part in enumerate(self.of.input_parts()):
            if part.name not in whole:
                self._write(number, part)

    def _write(self, number: int, part: Part) -> None:
        run = self.of
        path = self.staging / f"part-{number:05}.parquet"
        with written_table(path, "parquet", run.laid_out.schema) as table:
            for batch in run.decided(part):
                table.write(batch)
        run.parts.append({"name": path.name, "part": part.name, **table.file.told()})
        self._write_manifest(f"{CLASSES}-{number:05}.parquet", is_whole=False)

    def _write_manifest(self, classes: str, *, is_whole: bool) -> dict[str, Any]:
        """Write it with its table of classes, under another name than the one before.

        A run may be killed at any moment: a manifest always names a table that is of its parts.
        """
        run, before = self.of, self.classes
        if run.parts:
            file = run.classes.write(self.staging / classes, "parquet")
            self.classes = {"name": classes, **file.told()}
        manifest = run.manifest(self.classes, is_whole=is_whole)
        write_whole(self.manifest_path, as_text(manifest))
        if before is not None and before["name"] != classes:
            (self.staging / before["name"]).unlink()
        return manifest

    def _refuse_full(self) -> None:
        output = self.of.output
        if output.is_dir() and any(output.iterdir()):
            self._refuse(Message("output-folder-not-empty", name=str(output)))
        if output.exists() and not output.is_dir():
            self._refuse(Message("output-not-folder", name=str(output)), Message("name-output"))

    def _refuse(self, message: Words, hint: Words | None = None) -> None:
        place = Place.whole(str(self.of.output))
        raise Refused([Problem("output-refused", message, place, hint=hint)])

    def _interrupted(self) -> dict[str, Any] | None:
        """The manifest of the run that is gone on with. Raises Refused where there is a doubt."""
        is_resumed = self.of.settings.is_resumed
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
        run = self.of
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
        now = json.loads(json.dumps(self.of.asked()))
        names = [name for name in now if now[name] != before.get(name)]
        if before["input"] != self.of.input():
            names.append("input")
        if names:
            listed = ticked(names)
            self._refuse(Message("run-before-differs", names=listed), _RESUME_OR_REMOVE)


def interrupted_clock(output: Path) -> datetime | None:
    """The moment as of which an interrupted run decided, which the rest is decided as of too."""
    path = output.with_name(output.name + PARTIAL) / MANIFEST
    if not path.exists():
        return None
    return datetime.fromisoformat(read_manifest(path)["as_of"])


def carry_out(run: Run) -> dict[str, Any]:
    """Decide and write everything; the manifest of it. Raises Refused."""
    if run.output.resolve() in [file.resolve() for file in run.source.files]:
        message = Message("output-is-input", name=str(run.output))
        place = Place.whole(str(run.output))
        raise Refused([Problem("output-refused", message, place)])
    return FolderRun(run).carry_out() if is_folder(run.output) else _into_one_file(run)


def _into_one_file(run: Run) -> dict[str, Any]:
    """The file is written beside and takes its place at the end, after its table of classes."""
    kind = kind_of_output(run.output)
    with written_table(run.output, kind, run.laid_out.schema) as table:
        for part in run.input_parts():
            for batch in run.decided(part):
                table.write(batch)
        run.sample.refuse_differences()
        classes = _written_classes(run, kind)
    run.parts.append({"name": run.output.name, "part": None, **table.file.told()})
    return run.manifest(classes)


def _written_classes(run: Run, kind: str) -> dict[str, Any] | None:
    if run.settings.layout != "narrow" and not run.settings.is_proven:
        return None
    path = run.output.with_name(f"{run.output.stem}.classes{ENDINGS[kind]}")
    return {"name": path.name, **run.classes.write(path, kind).told()}

"""From a source to an output: read, decided and written a part at a time, with its manifest."""

from __future__ import annotations

from typing import Any

from reglament.batch.folder_run import FolderRun
from reglament.batch.run import Run
from reglament.batch.table_sinks import ENDINGS, is_folder, kind_of_output, written_table
from reglament.messages import Message
from reglament.model.problems import Place, Problem, Refused


def carry_out(run: Run) -> dict[str, Any]:
    """Decide and write everything; the manifest of it. Raises Refused."""
    if run.output.resolve() in [one.resolve() for one in run.source.files]:
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

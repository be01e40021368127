"""A process that decides by what was kept of a policy imports what deciding takes."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from benchmarks import requests
from support.cli_runner import environment

LISTING = """
import sys
from reglament.interfaces.cli.group import run
status = run(["decide", sys.argv[1], "--json"])
print(*sorted(sys.modules), file=sys.stderr)
sys.exit(status)
"""
# Reading YAML, checking its shape, building diagrams, telling what missing facts leave open.
NOT_NEEDED = {
    "yaml",
    "jsonschema",
    "rich",
    "babel",
    "pickle",
    "fluent",
    "lzma",
    "logging",
    "reglament.language.requests.csv_requests",
    "reglament.language.syntax.yaml_text",
    "reglament.language.syntax.schema_check",
    "reglament.language.loading.version_loader",
    "reglament.language.loading.files.joined_sections",
    "reglament.diagram.kernel.compiler",
    "reglament.diagram.solver.bounds_propagation",
    "reglament.plan.lowering",
    "reglament.partial.decomposition",
    "reglament.partial.partial_result",
    "reglament.evaluation.reasons.open_trace",
    "reglament.evaluation.reasons.sufficient_reason",
    "reglament.analysis",
    "reglament.audit",
    "reglament.editing",
    "reglament.events",
}


def test_deciding_imports_no_reader_of_yaml_and_no_diagram(tmp_path: Path) -> None:
    request = tmp_path / "request.json"
    request.write_text(json.dumps(requests.complete(1)[0]), "utf-8")

    def decided() -> tuple[str, set[str]]:
        done = subprocess.run(
            [sys.executable, "-c", LISTING, request],
            env=environment(REGLAMENT_CACHE=str(tmp_path / "kept")),
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout, set(done.stderr.split())

    (first, all_modules), (again, modules) = decided(), decided()
    assert first == again
    assert "reglament.language.loading.version_loader" in all_modules
    assert not NOT_NEEDED & modules

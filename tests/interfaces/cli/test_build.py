"""`reglament build`: one file, which every command reads as it reads the folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.cli_runner import REQUESTS, run
from support.places import POLICIES

REQUEST = REQUESTS / "renewal.yaml"


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("built") / "support.bundle.json"
    assert run("build", "technical-support", "-o", path).exit_code == 0
    return path


@pytest.mark.parametrize(
    "arguments",
    [
        ("decide", REQUEST, "--json"),
        ("decide", REQUEST, "--lang", "ru"),
        ("explain", REQUEST, "--for", "auditor"),
        ("change", REQUEST),
        ("show", "--plan", "answer"),
        ("show", "--lang", "ru"),
        pytest.param(("matrix",), marks=pytest.mark.slow),
        pytest.param(("test",), marks=pytest.mark.slow),
        pytest.param(
            ("readings", "--switch", "partner-services=not-regulated"), marks=pytest.mark.slow
        ),
    ],
    ids=lambda arguments: str(arguments[0]),
)
def test_commands_say_of_it_what_they_say_of_the_folder(
    arguments: tuple[object, ...], bundle: Path
) -> None:
    folder, built = (run(*arguments, "--policy", one) for one in ("technical-support", bundle))
    assert (built.exit_code, built.stdout) == (folder.exit_code, folder.stdout)


def test_it_is_named_by_its_digest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    name, digest = run("build", POLICIES / "annual-leave").stdout.split()
    assert name == f"annual-leave-2026-01-01-{digest[7:19]}.json"
    first = Path(name).read_bytes()

    assert run("build", POLICIES / "annual-leave").stdout.split()[1] == digest
    assert Path(name).read_bytes() == first
    assert run("test", "--policy", name).exit_code == 0


@pytest.mark.slow
def test_a_log_of_its_decisions_is_verified(bundle: Path, tmp_path: Path) -> None:
    log = tmp_path / "log.db"
    for policy in (bundle, "technical-support"):
        assert run("decide", REQUEST, "--policy", policy, "--log", log).exit_code == 0
    assert run("log", "verify", log).exit_code == 0
    assert run("log", "replay", log, "--policy", bundle).exit_code == 0


@pytest.mark.parametrize("language", ["ru", "en"])
def test_what_edits_files_refuses_it(bundle: Path, language: str) -> None:
    before = bundle.read_bytes()
    for arguments in (("fmt", bundle), ("new", bundle, "--version", "2030-01-01")):
        found = run(*arguments, "--lang", language)
        assert found.exit_code == 2
        assert found.stderr.count("\n") == 2
        assert "собран" in found.stderr if language == "ru" else "bundle" in found.stderr
    assert bundle.read_bytes() == before


@pytest.mark.parametrize("language", ["ru", "en"])
def test_a_damaged_one_is_refused(bundle: Path, language: str, tmp_path: Path) -> None:
    cut = tmp_path / "cut.json"
    cut.write_bytes(bundle.read_bytes()[:5000])
    for command in (("decide", REQUEST), ("check",), ("test",), ("show",)):
        found = run(*command, "--policy", cut, "--lang", language)
        assert found.exit_code == 2
        assert str(cut) in found.stderr
        assert "reglament build" in found.stderr


def test_where_it_cannot_be_written_is_told(tmp_path: Path) -> None:
    found = run("build", "library-fees", "-o", tmp_path / "none" / "x.json")
    assert (found.exit_code, found.stdout) == (2, "")
    assert "none" in found.stderr

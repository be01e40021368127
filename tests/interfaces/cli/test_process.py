"""The command line as a process: help, languages, closed pipes, odd terminals, interrupts."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import click
import pytest

from reglament.interfaces import cli
from reglament.interfaces.cli import COMMANDS, group
from reglament.interfaces.cli.speech import listen, reader_language
from support.cli_runner import REQUESTS, besides, environment, run, start

PARTNER = str(REQUESTS / "training-by-a-partner.yaml")


def _finish(process: subprocess.Popen[bytes], said: bytes | None = None) -> tuple[int, str, str]:
    out, err = process.communicate(said, timeout=300)
    return process.returncode, (out or b"").decode(), (err or b"").decode()


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_of_the_table_is_there_with_its_help(name: str) -> None:
    module = import_module(f"reglament.interfaces.cli.{name}_command")
    shown = run(name, "--help")

    assert isinstance(getattr(module, name), click.Command)
    assert shown.exit_code == 0
    assert shown.stdout.startswith(f"Usage: reglament {name}")


def test_help_lists_the_commands_and_imports_none() -> None:
    code = (
        "import sys; from reglament.interfaces.cli.group import run; run(['--help']);"
        "print([name for name in ('yaml', 'jsonschema', 'rich', 'babel', 'reglament.policy')"
        " if name in sys.modules])"
    )
    engine = str(REQUESTS.parents[1] / "engine")
    shown = subprocess.run(
        [sys.executable, "-c", code], env=environment(PYTHONPATH=engine),
        capture_output=True, text=True, check=True,
    )  # fmt: skip

    assert all(f"  {name} " in shown.stdout for name in COMMANDS)
    assert shown.stdout.endswith("[]\n")


def test_an_unknown_command_gets_the_nearest_one() -> None:
    refused = run("dcide")

    assert "Did you mean 'decide'?" in refused.stderr
    assert refused.exit_code == 2


def test_an_option_that_is_cut_short_gets_the_whole_one() -> None:
    refused = run("decide", "--suf", REQUESTS / "renewal.yaml")

    assert "Did you mean '--sufficient'?" in refused.stderr
    assert refused.exit_code == 2


def test_an_option_of_another_command_gets_no_far_fetched_one() -> None:
    refused = run("explain", "--only", "tier", REQUESTS / "renewal.yaml")

    assert refused.stderr.endswith("Error: No such option '--only'.\n")
    assert refused.exit_code == 2


LOCALES = [
    ({"LANG": "ru_RU.UTF-8"}, "ru"),
    ({"LANG": "ru_RU.UTF-8", "LC_ALL": "C"}, "en"),
    ({"LANG": "en_GB.UTF-8", "LC_MESSAGES": "ru"}, "ru"),
    ({"LANG": "", "LC_ALL": ""}, "en"),
    ({"LANG": "run"}, "en"),
    ({"LANG": "de_AT.UTF-8"}, "de"),
    ({"LANG": "fr_FR.UTF-8"}, "en"),
]


@pytest.mark.parametrize(("variables", "language"), LOCALES)
def test_the_locale_chooses_the_language(variables: dict[str, str], language: str) -> None:
    listen((), variables)

    assert reader_language() == language


@pytest.mark.slow
def test_a_variable_chooses_the_language_before_the_locale() -> None:
    settled = environment(LC_ALL="C.UTF-8", REGLAMENT_LANG="ru")
    status, out, _ = _finish(start("explain", PARTNER, env=settled))

    assert status == 0
    assert out.startswith("Ответ на заявку: принять.")


def test_a_reader_that_leaves_ends_it_quietly() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    status, _, err = _finish(start("show", stdout=writing))
    os.close(writing)

    assert (status, besides(err)) == (141, "")


@pytest.mark.slow
def test_a_terminal_without_cyrillic_letters_gets_their_codes() -> None:
    western = environment(PYTHONIOENCODING="cp1252")
    status, out, err = _finish(start("explain", PARTNER, "--lang", "ru", env=western))
    _, document, _ = _finish(start("decide", PARTNER, "--json", env=western))

    assert (status, err) == (0, "")
    assert out.startswith("\\u041e\\u0442\\u0432\\u0435\\u0442 ")
    assert json.loads(document)["decisions"]["tier"]["because"]["ru"].startswith("Сертиф")


@pytest.mark.slow
def test_a_request_may_come_through_standard_input() -> None:
    process = start("decide", "-", "--json", stdin=subprocess.PIPE)
    status, out, _ = _finish(process, Path(PARTNER).read_bytes())

    assert status == 0
    assert json.loads(out)["decisions"]["tier"]["outcome"] == "partner"


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="closes a descriptor of the child")
def test_standard_input_that_is_closed_is_refused() -> None:
    status, out, err = _finish(start("decide", "-", preexec_fn=lambda: os.close(0)))

    assert (status, out) == (2, "")
    assert err.startswith("cannot read standard input")


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="sends a signal")
def test_an_interrupt_ends_it_quietly() -> None:
    def heed() -> None:  # whoever runs the tests in the background may ignore interrupts
        signal.signal(signal.SIGINT, signal.SIG_DFL)

    process = start("decide", "-", stdin=subprocess.PIPE, preexec_fn=heed)
    assert process.stdin is not None
    process.stdin.write(
        b"#" * 300_000
    )  # more than a pipe holds: it is reading once this is through
    process.stdin.flush()
    process.send_signal(signal.SIGINT)
    status, out, err = _finish(process)

    assert (status, out) == (130, "")
    assert "Traceback" not in err


class _Interrupts:
    def __set_name__(self, owner: type, name: str) -> None:
        raise KeyboardInterrupt


def test_an_interrupt_while_a_class_is_made_ends_it_quietly(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def run(_: object) -> int:
        type("Made", (), {"name": _Interrupts()})
        return 0

    monkeypatch.setattr(group, "run", run)
    with pytest.raises(SystemExit) as ended:
        cli.main([])
    assert ended.value.code == 130


def test_a_file_that_goes_away_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(**_: object) -> None:
        Path("/no/such/file").read_text()

    monkeypatch.setattr("reglament.interfaces.cli.schema_command.schema.callback", gone)
    result = run("schema")

    assert result.exit_code == 2
    assert "/no/such/file: No such file or directory" in result.stderr


@pytest.mark.slow
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a disk that is always full")
def test_a_full_disk_is_told() -> None:
    with open("/dev/full", "wb") as full:
        status, _, err = _finish(start("show", stdout=full))

    assert status == 2
    assert besides(err) == "Error: No space left on device\n"


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_each_shell_gets_its_completion_script(shell: str) -> None:
    script = run("completion", shell)

    assert script.exit_code == 0
    assert "_REGLAMENT_COMPLETE" in script.stdout


def test_completion_offers_commands_and_bundled_policies() -> None:
    def offered(words: str, at: int) -> list[str]:
        asked = environment(
            _REGLAMENT_COMPLETE="bash_complete", COMP_WORDS=words, COMP_CWORD=str(at)
        )
        return _finish(start(env=asked))[1].splitlines()

    assert offered("reglament de", 1) == ["plain,decide"]
    assert offered("reglament decide --policy te", 3) == ["plain,technical-support"]

"""The service as a process: started, asked over a network, its files changed, killed."""

from __future__ import annotations

import re
import shutil
import signal
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import httpx
import pytest

from reglament.audit import open_log
from reglament.editing.new import new_policy
from reglament.interfaces.http.serving import shelf_of
from reglament.model.problems import Refused
from reglament.policy import bundled_policies
from support.cli_runner import run, start
from support.events import PATIENCE, wait_for
from support.places import POLICIES
from support.ports import free_port

FACTS: dict[str, Any] = {"facts": {}, "explain": "outcomes"}


@contextmanager
def serving(*options: str) -> Iterator[tuple[subprocess.Popen[bytes], httpx.Client]]:
    """A service of its own and who asks it; killed at the end, if it runs still."""
    port = free_port()
    process = start("serve", "--port", str(port), *options)
    with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=60) as client:
        try:
            wait_for(lambda: _is_live(client, process))
            yield process, client
        finally:
            process.kill()
            process.communicate()


def _is_live(client: httpx.Client, process: subprocess.Popen[bytes]) -> bool:
    assert process.poll() is None, process.communicate()
    try:
        return client.get("/live").status_code == 200
    except httpx.TransportError:
        return False


@pytest.fixture
def fees(tmp_path: Path) -> Path:
    """A folder of policies that holds a new one, `fees`."""
    folder = tmp_path / "policies"
    folder.mkdir()
    new_policy(folder / "fees", date(2026, 1, 1))
    return folder


@pytest.mark.slow
def test_the_last_good_text_decides_while_files_are_wrong(fees: Path) -> None:
    with serving("--policies", str(fees)) as (_, client):
        before = client.get("/ready").json()["policies"]["fees"]
        file = next(path for path in sorted(fees.rglob("policy.yaml")))
        good = file.read_text()
        file.write_text(good + "\nrulse: []\n")
        wait_for(lambda: "refused" in client.get("/ready").json()["policies"]["fees"])
        told = client.get("/ready").json()["policies"]["fees"]
        assert told["digest"] == before["digest"]
        assert told["refused"][0]["code"] == "unknown-key"
        assert client.post("/v1/policies/fees/decide", json=FACTS).status_code == 200
        file.write_text(good.replace("title:", "title: ", 1))
        wait_for(lambda: "refused" not in client.get("/ready").json()["policies"]["fees"])


@pytest.mark.slow
def test_what_was_answered_is_in_the_log_though_the_process_is_killed(tmp_path: Path) -> None:
    url = str(tmp_path / "decisions.db")
    with serving("--log", url) as (process, client):
        answered = 0
        for _ in range(20):
            told = client.post("/v1/policies/technical-support/decide", json=FACTS)
            answered += told.status_code == 200
        process.send_signal(signal.SIGKILL)
        process.wait()
    with open_log(url) as log:
        assert len(list(log.entries())) >= answered == 20
    assert run("log", "verify", url).exit_code == 0


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--host", "0.0.0.0"], "`0.0.0.0` can be reached from other machines"),
        (["--policies", "nowhere"], "nowhere"),
        (["--tokens", "nowhere.yaml"], "nowhere.yaml"),
        (["--log", "nowhere/log.db"], "nowhere"),
        (["--port", "70000"], "70000"),
    ],
)
def test_what_cannot_be_served_is_told_before_it_begins(options: list[str], told: str) -> None:
    result = run("serve", *options)
    assert result.exit_code == 2
    assert told in result.stderr
    assert "Traceback" not in result.stderr


@pytest.fixture
def repository(fees: Path) -> Path:
    """The same folder in a git repository, on the branch `main`."""
    git(fees, "init", "-q", "-b", "main")
    commit(fees)
    return fees


def git(folder: Path, *words: str) -> None:
    who = ("-c", "user.name=a", "-c", "user.email=a@example.org")
    subprocess.run(["git", "-C", str(folder), *who, *words], check=True, capture_output=True)


def commit(folder: Path) -> None:
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "one")


def test_a_revision_is_followed_and_the_work_tree_is_not(repository: Path) -> None:
    shelf = shelf_of(str(repository), "main")
    served = shelf["fees"]
    before = served.digest
    file = next(path for path in sorted(repository.rglob("policy.yaml")))
    good = file.read_text()

    file.write_text(good.replace("A new regulation", "A newer regulation"))
    served.refresh()
    assert served.digest == before, "it is not committed"
    commit(repository)
    served.refresh()
    assert served.digest != before

    after = served.digest
    file.write_text(good + "\nrulse: []\n")
    commit(repository)
    served.refresh()
    assert served.digest == after
    assert isinstance(served.holder.refused, Refused)
    git(repository, "reset", "-q", "--hard", "HEAD~2")
    served.refresh()
    assert (served.digest, served.holder.refused) == (before, None)


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--revision", "mian"], "mian"),
        (["--revision", "main", "--policies", "/"], "git"),
    ],
)
def test_a_revision_that_is_not_there_is_told(
    repository: Path, options: list[str], told: str
) -> None:
    options = options if "--policies" in options else [*options, "--policies", str(repository)]
    result = run("serve", *options)
    assert result.exit_code == 2
    assert told in result.stderr


@pytest.mark.slow
def test_a_folder_of_shared_parts_beside_policies_is_no_policy(tmp_path: Path) -> None:
    shutil.copytree(POLICIES, tmp_path / "policies")

    shelf = shelf_of(str(tmp_path / "policies"))

    assert set(shelf) == set(bundled_policies())

    git(tmp_path, "init", "-q", "-b", "main")
    commit(tmp_path)
    shutil.rmtree(tmp_path / "policies" / "calendars")

    assert set(shelf_of(str(tmp_path / "policies"), "main")) == set(bundled_policies())


def test_an_address_that_another_has_is_refused_with_a_hint() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        for workers in ("1", "2"):
            told = run("serve", "--port", port, "--workers", workers, "--lang", "en")
            assert told.exit_code == 2
            assert (
                f"cannot listen on port {port} of `127.0.0.1`: Address already in use"
                in told.stderr
            )
            assert "choose another `--port`" in told.stderr
        russian = run("serve", "--port", port, "--lang", "ru")
        assert f"порт {port} на адресе `127.0.0.1` открыть нельзя" in russian.stderr
        assert "Serving" not in told.stderr + russian.stderr


@pytest.mark.parametrize(
    ("files", "why"),
    [
        (("--certificate", "nowhere.pem", "--key", "nowhere.key"), "No such file or directory"),
        (("--certificate", __file__), "no certificate with its key is there"),
        (("--key", __file__), "no certificate with its key is there"),
    ],
)
def test_a_certificate_that_is_none_is_refused_before_anything_is_served(
    files: tuple[str, ...], why: str
) -> None:
    told = run("serve", "--port", "0", *files, "--lang", "en")
    assert told.exit_code == 2
    assert f"TLS cannot be set up with {', '.join(files[1::2])}: {why}" in told.stderr
    assert "`--certificate` holds the chain of certificates" in told.stderr


@pytest.mark.slow
@pytest.mark.parametrize(
    ("workers", "language", "said"),
    [("1", "en", "Listening at"), ("2", "ru", "Адрес:"), ("1", "de", "Adresse:")],
)
def test_it_says_where_it_listens_until_ctrl_c_ends_it(
    workers: str, language: str, said: str
) -> None:
    process = start("serve", "--port", "0", "--workers", workers, "--lang", language)
    try:
        assert process.stderr is not None
        lines = iter(process.stderr.readline, b"")
        line = next(one for one in map(bytes.decode, lines) if "http://" in one)
        told = re.fullmatch(rf"{said} (http://127\.0\.0\.1:[1-9]\d*)\. .+\n", line)
        assert told is not None, line
        with httpx.Client(base_url=told[1], timeout=60) as client:
            wait_for(lambda: _is_live(client, process))
        process.send_signal(signal.SIGINT)
        _, complaints = process.communicate(timeout=PATIENCE)
        assert (process.returncode, complaints) == (0, b"")
    finally:
        process.kill()
        process.communicate()

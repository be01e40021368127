"""From what is to be served to a process that serves it, and what that process takes."""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import requests
from benchmarks.peers.inputs import prepare_input

ROOT = Path(__file__).resolve().parents[1]
DECIDE = "/v1/policies/technical-support/decide"
DIFFERENT = 500
ECHO = """
import json, sys
import uvicorn
from starlette.applications import Starlette
from starlette.responses import Response
from starlette.routing import Route

answer = lambda told: told
if "zen" in sys.argv:
    from benchmarks.peers.zen_peer import prepare
    answer = prepare()

async def asked(request):
    told = answer(json.loads(await request.body()))
    return Response(json.dumps(told), media_type="application/json")

app = Starlette(routes=[Route("/", asked, methods=["POST"])])
uvicorn.run(app, port=int(sys.argv[1]), access_log=False, log_level="warning")
"""


@dataclass(frozen=True, slots=True)
class Contender:
    """What is asked: of whom, at which level of the document, whether decisions are recorded."""

    name: str
    level: str = "outcomes"
    has_log: bool = False
    peer: str = ""

    @property
    def path(self) -> str:
        """Where it is asked."""
        return "/" if self.peer else DECIDE

    def bodies(self, *, is_told: bool) -> list[bytes]:
        """What is sent: different requests, with all facts told or four of them."""
        if self.peer == "zen":
            told = requests.complete(DIFFERENT)
            return [json.dumps(prepare_input(one)).encode() for one in told]
        facts = requests.complete(DIFFERENT) if is_told else requests.of_four(DIFFERENT)
        return [json.dumps({"facts": one, "explain": self.level}).encode() for one in facts]


@contextmanager
def served(
    contender: Contender, workers: int, folder: Path, policies: Path = ROOT / "policies"
) -> Iterator[tuple[int, int]]:
    """The port of a server and its process, which is asked to stop at the end."""
    process, port = started(contender, workers, folder, policies)
    try:
        yield port, process.pid
    finally:
        process.terminate()
        process.wait()


def started(
    contender: Contender, workers: int, folder: Path, policies: Path = ROOT / "policies"
) -> tuple[subprocess.Popen[bytes], int]:
    """A server that answers, and its port; its log, if it has one, is in the folder."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    command = [sys.executable, "-c", ECHO, str(port), contender.peer]
    if not contender.peer:
        command = [sys.executable, "-m", "reglament", "serve", "--port", str(port)]
        command += ["--policies", str(policies), "--workers", str(workers)]
        command += ["--log", str(folder / "log.db")] if contender.has_log else []
    told = (str(ROOT / "engine"), str(ROOT), os.environ.get("PYTHONPATH"))
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, told))}
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    process = subprocess.Popen(command, env=environment, **quiet)
    while True:
        if process.poll() is not None:
            raise RuntimeError("the server ended: are the extras `serve` and `audit` installed?")
        try:
            socket.create_connection(("127.0.0.1", port)).close()
            return process, port
        except OSError:
            time.sleep(0.05)


def edit(policies: Path, number: int) -> None:
    """Change the title of a policy: it is read, and takes the place of the one before."""
    path = next((policies / "library-fees").rglob("policy.yaml"))
    title = f'title: {{ru: "Платежи {number}", en: "Fees {number}"}}'
    text = re.sub(r"^title:.*", title, path.read_text("utf-8"), flags=re.M)
    path.write_text(text, "utf-8")


@contextmanager
def kept_in(folder: Path | None) -> Iterator[Path]:
    """The folder, or one that is gone afterwards."""
    if folder is not None:
        yield folder
        return
    with TemporaryDirectory() as made:
        yield Path(made)


def processes(process: int) -> Iterator[int]:
    """A process and those that it started (Linux)."""
    yield process
    below = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    for child in below:
        yield from processes(int(child))


def cpu_of(process: int) -> float:
    """Seconds of processor time of a process and those that it started."""
    return sum(map(_cpu, processes(process)))


def _cpu(process: int) -> float:
    told = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")


def memory_of(process: int) -> float:
    """Megabytes in memory of a process and those that it started."""
    return sum(map(_resident, processes(process)))


def _resident(process: int) -> float:
    pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def handles_of(process: int) -> int:
    """Open files and sockets of a process and those that it started."""
    return sum(len(list(Path(f"/proc/{one}/fd").iterdir())) for one in processes(process))


def threads_of(process: int) -> int:
    """Threads of the same."""
    return sum(len(list(Path(f"/proc/{one}/task").iterdir())) for one in processes(process))

"""From the settings of `reglament serve` to a running service that follows its policies."""

from __future__ import annotations

import asyncio
import gc
import json
import os
import ssl
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from dataclasses import asdict
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from starlette.applications import Starlette
from starlette.routing import Route

from reglament.frozen import frozen
from reglament.holder import PolicyHolder
from reglament.interfaces.http.access import Access, read_access
from reglament.interfaces.http.json_log import RequestLines, logging_settings
from reglament.interfaces.http.listening import bound_at, is_loopback, unbracketed
from reglament.interfaces.http.metrics import SHARED, Metrics
from reglament.interfaces.http.reading import Reader, RevisionHolder, policies_at
from reglament.interfaces.http.service import Service
from reglament.interfaces.http.shelf import Fixed, Holder, Shelf
from reglament.language.loading.files.section_names import is_part
from reglament.language.loading.files.shared_parts import are_shared_parts_alone
from reglament.messages import Message
from reglament.model.problems import Problem, Refused, refusal
from reglament.policy import bundled_policies, load_policy

QUIET_SECONDS = 0.5
"""A folder is read when nothing in it changed for so long: files are saved one after another."""
REVISION_SECONDS = 2.0
"""How often it is looked where a revision stands."""
SWITCH_SECONDS = 0.0001
"""How long a thread that reads a policy, or writes, may hold up the one that answers."""
GC_EVERY = 10_000
"""So many new objects may wait for the collector: what a request makes is mostly gone by itself."""
VARIABLE = "REGLAMENT_SERVE"


@frozen
class ServiceSettings:
    """What is served, where, and to whom. Paths and addresses as they were told."""

    policies: str | None = None
    host: str = "127.0.0.1"
    port: int = 8080
    log: str | None = None
    tokens: str | None = None
    workers: int = 1
    proxy_header: str | None = None
    certificate: str | None = None
    key: str | None = None
    json_logs: bool = False
    revision: str | None = None

    def refuse_open_door(self) -> None:
        """Raises Refused where others than this machine could ask without a token."""
        if is_loopback(self.host) or self.tokens is not None or self.proxy_header is not None:
            return
        message = Message("http-open-door", host=self.host)
        raise refusal("open-door", message, Message("http-open-door-hint"))

    def refuse_unusable(self) -> None:
        """Raises Refused where the address cannot be had, or the certificate and its key."""
        for listening in bound_at(self.host, self.port):
            listening.close()
        if self.certificate is None and self.key is None:
            return
        try:
            context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
            context.load_cert_chain(self.certificate or "", self.key)
        except OSError as error:  # what OpenSSL says of the files is one, too
            files = ", ".join(filter(None, (self.certificate, self.key)))
            is_other = isinstance(error, ssl.SSLError) or self.certificate is None
            why = Message("http-certificate-other") if is_other else error.strerror or ""
            message = Message("http-certificate", files=files, why=why)
            raise refusal("tls-unusable", message, Message("http-certificate-hint")) from None


def shelf_of(
    folder: str | None, revision: str | None = None, reader: Reader | None = None
) -> Shelf:
    """The policies of a folder, each one folder or file in it; those that are bundled, else.

    With a revision of its git repository, as they stand there. `reader` reads them. Raises
    Refused with what is wrong in all of them: nothing is served by half.
    """
    if folder is None:
        return Shelf({name: Fixed(load_policy(name)) for name in bundled_policies()})
    reader = reader or Reader()
    if revision is None:
        hold: Callable[[Path], Holder] = partial(PolicyHolder, read=reader.read)
        return _shelf(_policies_in(Path(folder)), hold, folder)
    hold = partial(RevisionHolder, revision=revision, reader=reader)
    return _shelf(policies_at(Path(folder), revision), hold, folder)


def _shelf(paths: list[Path], hold: Callable[[Path], Holder], folder: str) -> Shelf:
    holders: dict[str, Holder] = {}
    problems: list[Problem] = []
    for path in paths:
        try:
            holder = hold(path)
        except Refused as refused:
            problems += refused.problems
            continue
        holders[holder.policy.id] = holder
    if problems:
        raise Refused(problems)
    if not holders:
        raise refusal("policy-missing", Message("http-no-policies", folder=folder))
    return Shelf(holders)


def _policies_in(folder: Path) -> list[Path]:
    try:
        paths = sorted(folder.iterdir())
    except OSError as error:
        message = Message("policy-cannot-read", name_or_path=folder, why=error.strerror or "")
        raise refusal("policy-unreadable", message) from None
    if any(path.suffix in (".yaml", ".yml") for path in paths):
        return [folder]  # a policy itself
    folders = (path for path in paths if path.is_dir() and not path.name.startswith("."))
    return [path for path in folders if not are_shared_parts_alone(_parts_in(path))]


def _parts_in(folder: Path) -> list[bytes]:
    return [path.read_bytes() for path in folder.iterdir() if is_part(path)]


Extension = tuple[list[Route], AbstractAsyncContextManager[None]]
"""Routes beside those of the service, and what is open while they answer."""


def application(
    settings: ServiceSettings, extend: Callable[[Service], Extension] | None = None
) -> Starlette:
    """The service by these settings, extended. Raises Refused for what of them is wrong."""
    settings.refuse_open_door()
    access = Access(None, settings.proxy_header, is_of_this_machine=is_loopback(settings.host))
    if settings.tokens is not None:
        access = read_access(Path(settings.tokens))
    reader = Reader()
    shelf = shelf_of(settings.policies, settings.revision, reader)
    service = Service(shelf, access, log_url=settings.log)
    writer = None
    if settings.log is not None:
        from reglament.audit import open_log
        from reglament.interfaces.http.recorder import HAS_TURNS, InTurn, LogWriter

        shared = os.environ.get(SHARED)
        turn = InTurn(Path(shared, "log.lock")) if shared and HAS_TURNS else None
        service.recorder = writer = LogWriter(open_log(settings.log, create=True), turn=turn)
    lines = _watched(service, writer, settings)

    routes, opened = ([], None) if extend is None else extend(service)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        sys.setswitchinterval(SWITCH_SECONDS)
        gc.collect()
        gc.freeze()  # what policies are made of stays: it is not looked through again and again
        gc.set_threshold(GC_EVERY)
        reader.loop = asyncio.get_running_loop()
        async with AsyncExitStack() as stack:
            if writer is not None:
                stack.enter_context(writer)
            if settings.policies is not None:
                is_folder = settings.revision is None
                folder = Path(settings.policies)
                follow = _follow(folder, service.shelf) if is_folder else _polled(service.shelf)
                following = asyncio.create_task(follow)
                stack.callback(following.cancel)
            if opened is not None:
                await stack.enter_async_context(opened)
            if lines is not None:
                stack.callback(lines.flush)
            yield

    return service.application(routes, lifespan=lifespan)


def _watched(service: Service, writer: Any, settings: ServiceSettings) -> RequestLines | None:
    """Count requests, and write a line about each where that is asked for."""
    waiting = None if writer is None else lambda: int(writer.waiting)
    metrics = Metrics(service.shelf, lambda: service.gate.inside, waiting)
    service.metrics = metrics.told
    service.watchers.append(metrics.watch)
    if not settings.json_logs:
        return None
    lines = RequestLines()
    service.watchers.append(lines.watch)
    return lines


async def _follow(folder: Path, shelf: Shelf) -> None:
    """Take what changes in the folder, once it is quiet; a text that is wrong is not taken."""
    from watchfiles import awatch

    changes = awatch(folder, recursive=True)
    async for _ in changes:
        await _quiet(folder)
        for served in shelf.values():
            await asyncio.to_thread(served.refresh)


async def _polled(shelf: Shelf) -> None:
    """Take what the revision has become, soon after it has."""
    while True:
        await asyncio.sleep(REVISION_SECONDS)
        for served in shelf.values():
            await asyncio.to_thread(served.refresh)


async def _quiet(folder: Path) -> None:
    before: Any = None
    while before != (now := await asyncio.to_thread(_newest, folder)):
        before = now
        await asyncio.sleep(QUIET_SECONDS)


def _newest(folder: Path) -> tuple[int, int]:
    """How many files there are, and when the last was written."""
    times = [path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file()]
    return len(times), max(times, default=0)


def worker() -> Starlette:
    """The application of one of several processes, by the settings in the environment."""
    return application(ServiceSettings(**json.loads(os.environ[VARIABLE])))


def serve(
    settings: ServiceSettings,
    announce: Callable[[str], None],
    build: Callable[[ServiceSettings], Starlette] = application,
    target: str = f"{__name__}:worker",
) -> None:
    """Serve until the process is told to end, by what `build` makes of the settings.

    `announce` is told the address. Several processes make it by the function that `target`
    names. Raises Refused before it begins.
    """
    import uvicorn

    from reglament.interfaces.http.connections import PromptConnection, run_one, run_workers

    options: dict[str, Any] = {
        "http": PromptConnection,
        "host": unbracketed(settings.host),
        "port": settings.port,
        "access_log": False,
        "proxy_headers": False,  # no answer hangs on where a request came from
        "server_header": False,
        "ssl_certfile": settings.certificate,
        "ssl_keyfile": settings.key,
        "timeout_graceful_shutdown": 10,
        "log_config": logging_settings(settings.json_logs),
    }
    if settings.workers == 1:
        run_one(uvicorn.Config(build(settings), **options), announce)
        return
    build(settings)  # what is wrong is told once, and not by each process
    os.environ[VARIABLE] = json.dumps(asdict(settings))
    with TemporaryDirectory(prefix="reglament-metrics-") as shared:
        os.environ[SHARED] = shared  # before the processes begin: each counts into a file there
        config = uvicorn.Config(target, factory=True, workers=settings.workers, **options)
        run_workers(config, announce)

"""What every test shares: how many examples a law tries, and that each run tries the same ones."""

from __future__ import annotations

import gc
import os
import subprocess
import tempfile
from collections.abc import Iterator
from functools import partialmethod
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, settings
from hypothesis.internal.conjecture import providers

from reglament.policy import Policy
from support.browsing import chromium
from support.places import ROOT
from support.shipped import kept, shipped
from support.spark_session import spark_session

# No test reads or leaves anything in the folder of whoever runs it.
os.environ["REGLAMENT_CACHE"] = "off"

# Else an exception that no command expects passes for exit status 1.
CliRunner.invoke = partialmethod(CliRunner.invoke, catch_exceptions=False)  # type: ignore[assignment]

START_POSTGRES = ROOT / "scripts" / "start-postgres"

# How large and slow a random policy comes is no fault of the law that it is drawn for, and nowhere
# does a law fail because its machine has other work to do.
_OF_DRAWING = [
    HealthCheck.too_slow,
    HealthCheck.data_too_large,
    HealthCheck.filter_too_much,
    HealthCheck.large_base_example,
]
_ALIKE = settings(deadline=None, suppress_health_check=_OF_DRAWING, derandomize=True)
settings.register_profile("few", _ALIKE, max_examples=10)
settings.register_profile("some", _ALIKE, max_examples=50)
# Explores anew each time: for a night, never to judge a change by.
settings.register_profile("many", _ALIKE, max_examples=1000, derandomize=False)


def pytest_configure(config: pytest.Config) -> None:
    """A quick run tries a few examples of each law; REGLAMENT_LAWS says otherwise."""
    is_quick = config.option.markexpr == "not slow"
    profile = os.environ.get("REGLAMENT_LAWS") or ("few" if is_quick else "some")
    settings.load_profile(profile)
    if settings.default.derandomize:
        # Else a law tries constants of whatever modules are loaded: other ones in another worker,
        # and after each edit. To look for them took two seconds of every process.
        vars(providers)["is_local_module_file"] = lambda path: False


def pytest_collection_finish() -> None:
    """What was imported and collected stays: to look it through again and again for what may go
    took a twelfth of the time. What outlives one look mostly stays, too: a policy, a strategy."""
    gc.freeze()
    gc.set_threshold(50_000, 100, 10)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish() -> None:
    """pytest looks for garbage five times before it ends, and Python once more: once is enough."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True, scope="session")
def _commands_load_a_shipped_policy_once() -> Iterator[None]:
    """Reading it is most of what a command does; those run as processes read it anew."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("reglament.policy.load_policy", kept)
        yield


@pytest.fixture(scope="session")
def policy() -> Policy:
    """The shipped policy of most tests; a folder whose tests are about another says so itself."""
    return shipped("technical-support")


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """One browser for every page of a module: while it runs, so does its loop of events."""
    with chromium() as made:
        yield made


@pytest.fixture(scope="session")
def spark() -> Iterator[Any]:
    """One Spark for every test that asks for it: it takes long to begin."""
    with spark_session() as session:
        yield session


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """A PostgreSQL of this process's own, from the packages that are installed."""
    if not subprocess.run([START_POSTGRES, "--find"], capture_output=True, check=True).stdout:
        pytest.skip("PostgreSQL is not installed; scripts/start-postgres installs it")
    import psycopg

    # A socket's path must be short, and the server's user must be able to reach it.
    folder = Path(tempfile.mkdtemp(prefix="reglament-postgres-", dir="/tmp"))
    started = subprocess.run([START_POSTGRES, folder], capture_output=True, text=True, check=True)
    url = started.stdout.strip()
    with psycopg.connect(url, autocommit=True) as connection:
        # Clients are killed here, and no machine: nothing need be waited for on the disk.
        connection.execute("ALTER SYSTEM SET fsync = off")
        connection.execute("SELECT pg_reload_conf()")
    yield url
    subprocess.run([START_POSTGRES, "--stop", folder], check=True)

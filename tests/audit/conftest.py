"""The logs and the policy that the tests of the log share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from reglament.audit import DecisionLog, open_log
from reglament.policy import Policy
from support.shipped import shipped
from support.shop import record, shop


@pytest.fixture(scope="session")
def policy(tmp_path_factory: pytest.TempPathFactory) -> Policy:
    return shop(tmp_path_factory.mktemp("shop"))


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.slow)])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An address where no log was begun yet, in each of the databases.

    In PostgreSQL it is a schema, which is made in a tenth of the time of a database.
    """
    if request.param == "sqlite":
        return str(tmp_path / "decisions.db")
    address: str = request.getfixturevalue("postgres_url")
    schema = f"log{abs(hash(tmp_path))}"
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f"CREATE SCHEMA {schema}".encode())
    return f"{address}&options=-csearch_path%3D{schema}"


@pytest.fixture
def log(url: str) -> Iterator[DecisionLog]:
    with open_log(url, create=True) as log:
        yield log


@pytest.fixture
def file_log(tmp_path: Path) -> Iterator[DecisionLog]:
    with open_log(str(tmp_path / "decisions.db"), create=True) as log:
        yield log


@pytest.fixture
def shipped_log(tmp_path: Path) -> str:
    """Where a log of one decision by a shipped policy is."""
    url = str(tmp_path / "shipped.db")
    told = {
        "requester.kind": "certified_partner",
        "request.created_at": "2026-11-20T12:00",
        "request.channel": "portal",
        "request.service": "training",
    }
    with open_log(url, create=True) as log:
        record(log, shipped("technical-support"), told)
    return url

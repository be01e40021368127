"""The logs and the policy that the tests of the log share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from reglament.audit import DecisionLog, open_log
from reglament.policy import Policy
from support.shop import shop


@pytest.fixture(scope="session")
def policy(tmp_path_factory: pytest.TempPathFactory) -> Policy:
    return shop(tmp_path_factory.mktemp("shop"))


@pytest.fixture(params=["sqlite", "postgres"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An address where no log was begun yet, in each of the databases."""
    if request.param == "sqlite":
        return str(tmp_path / "decisions.db")
    address: str = request.getfixturevalue("postgres_url")
    database = f"log{abs(hash(tmp_path))}"
    with open_log(address, create=True) as log, log.storage.writing.connect() as connection:
        connection.execution_options(isolation_level="AUTOCOMMIT").execute(
            text(f"CREATE DATABASE {database}")
        )
    return address.replace("/postgres?", f"/{database}?")


@pytest.fixture
def log(url: str) -> Iterator[DecisionLog]:
    with open_log(url, create=True) as log:
        yield log


@pytest.fixture
def file_log(tmp_path: Path) -> Iterator[DecisionLog]:
    with open_log(str(tmp_path / "decisions.db"), create=True) as log:
        yield log

"""Spark itself, for tests of what it runs."""

from __future__ import annotations

import os
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from shutil import which
from typing import Any

import pytest

ON_SPARK = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore"),  # of Spark's own code
]


@contextmanager
def spark_session() -> Iterator[Any]:
    """Spark on two threads of this machine, its workers by this interpreter.

    Skips the test where it cannot run.
    """
    pytest.importorskip("pyspark", reason="pyspark is not installed: Spark NOT tested")
    if which("java") is None:
        pytest.skip("no Java: Spark NOT tested")
    from pyspark.sql import SparkSession

    # Tables of a few rows in 200 parts, and a compiler for programs that run for hours, took
    # half of the processor time.
    quick = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
    os.environ["PYSPARK_PYTHON"] = sys.executable
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        session = (
            SparkSession.builder.master("local[2]")
            .config("spark.ui.enabled", "false")
            .config("spark.ui.showConsoleProgress", "false")
            .config("spark.sql.shuffle.partitions", "2")
            .config("spark.driver.extraJavaOptions", quick)
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.sql.session.timeZone", "Asia/Vladivostok")  # not that of the policy
            .getOrCreate()
        )
    session.sparkContext.setLogLevel("ERROR")
    yield session
    session.stop()

"""From a DataFrame of Spark to its decisions: the same columns, decided in the workers.

The policy goes to each worker once, as a bundle, and is read only if its digest is the one that
the driver named; so no worker decides by another version, whatever is installed there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import field
from datetime import UTC, date, datetime
from functools import partial
from hashlib import sha256
from inspect import signature
from typing import TYPE_CHECKING, Any, Literal

import pyarrow as pa

from reglament.columnar.column_evaluator import ColumnEvaluator
from reglament.columnar.layouts import LaidOut, details_of, kept_columns, telling
from reglament.frozen import frozen
from reglament.memo import keep as keep_ready
from reglament.messages import Language, Message
from reglament.model.problems import needing, refusal
from reglament.plan.bundle import unpack
from reglament.policy import Policy

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

MOST_KEPT = 4  # policies in one worker


@frozen
class _Job:
    """What every worker is told besides the policy."""

    layout: Literal["wide", "full"]
    language: Language
    kept: tuple[str, ...] | None
    options: Mapping[str, Any] = field(default_factory=dict)

    def laid_out(self, policy: Policy, schema: pa.Schema) -> LaidOut:
        """What decides batches of that schema and lays them out. Raises Refused."""
        evaluator = ColumnEvaluator(policy, details=details_of(self.layout), **self.options)
        evaluator.bind(schema)
        kept = kept_columns(schema, evaluator, self.kept)
        return LaidOut(evaluator, self.layout, kept, self.language)


def decide(
    df: DataFrame,
    policy: Policy,
    *,
    only: Iterable[str] | None = None,
    at: datetime | date | str | None = None,
    layout: Literal["wide", "full"] = "wide",
    null: Literal["missing", "told"] = "missing",
    missing_columns: Literal["refuse", "allow"] = "refuse",
    mapping: Mapping[str, str] | None = None,
    keep: Iterable[str] | None = None,
    language: Language = "en",
) -> DataFrame:
    """The decisions about each row of `df`: the columns that `reglament batch` writes.

    `only`, `at`, `null`, `missing_columns` and `mapping` say what they say of `batch`; `keep` names
    columns of `df` to hand on, by default those that tell no fact. A row that does not say which
    version judges it is judged as of now: of the moment of this call, in every worker.

    Nothing is decided before Spark is asked for rows. Raises Refused for columns that do not
    fit, and where pyspark is not installed.
    """
    to_arrow, from_arrow = _types_of_spark()
    now = datetime.now(UTC)
    told: dict[str, Any] = {
        "only": None if only is None else (only,) if isinstance(only, str) else tuple(only),
        "at": at,
        "null": null,
        "missing_columns": missing_columns,
        "mapping": dict(mapping or {}),
        "clock": now,
    }
    job = _Job(layout, language, None if keep is None else tuple(keep), told)
    laid_out = job.laid_out(policy, to_arrow(df.schema))
    laid_out.refuse_taken(Message("keep-other-columns"))
    wanted = telling(laid_out.evaluator) | set(laid_out.kept.names)
    names = [column for column in df.columns if column in wanted]
    # By numbers: on its way to the workers pyspark takes a dot in a name for a way into a struct.
    needed = df.selectExpr(*(f"{_quoted(one)} AS c{place}" for place, one in enumerate(names)))
    bundle = policy.bundle().encode()
    function = _in_worker(_shipped(df, bundle), sha256(bundle).hexdigest(), job, names)
    return needed.mapInArrow(function, from_arrow(_plain_schema(laid_out.schema)))


def decide_by_sql(df: DataFrame, policy: Policy, **options: Any) -> DataFrame:
    """The same by the SQL of the policy, for Spark to plan with the rest of a query.

    `options` are those of `Policy.sql`, without the table. The tables that the engine fills are
    broadcast. A cell whose status is `left` is one that `decide` tells.

    Raises Refused for a decision that cannot be said in SQL.
    """
    from pyspark.sql.functions import broadcast

    view = "reglament_requests"
    script = policy.sql("spark", table=view, **options)
    session = df.sparkSession
    df.createOrReplaceTempView(view)
    for table in script.tables.values():
        columns = ", ".join(f"{name} {type_}" for name, type_ in table.columns.items())
        filled = session.createDataFrame(list(table.rows), columns)
        broadcast(filled).createOrReplaceTempView(table.name)
    return session.sql(script.select)


def _types_of_spark() -> tuple[Callable[..., pa.Schema], Callable[..., Any]]:
    with needing("spark"):
        from pyspark.sql.pandas.types import from_arrow_schema, to_arrow_schema
    # Later releases ask for the zone of moments; which it is does not matter to the columns.
    has_zone = "timezone" in signature(to_arrow_schema).parameters
    zone: dict[str, Any] = {"timezone": "UTC"} if has_zone else {}
    return partial(to_arrow_schema, **zone), from_arrow_schema


def _quoted(name: str) -> str:
    """The name as Spark takes it: a dot in it is no way into a struct."""
    return "`{}`".format(name.replace("`", "``"))


def _shipped(df: DataFrame, bundle: bytes) -> Callable[[], bytes]:
    """What gives the bundle in a worker: a broadcast, or by Spark Connect a part of the task."""
    try:
        shared = df.sparkSession.sparkContext.broadcast(bundle)
    except Exception:  # Spark Connect has no context, and says so in its own class of error
        return lambda: bundle
    return lambda: bytes(shared.value)


def _in_worker(
    shipped: Callable[[], bytes], digest: str, job: _Job, names: list[str]
) -> Callable[[Iterator[pa.RecordBatch]], Iterator[pa.RecordBatch]]:
    def decided(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        laid_out: LaidOut | None = None
        for numbered in batches:
            batch = numbered.rename_columns(names)
            if laid_out is None:
                laid_out = job.laid_out(_policy(shipped, digest), batch.schema)
            found = laid_out.batch(batch, laid_out.decided(batch))
            yield found.cast(_plain_schema(found.schema))

    return decided


def _policy(shipped: Callable[[], bytes], digest: str) -> Policy:
    """The policy of that digest, read once in each worker."""
    policy = _ready.get(digest)
    if policy is None:
        bundle = shipped()
        if sha256(bundle).hexdigest() != digest:
            raise refusal("bundle-changed", Message("bundle-of-other-digest"))
        policy = Policy.from_bundles(unpack(bundle))
        keep_ready(_ready, digest, policy, MOST_KEPT)
    return policy


_ready: dict[str, Policy] = {}


def _plain_schema(schema: pa.Schema) -> pa.Schema:
    """The schema without dictionaries, of which Spark has none."""
    return pa.schema(
        [
            (one.name, one.type.value_type if pa.types.is_dictionary(one.type) else one.type)
            for one in schema
        ]
    )

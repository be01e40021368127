"""From rows to the moments or days by which their versions are chosen."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pyarrow as pa

from reglament.batch.log_source import decided_as_of
from reglament.columnar.column_evaluator import ColumnEvaluator
from reglament.columnar.reading.fact_columns import column_at
from reglament.language.requests.told_moments import read_datetime
from reglament.language.syntax.mismatch import TypeMismatch


def moments_of(evaluator: ColumnEvaluator, batch: pa.RecordBatch) -> pa.Array | None:
    """The fact that chooses the version, by the clocks of the policy; None without its column.

    Of text that is no moment null, as of what is missing: its row is refused. A row of a log
    says as of when it was decided, if the request does not.
    """
    newest, found = evaluator.versions[-1], None
    for column in evaluator.columns:
        if column.fact.name == newest.chosen_by:
            found = _in_zone(column_at(batch, column.path), newest.zone)
    return decided_as_of(batch, found, newest.zone)


def _in_zone(moments: pa.Array, zone: str) -> pa.Array:
    """Days, or moments by the clocks of the zone; what has no offset is by them already."""
    if pa.types.is_date(moments.type):
        return moments
    there = pa.timestamp("us", zone)
    if pa.types.is_timestamp(moments.type):
        return moments if moments.type.tz is None else moments.cast(there)
    by = ZoneInfo(zone)
    return pa.array([_read(one, by) for one in moments.to_pylist()], there)


def _read(text: object, zone: ZoneInfo) -> datetime | None:
    try:
        return None if text is None else read_datetime(text, zone)
    except TypeMismatch:
        return None

"""The one column evaluator, as the commands and files over tables use it."""

from reglament.columnar.class_records import ClassRecord, RowRecord
from reglament.columnar.column_evaluator import ColumnEvaluator
from reglament.columnar.decided_columns import DecidedColumns, DecisionColumn

__all__ = ["ClassRecord", "ColumnEvaluator", "DecidedColumns", "DecisionColumn", "RowRecord"]

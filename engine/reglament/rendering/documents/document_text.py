"""From a decision document to JSON text, traces of very many rules written row by row.

It is the text that `json.dumps` makes of the whole document, in a tenth of the time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from itertools import count
from json import JSONEncoder
from typing import Any

from reglament.model.outcomes import RulesSeen, RuleStatus, TestSeen
from reglament.rendering.plain.plain_tests import rule_shape, test_shape

_MARK = "\N{OBJECT REPLACEMENT CHARACTER}"
_DEPTH = 4  # of an element of a trace, in objects and lists
_OF_TEST = 2  # how much deeper its tests stand


def document_text(
    made: Mapping[str, Any], *, indent: int | None = None, is_ascii: bool = False
) -> str:
    """The text of a document that `document` made for it."""
    for number in count():
        mark, traces = f"{_MARK}{number}", list[RulesSeen]()
        left_out = partial(_left_out, traces, mark)
        write = JSONEncoder(ensure_ascii=is_ascii, indent=indent, default=left_out).encode
        parts = write(made).split(write(mark))
        if len(parts) == len(traces) + 1:  # else the mark is a text of the document
            break
    texts = [_Rows(write, indent).trace(trace) for trace in traces]
    return "".join([one for two in zip(parts, [*texts, ""], strict=True) for one in two])


def _left_out(traces: list[RulesSeen], mark: str, trace: RulesSeen) -> str:
    traces.append(trace)
    return mark


class _Rows:
    """Writes the rows of traces."""

    def __init__(self, write: Callable[[Any], str], indent: int | None) -> None:
        self._write, self._indent = write, indent

    def trace(self, seen: RulesSeen) -> str:
        """The list of what became of the rules."""
        rows = self._next(_DEPTH).join(self._rows(seen))
        return f"[{self._line(_DEPTH)}{rows}{self._line(_DEPTH - 1)}]"

    def _rows(self, seen: RulesSeen) -> Iterator[str]:
        tests = [self._at(_DEPTH + _OF_TEST, test_shape(test)) for test in seen.tests]
        failing = ["" if one.holds else test for one, test in zip(seen.tests, tests, strict=True)]
        not_applied = rule_shape(_MARK, RuleStatus.NOT_APPLIED, (), [_MARK])
        before, between, after = self._at(_DEPTH, not_applied).split(self._write(_MARK))
        next_test, is_any = self._next(_DEPTH + _OF_TEST), False
        for rule, asked in zip(seen.rules, seen.of_rules, strict=True):
            shown = next_test.join([failing[index] for index in asked if failing[index]])
            if shown:
                yield f"{before}{self._write(rule)}{between}{shown}{after}"
            else:
                is_any = True
                yield self._rule(rule, RuleStatus.APPLIED, [seen.tests[index] for index in asked])
        if seen.otherwise is not None:
            status = RuleStatus.NOT_APPLIED if is_any else RuleStatus.APPLIED
            yield self._rule(seen.otherwise, status, [])

    def _rule(self, rule: str, status: RuleStatus, tests: list[TestSeen]) -> str:
        return self._at(_DEPTH, rule_shape(rule, status, (), list(map(test_shape, tests))))

    def _at(self, depth: int, plain: Any) -> str:
        """The text of a value that stands so deep: no line of it ends within a text."""
        return self._write(plain).replace("\n", self._line(depth))

    def _next(self, depth: int) -> str:
        """What stands between two values."""
        return f",{self._line(depth)}" if self._line(depth) else ", "

    def _line(self, depth: int) -> str:
        return "" if self._indent is None else "\n" + " " * (self._indent * depth)

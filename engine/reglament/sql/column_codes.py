"""SQL for the numbers of what diagrams ask: of facts, and of tests of several."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from reglament.columnar.vectors.vector_values import MISSING, NULL, Coding
from reglament.messages import Message
from reglament.sql.columns_asked import Asked, AskedFact, AskedTest
from reglament.sql.dialects import Unsayable
from reglament.sql.written_numbers import kind_of
from reglament.sql.written_terms import TermWriter


class ColumnCodes:
    """Writes the numbers of columns of one version; `made` holds what was written."""

    def __init__(self, terms: TermWriter, places: Mapping[str, int]) -> None:
        """The fact at a place has its state in the column `s` and its value in `v` of it."""
        self.terms, self.places = terms, places
        self.made: dict[Asked, str] = {}

    def code(self, column: Asked) -> str:
        """SQL for the number of a column. Raises Unsayable."""
        if column not in self.made:
            match column:
                case AskedFact():
                    self.made[column] = self._fact_code(column)
                case AskedTest():
                    self.made[column] = self._test_code(column)
        return self.made[column]

    def _fact_code(self, column: AskedFact) -> str:
        at = self.places[column.name]
        type_ = self.terms.version.facts[column.name].type
        cases = []
        if column.words is not None:
            cases = [f"WHEN v{at} = {self.literal(word)} THEN {2 + place}"
                     for place, word in enumerate(column.words)]  # fmt: skip
        else:
            coding = Coding(type_.kind, self.terms.zone, type_.places)
            for place, cut in enumerate(column.cuts):
                number = coding.number(cut)
                if number is None:
                    raise Unsayable(Message("sql-kind", name=column.name))
                cases.append(f"WHEN v{at} < {number} THEN {2 + place}")
        rest = column.size - 1
        value = f"CASE {' '.join(cases)} ELSE {rest} END" if cases else str(rest)
        return f"CASE s{at} WHEN 0 THEN 0 WHEN 1 THEN 1 ELSE {value} END"

    def _test_code(self, column: AskedTest) -> str:
        facts = column.facts
        holds = self.terms.test(column.test).sql
        rest = f"WHEN NOT ({holds}) THEN 2 ELSE 3" if column.may_be_unknown else "ELSE 2"
        return (
            f"CASE WHEN {self.some(facts, MISSING)} THEN 0 WHEN {self.some(facts, NULL)} THEN 2"
            f" WHEN {holds} THEN 1 {rest} END"
        )

    def some(self, facts: Iterable[str], state: int) -> str:
        """SQL for whether one of the facts is in the state."""
        states = " OR ".join(f"s{self.places[name]} = {state}" for name in sorted(facts))
        return f"({states})" if states else "FALSE"

    def literal(self, value: object) -> str:
        """SQL for a value as the number, or the word, that stands for it."""
        if isinstance(value, bool):
            return str(value).upper()
        if isinstance(value, str):
            return self.terms.dialect.text(value)
        kind, places = kind_of(value)
        return str(Coding(kind, self.terms.zone, places).number(value))

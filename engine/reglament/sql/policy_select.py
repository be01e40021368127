"""One select over all versions: which of them judges a row, and what that one says of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from reglament.columnar.column_evaluator import ColumnEvaluator
from reglament.columnar.vectors.vector_values import FIRST_DAY
from reglament.language.loading.in_force import InForce, start_of
from reglament.messages import Message
from reglament.model.moments import micros
from reglament.model.problems import Problem, Refused, refusal
from reglament.model.regulation import Version
from reglament.model.values import Kind
from reglament.sql.dialects import Dialect, Unsayable
from reglament.sql.outcome_columns import column_type
from reglament.sql.read_facts import LEFT_ROW, FactReader, SourceColumns
from reglament.sql.shared_tables import SharedTables
from reglament.sql.version_select import VersionSelect, cells_asked

ERROR_COLUMN: Final = "error"
VERSION: Final = "version"


class PolicySelect:
    """Writes the select over all versions, and fills what these share."""

    def __init__(
        self,
        asked: ColumnEvaluator,
        dialect: Dialect,
        source: SourceColumns,
        names: Mapping[str, str],
        *,
        with_reasons: bool = False,
    ) -> None:
        """`names` are those of the tables. Raises Refused for what cannot be said in SQL."""
        self.with_reasons, self.suffixes = with_reasons, cells_asked(with_reasons)
        self.asked, self.dialect, self.source = asked, dialect, source
        self.shared = SharedTables(names)
        self.facts = asked.facts_asked(with_reasons=with_reasons)
        self.places = {name: place for place, name in enumerate(asked.facts)}
        self.versions = self._versions()
        self.selects: list[tuple[str, str]] = []
        self.kept: dict[str, str] = {}
        self.parts = [self._part(version) for version in self.versions]

    def _versions(self) -> tuple[Version, ...]:
        """Those that can judge a row."""
        if self.asked.at is None:
            return self.asked.versions
        return (InForce(self.asked.versions).at(self.asked.at),)

    def _part(self, version: Version) -> VersionSelect:
        lacking = self.source.lacking | (version.facts.keys() - self.facts.keys())
        source = SourceColumns(lacking, self.source.told, self.source.null)
        part = VersionSelect(
            self.asked.policy.evaluator(version),
            self.dialect,
            source,
            self.shared,
            with_reasons=self.with_reasons,
        )
        wanted = [name for name in self.asked.decisions if name in version.decisions]
        if why := part.plan(wanted):
            said = [name for name in wanted if name not in why]
            problems = [
                Problem("not-in-sql", Message("not-in-sql", name=name, why=message))
                for name, message in why.items()
            ]
            problems[-1] = replace(problems[-1], hint=_instead(said))
            raise Refused(problems)
        return part

    # The selects

    def select(self, table: str, keep: Sequence[str]) -> str:
        """The whole select."""
        name = self.dialect.name_of
        # Under names of their own on the way: a table may have any names.
        self.kept = {f"keep{place}": name(one) for place, one in enumerate(keep)}
        kept = list(self.kept)
        read = [f"{given} AS {own}" for own, given in self.kept.items()]
        reader = FactReader(self.versions[-1], self.dialect, self.source)
        for fact in self.facts.values():
            raw, told = reader.raw(fact)
            at = self.places[fact.name]
            read += [f"{raw} AS g{at}", f"{told} AS b{at}"]
        self.selects = [("asked", f"SELECT {', '.join(read)} FROM {table}")]
        self.selects.append(("judged", self._judged()))
        parts = []
        for place, part in enumerate(self.parts):
            start = self._started(place, part, kept)
            self.selects += part.selects(f"v{place}", start, kept)
            parts.append(self._judged_by(place, part))
        parts.append(self._unjudged())
        chain = ",\n".join(
            f"{one} AS {self.dialect.once(f'once{place}', sql)}"
            for place, (one, sql) in enumerate(self.selects)
        )
        return f"WITH {chain}\n" + "\nUNION ALL\n".join(parts)

    def _judged(self) -> str:
        """The place of the version of each row, or why there is none."""
        chosen_by = self.asked.versions[-1].chosen_by
        if self.asked.at is not None or chosen_by not in self.facts \
                or chosen_by in self.source.lacking:  # fmt: skip
            return (
                f"SELECT *, {self._usual()} AS place, {_none(self.dialect)} AS unjudged FROM asked"
            )
        newest = self.asked.versions[-1]
        at = self.places[chosen_by]
        reader = FactReader(newest, self.dialect, self.source)
        read = reader.read(newest.facts[chosen_by], f"g{at}", f"b{at}")
        starts, ends = self._edges(newest.facts[chosen_by].type.kind)
        wrong = read.error if self._moment_first else _none(self.dialect)
        values = f"{read.value} AS chosen, {wrong} AS ill_chosen"
        self.selects.append(("chosen", f"SELECT *, {values} FROM asked"))
        before = f"chosen < {starts[0]}"
        # Where the facts are checked first, the row stays with the version that checks them.
        cases = [f"WHEN {before} THEN {'NULL' if self._moment_first else 0}"]
        cases += [f"WHEN chosen < {start} THEN {at}" for at, start in enumerate(starts[1:])]
        usual = f"CASE WHEN chosen IS NULL THEN {self._usual()}"
        place = f"{usual} {' '.join(cases)} ELSE {len(starts) - 1} END"
        self.selects.append(("placed", f"SELECT *, {place} AS place FROM chosen"))
        late = [
            f"(place = {k} AND chosen >= {end})" for k, end in enumerate(ends) if end is not None
        ]
        after = f" WHEN {' OR '.join(late)} THEN 'after-last-version'" if late else ""
        none = f"{before} OR place IS NULL"
        unjudged = f"CASE WHEN {none} THEN 'before-first-version'{after} END"
        return f"SELECT *, COALESCE(ill_chosen, {unjudged}) AS unjudged FROM placed"

    @property
    def _moment_first(self) -> bool:
        """Whether a moment that no version judges, or a wrong one, is all that is said of a row."""
        versions = self.asked.versions
        return len(versions) > 1 or versions[-1].holds_until is not None

    def _usual(self) -> str:
        """The version that judges rows which do not say when."""
        if self.asked.at is not None:
            return "0"
        place = InForce(self.asked.versions).place(self.asked.clock)
        return "CAST(NULL AS INTEGER)" if place is None else str(place)

    def _edges(self, kind: Kind) -> tuple[list[int], list[int | None]]:
        """When each version begins, and ends, as the fact that chooses it is told."""
        versions, in_force = self.asked.versions, InForce(self.asked.versions)
        number = micros if kind is Kind.DATETIME else self._first_day
        return [number(moment) for moment in in_force.starts], [
            None if version.holds_until is None else number(end)
            for version, end in zip(versions, in_force.ends, strict=True)
        ]

    def _first_day(self, moment: datetime) -> int:
        """The first day that begins at the moment, or later, by the newest version's clock."""
        zone = self.asked.versions[-1].zone
        day = moment.date() - timedelta(days=2)
        while start_of(day, zone) < moment:
            day += timedelta(days=1)
        return day.toordinal() - FIRST_DAY

    def _started(self, place: int, part: VersionSelect, kept: Sequence[str]) -> str:
        """The selects with the facts of one version, and what is wrong with them."""
        columns = []
        for fact, at in part.places.items():
            of = self.places.get(fact)
            raw, is_null = (f"g{of}", f"b{of}") if fact in self.facts else ("NULL", "FALSE")
            columns += [f"{raw} AS r{at}", f"{is_null} AS t{at}"]
        stray = [
            f"(g{self.places[name]} IS NOT NULL OR b{self.places[name]})"
            for name in self.facts
            if name not in part.version.facts
        ]
        strange = f"CASE WHEN {' OR '.join(stray)} THEN 'unknown-fact' END" if stray else "NULL"
        raw_name, told_name, name = f"v{place}_raw", f"v{place}_told", f"v{place}_facts"
        self.selects.append((
            raw_name,
            f"SELECT {', '.join([*kept, 'unjudged', *columns])}, {strange} AS stray"
            f" FROM judged WHERE place = {place}",
        ))  # fmt: skip
        try:
            told = part.told([*kept, "unjudged", "stray"])
        except Unsayable as unsayable:  # a fact that no decision reads is checked all the same
            names = [name for name in self.asked.decisions if name in part.planned]
            why, name = unsayable.why, str(dict(unsayable.why.values).get("name"))
            message = Message("not-in-sql", name=name, why=why)
            raise refusal("not-in-sql", message, _instead(names)) from None
        self.selects.append((told_name, f"SELECT {told} FROM {raw_name}"))
        errors = ["stray", *(f"e{at}" for at in part.places.values())]
        self.selects.append((name, f"SELECT *, {self._errors(errors)} AS error FROM {told_name}"))
        return name

    def _errors(self, errors: Sequence[str]) -> str:
        """The codes of what is wrong, each once; where the engine has to look, that alone."""
        left = " OR ".join(f"COALESCE({error} = '{LEFT_ROW}', FALSE)" for error in errors)
        codes = []
        for place, one in enumerate(errors):
            earlier = " ".join(f"WHEN {one} = {other} THEN ''" for other in errors[:place])
            codes.append(f"CASE WHEN {one} IS NULL THEN '' {earlier} ELSE ' ' || {one} END")
        found = f"NULLIF(TRIM({' || '.join(codes)}), '')"
        # The facts of a policy of one version are checked before the moment is.
        first = "unjudged, " if self._moment_first else ""
        last = "" if first else ", unjudged"
        return f"COALESCE({first}CASE WHEN {left} THEN '{LEFT_ROW}' END, {found}{last})"

    def _judged_by(self, place: int, part: VersionSelect) -> str:
        """The rows that a version judges."""
        version = self.dialect.text(part.version.version)
        return f"{self._result(version, part.cells)}, {ERROR_COLUMN} FROM v{place}_out"

    def _unjudged(self) -> str:
        """The rows that no version judges."""
        columns = self._result(_none(self.dialect), lambda name: ["NULL"] * len(self.suffixes))
        return f"{columns}, unjudged AS {ERROR_COLUMN} FROM judged WHERE place IS NULL"

    def _result(self, version: str, cells: Callable[[str], Sequence[str]]) -> str:
        """A select of the columns of the result, up to the error; `cells` are those of a name."""
        columns = [f"{own} AS {given}" for own, given in self.kept.items()]
        columns.append(f"{version} AS {VERSION}")
        for name in self.asked.decisions:
            for suffix, cell, type_ in zip(
                self.suffixes, cells(name), self._types(name), strict=True
            ):
                cast = f"CAST({cell} AS {type_})" if cell == "NULL" else cell
                columns.append(f"{cast} AS {self.dialect.name_of(name + suffix)}")
        return f"SELECT {', '.join(columns)}"

    def _types(self, name: str) -> list[str]:
        text = self.dialect.text_type
        part = next(one for one in reversed(self.parts) if name in one.version.decisions)
        return [
            column_type(self.dialect, part.version.decisions[name]),
            *[text] * (len(self.suffixes) - 1),
        ]

    def columns(self, keep: Sequence[str]) -> dict[str, str]:
        """The columns of the result with their types."""
        found = dict.fromkeys(keep, "")
        found[VERSION] = self.dialect.text_type
        for name in self.asked.decisions:
            found |= {name + suffix: type_ for suffix, type_ in
                      zip(self.suffixes, self._types(name), strict=True)}  # fmt: skip
        return {**found, ERROR_COLUMN: self.dialect.text_type}


def _none(dialect: Dialect) -> str:
    return f"CAST(NULL AS {dialect.text_type})"


def _instead(names: Sequence[str]) -> Message:
    if not names:
        return Message("sql-use-batch")
    return Message("sql-use-only", listed=",".join(names))

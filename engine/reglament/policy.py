"""The way in for programs: load a policy once, decide many requests by it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal

from reglament.decided import Decided, Reader, decided_by
from reglament.evaluation import Evaluator, UnknownDecision
from reglament.language.loading.files import cache
from reglament.language.loading.files.bundles import is_bundle, read_bundle
from reglament.language.loading.files.content import carried, content_of, version_carried
from reglament.language.loading.in_force import InForce
from reglament.language.requests.asked_names import names_asked
from reglament.language.requests.request_reader import fact_table, facts_by
from reglament.language.syntax.bundled import bundled_policies, find_policy
from reglament.messages import Language, Message
from reglament.model.outcomes import AsOfSource
from reglament.model.problems import needing, refusal
from reglament.model.regulation import Fact, Version
from reglament.plan.bundle import Bundled, pack
from reglament.plan.nodes import Plan

if TYPE_CHECKING:
    from reglament.analysis.counterfactual.nearest_change import Nearest
    from reglament.analysis.interview import Question
    from reglament.audit import DecisionLog
    from reglament.columnar.layouts import Layout
    from reglament.sql.dialects import DialectName
    from reglament.sql.script import SqlScript

MOST_KEPT = 64

__all__ = ["Decided", "Policy", "Reader", "bundled_policies", "find_policy", "load_policy"]


def load_policy(name_or_path: str | Path, *, is_cached: bool = False) -> Policy:
    """The policy of a bundled name, a folder (of versions, or of one version) or a file.

    A file may be what `reglament build` wrote. With `is_cached`, what was read of the same files
    before is taken from the disk, and what is read now is kept there.

    Raises Refused with everything that is wrong with it, files that cannot be read too.
    """
    try:
        policy = _read(find_policy(name_or_path), is_cached)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        message = Message("policy-cannot-read", name_or_path=name_or_path, why=why)
        raise refusal("policy-unreadable", message) from error
    if not is_cached:  # else each function is made at the first request that takes it
        policy.compile()
    return policy


def _read(path: Path, is_cached: bool) -> Policy:
    if is_bundle(path):
        return Policy.from_bundles(read_bundle(path))
    is_kept = is_cached and cache.cache_folder() is not None
    key = cache.key_of(path) if is_kept else None
    found = None if key is None else cache.kept(key)
    if found is not None:
        return Policy.from_bundles(found)
    from reglament.language.loading.version_loader import read_policy  # late: most of the engine

    policy = Policy(read_policy(path))
    if key is not None:
        cache.keep(key, policy.bundle())
    return policy


class Policy:
    """A regulation in all its versions: slow to load, quick to decide by, safe to share."""

    def __init__(
        self, versions: tuple[Version, ...], plans: Mapping[str, Plan] = MappingProxyType({})
    ) -> None:
        self.versions = versions
        self._evaluators = {
            version.version: Evaluator(version, plan=plans.get(version.version))
            for version in versions
        }
        self._facts = {version.version: fact_table(version) for version in versions}
        self._newest_facts = fact_table(versions[-1])
        self._in_force = InForce(versions)
        self._newest = self._evaluators[versions[-1].version]
        # Where no request can be of another version, its facts are read but once.
        is_one = len(versions) == 1 and versions[-1].holds_until is None
        self._chosen_of_one = versions[-1].chosen_by if is_one else None
        self._newest_start = self._in_force.starts[-1]

    @classmethod
    def from_text(cls, policy: str | Mapping[str, object]) -> Policy:
        """The policy of a text in YAML, of the mapping that such a text holds, or of its files.

        Files are `{"policy.yaml": "…", "fees.csv": "…"}`; those of several versions stand in
        folders, `{"2024-01-01/policy.yaml": "…"}`. Raises Refused, as `load_policy` does.
        """
        from reglament.language.loading.version_texts import read_texts

        return cls(read_texts(policy))

    @classmethod
    def from_bundles(cls, bundled: tuple[Bundled, ...]) -> Policy:
        """The policy whose versions, with their plans, were read from bundles."""
        plans = {one.version.version: one.plan for one in bundled}
        return cls(tuple(one.version for one in bundled), plans)

    def compile(self) -> None:
        """Make the functions that decide by each version now, so that none is made at a request."""
        for evaluator in self._evaluators.values():
            evaluator.compile()

    def bundle(self) -> str:
        """The policy as one text that `load_policy` reads from a file, without its YAML.

        Raises KeyError for a version that was not read from files.
        """
        return pack(
            Bundled(version, self._evaluators[version.version].plan_with_rules, content_of(version))
            for version in self.versions
        )

    @property
    def id(self) -> str:
        """The name of the regulation."""
        return self.versions[-1].policy

    @property
    def facts(self) -> Mapping[str, Fact]:
        """What a request may tell the newest version, by name: types, labels, options, bounds."""
        return MappingProxyType(dict(self.versions[-1].facts))

    def schema(
        self,
        *,
        files: bool = False,
        at: datetime | date | str | None = None,
        language: Language = "en",
    ) -> dict[str, Any]:
        """A JSON Schema (2020-12) of the requests that the policy decides, or of its `files`.

        Of the newest version, or of that in force `at` a moment; its labels are in `language`.
        What the schema of requests accepts `decide` reads, and the other way round, as far as
        JSON Schema can say. Raises Refused for a moment before the first version.
        """
        version = self.versions[-1] if at is None else self.version_at(self.moment(at))
        if not files:
            from reglament.language.requests.request_schema import request_schema

            return request_schema(version, language)
        from reglament.language.loading.files_schema import files_schema

        return files_schema(version, language)

    def __repr__(self) -> str:
        versions = ", ".join(version.version for version in self.versions)
        return f"<Policy {self.id}: {versions}>"

    def __dir__(self) -> list[str]:
        return [name for name in super().__dir__() if name[0] != "_" or name.startswith("__")]

    def __eq__(self, other: object) -> bool:
        """Whether it is the same text in all its versions, by their digests."""
        return self._identity == other._identity if isinstance(other, Policy) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._identity)

    @property
    def _identity(self) -> tuple[object, ...]:
        return tuple(version.digest or id(version) for version in self.versions)

    def __copy__(self) -> Policy:
        return self  # it never changes

    def __deepcopy__(self, memo: object) -> Policy:
        return self

    def __reduce__(self) -> tuple[Any, ...]:
        return _policy_of, tuple(map(carried, self.versions))

    def decide(
        self,
        facts: object,
        *,
        at: datetime | date | str | None = None,
        known_at: datetime | date | str | None = None,
        log: DecisionLog | str | None = None,
        only: Iterable[str] | None = None,
        subject: str | None = None,
    ) -> Decided:
        """Every decision about the request that tells `facts`.

        `facts` is a mapping, nested or dotted, or a dataclass; values are Python
        values or text in ISO 8601. The version in force is chosen by the policy's
        own fact; by `at` where that is given; by the clock where both are missing.
        With `known_at` only the versions published by then are asked. With `log`
        (a log, a file's path or a URL) the decision is on the disk when this returns, with
        the `subject` that it is about (`request/REQ-17`), by which the log is searched.
        With `only`, a name or several, the others are decided no sooner than somebody
        asks for them; every fact told is checked all the same.

        Raises Refused for facts that are wrong, for a moment before the first version,
        for a name in `only` that is no decision, and where the log does not take the
        decision.
        """
        if only is not None:
            only = names_asked(only)
        if known_at is not None or log is not None or subject is not None:
            return self._recorded(facts, at, known_at, log, only, subject)
        try:
            if at is None:
                return self.decide_when(facts, None, only)
            return self._decided(facts, self.moment(at), "given", only)
        except UnknownDecision as unknown:
            from reglament.analysis.interview import decision_named

            decision_named(unknown.version, unknown.name)
            raise

    def evaluator(self, version: Version) -> Evaluator:
        """What decides by one of the versions, for facts that are checked."""
        return self._evaluators[version.version]

    def decide_when(
        self, facts: object, clock: datetime | None, only: tuple[str, ...] | None = None
    ) -> Decided:
        """What `decide` says where the clock shows `clock`: one moment for many requests."""
        if self._chosen_of_one:
            told = facts_by(self._newest_facts, facts)
            chosen: Any = told.get(self._chosen_of_one)
            source: AsOfSource = "fact"
            if chosen.__class__ is datetime:
                moment = chosen
            elif chosen is None:
                moment, source = clock or datetime.now(UTC), "now"
            else:
                moment = self._in_force.start(chosen)
            if moment >= self._newest_start:
                return decided_by(self._newest, told, (moment, source, facts), only)
        moment, source = self._in_force.when(facts, None)
        moment = clock or moment if source == "now" else moment
        return self._decided(facts, moment, source, only)

    def decide_table(
        self,
        table: Any,
        *,
        at: datetime | date | str | None = None,
        only: Iterable[str] | None = None,
        layout: Layout = "wide",
        keep: Iterable[str] | None = None,
        mapping: Mapping[str, str] = MappingProxyType({}),
        null: Literal["missing", "told"] = "missing",
        missing_columns: Literal["refuse", "allow"] = "refuse",
        language: Language = "en",
    ) -> Any:
        """Every row of a table decided, as `decide` would: a table of the kind that was given.

        That is a Table, RecordBatch or RecordBatchReader of pyarrow (a reader is read as what
        comes back is read), a DataFrame or LazyFrame of Polars (collected first), a DataFrame of
        pandas, or a relation of DuckDB (in its default connection). A column tells the fact of
        its name, or that which `mapping` has for it; a null is a fact that is missing, or, with
        `null="told"`, null where the fact may be; a column `<fact>.told` says it row by row.
        The columns in `keep` (by default all) come first, then for each decision its outcome,
        `<decision>.status`, `<decision>.rules`, and with `layout="full"` all other reasons. A
        refused row has its reason in `error` and `error.message`, and null in the others.
        Rows that do not tell what chooses the version are all decided as of one moment.

        Raises Refused where columns do not fit, and, where `missing_columns` is not `allow`, for
        a fact without a column. Takes the extra `batch`.
        """
        with needing("batch"):
            from reglament.columnar.column_evaluator import ColumnEvaluator
            from reglament.columnar.frames import FrameDecider
            from reglament.columnar.layouts import details_of

        evaluator = ColumnEvaluator(
            self,
            only=only,
            at=at,
            null=null,
            missing_columns=missing_columns,
            mapping=mapping,
            details=details_of(layout),
        )
        return FrameDecider(evaluator, layout, keep, language).decide(table)

    def sql(
        self,
        dialect: DialectName,
        *,
        only: Iterable[str] | None = None,
        at: datetime | date | str | None = None,
        table: str = "requests",
        keep: Iterable[str] = ("id",),
        told: Iterable[str] = (),
        lacking: Iterable[str] = (),
        null: Literal["missing", "told"] = "missing",
        prefix: str = "reglament",
        reasons: bool = False,
    ) -> SqlScript:
        """The policy as SQL of `duckdb`, `postgresql` or `spark`: tables, and a select over rows.

        `table` is what stands after FROM: a table whose columns are named as the facts. `keep`
        names columns of it to hand on. A NULL is a fact that is missing, or, with `null="told"`,
        null where the fact may be; of the facts in `told` a column `<fact>.told` says it row by
        row. Those in `lacking` have no column and are missing in every row. `prefix` begins the
        names of the tables. `only` and `at` are those of `decide`; rows that do not tell what
        chooses the version are judged as of this call.

        The select has for each decision its outcome, `<decision>.status`, `.rules`, `.possible`
        and `.refused`. What SQL cannot tell of a row has the status `left`, and a row whose facts
        it cannot check the error `left-to-batch`: `decide` and `reglament batch` tell these.
        With `reasons` there are `.clauses`, `.readings` and `.because_rules` too, NULL unless all
        is told and decided on which the decision rests.

        Raises Refused, with each decision that cannot be said just as it is meant. Takes the
        extra `batch`.
        """
        with needing("batch"):
            from reglament.columnar.column_evaluator import ColumnEvaluator
            from reglament.sql.read_facts import SourceColumns
            from reglament.sql.script import sql_of

        asked = ColumnEvaluator(self, only=only, at=at, null=null)
        source = SourceColumns(frozenset(lacking), frozenset(told), null)
        return sql_of(asked, dialect, source, table, keep, prefix, with_reasons=reasons)

    def version_for(self, facts: object, at: datetime | date | str | None = None) -> Version:
        """The version that judges the request, which alone says what facts there are.

        Raises Refused, as `decide` does for a moment that no version judges.
        """
        return self._in_force.judging(facts, *self._in_force.when(facts, at))

    def next_question(
        self,
        facts: object,
        decision: str | Iterable[str] | None = None,
        *,
        not_known: Collection[str] = (),
        asked_of: str | None = None,
        at: datetime | date | str | None = None,
    ) -> Question | None:
        """What to ask next to settle `decision` (or several): the fact that settles most.

        By default the decision that answers the requester. None where nothing is left to
        ask; facts in `not_known` are never asked for, nor what settles nothing without them.
        With `asked_of` (as `told_by` of the policy names it: `"requester"`) only what that
        person can tell is asked. Raises Refused, as `decide`.
        """
        from reglament.analysis.interview import asked_about, next_question

        decided = self.decide(facts, at=at)
        names = asked_about(decided.version, decision)
        return next_question(decided.evaluator, decided.facts, names, not_known, asked_of)

    def change(
        self,
        facts: object,
        want: Mapping[str, object] | None = None,
        *,
        at: datetime | date | str | None = None,
    ) -> Nearest:
        """The nearest changes of the facts that give the wanted outcomes, `{decision: outcome}`.

        `ANOTHER` (of `reglament.analysis.counterfactual.nearest_change`) wants any outcome but
        the present one; by default of the decision that answers the requester. Raises
        Refused, as `decide`, and for a goal that names no decision or no outcome of it.
        """
        from reglament.analysis.counterfactual.goals import goals
        from reglament.analysis.counterfactual.nearest_change import ANOTHER, nearest_change
        from reglament.analysis.interview import asked_about

        decided = self.decide(facts, at=at)
        if want is None:
            want = dict.fromkeys(asked_about(decided.version, None), ANOTHER)
        return nearest_change(decided.evaluator, decided.told, goals(decided.version, want))

    def as_known(self, moment: datetime) -> Policy:
        """The policy as it was published at `moment`. Raises Refused before the first version."""
        from reglament.audit.as_known import known_at

        known = known_at(self.versions, moment)
        return self if known == self.versions else Policy(known)

    def _recorded(
        self,
        facts: object,
        at: datetime | date | str | None,
        known_at: datetime | date | str | None,
        log: DecisionLog | str | None,
        only: tuple[str, ...] | None,
        subject: str | None,
    ) -> Decided:
        moment = None if known_at is None else self.moment(known_at)
        policy = self if moment is None else self.as_known(moment)
        decided = policy.decide(facts, at=at, only=only)
        if log is not None:
            from reglament.audit import record

            record(log, decided.recordable(known_at=moment, subject=subject))
        elif subject is not None:
            raise refusal("subject-without-log", Message("subject-without-log"))
        return decided

    def version_at(self, moment: datetime) -> Version:
        """The version in force at `moment`. Raises Refused before the first one, after the last."""
        return self._in_force.at(moment)

    def moment(self, at: datetime | date | str) -> datetime:
        """`at` as a moment: a day is its first moment, no offset means the policy's zone."""
        return self._in_force.moment(at)

    def _decided(
        self, facts: object, as_of: datetime, source: AsOfSource, only: tuple[str, ...] | None
    ) -> Decided:
        version = self._in_force.judging(facts, as_of, source)
        told = facts_by(self._facts[version.version], facts)
        return decided_by(self._evaluators[version.version], told, (as_of, source, facts), only)


@lru_cache(maxsize=MOST_KEPT)
def _policy_of(*versions: bytes) -> Policy:
    """The policy that was carried here from another process: one object, however often it came."""
    return Policy(tuple(map(version_carried, versions)))

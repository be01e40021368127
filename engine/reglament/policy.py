"""The way in for programs: load a policy once, decide many requests by it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path
from typing import Any, Literal
from zoneinfo import ZoneInfo

from reglament.evaluation import Evaluated, Evaluator
from reglament.model.outcomes import AsOfSource, Document, Outcome
from reglament.model.policy import Version
from reglament.model.problems import Refused, refusal
from reglament.model.values import Value
from reglament.model.words import Language, Words
from reglament.reading.bundled import policies_folder
from reglament.reading.moments import read_date, read_datetime
from reglament.reading.policy import read_policy
from reglament.reading.requests import facts_from
from reglament.reading.suggest import suggestion
from reglament.reading.unfit import Unfit
from reglament.reference import Undecided
from reglament.worktime import OutsideCalendar

Reader = Literal["requester", "auditor"]


def load_policy(name_or_path: str | Path) -> Policy:
    """The policy of a bundled name, a folder (of versions, or of one version) or a file.

    Raises Refused with everything that is wrong with it.
    """
    return Policy(read_policy(find_policy(name_or_path)))


def find_policy(name_or_path: str | Path) -> Path:
    """The path of a policy; a bundled name goes before a path. Raises Refused."""
    bundled = bundled_policies()
    if str(name_or_path) in bundled:
        return bundled[str(name_or_path)]
    path = Path(name_or_path)
    if path.exists():
        return path
    message = Words(
        ru=f"политики `{name_or_path}` нет: это не имя поставляемой политики и не путь",
        en=f"there is no policy `{name_or_path}`: it is neither a bundled name nor a path",
    )
    raise refusal("policy-missing", message, suggestion(str(name_or_path), bundled))


def bundled_policies() -> dict[str, Path]:
    """The policies that come with the engine, by name."""
    return {path.name: path for path in sorted(policies_folder().iterdir()) if path.is_dir()}


class Policy:
    """A regulation in all its versions. Loading is slow, deciding is quick; threads may share it."""

    def __init__(self, versions: tuple[Version, ...]) -> None:
        self.versions = versions
        self._evaluators = {version.version: Evaluator(version) for version in versions}

    @property
    def id(self) -> str:
        """The name of the regulation."""
        return self.versions[-1].policy

    def decide(self, facts: object, *, at: datetime | date | str | None = None) -> Decided:
        """Every decision about the request that tells `facts`.

        `facts` is a mapping, nested or dotted, or a dataclass; values are Python
        values or text in ISO 8601. The version in force is chosen by the policy's
        own fact; by `at` where that is given; by the clock where both are missing.

        Raises Refused for facts that are wrong and for a moment before the first version.
        """
        newest = self.versions[-1]
        if at is not None:
            return self._decided(facts_from(newest, facts), facts, self.moment(at), "given")
        told = facts_from(newest, facts)
        chosen: Any = told.get(newest.chosen_by)
        if chosen is None:
            return self._decided(told, facts, datetime.now(UTC), "now")
        return self._decided(told, facts, self._start(chosen), "fact")

    def version_at(self, moment: datetime) -> Version:
        """The version in force at `moment`. Raises Refused before the first one."""
        day = moment.astimezone(ZoneInfo(self.versions[-1].zone)).date()
        for version in reversed(self.versions):
            if version.holds_from <= day:
                return version
        first = self.versions[0]
        raise refusal(
            "before-first-version",
            Words(
                ru=f"{day.isoformat()} - раньше первой версии `{first.policy}`, "
                f"она действует с {first.holds_from.isoformat()}",
                en=f"{day.isoformat()} is before the first version of `{first.policy}`, "
                f"which holds from {first.holds_from.isoformat()}",
            ),
        )

    def moment(self, at: datetime | date | str) -> datetime:
        """`at` as a moment: a day is its first moment, no offset means the policy's zone."""
        zone = ZoneInfo(self.versions[-1].zone)
        try:
            if isinstance(at, datetime) or (isinstance(at, str) and len(at) > len("2026-11-20")):
                return read_datetime(at, zone)
            return self._start(read_date(at))
        except Unfit as unfit:
            raise refusal(unfit.code, unfit.message, unfit.hint) from None

    def _start(self, day: Any) -> datetime:
        if isinstance(day, datetime):
            return day
        return datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(self.versions[-1].zone))

    def _decided(
        self, told: Mapping[str, Value], facts: object, as_of: datetime, source: AsOfSource
    ) -> Decided:
        version = self.version_at(as_of)
        if version is not self.versions[-1]:
            told = facts_from(version, facts)  # an older version may know other facts
        evaluated = self._evaluators[version.version].evaluate(told)
        return Decided(evaluated, as_of, source)


class Decided(Mapping[str, Outcome]):
    """The decisions about one request, by name; each is worked out when it is asked for.

    Asking raises Refused where the policy has a gap or a conflict for this
    request, and for a date that no calendar covers.
    """

    def __init__(self, evaluated: Evaluated, as_of: datetime, source: AsOfSource) -> None:
        self._evaluated = evaluated
        self.version = evaluated.version
        self.as_of = as_of.astimezone(ZoneInfo(self.version.zone))
        self.as_of_source: AsOfSource = source

    def __getitem__(self, name: str) -> Outcome:
        try:
            return self._evaluated[name]
        except Undecided as undecided:
            raise _broken_policy(undecided) from None
        except OutsideCalendar as outside:
            raise refusal("outside-calendar", outside.words) from None
        except OverflowError:
            raise refusal("date-out-of-range", DATE_OUT_OF_RANGE) from None

    def __iter__(self) -> Iterator[str]:
        return iter(self._evaluated)

    def __len__(self) -> int:
        return len(self._evaluated)

    @property
    def facts(self) -> Mapping[str, Value]:
        """The facts that were told, typed."""
        return self._evaluated.told

    @cached_property
    def document(self) -> Document:
        """Everything decided, in one value."""
        return Document(
            policy=self.version.policy,
            version=self.version.version,
            digest=self.version.digest,
            as_of=self.as_of,
            as_of_source=self.as_of_source,
            facts=self.facts,
            decisions={name: self[name] for name in self.version.decisions},
            notes=NOTES.get(self.as_of_source, ()),
        )

    def to_dict(self) -> dict[str, Any]:
        """The decision document: plain values for JSON, the same in every language."""
        from reglament.writing.plain import document

        return document(self.version, self.document)

    def to_json(self, *, indent: int | None = None) -> str:
        """The decision document as JSON text."""
        return json.dumps(self.to_dict(), ensure_ascii=False, indent=indent)

    def explain(self, language: Language = "en", reader: Reader = "requester") -> str:
        """Why, in words: short for the requester, or whole for the auditor."""
        if reader == "auditor":
            from reglament.writing.auditor import explain_for_auditor

            return explain_for_auditor(self.version, self.document, language)
        from reglament.writing.requester import explain_for_requester

        return explain_for_requester(self.version, self.document, language)


NOTES: Mapping[AsOfSource, tuple[Words, ...]] = {
    "now": (
        Words(
            ru="факт, по которому выбирается версия, не сообщён: взята версия, действующая сейчас",
            en="the fact that chooses the version is missing: the version in force now is used",
        ),
    ),
}

DATE_OUT_OF_RANGE = Words(
    ru="вычисленная дата вне лет с 1 по 9999",
    en="a computed date is outside the years 1 to 9999",
)


def _broken_policy(undecided: Undecided) -> Refused:
    name, rules = undecided.decision, ", ".join(f"`{rule}`" for rule in undecided.rules)
    if not undecided.outcomes:
        return refusal(
            "gap",
            Words(
                ru=f"в решении `{name}` пробел: ни одно правило не подходит, а `otherwise` нет",
                en=f"decision `{name}` has a gap: no rule applies and it says no `otherwise`",
            ),
        )
    return refusal(
        "conflict",
        Words(
            ru=f"в решении `{name}` противоречие: правила {rules} дают разное",
            en=f"decision `{name}` has a conflict: the rules {rules} disagree",
        ),
    )

"""The decisions about one request as programs have them: outcomes, a document, reasons in words."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cache, lru_cache
from types import ModuleType
from typing import TYPE_CHECKING, Any, Literal
from zoneinfo import ZoneInfo

from reglament.evaluation import Evaluated, Evaluator
from reglament.evaluation.evaluator import missing_of, with_assumed
from reglament.evaluation.reasons.told_outcomes import told_outcomes, told_readings, told_reasons
from reglament.evaluation.request_state import AsOf
from reglament.language.loading.files.content import carried, version_carried
from reglament.language.requests.notes import notes_on, notes_on_assumed
from reglament.language.requests.request_reader import as_spelled, fact_table, pointer_in
from reglament.memo import kept_property
from reglament.messages import Language, Message
from reglament.messages.catalogue import catalogue
from reglament.model.moments import shifted
from reglament.model.outcomes import AsOfSource, Document, Note, Outcome, Refusal
from reglament.model.values import Value

if TYPE_CHECKING:
    from reglament.audit.log import Recordable
    from reglament.audit.repeats import SentCall
    from reglament.evaluation.rule_functions import Reasons
    from reglament.rendering.documents.decision_document import Level, When

Reader = Literal["requester", "client", "auditor"]
MOST_KEPT = 64
PUBLIC = (
    *("as_of", "as_of_source", "assumed", "document", "facts", "notes", "version"),
    *("explain", "sufficient_reason", "to_dict", "to_json"),
    *("get", "items", "keys", "values"),
)


class Decided(Evaluated):
    """The decisions about one request, by name; what explains them is worked out when asked for.

    Asking for an outcome raises Refused where the policy has a gap or a conflict
    for this request.
    """

    def __repr__(self) -> str:
        told = ", ".join(map(_told, map(self.__getitem__, self._only or self)))
        return f"<Decided by {self.version.policy} {self.version.version}: {told}>"

    def __dir__(self) -> list[str]:
        """What a program asks for; the rest is the engine's own."""
        return [*PUBLIC, *(name for name in object.__dir__(self) if name.startswith("__"))]

    @kept_property
    def as_of(self) -> datetime:
        """The moment by which the version was chosen, in the policy's zone."""
        return shifted(self.when[0], ZoneInfo(self.version.zone))

    @property
    def as_of_source(self) -> AsOfSource:
        """Where that moment came from: a fact, the caller, the clock."""
        return self.when[1]

    @property
    def facts(self) -> Mapping[str, Value]:
        """The facts that were told, typed."""
        if not self.assumed and not self.version.lists:
            return self.told
        aside = self.assumed.keys() | self.version.totals.keys()
        return {name: value for name, value in self.told.items() if name not in aside}

    @kept_property
    def document(self) -> Document:
        """Everything decided, in one value."""
        return self._document()

    def _document(self, is_whole: bool = False) -> Document:
        """The document; where all of its outcomes will be explained, they are at once."""
        # A process that writes one document traces it sooner than it makes what finds reasons.
        reasons = self._reasons if is_whole and not self._is_early else None
        if reasons is None:
            outcomes = {name: self[name] for name in self.version.decisions}
        else:
            outcomes = told_outcomes(self, reasons)
        return replace(self.document_head, decisions=outcomes)

    @property
    def document_head(self) -> Document:
        """The document without what was decided."""
        return Document(
            policy=self.version.policy,
            version=self.version.version,
            digest=self.version.digest,
            as_of=self.as_of,
            as_of_source=self.as_of_source,
            facts=self.facts,
            decisions={},
            notes=self.notes,
            assumed=self.assumed,
        )

    @kept_property
    def notes(self) -> tuple[Note, ...]:
        """What is noted of the request."""
        told = notes_on(fact_table(self.version), self.when[2], self.facts)
        now = (VERSION_NOW,) if self.as_of_source == "now" else ()
        return (*now, *told, *notes_on_assumed(self.version, self.assumed))

    def __eq__(self, other: object) -> bool:
        """Whether the same was told and decided: whether the documents are equal."""
        if not isinstance(other, Decided):
            return NotImplemented
        return self._identity == other._identity and self.notes == other.notes

    def __hash__(self) -> int:
        return hash((*self._identity[:-1], frozenset(self.facts.items())))

    @property
    def _identity(self) -> tuple[Any, ...]:
        return self.version.digest, self.as_of, self.as_of_source, self.facts

    def __copy__(self) -> Decided:
        return self  # it never changes

    def __deepcopy__(self, memo: object) -> Decided:
        return self

    def __reduce__(self) -> tuple[Any, ...]:
        # The request as it was told may be any object: what it tells goes, in its spelling.
        when = (*self.when[:2], as_spelled(fact_table(self.version), self.when[2]))
        return _again, (carried(self.version), self.facts, when, self._only)

    def blaming(self, refusal: Refusal) -> Refusal:
        """The refusal with where the request tells the fact to blame."""
        fact = refusal.problem.fact
        if fact is None:
            return refusal
        pointer = pointer_in(fact_table(self.version), self.when[2], fact)
        return replace(refusal, problem=replace(refusal.problem, pointer=pointer))

    def sufficient_reason(self, name: str) -> tuple[str, ...]:
        """The told facts that alone settle the decision `name`, none of which can be left out."""
        from reglament.evaluation.reasons.sufficient_reason import sufficient_reason

        return sufficient_reason(self.evaluator, self.told, name)

    def to_dict(self, *, level: Level = "full", sufficient: bool = False) -> dict[str, Any]:
        """The decision document: plain values for JSON, the same in every language.

        At the level `outcomes` it holds what came out; at `reasons` also the ids of the rules
        and clauses behind it; at `full` everything. `sufficient` adds to each decision the
        told facts that alone settle it.
        """
        return self.written(level, sufficient=sufficient)

    def written(
        self, level: Level, *, sufficient: bool = False, only: Collection[str] | None = None
    ) -> dict[str, Any]:
        """The same; with `only` the other decisions are left out."""
        _writing().refuse_no_level(level)
        return self._written(level, sufficient, only)

    def _written(
        self,
        level: Level,
        sufficient: bool,
        only: Collection[str] | None,
        *,
        is_for_text: bool = False,
    ) -> dict[str, Any]:
        writing = _writing()
        made: dict[str, Any]
        settled = None if sufficient else self._settled(level)
        if settled is not None:
            made = writing.settled_document(self.version, *settled, only)
            return made
        # Not the document that is kept: a circle of the two would wait for the collector.
        doc = self._document(is_whole=level == "full" and not (is_for_text or sufficient))
        made = writing.document(
            self.version, doc, only, level=level, sufficient=sufficient, is_for_text=is_for_text
        )
        return made

    def text(
        self,
        level: Level,
        *,
        sufficient: bool = False,
        only: Collection[str] | None = None,
        indent: int | None = None,
        is_ascii: bool = False,
    ) -> str:
        """What `written` gives as JSON text."""
        from reglament.rendering.documents.document_text import document_text

        _writing().refuse_no_level(level)
        is_for_text = bool(self.evaluator.rule_tests)
        made = self._written(level, sufficient, only, is_for_text=is_for_text)
        return document_text(made, indent=indent, is_ascii=is_ascii)

    def settled_json(self, level: Level) -> bytes | None:
        """What `written` gives as compact JSON; None where it is not so soon told."""
        settled = self._settled(level)
        if settled is None:
            return None
        from reglament.rendering.documents.settled_json import settled_json

        return settled_json(self.version, *settled)

    def _settled(
        self, level: Level
    ) -> tuple[When, Sequence[Value], Mapping[str, Reasons] | None] | None:
        """What alone a document of that level is made of; None where that takes explanations."""
        if level == "full" or not self._is_settled:
            return None
        reasons = self._reasons if level == "reasons" else None
        if reasons is None and level == "reasons":
            return None
        return self._settled_when, self._values, reasons

    @property
    def _settled_when(self) -> When:
        return self.as_of, self.as_of_source, self.notes

    @kept_property
    def _reasons(self) -> Mapping[str, Reasons] | None:
        """What is behind every outcome; None where it is found one by one."""
        return told_reasons(self) if self._is_settled and self.walks_to_rules else None

    def recordable(
        self,
        reasons: Mapping[str, Any] | None = None,
        *,
        known_at: datetime | None = None,
        subject: str | None = None,
        call: SentCall | None = None,
    ) -> Recordable:
        """What a log records; `reasons` is the document of that level, where there is one."""
        from reglament.audit.log import Recordable
        from reglament.audit.recorded import Settled, Written

        why = self._reasons
        if why is None:
            written: Written = reasons or self.written("reasons")
            return Recordable(self.version, self.document, known_at, subject, call, written)
        written = Settled(self._settled_when, self._values, why, told_readings(self, why))
        return Recordable(self.version, self.document_head, known_at, subject, call, written)

    @property
    def has_quick_reasons(self) -> bool:
        """Whether what is behind every outcome is found at once, without a document."""
        return self._reasons is not None

    @property
    def _is_settled(self) -> bool:
        return self.is_all_told and not self.assumed and not self.evaluator.has_lists

    def to_json(
        self, *, level: Level = "full", sufficient: bool = False, indent: int | None = None
    ) -> str:
        """The decision document as JSON text."""
        return self.text(level, sufficient=sufficient, indent=indent)

    def explain(self, language: Language = "en", reader: Reader = "requester") -> str:
        """Why, in words: short for the requester, a letter to the client, whole for the auditor.

        Raises LookupError for a language that neither the engine nor the policy has.
        """
        if language not in self.version.languages:
            catalogue(language)
        if reader == "auditor":
            from reglament.rendering.answers.auditor import explain_for_auditor

            return explain_for_auditor(self.version, self.document, language)
        if reader == "client":
            from reglament.rendering.answers.letter import letter_to_client

            return letter_to_client(self.version, self.document, language)
        from reglament.rendering.answers.requester import explain_for_requester

        return explain_for_requester(self.version, self.document, language)


@cache
def _writing() -> ModuleType:
    """What writes documents; it is imported when one is asked for."""
    from reglament.rendering.documents import decision_document

    return decision_document


def decided_by(
    evaluator: Evaluator, told: Mapping[str, Value], when: AsOf, only: tuple[str, ...] | None
) -> Decided:
    """The decisions for the facts told, and for what the version assumes of others."""
    assumed = evaluator.assumed
    if not assumed:
        return Decided(evaluator, told, when, only)
    decided = Decided(evaluator, with_assumed(told, assumed), when, only)
    decided.assumed = missing_of(told, assumed)
    return decided


def _told(outcome: Outcome) -> str:
    said = repr(outcome.outcome) if outcome.is_determined else outcome.status.value
    return f"{outcome.decision} {said}"


VERSION_NOW = Note("version-now", Message("fact-chooses-version-missing"))


@lru_cache(maxsize=MOST_KEPT)
def _evaluator_of(version: bytes) -> Evaluator:
    return Evaluator(version_carried(version))


def _again(version: bytes, told: Any, when: AsOf, only: tuple[str, ...] | None) -> Decided:
    """What was decided in another process, or is read from its pickle."""
    return decided_by(_evaluator_of(version), told, when, only)

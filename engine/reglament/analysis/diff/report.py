"""From a difference to sentences in text or Markdown, and to plain values for programs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from reglament.analysis.diff.nouns import (
    Changed,
    Difference,
    Given,
    NotAnalysed,
    Region,
    Side,
    SideStatus,
)
from reglament.diagram.payloads import Broken, Conflict, Gap
from reglament.model.terms import Constant, Formula, Term
from reglament.model.words import LANGUAGES, Language, Words
from reglament.writing.labels import label, named, value_words
from reglament.writing.plain import plain
from reglament.writing.terms_in_words import term_words
from reglament.writing.tests_in_words import Wording

GAP = Words(ru="пробел", en="a gap")
CONFLICT = Words(ru="противоречие", en="a conflict")
BROKEN = Words(ru="ответа нет", en="no answer")
NOTHING = Words(ru="ничего", en="nothing")
REFUSED = Words(ru="отказ считать", en="refused")
OPEN = Words(ru="не определено", en="not determined")
ELSEWHERE = Words(ru="в остальных заявках", en="in other requests")
MANY_WAYS = Words(ru="по-разному", en="in many ways")
EXAMPLE = Words(ru="например", en="for example")
RULES = Words(ru="правила", en="rules")
CLAUSES = Words(ru="пункты", en="clauses")
FOLLOWS = Words(ru="И потому", en="And so")
BECAUSE = Words(ru="потому что", en="because")
OTHER_CHANGES = Words(ru="Прочие изменения", en="Other changes")
NOT_ANALYSED = Words(ru="Не проверено", en="Not analysed")
IDENTICAL = Words(ru="Различий нет.", en="No difference.")
COSMETIC = Words(
    ru="Изменены только слова: доказано, что все заявки решаются по-прежнему.",
    en="Cosmetic: it is proven that every request is decided as before.",
)
DIFFERENT = Words(
    ru="Решения меняются.",
    en="Outcomes change.",
)
_STATUS = {
    SideStatus.GAP: GAP,
    SideStatus.CONFLICT: CONFLICT,
    SideStatus.BROKEN: BROKEN,
    SideStatus.REFUSED: REFUSED,
    SideStatus.OPEN: OPEN,
}


@dataclass(frozen=True, slots=True)
class Reporter:
    """Puts one difference in words of one language."""

    difference: Difference
    language: Language

    def verdict(self) -> str:
        """The first line: whether anything changes."""
        found = self.difference
        words = IDENTICAL if found.is_identical else COSMETIC if found.is_cosmetic else DIFFERENT
        return words.to(self.language)

    def text(self) -> str:
        """The whole report for a terminal."""
        return "\n".join(self._lines("", "  ", "    "))

    def markdown(self) -> str:
        """The whole report for a pull request."""
        found = self.difference
        title = f"### `{found.new.policy}`: {found.old.version} → {found.new.version}"
        return "\n".join([title, "", *self._lines("**", "- ", "  - ")]) + "\n"

    def changes(self) -> list[str]:
        """One line a change, without examples; the verdict where there is none."""
        found, lines = self.difference, list[str]()
        for region in found.regions:
            if region.cause is None:
                said = f"{self.where(region)}: {self.change(region.decision, region.change)}"
                lines.append(f"{self._label(region.decision)}: {said}{self._values(region)}")
            else:
                said = f"{self._consequence(region)}{self._values(region)}"
                lines.append(f"{FOLLOWS.to(self.language)} {said}")
        lines += [f"{NOT_ANALYSED.to(self.language)}: {self._doubt(d)}" for d in found.not_analysed]
        lines += [note.message.to(self.language) for note in found.notes if note.matters]
        return lines or [self.verdict()]

    def where(self, region: Region) -> str:
        """Which requests, in words."""
        if region.where is None:
            return ELSEWHERE.to(self.language)
        return Wording(self.difference.words, self.language).condition(region.where)

    def change(self, decision: str, change: Changed | None) -> str:
        """From what to what: `out of scope → in scope`."""
        if change is None:
            return MANY_WAYS.to(self.language)
        return f"{self._given(decision, change.old)} → {self._given(decision, change.new)}"

    def _lines(self, strong: str, item: str, below: str) -> Iterator[str]:
        found = self.difference
        yield f"{strong}{self.verdict()}{strong}"
        for decision in dict.fromkeys(r.decision for r in found.regions if r.cause is None):
            yield from ("", f"{strong}{self._label(decision)}{strong} (`{decision}`)")
            for region in found.regions:
                if region.decision == decision and region.cause is None:
                    said = f"{self.where(region)}: {self.change(decision, region.change)}"
                    yield from self._region(region, item + said, below)
        consequences = [region for region in found.regions if region.cause is not None]
        if consequences:
            yield from ("", f"{strong}{FOLLOWS.to(self.language)}{strong}")
        for region in consequences:
            yield from self._region(region, item + self._consequence(region), below)
        if found.not_analysed:
            yield from ("", f"{strong}{NOT_ANALYSED.to(self.language)}{strong}")
            yield from (item + self._doubt(one) for one in found.not_analysed)
        if found.notes:
            yield from ("", f"{strong}{OTHER_CHANGES.to(self.language)}{strong}")
            yield from (
                f"{item}{'! ' if note.matters else ''}{note.message.to(self.language)}"
                for note in found.notes
            )

    def _doubt(self, one: NotAnalysed) -> str:
        return f"{self._label(one.decision)} (`{one.decision}`): {one.why.to(self.language)}"

    def _consequence(self, region: Region) -> str:
        said = f"{self._label(region.decision)}: {self.change(region.decision, region.change)}"
        cause = region.cause
        if cause is None:
            return said
        why = f"{self._label(cause.decision)}: {self.change(cause.decision, cause.change)}"
        return f"{said} ({BECAUSE.to(self.language)} {why})"

    def _region(self, region: Region, said: str, below: str) -> Iterator[str]:
        before, after = region.witness.before, region.witness.after
        yield said
        facts = json.dumps(plain(dict(region.witness.facts)), ensure_ascii=False)
        sides = f"{self._side(region, before)} → {self._side(region, after)}"
        yield f"{below}{EXAMPLE.to(self.language)}: `{facts}`: {sides}"
        yield f"{below}{RULES.to(self.language)}: {_ids(before.rules)} → {_ids(after.rules)}"
        clauses = tuple(dict.fromkeys((*before.clauses, *after.clauses)))
        if clauses:
            yield f"{below}{CLAUSES.to(self.language)}: {_ids(clauses)}"

    def _values(self, region: Region) -> str:
        """What two formulas come to for the witness; nothing where the change names values."""
        change = region.change
        sides = () if change is None else (change.old, change.new)
        if sides and not any(isinstance(side, Formula) for side in sides):
            return ""
        before, after = region.witness.before, region.witness.after
        come_to = f"{self._side(region, before)} → {self._side(region, after)}"
        return f", {EXAMPLE.to(self.language)} {come_to}"

    def _side(self, region: Region, side: Side) -> str:
        if side.status is not SideStatus.DECIDED:
            return _STATUS[side.status].to(self.language)
        return value_words(self.difference.words, region.decision, side.outcome, self.language)

    def _label(self, decision: str) -> str:
        return label(self.difference.words, decision, self.language)

    def _given(self, decision: str, given: Given) -> str:
        words, known = self.difference.words, named(self.difference.words, decision)
        match given:
            case Gap():
                return GAP.to(self.language)
            case Conflict():
                return CONFLICT.to(self.language)
            case Broken():
                return BROKEN.to(self.language)
            case Constant(()):
                return NOTHING.to(self.language)
            case Constant(value):
                return value_words(words, decision, value, self.language)
        term: Term = given
        return term_words(term, words, self.language, known)


def to_plain(difference: Difference) -> dict[str, Any]:
    """The difference as plain values for JSON, sentences in every language."""
    reporters = [Reporter(difference, language) for language in LANGUAGES]
    return {
        "policy": difference.new.policy,
        "old": {"version": difference.old.version, "digest": difference.old.digest},
        "new": {"version": difference.new.version, "digest": difference.new.digest},
        "is_cosmetic": difference.is_cosmetic,
        "is_identical": difference.is_identical,
        "regions": [_region(region, reporters) for region in difference.regions],
        "not_analysed": [
            {"decision": one.decision, "why": dict(one.why)} for one in difference.not_analysed
        ],
        "notes": [
            {
                "code": note.code,
                "name": note.name,
                "message": dict(note.message),
                "matters": note.matters,
                "facts": None if note.facts is None else plain(dict(note.facts)),
            }
            for note in difference.notes
        ],
    }


def _region(region: Region, reporters: list[Reporter]) -> dict[str, Any]:
    cause = region.cause
    return {
        "decision": region.decision,
        "change": {r.language: r.change(region.decision, region.change) for r in reporters},
        "where": {r.language: r.where(region) for r in reporters} if cause is None else None,
        "because_of": None
        if cause is None
        else {
            "decision": cause.decision,
            "change": {r.language: r.change(cause.decision, cause.change) for r in reporters},
        },
        "facts": plain(dict(region.witness.facts)),
        "before": _side(region.witness.before),
        "after": _side(region.witness.after),
    }


def _side(side: Side) -> dict[str, Any]:
    return {
        "status": side.status.value,
        "outcome": plain(side.outcome),
        "rules": list(side.rules),
        "clauses": list(side.clauses),
    }


def _ids(names: tuple[str, ...]) -> str:
    return ", ".join(f"`{name}`" for name in names) if names else "-"

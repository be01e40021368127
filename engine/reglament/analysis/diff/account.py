"""From a difference to sentences in text or Markdown, and to plain values for programs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from reglament.analysis.diff.types import (
    Account,
    ChangedOutcome,
    ChangedRegion,
    Fate,
    Given,
    VersionDifference,
    VersionSide,
)
from reglament.analysis.proving.port import Means
from reglament.analysis.search.judge import SideStatus
from reglament.diagram.kernel.terminals import Broken, Conflict, Gap
from reglament.frozen import frozen
from reglament.messages import Language, Message, ticked
from reglament.model.terms import Constant, Formula, Term
from reglament.model.words import translations
from reglament.rendering.plain.conditions_as_written import as_written
from reglament.rendering.plain.plain_values import plain
from reglament.rendering.words.labels import label, named, value_words
from reglament.rendering.words.terms_in_words import term_words
from reglament.rendering.words.tests_in_words import Wording

GAP = Message("gap")
CONFLICT = Message("conflict")
NO_ANSWER = Message("no-answer")
_MEANS = {
    Means.SAME_TERMS: Message("edit-does-not-reach"),
    Means.DIAGRAMS: Message("proven-diagrams"),
    Means.SOLVER: Message("proven-solver"),
}
_STATUS = {
    SideStatus.GAP: GAP,
    SideStatus.CONFLICT: CONFLICT,
    SideStatus.BROKEN: NO_ANSWER,
    SideStatus.REFUSED: Message("cannot-decided"),
}


@frozen
class Reporter:
    """Puts one difference in words of one language."""

    difference: VersionDifference
    language: Language

    def verdict(self) -> str:
        """The first line: whether anything changes."""
        found = self.difference
        if found.is_identical:
            return self._say("no-difference")
        if found.changed:
            return self._say("outcomes-change")
        if found.not_settled:
            return self._say("no-change-found-not")
        if found.is_cosmetic:
            return self._say("cosmetic-proven-every-request")
        return self._say("no-outcome-changes-something")

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
                lines.append(f"{self._say('so')} {said}")
        lines += [f"{self._say('not-settled')}: {self._doubt(d)}" for d in found.not_settled]
        lines += [note.message.to(self.language) for note in found.notes if note.matters]
        return lines or [self.verdict()]

    def where(self, region: ChangedRegion) -> str:
        """Which requests, in words; `only among these` if not all of them change."""
        said = Wording(self.difference.words, self.language).condition(region.where)
        return said if region.is_exact else f"{self._say('only-among-these-requests')}: {said}"

    def change(self, decision: str, change: ChangedOutcome | None) -> str:
        """From what to what: `out of scope → in scope`."""
        if change is None:
            return self._say("many-ways")
        return f"{self._given(decision, change.old)} → {self._given(decision, change.new)}"

    def _lines(self, strong: str, item: str, below: str) -> Iterator[str]:
        found = self.difference
        yield f"{strong}{self.verdict()}{strong}"
        for decision in dict.fromkeys(r.decision for r in found.regions if r.cause is None):
            yield from ("", f"{strong}{self._label(decision)}{strong}{self._name(decision)}")
            for region in found.regions:
                if region.decision == decision and region.cause is None:
                    said = f"{self.where(region)}: {self.change(decision, region.change)}"
                    yield from self._region(region, item + said, below)
        consequences = [region for region in found.regions if region.cause is not None]
        if consequences:
            yield from ("", f"{strong}{self._say('so')}{strong}")
        for region in consequences:
            yield from self._region(region, item + self._consequence(region), below)
        if found.not_settled:
            yield from ("", f"{strong}{self._say('not-settled')}{strong}")
            yield from (item + self._doubt(account) for account in found.not_settled)
        if found.changed or found.not_settled:
            yield from self._as_before(strong, item)
        if found.notes:
            yield from ("", f"{strong}{Message('other-changes').to(self.language)}{strong}")
            yield from (
                f"{item}{'! ' if note.matters else ''}{note.message.to(self.language)}"
                for note in found.notes
            )

    def _as_before(self, strong: str, item: str) -> Iterator[str]:
        """The decisions that are proven to be the same, by the means of the proof."""
        same = [account for account in self.difference.accounts if account.fate is Fate.SAME]
        if same:
            yield from ("", f"{strong}{Message('decided-before').to(self.language)}{strong}")
        for means, words in _MEANS.items():
            names = [f"`{account.decision}`" for account in same if account.means is means]
            if names:
                yield f"{item}{words.to(self.language)}: {', '.join(names)}"

    def _say(self, code: str) -> str:
        return Message(code).to(self.language)

    def _doubt(self, account: Account) -> str:
        why = "" if account.why is None else f": {account.why.to(self.language)}"
        tried = f"{Message('requests-tried').to(self.language)}: {account.requests}"
        return f"{self._label(account.decision)}{self._name(account.decision)}{why}; {tried}"

    def _consequence(self, region: ChangedRegion) -> str:
        said = f"{self._label(region.decision)}: {self.change(region.decision, region.change)}"
        cause = region.cause
        if cause is None:
            return said
        why = f"{self._label(cause.decision)}: {self.change(cause.decision, cause.change)}"
        return f"{said} ({Message('because').to(self.language)} {why})"

    def _region(self, region: ChangedRegion, said: str, below: str) -> Iterator[str]:
        before, after = region.witness.before, region.witness.after
        yield said
        sides = f"{self._side(region, before)} → {self._side(region, after)}"
        yield f"{below}{self._say('example')}: {self._facts(region)}: {sides}"
        if self._name(region.decision):
            yield f"{below}{self._say('rules')}: {_ids(before.rules)} → {_ids(after.rules)}"
        clauses = tuple(dict.fromkeys((*before.clauses, *after.clauses)))
        if clauses:
            yield f"{below}{self._say('clauses')}: {_ids(clauses)}"

    def _facts(self, region: ChangedRegion) -> str:
        """The facts of the witness by their labels, in the order of the policy."""
        words = self.difference.words
        return "; ".join(
            f"{self._label(name)} – {value_words(words, name, value, self.language)}"
            for name, value in region.witness.facts.items()
        )

    def _values(self, region: ChangedRegion) -> str:
        """What two formulas come to for the witness; nothing where the change names values."""
        change = region.change
        sides = () if change is None else (change.old, change.new)
        if sides and not any(isinstance(side, Formula) for side in sides):
            return ""
        before, after = region.witness.before, region.witness.after
        come_to = f"{self._side(region, before)} → {self._side(region, after)}"
        return f", {self._say('example')} {come_to}"

    def _side(self, region: ChangedRegion, side: VersionSide) -> str:
        if side.status is not SideStatus.DECIDED:
            return _STATUS[side.status].to(self.language)
        return value_words(self.difference.words, region.decision, side.outcome, self.language)

    def _name(self, decision: str) -> str:
        """The name that the policy has for the decision, behind its label."""
        made = self.difference.words.decisions[decision]
        return "" if made.stands_for is not None else f" (`{decision}`)"

    def _label(self, decision: str) -> str:
        return label(self.difference.words, decision, self.language)

    def _given(self, decision: str, given: Given) -> str:
        words, known = self.difference.words, named(self.difference.words, decision)
        match given:
            case Gap():
                return self._say("gap")
            case Conflict():
                return self._say("conflict")
            case Broken():
                return self._say("no-answer")
            case Constant(()):
                return self._say("nothing")
            case Constant(value):
                return value_words(words, decision, value, self.language)
        term: Term = given
        return term_words(term, words, self.language, known)


def to_plain(difference: VersionDifference) -> dict[str, Any]:
    """The difference as plain values for JSON, sentences in every language of the new version."""
    reporters = [Reporter(difference, language) for language in difference.new.languages]
    return {
        "policy": difference.new.policy,
        "old": {"version": difference.old.version, "digest": difference.old.digest},
        "new": {"version": difference.new.version, "digest": difference.new.digest},
        "is_cosmetic": difference.is_cosmetic,
        "is_identical": difference.is_identical,
        "regions": [_region(region, difference, reporters) for region in difference.regions],
        "decisions": [_account(one, difference.new.languages) for one in difference.accounts],
        "notes": [
            {
                "code": note.code,
                "name": note.name,
                "message": translations(note.message, difference.new.languages),
                "matters": note.matters,
                "facts": None if note.facts is None else plain(dict(note.facts)),
            }
            for note in difference.notes
        ],
    }


def _account(account: Account, languages: tuple[Language, ...]) -> dict[str, Any]:
    return {
        "decision": account.decision,
        "status": account.fate.value,
        "by": None if account.means is None else account.means.value,
        "requests_tried": account.requests,
        "why": None if account.why is None else translations(account.why, languages),
    }


def _region(
    region: ChangedRegion, difference: VersionDifference, reporters: list[Reporter]
) -> dict[str, Any]:
    cause = region.cause
    written = as_written(region.where, difference.old)
    return {
        "decision": region.decision,
        "change": {r.language: r.change(region.decision, region.change) for r in reporters},
        "where": written.when,
        "extent": "exact" if region.is_exact and written.is_whole else "at_most",
        "words": {r.language: r.where(region) for r in reporters},
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


def _side(side: VersionSide) -> dict[str, Any]:
    return {
        "status": side.status.value,
        "outcome": plain(side.outcome),
        "rules": list(side.rules),
        "clauses": list(side.clauses),
    }


def _ids(names: tuple[str, ...]) -> str:
    return ticked(names) if names else "-"

"""From a call and a policy to what is answered: documents, explanations, questions, changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from reglament.analysis.counterfactual.change_document import change_document
from reglament.analysis.counterfactual.goals import goals
from reglament.analysis.counterfactual.nearest_change import ANOTHER, nearest_change
from reglament.analysis.interview import Question, asked_about, decision_named, refuse_unknown_facts
from reglament.interfaces.http.calls import Call
from reglament.language.loading.in_force import start_of
from reglament.language.syntax.suggest import short, suggestion
from reglament.messages import Language, Message, ticked
from reglament.model.problems import Problem, Refused
from reglament.model.regulation import Version
from reglament.policy import Decided, Policy
from reglament.rendering.documents.decision_document import narrowed
from reglament.rendering.plain.plain_values import plain


class pointing:
    """Put what is refused down to a member of the body; a fact has its own place below it."""

    def __init__(self, pointer: str) -> None:
        self.pointer = pointer

    def __enter__(self) -> None:
        """Begin."""

    def __exit__(self, _: object, error: BaseException | None, __: object) -> None:
        if isinstance(error, Refused):
            raise Refused(
                replace(one, pointer=self.pointer + (one.pointer or "")) for one in error.problems
            ) from None


def decided_by(policy: Policy, call: Call) -> tuple[Decided, datetime | None]:
    """What the policy decides of the call, and the moment as known at which it is asked.

    Raises Refused, each problem with its pointer into the body.
    """
    known = None
    if call.known_at is not None:
        with pointing("/known_at"):
            known = policy.moment(call.known_at)
            policy = policy.as_known(known)
    at = _moment(policy, call)
    with pointing("/facts"):
        decided = policy.decide(call.facts, at=at)
    if call.only is not None:
        with pointing("/only"):
            for name in call.only:
                decision_named(decided.version, name)
    return decided, known


def _moment(policy: Policy, call: Call) -> datetime | None:
    """The moment by which the version is chosen, where the caller says so."""
    if call.version is not None:
        if call.at is not None:
            raise Refused([Problem("at-and-version", Message("at-and-version"), pointer="/at")])
        with pointing("/version"):
            version = version_named(policy, call.version)
            return start_of(version.holds_from, version.zone)
    if call.at is None:
        return None
    with pointing("/at"):
        moment = policy.moment(call.at)
        policy.version_at(moment)
        return moment


def version_named(policy: Policy, name: str) -> Version:
    """The version of that name. Raises Refused, with what may have been meant."""
    versions = {version.version: version for version in policy.versions}
    if name in versions:
        return versions[name]
    message = Message("http-unknown-version", name=short(name))
    known = Message("http-versions", listed=ticked(versions))
    raise Refused([Problem("unknown-version", message, hint=suggestion(name, versions) or known)])


def changed(policy: Policy, call: Call) -> tuple[str, dict[str, Any]]:
    """The digest of the version that decides, and the nearest changes that give what is wanted:
    by default another outcome of the decision that answers.

    Raises Refused, also for a goal that names no decision or no outcome of it. It may take
    minutes, so it is asked in a process that can be ended.
    """
    decided, _ = decided_by(policy, call)
    with pointing("/want"):
        asked = call.want or dict.fromkeys(asked_about(decided.version, None), ANOTHER)
        want = goals(decided.version, asked)
        nearest = nearest_change(decided.evaluator, decided.told, want)
    return decided.version.digest, change_document(want, nearest)


def documents(
    decided: Decided, call: Call, *, is_recorded: bool
) -> tuple[Mapping[str, Any] | None, Mapping[str, Any]]:
    """The document of the level `reasons` if it is to be recorded, and that which is asked for."""
    reasons = decided.written("reasons") if is_recorded else None
    return reasons, decision_document(decided, call, reasons)


def explained(policy: Policy, call: Call, language: Language) -> tuple[Decided, dict[str, Any]]:
    """What is decided of the call, and why in words. Raises Refused."""
    decided, _ = decided_by(policy, call)
    text = decided.explain(language, call.reader)  # type: ignore[arg-type]
    return decided, {"lang": language, "for": call.reader, "text": text}


def decision_document(
    decided: Decided, call: Call, reasons: Mapping[str, Any] | None = None
) -> Mapping[str, Any]:
    """The decision document at the level asked for, as `decide --json` prints it.

    Where that of the level `reasons` is there already, a lower one is taken from it.
    """
    if reasons is not None and call.explain != "full":
        return narrowed(reasons, call.explain, call.only)
    return decided.written(call.explain, only=call.only)


def next_question_of(
    policy: Policy, call: Call, language: Language
) -> tuple[Decided, dict[str, Any]]:
    """What is decided of the call so far, and what to ask next. Raises Refused."""
    decided, _ = decided_by(policy, call)
    at = decided.as_of if call.at is not None else None
    with pointing("/not_known"):
        refuse_unknown_facts(decided.version, call.not_known)
    question = policy.next_question(
        call.facts, call.decision, not_known=call.not_known, asked_of=call.asked_of, at=at
    )
    return decided, _question_document(question, language)


def _question_document(question: Question | None, language: Language) -> dict[str, Any]:
    """What to ask next, or null where nothing that is asked can change an outcome."""
    if question is None:
        return {"question": None}
    null = question.null_means
    return {
        "question": {
            "fact": question.fact,
            "text": question.text.to(language),
            "type": str(question.kind),
            "options": [
                {"value": plain(value), "label": words.to(language)}
                for value, words in question.options
            ],
            "is_open": question.is_open,
            "null_means": None if null is None else null.to(language),
            "at_least": plain(question.at_least),
            "at_most": plain(question.at_most),
            "open": [
                {
                    "decision": one.decision,
                    "possible": None if one.possible is None else list(map(plain, one.possible)),
                }
                for one in question.open
            ],
            "settles": [
                {"value": plain(one.value), "decision": one.decision, "outcome": plain(one.outcome)}
                for one in question.settles
            ],
        }
    }


# Drafts and versions, in a process of their own: it neither takes nor gives what cannot go there


def checked(files: Mapping[str, str]) -> dict[str, Any]:
    """What `reglament check --json` finds in these files, what keeps them from being read too."""
    from reglament.analysis.findings.every_version import findings_of, of_problems
    from reglament.model.findings import Severity
    from reglament.rendering.reports.finding_formats import finding_dict

    try:
        findings = findings_of(Policy.from_text(files).versions)
    except Refused as refused:
        findings = of_problems(refused)
    is_fine = all(finding.severity is Severity.NOTE for finding in findings)
    return {"is_fine": is_fine, "findings": [finding_dict(finding) for finding in findings]}


def compared(served: Policy, old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, Any]:
    """What `reglament diff --json` tells of two versions: of the policy served, or of files.

    Raises Refused where one of them is not read, or no version has that name.
    """
    from reglament.analysis.diff.account import to_plain
    from reglament.analysis.diff.compare import diff

    difference = diff(_version(served, old, "/old"), _version(served, new, "/new"))
    return {"is_cosmetic": difference.is_cosmetic, "differences": [to_plain(difference)]}


def _version(served: Policy, side: Mapping[str, Any], pointer: str) -> Version:
    policy, name = served, side.get("version")
    if "files" in side:
        with pointing(f"{pointer}/files"):
            policy = Policy.from_text(side["files"])
    with pointing(f"{pointer}/version"):
        return policy.versions[-1] if name is None else version_named(policy, name)

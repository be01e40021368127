"""The tools of an agent: what each takes, what it says of itself, and what it answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from reglament.frozen import frozen
from reglament.interfaces.http.access import Scope
from reglament.interfaces.http.calls import Call
from reglament.interfaces.http.deciding import (
    changed,
    checked,
    compared,
    decided_by,
    decision_document,
    explained,
    next_question_of,
)
from reglament.language.syntax.suggest import short, suggestion
from reglament.messages import SOURCE, Language, Message, Words
from reglament.model.problems import Problem, Refused
from reglament.policy import Decided, Policy

Answer = Callable[[Policy, Call, Language], dict[str, Any]]
WHEN = ("facts", "at", "known_at", "version", "lang")


@frozen
class Tool:
    """A tool: what an agent is told of it, the members of its call, and what answers it."""

    name: str
    says: Words
    members: tuple[str, ...]
    answer: Answer
    shape: str
    """What it answers, by its name in `answers.schema.json`."""
    scope: Scope = "decide"
    """What a token must be for."""
    needs: tuple[str, ...] = ()
    """The members that this one cannot do without, whatever others can."""
    is_long: bool = False
    """Whether it may take minutes, and so runs in a process that can be ended."""


def _decide(policy: Policy, call: Call, language: Language) -> dict[str, Any]:
    decided, _ = decided_by(policy, call)
    return {**decision_document(decided, call), "said": _said(decided, call, language)}


def _said(decided: Decided, call: Call, language: Language) -> list[str]:
    """For each decision asked about one sentence that an agent may repeat as it stands."""
    from reglament.rendering.words.labels import (
        CANNOT_DECIDE,
        NOT_DETERMINED,
        label,
        labels,
        outcome_words,
        value_words,
    )

    version, found = decided.version, []
    for name, outcome in decided.items():
        if call.only and name not in call.only:
            continue
        named = label(version, name, language)
        if outcome.is_determined:
            value = outcome_words(version, decided.document, name, language)
            found.append(Message("said-certain", name=named, value=value).to(language))
        elif outcome.refused is not None:
            why = outcome.refused.problem.message
            found.append(
                Message("said-refused", name=named, status=CANNOT_DECIDE, why=why).to(language)
            )
        else:
            possible = [value_words(version, name, one, language) for one in outcome.possible or ()]
            found.append(
                Message(
                    "said-open",
                    name=named,
                    status=NOT_DETERMINED,
                    count=len(possible),
                    possible=", ".join(possible),
                    needs=labels(version, outcome.needs, language),
                ).to(language)
            )
    return found


def _clause(policy: Policy, call: Call, language: Language) -> dict[str, Any]:
    version = policy.versions[-1]
    known = version.clauses
    if call.id is None:
        raise Refused([Problem("missing-key", Message("clause-id-missing"), pointer="")])
    name = call.id
    if name not in known:
        message = Message("unknown-clause-named", name=short(name))
        hint = suggestion(name, known)
        raise Refused([Problem("unknown-clause", message, hint=hint, pointer="/id")])
    clause, why = known[name], known[name].no_rule_because
    return {
        "id": clause.id,
        "where": clause.locator,
        "summary": clause.summary.to(language),
        "fingerprint": clause.fingerprint,
        "rules": list(version.rules_citing.get(name, ())),
        "no_rule_because": None if why is None else why.to(language),
    }


TOOLS: Mapping[str, Tool] = {
    tool.name: tool
    for tool in (
        Tool(
            "decide", Message("tool-decide"), (*WHEN, "only", "explain"), _decide, "said-document"
        ),
        Tool(
            "next_question",
            Message("tool-next-question"),
            ("facts", "at", "lang", "decision", "not_known"),
            lambda *asked: next_question_of(*asked)[1],
            "question-document",
            "ask",
        ),
        Tool(
            "explain",
            Message("tool-explain"),
            (*WHEN, "for"),
            lambda *asked: explained(*asked)[1],
            "explanation-document",
        ),
        Tool(
            "what_would_change",
            Message("tool-what-would-change"),
            ("facts", "at", "lang", "want"),
            lambda policy, call, _: changed(policy, call)[1],
            "change-document",
            "ask",
            is_long=True,
        ),
        Tool(
            "clause",
            Message("tool-clause"),
            ("id", "lang"),
            _clause,
            "clause-document",
            needs=("id",),
        ),
        Tool(
            "check_draft",
            Message("tool-check-draft"),
            ("files", "lang"),
            lambda _, call, __: checked(call.files),
            "check-document",
            "author",
            is_long=True,
        ),
        Tool(
            "diff_impact",
            Message("tool-diff-impact"),
            ("old", "new", "lang"),
            lambda policy, call, _: compared(policy, call.old, call.new),
            "diff-document",
            "author",
            is_long=True,
        ),
    )
}


def answered(name: str, policy: Policy, call: Call) -> dict[str, Any]:
    """What the tool answers. Raises Refused.

    It goes to another process as it stands: by names and values alone.
    """
    if name == "decide" and call.explain == "full":
        call = replace(call, explain="reasons")  # a trace of every rule is more than is read
    return TOOLS[name].answer(policy, call, call.lang or SOURCE)

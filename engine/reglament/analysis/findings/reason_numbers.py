"""From the reasons of rules to those that tell another number than the rule gives."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from reglament.analysis.findings.finding import Finding, Severity, places_of
from reglament.messages import Language, Message
from reglament.model.decisions import Decision, Rule
from reglament.model.regulation import Version
from reglament.model.terms import Constant
from reglament.model.values import NUMBERS
from reglament.model.visitor import walk

# A number alone: no part of a date, of a time or of `3.1.2`, and no share of a hundred.
_NUMBER = re.compile(
    r"(?<![\w.:,/§-])\d+(?:[.,]\d+)?(?![\w/:-]|[.,]\d|\s?(?:%|per ?cent|процент|Prozent))"
)
# A name that is filled in, and a place in a text.
_NAMED = re.compile(
    r"\{[^{}]*\}|(?:§|\b(?:clause|section|article|пункт\w*|стать\w+|раздел\w*|абзац\w*))\s*[\d.]+",
    re.IGNORECASE,
)


def reason_numbers(version: Version) -> Iterator[Finding]:
    """Rules that give one number and tell another: one of the two was changed alone.

    Numbers that the rule tests, or that parameters have, may stand there for themselves.
    """
    known = {
        number
        for parameter in version.parameters.values()
        for _, value in parameter.values
        if (number := _number(value)) is not None
    }
    for decision, rule in version.written_rules():
        given = _number(rule.then.value) if isinstance(rule.then, Constant) else None
        if given is None or decision.type.kind not in NUMBERS or rule.because is None:
            continue
        tested = {
            number
            for node in walk(rule.when)
            if isinstance(node, Constant) and (number := _number(node.value)) is not None
        }
        for language, said in rule.because:
            told = [_told(found) for found in _NUMBER.findall(_NAMED.sub("", said))]
            others = [one for one in told if one not in known | tested]
            if others and given not in told:
                yield _finding(decision, rule, language, others[0], given)


def _number(value: object) -> Decimal | None:
    is_number = isinstance(value, int | Decimal) and not isinstance(value, bool)
    return Decimal(value) if is_number else None  # type: ignore[arg-type]


def _told(text: str) -> Decimal:
    return Decimal(text.replace(",", "."))


def _finding(
    decision: Decision, rule: Rule, language: Language, told: Decimal, given: Decimal
) -> Finding:
    return Finding(
        code="reason-number-differs",
        severity=Severity.WARNING,
        message=Message(
            "reason-tells-other-number",
            rule=rule.id,
            given=str(given),
            language=language,
            told=str(told),
        ),
        decision=decision.name,
        rules=(rule.id,),
        subject=language,
        places=places_of(rule.place or decision.place),
        hint=Message("write-name-for-number", name=decision.name),
    )

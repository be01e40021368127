"""From the messages of rules to sentences: placeholders filled, reasons put together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from reglament.model.outcomes import Document, Outcome, Refusal, RuleStatus, RuleTrace
from reglament.model.policy import Decision, DecisionKind, Rule, Version
from reglament.model.words import Language, Words
from reglament.rendering import cldr as lang
from reglament.rendering import labels

NOT_EXACT = Words(
    ru="Перебрать все случаи не удалось: возможно, исход от этого не зависит.",
    en="There were too many cases to try them all: it may not depend on it.",
)
NOT_STATED = Words(ru="…не указано", en="not stated")
_OVERRIDDEN = Words(ru="не применено: приоритет у {}", en="overridden by {}")
_OVERRIDDEN_ANYWAY = Words(
    ru="не применяется при любых фактах: приоритет у {}", en="overridden by {} whatever the facts"
)
_MAY_BE_OVERRIDDEN = Words(ru="приоритет может быть у {}", en="may be overridden by {}")

_PLACEHOLDER = re.compile(r"\{([^\W\d][\w.-]*)\}")


def fill(message: Words, version: Version, doc: Document) -> Words:
    """The message with each `{name}` or `{name.field}` replaced by its value, in each language.

    What a fact says is never searched for placeholders again. A name that the
    policy does not know stays as it is written.
    """
    if "{" not in message.ru and "{" not in message.en:
        return message
    filled = {lang: _fill(text, version, doc, lang) for lang, text in message}
    return Words(ru=filled["ru"], en=filled["en"])


def with_labels(message: Words, version: Version) -> Words:
    """The message with each placeholder replaced by what stands there: `[last day of support]`."""
    filled = {language: _label_all(text, version, language) for language, text in message}
    return Words(ru=filled["ru"], en=filled["en"])


def because(version: Version, doc: Document, outcome: Outcome) -> Words | None:
    """Why it was decided so: the messages of the rules behind it, or what it still depends on.

    Where the outcome is settled though it is open which of several rules makes
    it, their messages are told as alternatives. Of a refused one, why it is.
    """
    decision = version.decisions[outcome.decision]
    if outcome.refused is not None:
        return refusal_words(version, outcome.refused)
    if not outcome.is_determined:
        return _depends_on(version, outcome)
    rules = rules_of(decision)
    behind = [rules[name] for name in _behind(decision, outcome) if name in rules]
    denies = decision.kind is DecisionKind.CHECKLIST and outcome.outcome != decision.met
    messages = [rule.unless if denies else rule.because for rule in behind]
    given = dict.fromkeys(message for message in messages if message is not None)
    filled = [fill(message, version, doc) for message in given]
    open_ = {trace.rule for trace in outcome.trace if trace.status is RuleStatus.OPEN}
    if any(rule.id in open_ for rule in behind):
        if None in messages:
            return None  # any of the reasons given may be untrue
        filled = _alternatives(filled) if len(filled) > 1 else filled
    return _joined(filled)


def reason(rule: Rule, trace: RuleTrace) -> Words | None:
    """What the rule says of what became of it; None where that is not known to be true."""
    if trace.status is RuleStatus.NOT_APPLIED:
        return rule.unless
    return rule.because if trace.holds else None


def overridden(outcome: Outcome, trace: RuleTrace, language: Language) -> str:
    """By which rules the rule is overridden, or may be: `overridden by tier-partner`; or nothing.

    Where none of several is known to apply, it is one or the other.
    """
    if not trace.by:
        return ""
    if trace.status is RuleStatus.OPEN:
        words = _MAY_BE_OVERRIDDEN
    else:
        words = _OVERRIDDEN_ANYWAY if trace.tests else _OVERRIDDEN
    applying = {one.rule for one in outcome.trace if one.holds}
    is_known = applying.issuperset(trace.by)
    names = ", ".join(trace.by) if is_known else lang.listed(trace.by, language, lang.OR)
    return words.to(language).format(names)


def refusal_words(version: Version, refused: Refusal) -> Words:
    """Why there is no outcome, as a sentence; other decisions by their labels."""
    if not refused.because_of:
        return Words(ru=f"{refused.problem.message.ru}.", en=f"{refused.problem.message.en}.")
    return Words(
        ru=f"Зависит от того, что решить нельзя: "
        f"{labels.labels(version, refused.because_of, 'ru')}.",
        en=f"Depends on what cannot be decided: "
        f"{labels.labels(version, refused.because_of, 'en')}.",
    )


def rules_of(decision: Decision) -> Mapping[str, Rule]:
    """The rules of a decision by their ids, `otherwise` included."""
    return {rule.id: rule for rule in decision.every_rule()}


def _behind(decision: Decision, outcome: Outcome) -> Iterable[str]:
    if decision.kind is DecisionKind.COLLECTION:
        return [item.rule for item in outcome.items]
    if decision.kind is DecisionKind.CHECKLIST:
        return outcome.met if outcome.outcome == decision.met else outcome.unmet or outcome.open
    return outcome.rules


def _alternatives(messages: Sequence[Words]) -> list[Words]:
    return [
        Words(ru=f"Либо: {one.ru}", en=f"{'Or' if index else 'Either'}: {one.en}")
        for index, one in enumerate(messages)
    ]


def _joined(messages: Sequence[Words]) -> Words | None:
    if not messages:
        return None
    return Words(ru=" ".join(one.ru for one in messages), en=" ".join(one.en for one in messages))


def _depends_on(version: Version, outcome: Outcome) -> Words | None:
    said = [] if outcome.is_exact else [NOT_EXACT]
    if outcome.needs:
        depends = Words(
            ru=f"Зависит от того, что не сообщено: {labels.labels(version, outcome.needs, 'ru')}.",
            en=f"Depends on what was not told: {labels.labels(version, outcome.needs, 'en')}.",
        )
        said.insert(0, depends)
    return _joined(said)


def _fill(text: str, version: Version, doc: Document, language: Language) -> str:
    return _PLACEHOLDER.sub(lambda found: _value(found[1], version, doc, language), text)


def _label_all(text: str, version: Version, language: Language) -> str:
    return _PLACEHOLDER.sub(lambda found: _label(found[1], version, language), text)


def _label(name: str, version: Version, language: Language) -> str:
    if name in version.parameters:
        return _parameter(name, version, language)
    record = name.rpartition(".")[0]
    is_field = name not in version.facts and record in version.decisions
    return f"[{labels.label(version, record if is_field else name, language)}]"


def _value(name: str, version: Version, doc: Document, language: Language) -> str:
    if name in version.facts:
        if name not in doc.facts:
            return NOT_STATED.to(language)
        return labels.value_words(version, name, doc.facts[name], language)
    if name in version.decisions:
        return labels.outcome_words(version, doc, name, language)
    if name in version.parameters:
        return _parameter(name, version, language)
    return _field(name, version, doc, language)


def _parameter(name: str, version: Version, language: Language) -> str:
    # A dated parameter stands behind a decision of its own and was found there.
    _, value = version.parameters[name].values[-1]
    return labels.value_words(version, name, value, language)


def _field(name: str, version: Version, doc: Document, language: Language) -> str:
    record, _, field = name.rpartition(".")
    outcome = doc.decisions.get(record)
    if record not in version.decisions or outcome is None or not outcome.is_determined:
        if record not in version.decisions:
            return f"{{{name}}}"
        return labels.undecided("" if outcome is None else outcome.status).to(language)
    if not isinstance(outcome.outcome, Mapping):
        return labels.NONE.to(language)
    return labels.value_words(version, record, outcome.outcome.get(field), language)

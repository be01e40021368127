"""From the messages of rules to sentences: placeholders filled, reasons put together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import attrgetter

from reglament.messages import Language, ListedWords, Message, Rendered, Words
from reglament.model.decisions import Decision, Rule
from reglament.model.outcomes import Document, Outcome, Refusal, RuleStatus, RuleTrace
from reglament.model.regulation import Version
from reglament.model.words import Text
from reglament.rendering.words import cldr as lang
from reglament.rendering.words import labels

NOT_EXACT = Message("too-many-cases-try")

PLACEHOLDER = re.compile(r"\{([^\W\d][\w.-]*)\}")


def fill(message: Text, version: Version, doc: Document) -> Text:
    """The message with each `{name}` or `{name.field}` replaced by its value, in each language.

    What a fact says is never searched for placeholders again. A name that the
    policy does not know stays as it is written.
    """
    if not any("{" in text for _, text in message):
        return message
    return Text(**{language: _fill(text, version, doc, language) for language, text in message})


def with_labels(message: Text, version: Version) -> Text:
    """The message with each placeholder replaced by what stands there: `[last day of support]`."""
    return Text(**{language: _label_all(text, version, language) for language, text in message})


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
    if decision.for_each is not None:
        return _joined(list(_of_each(version, outcome, decision.for_each)))
    told = filter(version.has_rule, rules_told(decision, outcome))
    behind = [version.rule(name) for name in told]
    messages = list(map(attrgetter(says_why(decision, outcome)), behind))
    if len(messages) > 1:  # whose texts take long to compare
        messages = list(dict.fromkeys(messages))
    given = [message for message in messages if message is not None]
    filled: list[Words] = [fill(message, version, doc) for message in given]
    if not outcome.open_rules.isdisjoint([rule.id for rule in behind]):
        if None in messages:
            return None  # any of the reasons given may be untrue
        filled = _alternatives(filled) if len(filled) > 1 else filled
    return _joined(filled)


def _of_each(version: Version, outcome: Outcome, fact: str) -> Iterator[Words]:
    """Why it was decided so of each item of a list."""
    items = version.lists[fact]
    for number, document in enumerate(outcome.each, 1):
        said = because(items.item, document, document.decisions[outcome.decision])
        if said is not None:
            yield Message("item-said", item=items.label, number=number, said=said)


def rules_that_say(version: Version, decision: Decision, outcome: Outcome) -> list[str]:
    """The rules behind a settled outcome that say why it is that; none of any other."""
    if not outcome.is_determined:
        return []
    says = says_why(decision, outcome)
    known = filter(version.has_rule, outcome.rules)
    return [rule for rule in known if getattr(version.rule(rule), says) is not None]


def says_why(decision: Decision, outcome: Outcome) -> str:
    """With which of its messages a rule of the decision says why that is the outcome."""
    denies = decision.kind.has_requirements and outcome.outcome != decision.met
    return "unless" if denies else "because"


def reason(rule: Rule, trace: RuleTrace) -> Text | None:
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
        code = "may-be-overridden-by"
    else:
        code = "overridden-anyway-by" if trace.tests else "overridden-by"
    applying = {rule_trace.rule for rule_trace in outcome.trace if rule_trace.holds}
    is_known = applying.issuperset(trace.by)
    names = ", ".join(trace.by) if is_known else lang.listed(trace.by, language, lang.OR)
    return Message(code, names=names).to(language)


def refusal_words(version: Version, refused: Refusal) -> Words:
    """Why there is no outcome, as a sentence; other decisions by their labels."""
    if not refused.because_of:
        return Message("message", message=refused.problem.message)
    behind = Rendered(labels.labels, version, refused.because_of)
    return Message("depends-on-refused", behind=behind)


def rules_of(decision: Decision) -> Mapping[str, Rule]:
    """The rules of a decision by their ids, `otherwise` included."""
    return {rule.id: rule for rule in decision.every_rule()}


def rules_told(decision: Decision, outcome: Outcome) -> Iterable[str]:
    """The rules whose messages say why a settled outcome is what it is."""
    if decision.kind.lists_items:
        return [item.rule for item in outcome.items]
    if decision.kind.has_requirements:
        return outcome.met if outcome.outcome == decision.met else outcome.unmet or outcome.open
    return outcome.rules


def _alternatives(messages: Sequence[Words]) -> list[Words]:
    return [
        Message("or-reason" if index else "either-reason", reason=one)
        for index, one in enumerate(messages)
    ]


def _joined(messages: Sequence[Words]) -> Words | None:
    if not messages:
        return None
    return messages[0] if len(messages) == 1 else ListedWords(messages, " ")


def _depends_on(version: Version, outcome: Outcome) -> Words | None:
    said: list[Words] = [] if outcome.is_exact else [NOT_EXACT]
    if outcome.needs:
        needed = Rendered(labels.labels, version, outcome.needs)
        said.insert(0, Message("depends-on-missing", needed=needed))
    return _joined(said)


def _fill(text: str, version: Version, doc: Document, language: Language) -> str:
    return PLACEHOLDER.sub(lambda match: _value(match[1], version, doc, language), text)


def _label_all(text: str, version: Version, language: Language) -> str:
    return PLACEHOLDER.sub(lambda match: _label(match[1], version, language), text)


def _label(name: str, version: Version, language: Language) -> str:
    if name in version.parameters:
        return _parameter(name, version, language)
    record, _ = labels.field_of(version, name)
    is_field = name not in version.facts and record in version.decisions
    return f"[{labels.label(version, record if is_field else name, language)}]"


def _value(name: str, version: Version, doc: Document, language: Language) -> str:
    if name in version.facts:
        if name not in doc.known:
            return Message("not-stated").to(language)
        return labels.value_words(version, name, doc.known[name], language)
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
    record, fields = labels.field_of(version, name)
    outcome = doc.decisions.get(record)
    if record not in version.decisions or outcome is None or not outcome.is_determined:
        if record not in version.decisions:
            return f"{{{name}}}"
        return labels.undecided("" if outcome is None else outcome.status).to(language)
    value = labels.part_of(outcome.outcome, fields)
    if value is None:
        return labels.NONE.to(language)
    return labels.value_words(version, record, value, language)

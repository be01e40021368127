"""From the facts told so far to the next question worth asking, and why it is asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping

from reglament.analysis.worth_asking import TooManyPairs, worth_asking
from reglament.diagram.kernel.branches import OTHER, facts_of_variable
from reglament.diagram.kernel.forest import EnumVar, NullVar, TooLarge, Variable
from reglament.evaluation.evaluator import Evaluated, Evaluator
from reglament.frozen import frozen
from reglament.language.requests.asked_names import names_asked
from reglament.language.requests.list_reader import list_of_path
from reglament.language.syntax.suggest import short, suggestion
from reglament.messages import Message, Verbatim, Words, ticked
from reglament.model.decisions import Decision
from reglament.model.lists import (
    MORE,
    field_of,
    is_list_of_things,
    item_path,
    more_path,
    number_within,
)
from reglament.model.outcomes import Status
from reglament.model.problems import refusal
from reglament.model.regulation import Fact, Version
from reglament.model.values import Kind, Value
from reglament.partial.answers import possible
from reglament.partial.or_nodes import or_nodes
from reglament.partial.remaining import NotComputable
from reglament.partial.terminal_outcomes import KnownOutcome
from reglament.rendering.words.labels import named


@frozen
class Open:
    """A decision that is open, and the outcomes still possible (None: too many to list)."""

    decision: str
    possible: tuple[Value, ...] | None


@frozen
class Settles:
    """The answer `value` alone settles the decision, with that outcome."""

    value: Value
    decision: str
    outcome: Value


@frozen
class Question:
    """What to ask next: the fact, its words, its options, and why it matters.

    `options` are the values that the policy names, with their labels; other words
    will do where `is_open`. `null_means` is None where null may not be told, `at_least`
    and `at_most` where that side has no bound. `open` holds the decisions that hang on
    it, `settles` the answers that settle one alone.
    """

    fact: str
    text: Words
    kind: Kind
    options: tuple[tuple[Value, Words], ...]
    is_open: bool
    null_means: Words | None
    open: tuple[Open, ...]
    settles: tuple[Settles, ...]
    at_least: Value = None
    at_most: Value = None


YES_NO = ((True, Message("yes")), (False, Message("no")))


def next_question(
    evaluator: Evaluator,
    told: Mapping[str, Value],
    decisions: Collection[str] | None = None,
    not_known: Collection[str] = (),
    asked_of: str | None = None,
) -> Question | None:
    """The question that settles most of `decisions` (all of them by default); None when done.

    Facts in `not_known` are never asked for, nor what could settle nothing without them.
    With `asked_of` only what that reader of `told_by` can tell is asked, and what the policy
    does not say who tells. Done is when every decision is determined, or hangs on other facts.
    """
    evaluated = evaluator.evaluate(told, is_assuming=False)  # it may be told otherwise
    wanted = list(evaluated) if decisions is None else list(decisions)
    found = (_hanging(evaluated, name, not_known) for name in wanted)
    hanging = [one for one in found if one is not None]
    refuse_unknown_reader(evaluator.version, asked_of)
    refuse_unknown_facts(evaluator.version, not_known)
    others = frozenset[str]() if asked_of is None else evaluator.version.facts_of_others(asked_of)
    fact = _best(hanging, others)
    if fact is None:
        return None
    waiting = [one for one in hanging if fact in one.needs]
    return _question(evaluator.version, evaluated, fact, waiting)


@frozen
class _Hanging:
    """A decision that is open: the facts that it hangs on, best first, and what may come of it."""

    open: Open
    needs: tuple[str, ...]


def _hanging(evaluated: Evaluated, name: str, not_known: Collection[str]) -> _Hanging | None:
    """The decision, unless it is determined; a gap or a conflict leaves nothing to ask."""
    try:
        if evaluated.evaluator.has_lists:  # its totals are not independent facts
            raise TooLarge(0)
        left = evaluated.partial_result.leaves(evaluated.evaluator.diagrams.decision(name))
    except (TooLarge, NotComputable):
        outcome = evaluated[name]
        is_open = outcome.status is Status.UNDETERMINED
        needs = tuple(one for one in outcome.needs if one not in not_known)
        return _Hanging(Open(name, outcome.possible), needs) if is_open else None
    if len(left) == 1 and isinstance(left[0], KnownOutcome):
        return None
    decision = evaluated.version.decisions[name]
    needs = evaluated.partial_result.needs(name)
    if not_known:
        needs = _settling_facts(evaluated, name, not_known, needs)
    return _Hanging(Open(name, possible(decision, left)), needs)


def _settling_facts(
    evaluated: Evaluated, name: str, not_known: Collection[str], needs: tuple[str, ...]
) -> tuple[str, ...]:
    """Of the facts needed those that can still settle the decision, best first."""
    try:
        tree = evaluated.partial_result.tree(evaluated.evaluator.diagrams.decision(name))
        worth = worth_asking(tree, not_known)
    except (TooLarge, NotComputable, TooManyPairs):
        worth = frozenset(needs) - {*not_known}
    return tuple(fact for fact in needs if fact in worth)


def question_about(version: Version, fact: str) -> Question:
    """The question for one fact of the version, whatever hangs on it."""
    return _worded(version, fact, (), ())


def refuse_unknown_reader(version: Version, asked_of: str | None) -> None:
    """Raises Refused where nobody of that name tells a fact of the policy."""
    readers = {one: None for fact in version.facts.values() for one in fact.told_by}
    if asked_of is None or asked_of in readers:
        return
    listed = ticked(readers)
    known = Message("they-tell-facts", listed=listed) if readers else Message("nobody-tells-facts")
    message = Message("nobody-called-so", name=short(asked_of))
    raise refusal("unknown-reader", message, suggestion(asked_of, readers) or known)


def refuse_unknown_facts(version: Version, names: Collection[str]) -> None:
    """Raises Refused where a name is no fact, nor a field of an item by its path."""
    known = version.told_facts
    for name in names:
        if name not in known and list_of_path(name, version.lists) is None:
            message = Message("unknown-fact-told", shown=short(name))
            raise refusal("unknown-fact", message, suggestion(name, known))


def asked_about(version: Version, decision: str | Iterable[str] | None) -> list[str]:
    """The decisions that an interview is about: those named, or the one that answers.

    Every decision where the policy does not say which one answers. Raises Refused for
    a name that is no decision.
    """
    if decision is not None:
        return [decision_named(version, name).name for name in names_asked(decision)]
    if version.explain is not None:
        return [version.explain.answer]
    return [*version.shown_decisions]


def decision_named(version: Version, name: str) -> Decision:
    """The decision with that name. Raises Refused, with what may have been meant."""
    shown = version.shown_decisions
    if name in shown:
        return shown[name]
    message = Message("unknown-decision", name=short(name))
    known = Message("decisions-listed", listed=ticked(shown))
    raise refusal("unknown-decision", message, suggestion(name, shown) or known)


def _best(hanging: Iterable[_Hanging], unasked: Collection[str]) -> str | None:
    """The fact that helps most decisions; of equals, the one that helps one of them most."""
    waiting: Counter[str] = Counter()
    place: dict[str, int] = {}
    for one in hanging:
        asked = [fact for fact in one.needs if fact not in unasked]
        for index, fact in enumerate(asked):
            waiting[fact] += 1
            place[fact] = min(place.get(fact, index), index)
    return min(waiting, key=lambda fact: (-waiting[fact], place[fact], fact), default=None)


def _question(
    version: Version, evaluated: Evaluated, name: str, waiting: list[_Hanging]
) -> Question:
    settles = (_settling(evaluated, one.open.decision, name) for one in waiting)
    opened = tuple(one.open for one in waiting)
    return _worded(version, name, opened, tuple(found for some in settles for found in some))


def _worded(
    version: Version, name: str, opened: tuple[Open, ...], settles: tuple[Settles, ...]
) -> Question:
    if name not in version.facts or name in version.lists:
        return _about_items(version, name, opened)
    fact = version.facts[name]
    return _of_fact(name, fact, fact.question or fact.label, opened, settles)


def _of_fact(
    name: str, fact: Fact, text: Words, opened: tuple[Open, ...], settles: tuple[Settles, ...]
) -> Question:
    words = fact.type.item or fact.type  # a list is answered by words of its items
    options = tuple((word, fact.option_labels.get(word, Verbatim(word))) for word in words.options)
    return Question(
        fact=name,
        text=text,
        kind=fact.type.kind,
        options=YES_NO if fact.type.kind is Kind.BOOLEAN else options,
        is_open=words.is_open,
        null_means=fact.null_means,
        open=opened,
        settles=settles,
        at_least=fact.type.at_least,
        at_most=fact.type.at_most,
    )


def _about_items(version: Version, name: str, opened: tuple[Open, ...]) -> Question:
    """The question for a field of an item; or whether there is an item in a list, or one more."""
    fact = field_of(version, name)
    if fact is not None and not is_list_of_things(version, name):
        return _of_fact(name, fact, named(version, name).label, opened, ())
    is_first = is_list_of_things(version, name)  # of which nothing is told
    name = more_path(name) if is_first else name
    text = named(version, name).label
    if isinstance(text, Message):
        code = "list-any-question" if is_first else "list-more-question"
        text = Message(code, **dict(text.values))
    return Question(name, text, Kind.BOOLEAN, YES_NO, False, None, opened, ())


def told_by_answer(
    version: Version, told: Mapping[str, Value], name: str, value: Value
) -> dict[str, Value]:
    """What an answer tells; that there is one more item, as an item of which nothing is told."""
    fact = name.removesuffix(f".{MORE}")
    if fact == name or value is not True or not is_list_of_things(version, fact):
        return {name: value}
    last = max((number_within(fact, key) for key in told), default=0)
    return {item_path(fact, last + 1): {}}


def _settling(evaluated: Evaluated, decision: str, fact: str) -> list[Settles]:
    """The single answers of the fact after which the decision is settled."""
    partial_result = evaluated.partial_result
    try:
        root = evaluated.evaluator.diagrams.decision(decision)
        tree = partial_result.tree(root)
    except (TooLarge, NotComputable):
        return []
    variables = tree.shared.forest.variables
    own = {node.level: node for node in or_nodes(tree.root)}
    found: list[Settles] = []
    for level, node in own.items():
        if facts_of_variable(variables[level]) != {fact}:
            continue
        for answer, _ in node.edges:
            value, is_single = _single(variables[level], answer)
            outcome = partial_result.outcome_after(root, level, answer) if is_single else None
            if isinstance(outcome, KnownOutcome):
                found.append(Settles(value, decision, outcome.value))
    return found


def _single(variable: Variable, answer: object) -> tuple[Value, bool]:
    """The one value that the answer stands for, where it does stand for one."""
    if isinstance(variable, EnumVar) and answer is not OTHER:
        return answer, True  # type: ignore[return-value]
    return None, isinstance(variable, NullVar) and answer is True

"""From a plan to the source of one Python function that decides a request.

The function takes the facts told and returns the outcome of every decision, in
the order of the plan. Where the path meets a fact that is missing, the outcome is MISSING, and
the diagrams over facts alone have to tell whether it matters. A gap, a conflict, what
cannot be computed and whatever reads one of them is ERROR: whether it needs what it reads
is told elsewhere.

Two things make a function shorter: that every fact is told, so that it need not look
for what is missing, and that few decisions are asked for. Those that they do not
build on are then NOT_COMPUTED.

The source depends on the plan alone, and so on the meaning of the policy: not on the order of
its files, nor on the hash seed.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import compress
from types import MappingProxyType
from typing import Any, TypeAlias

from reglament.backend.interpreter import interpreter
from reglament.functions.evaluate import function_of
from reglament.model.calendar import WorkingHours
from reglament.model.conditions import Comparison, Includes, Test, Within
from reglament.model.markers import ERROR, MISSING, NOT_COMPUTED
from reglament.model.operators import Operator
from reglament.model.terms import Constant, FactRef, Formula, Term
from reglament.model.values import Listed, Value
from reglament.plan.nodes import (
    Bisect,
    Collect,
    If,
    Let,
    Node,
    Plan,
    PlanConflict,
    PlanGap,
    Return,
    Switch,
    Unplanned,
    children,
    names_read,
    width,
)
from reglament.reference import REFUSALS

MOST_INLINE = 300  # lines of one decision
MOST_DEEP = 60  # blocks within blocks: Python takes a hundred
MOST_TRIED = 10  # tests in a row, before one look-up is quicker
MOST_LISTS = 1_000

Decide: TypeAlias = Callable[..., tuple[Any, ...]]
StandsFor: TypeAlias = Callable[[Value], Any]
NO_FIELDS: Mapping[str, str] = MappingProxyType({})
Lines: TypeAlias = Iterator[str]


def generate(
    plan: Plan,
    hours: Mapping[str, WorkingHours],
    *,
    is_whole: bool = False,
    only: Collection[str] | None = None,
    fields: Mapping[str, str] = NO_FIELDS,
    stands_for: StandsFor | None = None,
) -> Decide:
    """The function that decides requests by the plan, by the working hours that it names.

    With `is_whole` it takes only requests that tell every fact. With `only`, names
    of decisions, it decides these and those that they build on. With `fields`, keys by the names
    of facts, it takes what an item tells of these as a second mapping. `stands_for` tells what
    is given in the place of a constant that the plan returns.
    """
    source, names = source_of(
        plan, hours, is_whole=is_whole, only=only, fields=fields, stands_for=stands_for
    )
    exec(compile(source, f"<{plan.policy} {plan.version}>", "exec"), names)
    decide: Decide = names["decide"]
    return decide


def source_of(
    plan: Plan,
    hours: Mapping[str, WorkingHours],
    *,
    is_whole: bool = False,
    only: Collection[str] | None = None,
    fields: Mapping[str, str] = NO_FIELDS,
    stands_for: StandsFor | None = None,
) -> tuple[str, dict[str, Any]]:
    """The source of the function, and the values that it refers to by name."""
    printer = _Printer(plan, hours, is_whole, fields, stands_for)
    return printer.source_of(only), printer.names


def _with_earlier(plan: Plan, names: Collection[str]) -> set[str]:
    """The decisions, and all that they build on."""
    found, waiting = set(names), list(names)
    while waiting:
        let = plan.lets[waiting.pop()]
        earlier = ({*let.breaks_with, *let.reads} & plan.lets.keys()) - found
        waiting += earlier
        found |= earlier
    return found


class CollectedLists(dict[tuple[bool, ...], Listed]):
    """For each item whether it is in, the list of those that are."""

    def __init__(self, items: tuple[Value, ...]) -> None:
        super().__init__()
        self.items_in_order = items

    def __missing__(self, is_in: tuple[bool, ...]) -> Listed:
        found = Listed(compress(self.items_in_order, is_in))
        if len(self) < MOST_LISTS:
            self[is_in] = found
        return found


class _Printer:
    def __init__(
        self,
        plan: Plan,
        hours: Mapping[str, WorkingHours],
        is_whole: bool,
        fields: Mapping[str, str],
        stands_for: StandsFor | None,
    ) -> None:
        self.plan = plan
        self.stands_for = stands_for or (lambda value: value)
        self.fields = fields
        self.hours = hours
        self.is_whole = is_whole
        markers = {"MISSING": MISSING, "ERROR": ERROR, "NOT_COMPUTED": NOT_COMPUTED}
        self.names: dict[str, Any] = {
            **markers, "REFUSALS": REFUSALS, "bisect_right": bisect_right
        }  # fmt: skip
        self.variables = {name: f"f{i}" for i, name in enumerate(plan.inputs)}
        self.certain = frozenset(self.variables.values() if is_whole else ())  # never MISSING
        self.variables |= {name: f"d{i}" for i, name in enumerate(plan.lets)}
        self._may_miss = False  # whether what was printed last may come to MISSING
        self._constants: dict[Any, str] = {}
        self._safe: dict[str, str] = {}

    def source_of(self, only: Collection[str] | None) -> str:
        """The source of the function that decides these decisions, or all."""
        wanted = self.plan.lets if only is None else _with_earlier(self.plan, only)
        lets = self.plan.lets.items()
        body = [line for name, let in lets if name in wanted for line in self._let(name, let)]
        read = set(re.findall(r"\bf\d+\b", "\n".join(body)))
        facts = ((self.variables[name], name) for name in self.plan.inputs)
        lines = [f"    {local} = {self._taken(name)}" for local, name in facts if local in read]
        outcomes = (self.variables[name] if name in wanted else "NOT_COMPUTED" for name, _ in lets)
        given = "".join(f"{one}, " for one in outcomes)  # none of a version without decisions
        head = "def decide(told, item):" if self.fields else "def decide(told):"
        return "\n".join([head, *lines, *body, f"    return ({given})", ""])

    def _taken(self, name: str) -> str:
        of = "item" if name in self.fields else "told"
        key = self.fields.get(name, name)
        return f"{of}[{key!r}]" if self.is_whole else f"{of}.get({key!r}, MISSING)"

    def _let(self, name: str, let: Let) -> Lines:
        target, indent = self.variables[name], "    "
        yield f"    # {name}"
        if let.breaks_with:
            broken = (f"{self.variables[earlier]} is ERROR" for earlier in let.breaks_with)
            yield f"    if {' or '.join(broken)}:"
            yield f"        {target} = ERROR"
            yield "    else:"
            indent = "        "
        if not let.is_computing:
            yield from self._set(target, let.body, indent, let.reads)
            return
        yield f"{indent}try:"
        yield from self._set(target, let.body, indent + "    ", let.reads)
        yield f"{indent}except REFUSALS:"
        yield f"{indent}    {target} = ERROR"

    def _set(self, target: str, body: Node, indent: str, reads: Iterable[str]) -> list[str]:
        """The lines that set `target`; where none of them can leave it missing, that is noted."""
        self._may_miss = False
        if isinstance(body, Collect):
            lines = list(self._collect(body, target, indent))
        elif _is_short(body):
            lines = list(self._node(body, target, indent, self.certain))
        else:
            lines = [indent + self._walked(body, target, reads)]
        if not self._may_miss:
            self.certain |= {target}
        return lines

    def _walked(self, body: Node, target: str, reads: Iterable[str]) -> str:
        """A body too large to write out is walked as data."""
        self.names[f"walk_{target}"] = interpreter(body, self.hours, self.stands_for)
        self._missing(reads, self.certain)
        told = ", ".join(f"{name!r}: {self.variables[name]}" for name in reads)
        return f"{target} = walk_{target}({{{told}}})"

    def _collect(self, node: Collect, target: str, indent: str) -> Lines:
        flags = {f"{target}_{place}": item for place, item in enumerate(node.items)}
        for flag, (_, body) in flags.items():
            yield from self._set(flag, body, indent, Let.of(body).reads)
        lists = self._named(
            f"lists {target}", CollectedLists(tuple(value for value, _ in node.items))
        )
        missing = [flag for flag in flags if flag not in self.certain]
        self._may_miss = bool(missing)
        unless = f"MISSING if {_any_missing(missing)} else " if missing else ""
        yield f"{indent}{target} = {unless}{lists}[({''.join(f'{flag}, ' for flag in flags)})]"

    # Nodes

    def _node(self, node: Node, target: str, indent: str, told: frozenset[str]) -> Lines:
        """Lines that set `target`; the variables in `told` are known not to be missing."""
        match node:
            case Switch() | Bisect() | If():
                yield from self._asked(node, target, indent, told)
            case Return(term):
                yield f"{indent}{target} = {self._returned(term, told)}"
            case PlanGap() | PlanConflict():
                yield f"{indent}{target} = ERROR"
            case Unplanned():
                self._may_miss = True
                yield f"{indent}{target} = MISSING"
            case _:
                raise TypeError(node)

    def _returned(self, term: Term, told: frozenset[str]) -> str:
        if isinstance(term, Constant):
            return self._literal(self.stands_for(term.value))
        missing = self._missing(names_read(Return(term)), told)
        if not missing or isinstance(term, FactRef):
            return self._term(term)
        return f"MISSING if {_any_missing(missing)} else {self._term(term)}"

    def _missing(self, names: Iterable[str], told: frozenset[str]) -> list[str]:
        """The variables of the names that may be missing, which is noted."""
        found = [self.variables[name] for name in sorted(names)]
        found = [variable for variable in found if variable not in told]
        self._may_miss = self._may_miss or bool(found)
        return found

    def _asked(
        self, node: Switch | Bisect | If, target: str, indent: str, told: frozenset[str]
    ) -> Lines:
        missing = self._missing(names_read(node), told)
        word, told = "if", told.union(missing)
        if missing:
            yield f"{indent}if {_any_missing(missing)}:"
            yield f"{indent}    {target} = MISSING"
            word = "elif"
        if not isinstance(node, If) and len(children(node)) > MOST_TRIED:
            if missing:
                yield f"{indent}else:"
                indent += "    "
            yield from self._looked_up(node, target, indent, told)
            return
        for test, child in self._branches(node):
            yield f"{indent}{word} {test}:" if test else f"{indent}else:"
            yield from self._node(child, target, indent + "    ", told)
            word = "elif"

    def _branches(self, node: Switch | Bisect | If) -> Iterator[tuple[str | None, Node]]:
        """Tests in the order in which they are tried, and where each leads; None is the rest."""
        match node:
            case Switch(on, cases):
                for words, child in cases:
                    yield self._is_one_of(self.variables[on], words), child
            case Bisect(on, cuts, targets):
                for cut, child in zip(cuts, targets, strict=False):
                    yield f"{self.variables[on]} < {self._literal(cut)}", child
            case If(test, then):
                yield self._test(test), then
        yield None, children(node)[-1]

    def _looked_up(
        self, node: Switch | Bisect, target: str, indent: str, told: frozenset[str]
    ) -> Lines:
        """One look-up tells which of many targets it is."""
        targets, on = children(node), self.variables[node.on]
        if isinstance(node, Bisect):
            place = f"bisect_right({self._constant(node.cuts)}, {on})"
        else:
            places = {word: i for i, (words, _) in enumerate(node.cases) for word in words}
            place = f"{self._named(f'places {target}', places)}.get({on}, {len(targets) - 1})"
        values = tuple(
            self.stands_for(one.term.value)
            for one in targets
            if isinstance(one, Return) and isinstance(one.term, Constant)
        )
        if len(values) == len(targets):
            yield f"{indent}{target} = {self._named(f'values {target}', values)}[{place}]"
            return
        yield f"{indent}i = {place}"
        yield from self._halved(targets, 0, target, indent, told)

    def _halved(
        self, targets: Sequence[Node], first: int, target: str, indent: str, told: frozenset[str]
    ) -> Lines:
        """The target at place `i`, the first of these being at `first`."""
        if len(targets) == 1:
            yield from self._node(targets[0], target, indent, told)
            return
        half = len(targets) // 2
        yield f"{indent}if i < {first + half}:"
        yield from self._halved(targets[:half], first, target, indent + "    ", told)
        yield f"{indent}else:"
        yield from self._halved(targets[half:], first + half, target, indent + "    ", told)

    # Tests and terms

    def _is_one_of(self, name: str, words: tuple[Value, ...]) -> str:
        if len(words) == 1:
            word = words[0]
            is_single = word is None or isinstance(word, bool)
            return f"{name} is {word}" if is_single else f"{name} == {self._literal(word)}"
        return f"{name} in {self._constant(frozenset(words))}"

    def _test(self, test: Test) -> str:
        match test:
            case Comparison(subject, operator, operand):
                sign = "==" if operator is Operator.IS else "<="
                return f"{self._term(subject)} {sign} {self._term(operand)}"
            case Within(subject, hours):
                is_open = self._named(f"is_open_{hours}", self.hours[hours].is_open)
                return f"{is_open}({self._term(subject)})"
            case Includes(subject, value):
                return f"{self._literal(value)} in {self._term(subject)}"
        holds = self._named(f"{test.word} {test.said!r}", test.meaning(self.hours))
        return f"{holds}({', '.join(map(self._term, test.terms))})"

    def _term(self, term: Term) -> str:
        match term:
            case Constant(value):
                return self._literal(value)
            case FactRef(name):
                return self.variables[name]
            case Formula("day_of", (part,)):
                return f"{self._term(part)}.date()"
            case Formula(function):
                named = (function, *term.all_hours, term.tie) if term.all_hours else (function,)
                if term.each is not None:
                    return self._applied(f"{function} {term.each!r}", term)
                picked = "".join(f" {word}={hours}" for word, hours in term.by)
                return self._applied("_".join(named) + picked, term)
        raise TypeError(term)

    def _applied(self, name: str, term: Formula) -> str:
        function = self._named(name, function_of(term, self.hours))
        return f"{function}({', '.join(map(self._term, term.arguments))})"

    def _literal(self, value: Value) -> str:
        if value is None or isinstance(value, str | bool | int):
            return repr(value)
        return self._constant(value)

    def _constant(self, value: Any) -> str:
        key = (type(value), value)
        if key not in self._constants:
            self._constants[key] = self._named(f"c {len(self._constants)}", value)
        return self._constants[key]

    def _named(self, name: str, value: Any) -> str:
        """A name for the value in the source; equal names must mean equal values."""
        if name not in self._safe:
            words = "".join(one if one.isalnum() and one.isascii() else "_" for one in name)
            self._safe[name] = f"{words}_{len(self._safe)}"
            self.names[self._safe[name]] = value
        return self._safe[name]


def _is_short(root: Node) -> bool:
    """Whether the node, written out as a tree, is neither too long nor too deep."""
    lines, waiting = 1, [(root, 0)]
    while waiting:
        node, depth = waiting.pop()
        lines += width(node)
        if depth > MOST_DEEP or lines > MOST_INLINE:
            return False
        waiting += [(child, depth + 1) for child in children(node)]
    return True


def _any_missing(variables: list[str]) -> str:
    return " or ".join(f"{variable} is MISSING" for variable in variables)

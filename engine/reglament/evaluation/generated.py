"""From the diagrams of a version to one Python function that decides a request.

The function takes the facts told and returns the outcome of every decision, in
the order of the version. Each decision follows one path of its own diagram, in
which earlier decisions are read like facts. Where the path meets a fact that is
missing, the outcome is MISSING, and the diagrams over facts alone have to tell
whether it matters. A gap, a conflict, a date that no calendar covers and whatever
reads one of them is BROKEN: whether it needs what it reads is told elsewhere.

Two things make a function shorter: that every fact is told, so that it need not look
for what is missing, and that few decisions are asked for. Those that they do not
build on are then LATER.

The source depends on the meaning of the policy alone: not on the order of its
files, nor on the hash seed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from itertools import compress
from typing import Any

from reglament.diagram.kernel.branches import facts_of_variable
from reglament.diagram.kernel.compiler import Diagrams
from reglament.diagram.kernel.forest import Choice, Node, Null, Span, TooLarge, Truth
from reglament.diagram.kernel.terminals import NoAnswer
from reglament.evaluation.interpreter import walker
from reglament.formulas import function_of
from reglament.model.conditions import Comparison, Includes, Within
from reglament.model.markers import BROKEN, LATER, MISSING
from reglament.model.policy import Decision, DecisionKind, Version
from reglament.model.terms import Constant, FactRef, Formula, Term, facts_of
from reglament.model.values import Listed, Value
from reglament.reference import REFUSALS

MOST_INLINE = 300
MOST_LISTS = 1_000
LOCAL_BUDGET = 200_000


Decide = Callable[[Mapping[str, Value]], tuple[Any, ...]]


def local_diagrams(version: Version) -> Diagrams:
    """The diagrams from which the function is made: earlier decisions are read like facts."""
    return Diagrams(version, is_local=True, budget=LOCAL_BUDGET)


def generate(
    diagrams: Diagrams, *, is_whole: bool = False, only: Collection[str] | None = None
) -> Decide:
    """The function that decides requests by the version of the local diagrams.

    With `is_whole` it takes only requests that tell every fact. With `only`, names
    of decisions, it decides these and those that they build on.
    """
    source, names = source_of(diagrams, is_whole=is_whole, only=only)
    version = diagrams.version
    code = compile(source, f"<{version.policy} {version.version}>", "exec")
    exec(code, names)
    decide: Decide = names["decide"]
    return decide


def source_of(
    diagrams: Diagrams, *, is_whole: bool = False, only: Collection[str] | None = None
) -> tuple[str, dict[str, Any]]:
    """The source of the function, and the values that it refers to by name."""
    writer = _Writer(diagrams, is_whole)
    decisions = diagrams.version.decisions
    return writer.source(_with_earlier(diagrams.version, only or decisions)), writer.names


def _with_earlier(version: Version, names: Collection[str]) -> set[str]:
    """The decisions, and all that they build on."""
    found, waiting = set(names), list(names)
    while waiting:
        earlier = {one.name for one in version.built_on(version.decisions[waiting.pop()])}
        waiting += earlier - found
        found |= earlier
    return found


class Lists(dict[tuple[bool, ...], Listed]):
    """For each item whether it is in, the list of those that are."""

    def __init__(self, items: tuple[Value, ...]) -> None:
        super().__init__()
        self.items_in_order = items

    def __missing__(self, is_in: tuple[bool, ...]) -> Listed:
        found = Listed(compress(self.items_in_order, is_in))
        if len(self) < MOST_LISTS:
            self[is_in] = found
        return found


class _Writer:
    def __init__(self, diagrams: Diagrams, is_whole: bool) -> None:
        version = self.version = diagrams.version
        self.is_whole = is_whole
        self.diagrams = diagrams
        self.forest = diagrams.forest
        markers = {"MISSING": MISSING, "BROKEN": BROKEN, "LATER": LATER}
        self.names: dict[str, Any] = {**markers, "REFUSALS": REFUSALS}
        self.variables = {name: f"f{i}" for i, name in enumerate(version.facts)}
        self.certain = frozenset(self.variables.values() if is_whole else ())  # never MISSING
        self.variables |= {name: f"d{i}" for i, name in enumerate(version.decisions)}
        self._fragile: set[str] = set()  # variables that may be BROKEN
        self._constants: dict[Any, str] = {}
        self._safe: dict[str, str] = {}

    def source(self, wanted: Collection[str]) -> str:
        """The source of the function that decides the wanted decisions."""
        decisions = self.version.decisions.items()
        body = [line for name, one in decisions if name in wanted for line in self._settled(one)]
        read = set(re.findall(r"\bf\d+\b", "\n".join(body)))
        facts = ((self.variables[name], name) for name in self.version.facts)
        take = "told[{!r}]" if self.is_whole else "told.get({!r}, MISSING)"
        lines = [f"    {local} = {take.format(name)}" for local, name in facts if local in read]
        outcomes = (self.variables[name] if name in wanted else "LATER" for name, _ in decisions)
        lines.insert(0, "def decide(told):")
        given = "".join(
            f"{outcome}, " for outcome in outcomes
        )  # none in a version without decisions
        return "\n".join([*lines, *body, f"    return ({given})", ""])

    def _settled(self, decision: Decision) -> list[str]:
        return self._noted(self.variables[decision.name], self._decision(decision))

    def _noted(self, target: str, lines: Iterator[str]) -> list[str]:
        """The lines; where none of them can leave `target` missing, that is noted."""
        found = list(lines)
        if not any("MISSING" in line for line in found):
            self.certain |= {target}
        return found

    def _decision(self, decision: Decision) -> Iterator[str]:
        target, indent = self.variables[decision.name], "    "
        yield f"    # {decision.name}"
        earlier = (self.variables[one.name] for one in self.version.built_on(decision))
        broken = [variable for variable in earlier if variable in self._fragile]
        if broken:
            yield f"    if {' or '.join(f'{variable} is BROKEN' for variable in broken)}:"
            yield f"        {target} = BROKEN"
            yield "    else:"
            indent = "        "
        lines = [indent + line for line in self._lines(decision, target)]
        is_calling = any("(" in line for line in lines)
        if broken or is_calling or any("BROKEN" in line for line in lines):
            self._fragile.add(target)
        if not is_calling:
            yield from lines
            return
        yield f"{indent}try:"
        yield from ("    " + line for line in lines)
        yield f"{indent}except REFUSALS:"
        yield f"{indent}    {target} = BROKEN"

    def _lines(self, decision: Decision, target: str) -> list[str]:
        try:
            if decision.kind is DecisionKind.COLLECTION:
                return list(self._collection(decision, target, ""))
            return list(self._root(self.diagrams.decision(decision.name), target, ""))
        except TooLarge:
            return [f"{target} = MISSING"]

    def _root(self, root: Node, target: str, indent: str) -> Iterator[str]:
        if self._size(root, MOST_INLINE) <= MOST_INLINE:
            return self._node(root, target, indent, self.certain)
        return self._walked(root, target, indent)

    def _collection(self, decision: Decision, target: str, indent: str) -> Iterator[str]:
        """Each item by a diagram of its own: together they could need exponentially many nodes."""
        if not decision.lists_constants:
            yield from self._root(self.diagrams.decision(decision.name), target, indent)
            return
        listed = [term for term in decision.items_listed() if isinstance(term, Constant)]
        items = {f"{target}_{place}": term.value for place, term in enumerate(listed)}
        for variable, option in items.items():
            adding = [rule for rule in decision.rules if rule.then == Constant(option)]
            root = self.diagrams.any_counts(decision, adding)
            yield from self._noted(variable, self._root(root, variable, indent))
        lists = self._named(f"lists {target}", Lists(tuple(items.values())))
        missing = [variable for variable in items if variable not in self.certain]
        unless = f"MISSING if {_any_missing(missing)} else " if missing else ""
        flags = "".join(f"{variable}, " for variable in items)
        yield f"{indent}{target} = {unless}{lists}[({flags})]"

    def _size(self, node: Node, most: int) -> int:
        """How many lines the node takes when written out as a tree; may stop beyond `most`."""
        size = 1
        for child in self.forest.children[node]:
            if size > most:
                break
            size += self._size(child, most - size)
        return size

    def _walked(self, root: Node, target: str, indent: str) -> Iterator[str]:
        """A diagram too large to write out is walked as data."""
        name = f"walk_{target}"
        self.names[name] = walker(self.forest, root, self.version.hours, _value_of_leaf)
        read = sorted(frozenset[str]().union(*map(facts_of_variable, self._variables_below(root))))
        told = ", ".join(f"{fact!r}: {self.variables[fact]}" for fact in read)
        yield f"{indent}{target} = {name}({{{told}}})"

    def _variables_below(self, root: Node) -> Iterator[Any]:
        return (
            self.forest.variable(n) for n in self.forest.below(root) if not self.forest.is_leaf(n)
        )

    # Nodes

    def _node(self, node: Node, target: str, indent: str, told: frozenset[str]) -> Iterator[str]:
        """Lines that set `target`; the variables in `told` are known not to be missing."""
        if self.forest.is_leaf(node):
            yield from self._leaf(self.forest.payloads[node], target, indent, told)
            return
        variable = self.forest.variable(node)
        read = [self.variables[fact] for fact in sorted(facts_of_variable(variable))]
        missing = [name for name in read if name not in told]
        word = "if"
        if missing:
            yield f"{indent}if {_any_missing(missing)}:"
            yield f"{indent}    {target} = MISSING"
            word = "elif"
        for test, child in self._branches(node):
            yield f"{indent}{word} {test}:" if test else f"{indent}else:"
            yield from self._node(child, target, indent + "    ", told.union(read))
            word = "elif"

    def _branches(self, node: Node) -> Iterator[tuple[str | None, Node]]:
        """Tests in the order in which they are tried, and where each leads; None is the rest."""
        variable, keys = self.forest.variable(node), self.forest.keys[node]
        children = self.forest.children[node]
        match variable:
            case Choice(fact):
                name = self.variables[fact]
                for child, same in _grouped(keys, children):
                    yield self._is_one_of(name, same), child
            case Span(fact):
                for cut, child in zip(keys, children, strict=False):
                    yield f"{self.variables[fact]} < {self._constant(cut)}", child
            case Null(fact):
                yield f"{self.variables[fact]} is None", children[0]
            case Truth(atom):
                yield self._atom(atom), children[0]
        yield None, children[-1]

    def _is_one_of(self, name: str, values: tuple[Value, ...]) -> str:
        if len(values) == 1:
            value = values[0]
            is_single = value is None or isinstance(value, bool)
            return f"{name} is {value}" if is_single else f"{name} == {self._literal(value)}"
        return f"{name} in {self._constant(frozenset(values))}"

    def _atom(self, atom: Any) -> str:
        match atom:
            case Comparison(subject, _, operand) if atom.operator == "is":
                return f"{self._term(subject)} == {self._term(operand)}"
            case Comparison(subject, _, operand):
                return f"{self._term(subject)} <= {self._term(operand)}"
            case Within(subject, hours):
                is_open = self._named(f"is_open_{hours}", self.version.hours[hours].is_open)
                return f"{is_open}({self._term(subject)})"
            case Includes(FactRef(name), value):
                return f"{self._literal(value)} in {self.variables[name]}"
        raise TypeError(atom)

    # Leaves and terms

    def _leaf(self, payload: Any, target: str, indent: str, told: frozenset[str]) -> Iterator[str]:
        if isinstance(payload, NoAnswer | bool):
            said = payload if isinstance(payload, bool) else BROKEN
            yield f"{indent}{target} = {said}"
            return
        variables = (self.variables[fact] for fact in sorted(facts_of(payload)))
        missing = [variable for variable in variables if variable not in told]
        if missing and not isinstance(payload, FactRef):
            test = _any_missing(missing)
            yield f"{indent}{target} = MISSING if {test} else {self._term(payload)}"
        else:
            yield f"{indent}{target} = {self._term(payload)}"

    def _term(self, term: Term) -> str:
        match term:
            case Constant(value):
                return self._literal(value)
            case FactRef(name):
                return self.variables[name]
            case Formula("day_of", (part,)):
                return f"{self._term(part)}.date()"
            case Formula(function, arguments):
                name = self._function(term, function)
                return f"{name}({', '.join(map(self._term, arguments))})"
        raise TypeError(term)

    def _function(self, term: Formula, name: str) -> str:
        function = function_of(term, self.version.hours)
        return self._named("_".join(filter(None, (name, term.hours, term.tie))), function)

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


def _grouped(
    keys: tuple[Value, ...], children: tuple[Node, ...]
) -> Iterator[tuple[Node, tuple[Value, ...]]]:
    """Each child with all the keys that lead to it, in the order of its first key."""
    groups: dict[Node, list[Value]] = {}
    for key, child in zip(keys, children, strict=False):
        groups.setdefault(child, []).append(key)
    return ((child, tuple(same)) for child, same in groups.items())


def _any_missing(variables: list[str]) -> str:
    return " or ".join(f"{variable} is MISSING" for variable in variables)


def _value_of_leaf(payload: Any) -> Any:
    """What a walk gives; a formula is left to the diagrams over facts alone."""
    if isinstance(payload, Constant):
        return payload.value
    if isinstance(payload, bool):
        return payload
    return BROKEN if isinstance(payload, NoAnswer) else MISSING

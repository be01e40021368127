"""From a class with annotated fields to a frozen dataclass whose methods are written when used.

`dataclass(frozen=True, slots=True)` writes, compiles and runs six functions for each class while
its module is imported: a quarter of a short process (`benchmarks/startup.py`), most of it for
methods that nobody calls there. What `frozen` makes is a dataclass to all that ask, for `fields`,
`replace`, patterns, copies; each of its methods is written when it is first called.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, FrozenInstanceError, dataclass, field, fields
from operator import attrgetter
from reprlib import recursive_repr
from types import MappingProxyType, MemberDescriptorType
from typing import Any, TypeVar, dataclass_transform, overload

Made = TypeVar("Made", bound=type)
Method = Callable[..., Any]

_IN_ORDER = ("__lt__", "__le__", "__gt__", "__ge__")
_OPERATORS: Mapping[str, str] = MappingProxyType(
    {"__eq__": "==", "__lt__": "<", "__le__": "<=", "__gt__": ">", "__ge__": ">="}
)


@overload
def frozen(made: Made, /) -> Made: ...


@overload
def frozen(
    *, slots: bool = True, eq: bool = True, order: bool = False
) -> Callable[[Made], Made]: ...


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def frozen(
    made: Any = None,
    /,
    *,
    slots: bool = True,
    eq: bool = True,
    order: bool = False,
) -> Any:
    """The class as `dataclass(frozen=True)` makes it, with `slots` unless told otherwise.

    Methods that the class has itself stay as they are. A field with `init=False` is set by the
    class, in `__post_init__`: a default of it is not. A field may hold a mapping or a list, which
    nobody changes, and its object has a hash all the same.
    """
    if made is None:
        return lambda later: _frozen(later, slots, eq, order)
    return _frozen(made, slots, eq, order)


def has_own_init(made: Any) -> bool:
    """Whether objects of the class are made from something else than their fields."""
    return bool(made.__init__.__module__ != __name__)


def _frozen(given: type, slots: bool, eq: bool, order: bool) -> type:
    own = {name for name, method in vars(given).items() if method is not None}
    made: Any = dataclass(init=False, repr=False, eq=False, slots=slots)(given)
    methods: dict[str, Any] = {"__init__": _late(made, "__init__", _init), "__repr__": _repr}
    methods["__setattr__"], methods["__delattr__"] = _refusing(made)
    if slots:
        methods |= {"__getstate__": _state, "__setstate__": _set_state}
    if eq:
        methods["__hash__"] = _late(made, "__hash__", _hash)
    for name in (*(("__eq__",) if eq else ()), *(_IN_ORDER if order else ())):
        methods[name] = _late(made, name, _comparison)
    for name, method in methods.items():
        if name not in own:
            setattr(made, name, method)
    return made  # type: ignore[no-any-return]


def _late(made: type, name: str, write: Callable[[type, str], Method]) -> Method:
    """A method that calls the one that is written, and puts it in its own place."""

    def first(self: Any, *told: Any, **named: Any) -> Any:
        method = write(made, name)
        setattr(made, name, method)
        return method(self, *told, **named)

    return first


def _init(made: Any, name: str) -> Method:
    parameters, lines = ["self"], []
    known: dict[str, Any] = {"_missing": MISSING, "_set": object.__setattr__}
    for one in sorted([one for one in fields(made) if one.init], key=attrgetter("kw_only")):
        if one.kw_only and "*" not in parameters:
            parameters.append("*")
        parameter, value = _told(one, known)
        parameters.append(parameter)
        slot = getattr(made, one.name, None)
        if isinstance(slot, MemberDescriptorType):  # half the time of `object.__setattr__`
            known[f"_set_{one.name}"] = slot.__set__
            lines.append(f"_set_{one.name}(self, {value})")
        else:
            lines.append(f"_set(self, {one.name!r}, {value})")
    if hasattr(made, "__post_init__"):
        lines.append("self.__post_init__()")
    return _written(made, name, ", ".join(parameters), lines, known)


def _told(one: Field[Any], known: dict[str, Any]) -> tuple[str, str]:
    """The parameter of a field, and its value."""
    if one.default_factory is not MISSING:
        known[f"_made_{one.name}"] = one.default_factory
        return f"{one.name}=_missing", (
            f"_made_{one.name}() if {one.name} is _missing else {one.name}"
        )
    if one.default is not MISSING:
        known[f"_default_{one.name}"] = one.default
        return f"{one.name}=_default_{one.name}", one.name
    return one.name, one.name


def _hash(made: Any, name: str) -> Method:
    values = _compared(made, "self")
    lines = [
        f"try: return hash({values})",
        f"except TypeError: return hash(_hashable({values}))",
    ]
    return _written(made, name, "self", lines, {"_hashable": _hashable})


def _hashable(value: Any) -> Any:
    """What is equal for equal values and can be hashed: of a mapping its items, of a list too."""
    if isinstance(value, Mapping):
        return frozenset((key, _hashable(below)) for key, below in value.items())
    return tuple(map(_hashable, value)) if isinstance(value, list | tuple) else value


def _comparison(made: Any, name: str) -> Method:
    operator = f" {_OPERATORS[name]} "
    sides = operator.join(_compared(made, side) for side in ("self", "other"))
    one_class = "other.__class__ is self.__class__"
    return _written(
        made, name, "self, other", [f"return {sides} if {one_class} else NotImplemented"]
    )


def _compared(made: Any, side: str) -> str:
    names = (one.name for one in fields(made) if one.compare)
    return "(" + "".join(f"{side}.{name}, " for name in names) + ")"


def _written(
    made: type, name: str, parameters: str, lines: list[str], known: dict[str, Any] | None = None
) -> Method:
    """The method of this source; `known` are the names that it uses."""
    known = {"__name__": __name__, **(known or {})}
    text = f"def {name}({parameters}):\n " + "\n ".join(lines or ["pass"])
    exec(text, known)
    method: Method = known[name]
    method.__qualname__ = f"{made.__qualname__}.{name}"
    return method


@recursive_repr()
def _repr(self: Any) -> str:
    told = (f"{one.name}={getattr(self, one.name)!r}" for one in fields(self) if one.repr)
    return f"{type(self).__qualname__}({', '.join(told)})"


def _refusing(made: Any) -> tuple[Method, Method]:
    """What stands in for setting and deleting; a class below may have fields of its own."""

    def set_field(self: Any, name: str, value: object) -> None:
        if type(self) is made or name in _names(made):
            raise FrozenInstanceError(f"cannot assign to field {name!r}")
        super(made, self).__setattr__(name, value)

    def delete_field(self: Any, name: str) -> None:
        if type(self) is made or name in _names(made):
            raise FrozenInstanceError(f"cannot delete field {name!r}")
        super(made, self).__delattr__(name)

    return set_field, delete_field


def _names(made: Any) -> list[str]:
    return [one.name for one in fields(made)]


def _state(self: Any) -> list[Any]:
    return [getattr(self, name) for name in _names(self)]


def _set_state(self: Any, state: list[Any]) -> None:
    for name, value in zip(_names(self), state, strict=True):
        object.__setattr__(self, name, value)

"""From the keys and children of a node to the fewest that say the same."""

from __future__ import annotations

from typing import Any, TypeAlias

from reglament.model.values import Value

_Keys: TypeAlias = tuple[Any, ...]
_Nodes: TypeAlias = tuple[int, ...]


def sort_key(value: Value) -> tuple[bool, str, str]:
    """A total order over values of a choice: null last, whatever the hash seed."""
    return (value is None, type(value).__name__, str(value))


def reduced_span(keys: _Keys, children: _Nodes) -> tuple[_Keys, _Nodes]:
    """A span without the cuts on whose both sides stands the same child."""
    kept = [i for i in range(len(keys)) if children[i] != children[i + 1]]
    if len(kept) == len(keys):
        return keys, children
    return tuple(keys[i] for i in kept), (*(children[i] for i in kept), children[-1])


def reduced_choice(
    keys: _Keys, children: _Nodes, domain: tuple[Value, ...] | None
) -> tuple[_Keys, _Nodes]:
    """A choice without keys that lead where every other value leads.

    Where every value of a closed domain is a key, the last value of the domain
    speaks for the rest, so that equal functions stay equal nodes.
    """
    last = children[-1]
    if domain is not None and keys[-1] == domain[-1]:
        where = dict(zip(keys, children, strict=False))
        keys, children = domain, tuple(where.get(value, last) for value in domain)
        last = children[-1]
    kept = [i for i in range(len(keys)) if children[i] != last]
    if len(kept) == len(keys):
        return keys, children
    return tuple(keys[i] for i in kept), (*(children[i] for i in kept), last)

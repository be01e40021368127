"""Ways to read a text by the strict reader, for its tests."""

from __future__ import annotations

import yaml

from reglament.language.syntax.source import Node, Scalar, Source, at
from reglament.language.syntax.yaml_text import parse_yaml
from reglament.model.problems import Problem

LOADERS = [yaml.SafeLoader, *([yaml.CSafeLoader] if yaml.__with_libyaml__ else [])]


def read(text: str) -> tuple[Node | None, list[Problem]]:
    problems: list[Problem] = []
    return parse_yaml(Source("f.yaml", text), problems), problems


def read_well(text: str) -> Node:
    node, problems = read(text)
    assert problems == []
    assert node is not None
    return node


def value_of(text: str) -> Scalar:
    node = at(read_well(f"a: {text}\n"), ["a"])
    assert isinstance(node, Scalar)
    return node

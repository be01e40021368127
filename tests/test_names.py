"""A name stands once in the tree, so that whoever looks for it finds one thing."""

from __future__ import annotations

import ast
import re
from collections import Counter
from pathlib import Path

import reglament

CLASS = re.compile(r"^class (\w+)", re.MULTILINE)
MODULES = sorted(Path(reglament.__file__).parent.rglob("*.py"))


def test_a_class_that_others_may_import_bears_a_name_of_its_own() -> None:
    texts = [path.read_text("utf-8") for path in MODULES]
    lines = Counter(name for text in texts for name in CLASS.findall(text))
    twice = {one for one, count in lines.items() if count > 1 and one[0] != "_"}
    # A line of a text may begin so, too: of modules that name a class again the tree is asked.
    trees = [ast.parse(text) for text in texts if twice & {*CLASS.findall(text)}]
    names = [node.name for tree in trees for node in tree.body if isinstance(node, ast.ClassDef)]

    assert len(lines) > 500
    assert [one for one, count in Counter(names).items() if count > 1 and one in twice] == []


def test_a_module_bears_a_name_of_its_own() -> None:
    names = Counter(path.stem for path in MODULES if path.stem[:2] != "__")

    assert [one for one, count in names.items() if count > 1] == []

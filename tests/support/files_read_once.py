"""Many versions that differ in one file, each read with the trees of the files that they share."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from unittest.mock import patch

from reglament.language.loading.files import joined_sections
from reglament.language.syntax.bundled import SchemaName
from reglament.language.syntax.source import Node, Source
from reglament.memo import keep
from reglament.model.problems import Problem

MOST_KEPT = 128


@contextmanager
def files_read_once() -> Iterator[None]:
    """Trees never change: what was read of the same text in the same place is taken again."""
    parse, shape = joined_sections.parse_yaml, joined_sections.check_shape
    shaped: dict[tuple[Source, SchemaName], tuple[Node, list[Problem]]] = {}

    @lru_cache(maxsize=MOST_KEPT)
    def parsed(source: Source) -> tuple[Node | None, list[Problem]]:
        problems: list[Problem] = []
        return parse(source, problems), problems

    def parsed_once(source: Source, problems: list[Problem]) -> Node | None:
        node, found = parsed(source)
        problems += found
        return node

    def shaped_once(
        node: Node, schema: SchemaName, problems: list[Problem], source: Source
    ) -> Node:
        if problems or parsed(source)[1]:
            return shape(node, schema, problems, source)
        if (source, schema) not in shaped:
            found: list[Problem] = []
            mended = shape(node, schema, found, source)
            keep(shaped, (source, schema), (mended, found), MOST_KEPT)
        mended, found = shaped[source, schema]
        problems += found
        return mended

    with patch.multiple(joined_sections, parse_yaml=parsed_once, check_shape=shaped_once):
        yield

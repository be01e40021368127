"""A word or an outcome that only the new version knows is told, with what it gets."""

from __future__ import annotations

from pathlib import Path

import pytest

from reglament.analysis.diff.compare import diff
from reglament.analysis.diff.types import VersionDifference
from reglament.policy import load_policy

POLICY = """
policy: lending
version: "1"
title: {ru: Выдача, en: Lending}
holds_from: 2024-01-01
known_from: 2024-01-01
chosen_by: on
time_zone: UTC
facts:
  on: {type: date}
  kind:
    type: choice
    open: OPEN
    options: {book: {ru: книга, en: book}, disc: {ru: диск, en: disc}}
    label: {ru: что, en: kind}
  tags: {type: list, item: {type: choice, open: OPEN, options: {new: {ru: новое, en: new}}}}
decisions:
  shelf:
    label: {ru: полка, en: shelf}
    outcomes: {low: {ru: низ, en: low}, high: {ru: верх, en: high}}
    rules:
      - {id: books, when: {kind: book}, then: high}
      - {id: fresh, when: {tags: {includes: new}}, then: high}
    otherwise: {then: low}
  price:
    label: {ru: цена, en: price}
    outcomes: {cheap: {ru: дёшево, en: cheap}, dear: {ru: дорого, en: dear}}
    rules: [{id: dear, when: {shelf: high}, then: dear}]
    otherwise: {then: cheap}
"""


def compared(folder: Path, old: str, new: str, open_: str = "true") -> VersionDifference:
    versions = []
    for name, text in (("old", POLICY), ("new", POLICY.replace(old, new))):
        path = folder / f"{name}.yaml"
        path.write_text(text.replace("OPEN", open_), "utf-8")
        versions.append(load_policy(path).versions[-1])
    return diff(*versions)


def matter(difference: VersionDifference) -> list[tuple[str, str, str]]:
    return [(one.code, one.name, one.message.to("en")) for one in difference.notes if one.matters]


@pytest.mark.parametrize("open_", ["true", "false"])
def test_a_new_option_is_told_with_what_it_gets(tmp_path: Path, open_: str) -> None:
    new = "disc: {ru: диск, en: disc}, map: {ru: карта, en: map}}"
    difference = compared(tmp_path, "disc: {ru: диск, en: disc}}", new, open_)

    assert not difference.is_cosmetic
    assert matter(difference) == [
        (
            "word-added",
            "kind",
            "a new allowed value `map` of the fact `kind`, named by no rule; shelf: low or high; "
            "price: cheap or dear",
        )
    ]


def test_a_new_option_of_the_items_of_a_list_is_told(tmp_path: Path) -> None:
    new = "options: {new: {ru: новое, en: new}, rare: {ru: редкое, en: rare}}"
    difference = compared(tmp_path, "options: {new: {ru: новое, en: new}}", new)
    ((code, name, _),) = matter(difference)

    assert (code, name) == ("word-added", "tags")


def test_a_new_outcome_is_told_with_the_rules_that_give_and_name_it(tmp_path: Path) -> None:
    new = "high: {ru: верх, en: high}, top: {ru: чердак, en: top}}"
    difference = compared(tmp_path, "high: {ru: верх, en: high}}", new)

    assert not difference.is_cosmetic
    assert matter(difference) == [
        (
            "outcome-added",
            "shelf",
            "a new outcome `top` of the decision `shelf`, given by no rule, named by no rule",
        )
    ]

"""A small policy of refunds for tests to add to, and the folder they write it in."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from textwrap import dedent

import pytest

from reglament.language.loading.version_loader import read_version
from reglament.model.conditions import Condition, Test
from reglament.model.problems import Problem, Refused
from reglament.model.visitor import transform

HEAD = """
policy: refunds
version: "1"
title: {ru: Возвраты, en: Refunds}
holds_from: 2024-01-01
known_from: 2024-01-01
chosen_by: asked.at
time_zone: Europe/Moscow
clauses:
  c1: {where: "1", summary: {ru: да, en: yes}, fingerprint: "sha256:9f86d081884c7d65"}
readings:
  weekend:
    question: {ru: А в выходные?, en: And on weekends?}
    chosen: strict
    alternatives: {strict: {ru: нет, en: no}, kind: {ru: да, en: yes}}
    because: {ru: так короче, en: it is shorter}
    clauses: [c1]
facts:
  asked.at: {type: datetime, label: {ru: когда, en: when}}
  bought.on: {type: date, null_means: {ru: не куплено, en: not bought}}
  kind: {type: choice, options: {book: {ru: книга, en: book}, toy: {ru: игрушка, en: toy}}}
  shop: {type: choice, open: true, options: {web: {ru: сайт, en: web}}}
  broken: {type: boolean}
  amount: {type: decimal, places: 2}
  pieces: {type: integer}
  wait: {type: duration}
  note: {type: text, null_means: {ru: нет, en: none}}
  tags:
    type: list
    item: {type: choice, options: {new: {ru: новое, en: new}, old: {ru: старое, en: old}}}
    null_means: {ru: нет, en: none}
"""
CALENDAR = """
calendars:
  week:
    covers: {from: 2024-01-01, until: 2024-12-31}
    working_weekdays: [monday, tuesday, wednesday, thursday, friday]
    short_by: 1 hour
    day_names: {feast: {ru: праздник, en: feast}}
    years: {2024: {days_off: {2024-01-01: feast}, short_days: [2024-01-09]}}
hours:
  desk: {calendar: week, from: "10:00", until: "19:00"}
"""
YES_NO = "outcomes: {yes: {ru: да, en: yes}, no: {ru: нет, en: no}}"
SWITCHED = f"""
decisions:
  d:
    {YES_NO}
    rules:
      - {{id: r-strict, under: {{weekend: strict}}, then: no}}
      - {{id: r-kind, under: {{weekend: kind}}, then: yes, overrides: [r-strict]}}
"""


def written(folder: Path, *parts: str) -> Path:
    """A version's folder with the parts as its files."""
    folder.mkdir(exist_ok=True)
    for number, part in enumerate(parts):
        (folder / f"part{number}.yaml").write_text(dedent(part), "utf-8")
    return folder


def problems_of(tmp_path: Path, *parts: str) -> tuple[Problem, ...]:
    """The problems for which the version is refused."""
    with pytest.raises(Refused) as refused:
        read_version(written(tmp_path, HEAD, CALENDAR, *parts))
    return refused.value.problems


def unplaced(condition: Condition) -> Condition:
    """The condition without the places of its tests."""
    return transform(
        condition, lambda node: replace(node, place=None) if isinstance(node, Test) else node
    )

"""A small shop's policy in two versions, with a sensitive fact, for the tests of the log."""

from __future__ import annotations

import re
from pathlib import Path
from textwrap import dedent
from typing import Any

from reglament.audit import DecisionLog
from reglament.audit.entry import Entry
from reglament.policy import Policy, load_policy

BORN = {"buyer.born_on": "1987-06-05"}
# A digest or a salt may hold any four digits, so the year is looked for where none stand beside it.
_OF_BORN = r"(?<![0-9a-f])1987(?![0-9a-f])|2005-06-05|5 (?:июня|June) 2005"

FIRST = """
policy: shop
version: "{version}"
title: {{ru: Возвраты, en: Refunds}}
holds_from: {holds_from}
known_from: {known_from}
chosen_by: asked.at
time_zone: Europe/Moscow
facts:
  asked.at: {{type: datetime, label: {{ru: когда, en: when}}}}
  kind:
    type: choice
    options: {{book: {{ru: книга, en: book}}, toy: {{ru: игрушка, en: toy}}}}
    label: {{ru: товар, en: goods}}
  buyer.born_on:
    type: date
    sensitive: true
    label: {{ru: день рождения, en: day of birth}}
  price: {{type: decimal, places: 2, label: {{ru: цена, en: price}}}}
clauses:
  c1: {{where: "1", summary: {{ru: возврат, en: refund}}, fingerprint: "sha256:9f86d081884c7d65"}}
readings:
  weekend:
    question: {{ru: А в выходные?, en: And on weekends?}}
    chosen: strict
    alternatives: {{strict: {{ru: нет, en: no}}, kind: {{ru: да, en: yes}}}}
    because: {{ru: так короче, en: it is shorter}}
    clauses: [c1]
decisions:
  of_age_on:
    type: date
    label: {{ru: совершеннолетие, en: coming of age}}
    rules:
      - {{id: age, then: {{years_after: [buyer.born_on, 18]}}, clauses: [c1]}}
  refund:
    outcomes: {{yes: {{ru: да, en: yes}}, no: {{ru: нет, en: no}}}}
    label: {{ru: возврат, en: refund}}
    rules:
      - {{id: books, when: {{kind: book}}, then: {books}, clauses: [c1], readings: [weekend],
          because: {{ru: "книга, покупатель {{buyer.born_on}}",
                    en: "a book, buyer {{buyer.born_on}}"}}}}
      - {{id: toys, when: {{kind: toy}}, then: no, clauses: [c1]}}
"""


def shop(folder: Path, **versions: dict[str, str]) -> Policy:
    """The policy with these versions; the first holds and is known from 2024 and refunds books."""
    told = {"v1": {}, **versions}
    for name, changes in told.items():
        values = {
            "version": name,
            "holds_from": "2024-01-01",
            "known_from": "2024-01-01",
            "books": "yes",
        } | changes
        (folder / name).mkdir(parents=True, exist_ok=True)
        (folder / name / "policy.yaml").write_text(dedent(FIRST).format(**values), "utf-8")
    return load_policy(folder)


def request(number: int = 0, **more: Any) -> dict[str, Any]:
    """A request in which nothing is missing that the rules read and nothing is sensitive."""
    kind = "book" if number % 2 else "toy"
    return {"asked.at": f"2024-03-01T12:{number % 60:02}:00", "kind": kind, **more}


def told_of_born(text: str) -> list[str]:
    """What a text gives away of `BORN`, and of what is computed from it."""
    return re.findall(_OF_BORN, text)


def record(log: DecisionLog, policy: Policy, facts: dict[str, Any]) -> Entry:
    """Decide and record."""
    decided = policy.decide(facts)
    return log.append(decided.version, decided.document)

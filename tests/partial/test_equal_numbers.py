"""A whole number and a decimal that are equal are one outcome, whichever formulas give them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from reglament.policy import Policy

POLICY = """
policy: fees
version: "1"
title: Fees
languages: [en]
holds_from: 2020-01-01
known_from: 2020-01-01
time_zone: UTC
facts:
  member: {type: boolean, label: member}
  sort: {type: choice, options: {near: near, far: far}, label: sort}
  hours: {type: integer, label: hours}
  tags:
    type: list
    at_most: 3
    label: tags
    item:
      type: record
      called: tag
      label: tag
      fields: {price: {type: decimal, places: 2, label: price}}
decisions:
  tariff:
    label: tariff
    type: decimal
    places: 2
    rules: [{id: near, when: {sort: near}, then: 2}, {id: far, when: {sort: far}, then: 5}]
  fee:
    label: fee
    type: decimal
    places: 2
    rules:
      - {id: free, when: {member: true}, then: 0}
      - {id: paid, when: {member: false}, then: TERM}
"""
TERMS = [
    "{maximum: [0, {difference: [tariff, 2]}]}",
    "{if: {sort: near}, then: 0, else: tariff}",
    "hours",
    "{product: [hours, 1]}",
    "{sum: tag.price, over: tags}",
]
NOTHING = {"sort": "near", "hours": 0, "tags": []}


@pytest.mark.parametrize("term", TERMS)
def test_it_is_determined_whoever_asks(term: str) -> None:
    fee = Policy.from_text(POLICY.replace("TERM", term)).decide(NOTHING)["fee"]

    assert fee.is_determined
    assert fee.outcome == Decimal("0.00")
    assert fee.needs == []
    assert fee.rules == ["free", "paid"]


@pytest.mark.parametrize("term", TERMS[:2])
def test_it_is_listed_once(term: str) -> None:
    fee = Policy.from_text(POLICY.replace("TERM", term)).decide({})["fee"]
    left = 3 if term == TERMS[0] else 5

    assert fee.possible == [Decimal(0), Decimal(left)]

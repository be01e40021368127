"""A policy of parcels, which requests, events and lines of every door tell of."""

from __future__ import annotations

import json
from textwrap import dedent

PARCELS = dedent(
    """\
    policy: parcels
    version: "1"
    title: {ru: Посылки, en: Parcels}
    holds_from: 2000-01-01
    known_from: 2000-01-01
    time_zone: Europe/Moscow
    chosen_by: parcel.came
    facts:
      parcel.came: {type: datetime, label: {ru: приход, en: came},
                    question: {ru: Когда?, en: When?}}
      parcel.fee: {type: decimal, places: 2, label: {ru: сбор, en: fee},
                   question: {ru: Сколько?, en: How much?}}
      parcel.weight: {type: integer, label: {ru: вес, en: weight},
                      question: {ru: Сколько?, en: How much?}}
      parcel.note: {type: text, label: {ru: помета, en: note}, null_means: {ru: нет, en: none},
                    question: {ru: Какая?, en: Which?}}
      parcel.fragile: {type: boolean, label: {ru: хрупкая, en: fragile},
                       question: {ru: Да?, en: Is it?}}
    decisions:
      dear:
        label: {ru: дорого, en: dear}
        outcomes: {dear: {ru: дорого, en: dear}, cheap: {ru: дёшево, en: cheap}}
        rules:
          - {id: high, when: {parcel.fee: {at_least: 900719925474100.00}}, then: dear,
             because: {ru: Много., en: Much.}}
        otherwise: {then: cheap, because: {ru: Мало., en: Little.}}
    subjects:
      parcel:
        label: {ru: посылка, en: parcel}
        events:
          came: {label: {ru: пришла, en: came}, moment: parcel.came, decides: [dear],
                 fields: {by: text}}
    reactions:
      - id: is-dear
        subject: parcel
        when: [{event: came, as: A}, {decided: dear, is: dear, of: A}]
        do: {mark: dear}
        because: {ru: Дорого., en: Dear.}
    """
)


def event(facts: str, **more: str) -> str:
    """The line of an event whose facts are this JSON."""
    told = {"id": "e1", "subject": "parcel/P-1", "event": "came", "at": "2026-03-03T10:00", **more}
    pairs = [f"{json.dumps(key)}: {json.dumps(value)}" for key, value in told.items()]
    return "{" + ", ".join([*pairs, f'"facts": {facts}']) + "}"

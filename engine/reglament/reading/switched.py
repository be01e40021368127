"""From a version to the same text read otherwise: one open question answered by an alternative."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal

from reglament.model.policy import Reading, Version
from reglament.model.problems import refusal
from reglament.model.words import Words
from reglament.reading.content import content_of, text_of
from reglament.reading.stored import read_content
from reglament.reading.suggest import suggestion


def switched(version: Version, choices: Mapping[str, str]) -> Version:
    """The version as it would be if each reading in `choices` were answered by that alternative.

    It has no worked examples. Raises Refused for an unknown reading or alternative, and
    where the version does not fit together so.
    """
    joined = json.loads(content_of(version), parse_float=Decimal)
    for name, alternative in choices.items():
        check_alternative(_reading(version, name), alternative)
        joined["readings"][name]["chosen"] = alternative
    shown = ", ".join(f"{name}={alternative}" for name, alternative in choices.items())
    return read_content(text_of(joined), f"{version.version} ({shown})")


def _reading(version: Version, name: str) -> Reading:
    if name in version.readings:
        return version.readings[name]
    message = Words(ru=f"нет прочтения `{name}`", en=f"there is no reading `{name}`")
    raise refusal("unknown-reading", message, suggestion(name, version.readings))


def check_alternative(reading: Reading, alternative: str) -> None:
    """Raises Refused where the reading has no such alternative."""
    if alternative in reading.alternatives:
        return
    message = Words(
        ru=f"у прочтения `{reading.id}` нет варианта `{alternative}`",
        en=f"the reading `{reading.id}` has no alternative `{alternative}`",
    )
    raise refusal("unknown-alternative", message, suggestion(alternative, reading.alternatives))

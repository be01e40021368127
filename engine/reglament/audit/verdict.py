"""From what an audit found to its verdict: in a sentence, and as plain values."""

from __future__ import annotations

from typing import Any

from reglament.audit.verification import Verified
from reglament.messages import Message, Words
from reglament.model.words import translations


def verdict(result: Verified, has_checkpoint: bool) -> Words:
    """Of a log that nobody vouches for it is said how far it goes: its tail may be cut off."""
    if not result.is_sound:
        count = len(result.findings)
        return Message("log-not-sound-findings", count=count)
    last, vouched = result.last, result.vouched
    if not has_checkpoint:
        return Message("log-sound-far-goes-entry", last=last)
    if vouched == last:
        return Message("log-sound-checkpoint-vouches", last=last)
    return Message("log-sound-far-goes", last=last, vouched=vouched)


def verified_json(result: Verified) -> dict[str, Any]:
    """What was verified, as plain values."""
    return {
        "sound": result.is_sound,
        "entries": result.entries,
        "last": result.last,
        "vouched": result.vouched,
        "head": result.head,
        "decisions_by_reference": result.decisions_by_reference,
        "decisions_by_evaluator": result.decisions_by_evaluator,
        "erased": result.erased,
        "findings": [
            {"code": one.code, "sequence": one.sequence, "message": translations(one.message)}
            for one in result.findings
        ],
        "unproven": [translations(words) for words in result.unproven],
    }

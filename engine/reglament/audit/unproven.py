"""From what an audit did to what it could not prove, said plainly."""

from __future__ import annotations

from collections.abc import Iterator

from reglament.messages import Message, Words


def unproven(
    *,
    has_checkpoint: bool,
    is_signed: bool,
    is_whole: bool,
    is_chain_only: bool,
    erased: int,
    by_evaluator: int,
    runs: int,
) -> Iterator[Words]:
    """What this audit cannot prove, said plainly."""
    if not has_checkpoint:
        yield _NO_CHECKPOINT
    elif not is_signed:
        yield _UNSIGNED
    if is_chain_only:
        yield _CHAIN_ONLY
    elif not is_whole:
        yield _CLAUSES_NOT_COMPARED
    if erased:
        count = erased
        yield Message("erased-request-these-decisions", count=count)
    if by_evaluator:
        count = by_evaluator
        yield Message("decisions-with-missing-facts", count=count)
    if runs:
        count = runs
        yield Message("runs-checked-apart", count=count)
    yield _NEVER


_NO_CHECKPOINT = Message("without-checkpoint-kept-elsewhere")
_UNSIGNED = Message("checkpoint-signature-not-checked")
_CHAIN_ONLY = Message("no-decision-re-executed")
_CLAUSES_NOT_COMPARED = Message("clauses-readings-not-compared")
_NEVER = Message("log-does-not-prove")

"""From what an audit did to what it could not prove, said plainly."""

from __future__ import annotations

from collections.abc import Iterator

from reglament.model.words import Words


def unproven(
    *,
    has_checkpoint: bool,
    is_signed: bool,
    is_whole: bool,
    is_chain_only: bool,
    erased: int,
    by_evaluator: int,
) -> Iterator[Words]:
    """What this audit cannot prove, said plainly."""
    if not has_checkpoint:
        yield _NO_CHECKPOINT
    elif not is_signed:
        yield _UNSIGNED
    if is_chain_only:
        yield _CHAIN_ONLY
    elif not is_whole:
        yield _WORDS_NOT_COMPARED
    if erased:
        count = erased
        yield Words(
            ru=f"стёрто по запросу: {count}; эти решения исполнить заново нельзя",
            en=f"erased on request: {count}; these decisions cannot be re-executed",
        )
    if by_evaluator:
        count = by_evaluator
        yield Words(
            ru=f"решений с недостающими фактами: {count}; их повторил точный вычислитель, "
            "а не наивный образец",
            en=f"decisions with missing facts: {count}; the exact evaluator made them again, "
            "not the naive reference",
        )
    yield _NEVER


_NO_CHECKPOINT = Words(
    ru="без контрольной точки, хранимой отдельно, нельзя доказать, что конец журнала не отрезан "
    "и что журнал не переписан целиком",
    en="without a checkpoint kept elsewhere it cannot be proved that the tail was not cut, "
    "nor that the whole log was not written anew",
)
_UNSIGNED = Words(
    ru="подпись контрольной точки не сверена с известным ключом: она доказывает столько, "
    "сколько доказывает место её хранения",
    en="the checkpoint's signature was not checked by a known key: it proves as much as the place "
    "where it was kept",
)
_CHAIN_ONLY = Words(
    ru="решения не исполнялись заново, проверена только цепь",
    en="no decision was re-executed, the chain alone was checked",
)
_WORDS_NOT_COMPARED = Words(
    ru="слова объяснений не сверялись (`--whole` сверит): сверены исходы, правила, "
    "возможные исходы и недостающие факты",
    en="the words of explanations were not compared (`--whole` does): outcomes, rules, possible "
    "outcomes and missing facts were",
)
_NEVER = Words(
    ru="журнал не доказывает, что факты верны, что часы шли верно и что записано всё, что решено",
    en="a log does not prove that the facts were true, that the clock was right, or that "
    "everything decided was recorded",
)

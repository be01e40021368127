"""JSON is nested as deep in every version of Python, however deep its library goes."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reglament.language.syntax import json_text
from reglament.language.syntax.json_text import DEEPEST, json_value
from support.laws import examples

TEXTS = st.sampled_from(["", "[[{", '"', "\\", '\\"[', "}]", 'a\\\\"{', "\n[", "[]", "\u00e9["])
VALUES = st.recursive(
    st.none() | st.integers() | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=40,
)


def depth(value: Any) -> int:
    inner = value.values() if isinstance(value, dict) else value
    if isinstance(value, dict | list):
        return 1 + max(map(depth, inner), default=0)
    return 0


@given(VALUES, st.booleans(), st.integers(0, 8))
@examples(200)
def test_what_is_too_deep_is_told_by_its_brackets(
    value: Any, is_escaped: bool, deepest: int
) -> None:
    text = json.dumps(value, ensure_ascii=is_escaped)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(json_text, "DEEPEST", deepest)
        if depth(value) > deepest:
            with pytest.raises(RecursionError):
                json_value(text)
        else:
            assert json_value(text) == value


@pytest.mark.parametrize("levels", [DEEPEST, DEEPEST + 1, 900, 5_000, 100_000])
@pytest.mark.parametrize(("opened", "closed"), [("[", "]"), ('{"a":', "}"), ('["]]{{",', "]")])
def test_so_deep_and_no_deeper(levels: int, opened: str, closed: str) -> None:
    text = opened * levels + "0" + closed * levels
    if levels == DEEPEST:
        assert depth(json_value(text)) == DEEPEST
    else:
        with pytest.raises(RecursionError):
            json_value(text)

"""Rows that answer alike have one number in every batch, and rows that do not have others."""

from functools import partial

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reglament.columnar.keys.answered_keys import AnsweredKeys
from reglament.columnar.vectors.key_numbers import MOST_ROOM, UNMET, Met

SIZES = (1, 2, 3, 200, 70_000, 1 << 30)


@st.composite
def batches(draw):
    """Rows of some batches, and the sizes of their parts, of which all in front of a batch grow."""
    sizes = draw(st.lists(st.sampled_from(SIZES), min_size=1, max_size=6))
    answers = st.tuples(*(st.sampled_from([0, size // 2, size - 1]) for size in sizes))
    rows = st.lists(st.lists(answers, min_size=1, max_size=40), min_size=1, max_size=4)
    return sizes, draw(rows)


@pytest.mark.parametrize("room", [0, 16, MOST_ROOM])
@given(made=batches())
def test_what_was_made_of_answers_is_found_by_them_alone(made, room):
    sizes, several = made
    keys = AnsweredKeys((), room)
    for rows in several:
        parts = [
            (np.array(codes, np.int64), size)
            for codes, size in zip(zip(*rows, strict=True), sizes, strict=True)
        ]
        of = keys.numbers(parts, len(rows)).tolist()
        for number, row in zip(of, rows, strict=True):
            if keys.place_of[number] == UNMET:
                keys.learn(number, row, partial(tuple, row))
        assert [keys.made[keys.place_of[number]] for number in of] == rows
    assert len(keys.made) == len({row for rows in several for row in rows})


def test_thousands_of_keys_at_one_time():
    answers = np.arange(20_000, dtype=np.int64) * 7919 % 65_537
    met = Met()
    first = met.numbers(answers, 1 << 40)
    assert sorted(first.tolist()) == list(range(20_000))
    assert (met.numbers(answers[::-1].copy(), 1 << 40) == first[::-1]).all()
    assert met.numbers(np.array([65_537]), 1 << 40).tolist() == [20_000]

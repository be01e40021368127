"""What is packed, by whatever library is there, is what anyone unpacks with zlib."""

from __future__ import annotations

import zlib

import isal.isal_zlib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reglament.audit import rows
from support.laws import LETTER

REPEATED = st.binary(max_size=9).map(lambda one: one * 9999)
DATA = st.binary() | st.text(LETTER).map(str.encode) | REPEATED


@pytest.mark.parametrize("compress", [isal.isal_zlib.compress, zlib.compress])
@given(DATA)
def test_what_is_packed_is_unpacked_with_zlib(compress: object, data: bytes) -> None:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(rows, "compress", compress)
        body = rows.packed(data)

    assert zlib.decompress(body) == data
    assert rows.unpacked(body) == (data, None)
    assert rows.unpacked(body[:-1])[1] is not None

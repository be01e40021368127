"""One byte form of requests and decisions, and policies that can be read back from a log."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from reglament.audit import canonical as canonical_module
from reglament.audit.canonical import canonical, digest, read_canonical
from reglament.language.loading.files.content import content_of
from reglament.language.loading.version_loader import read_content
from reglament.model.problems import Refused
from reglament.policy import Policy
from support.laws import LETTER
from support.shipped import shipped
from support.shop import request, shop


@pytest.mark.parametrize(
    ("value", "form"),
    [
        ({"b": 1, "a": [True, None]}, '{"a":[true,null],"b":1}'),
        (Decimal("120.00"), '"120.00"'),
        (Decimal("1E+2"), '"100"'),
        (Fraction(1, 3), '"1/3"'),
        (2**53 - 1, "9007199254740991"),
        (2**53, '"9007199254740992"'),
        (date(2026, 11, 20), '"2026-11-20"'),
        (datetime(2026, 11, 20, 18, 30, tzinfo=UTC), '"2026-11-20T18:30:00+00:00"'),
        (timedelta(hours=8), '"PT8H"'),
        ("й\n\u2028\x00", '"й\\n\u2028\\u0000"'),
        # RFC 8785, 3.2.3: keys are sorted by UTF-16 code units, not by code points.
        ({"\ufb33": 1, "\U0001f600": 2}, '{"\U0001f600":2,"\ufb33":1}'),
    ],
)
def test_each_value_has_one_form(value: Any, form: str) -> None:
    assert canonical(value) == form.encode()
    assert canonical(read_canonical(canonical(value))) == form.encode()


PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(LETTER),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(LETTER), inner),
    max_leaves=20,
)


@pytest.mark.parametrize("is_fast", [True, False])
@given(PLAIN)
def test_the_form_is_the_one_that_the_library_of_rfc_8785_writes(is_fast: bool, value: Any) -> None:
    # With the fast writer of JSON, which is of another extra, and without it.
    with pytest.MonkeyPatch.context() as patched:
        if not is_fast:
            patched.setattr(canonical_module, "orjson", None)
        assert canonical(value) == rfc8785.dumps(value)
        assert read_canonical(canonical(value)) == value


@pytest.mark.parametrize("is_fast", [True, False])
@pytest.mark.parametrize(
    "value",
    [
        {chr(letter): chr(letter) for letter in (*range(0x100), 0x2028, 0xD7FF, 0xFFFF)},
        {"\ufb33": 1, "\U0001f600": 2, "\U0010ffff": 3},
        {"a": "\U0001f600", "A": [{}, [], "", None, True, 2**53 - 1, -(2**53) + 1]},
        json.loads("[" * 400 + "]" * 400),
    ],
)
def test_the_two_writers_give_the_same_bytes(
    is_fast: bool, value: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert canonical_module.orjson is not None
    if not is_fast:
        monkeypatch.setattr(canonical_module, "orjson", None)

    assert canonical(value) == rfc8785.dumps(value)


def test_the_digest_is_that_of_the_bytes_alone() -> None:
    # Anyone can take it: printf '{"a":1}' | sha256sum
    expected = "sha256:015abd7f5cc57a2dd94b7590f04ad8084273905ee33ec5cebeae62276a97f862"
    assert digest(canonical({"a": 1})) == expected


def test_a_binary_float_is_no_value_of_a_document() -> None:
    with pytest.raises(TypeError, match="float"):
        canonical({"a": [0.1]})


def test_text_that_is_not_unicode_is_refused() -> None:
    with pytest.raises(Refused, match="surrogate"):
        canonical("\ud800")


@pytest.mark.parametrize("data", [b'{"b":1,"a":2}', b'{"a": 1}', b"1.0", b"[1,]", b"\xff"])
def test_other_forms_are_not_canonical(data: bytes) -> None:
    with pytest.raises(ValueError, match=r".*"):
        read_canonical(data)


@pytest.mark.parametrize("name", ["technical-support", "shop"])
def test_a_policy_read_back_from_its_content_is_the_same_policy(name: str, tmp_path: Path) -> None:
    policy: Policy = shop(tmp_path) if name == "shop" else shipped(name)
    for version in policy.versions:
        again = read_content(content_of(version), "stored")

        assert again.digest == version.digest
        assert content_of(again) == content_of(version)
        assert list(again.decisions) == list(version.decisions)
        assert {n: f.type for n, f in again.facts.items()} == {
            n: f.type for n, f in version.facts.items()
        }


def test_content_that_names_a_file_reads_none(tmp_path: Path) -> None:
    content = content_of(shop(tmp_path).versions[0])
    forged = content.replace('"outcomes":', '"table": "/etc/passwd.csv", "outcomes":')

    with pytest.raises(Refused):
        read_content(forged, "stored")


def test_the_same_request_is_recorded_by_the_same_bytes_however_it_was_told(policy: Policy) -> None:
    told = request(1)
    nested = {"asked": {"at": datetime(2024, 3, 1, 9, 1, tzinfo=UTC)}, "kind": "book"}
    forms = [canonical(policy.decide(facts).facts) for facts in (told, nested)]

    assert forms[0] == forms[1]

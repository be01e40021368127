"""What one reader of requests reads or refuses, every other reads or refuses alike."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reglament import Policy, Refused, load_policy
from reglament.events.event_reader import event_of, read_event
from reglament.language.requests.request_reader import facts_in, requests_in
from reglament.language.syntax.source import Source, decode_source
from support.laws import LETTER
from support.parcels import PARCELS, event


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("parcels")
    (path / "policy.yaml").write_text(PARCELS, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def policy(folder: Path) -> Policy:
    return load_policy(folder / "policy.yaml")


def by_request(policy: Policy, facts: str) -> object:
    """What a request in a file is read as: its facts, or the codes of all that is wrong."""
    try:
        source = decode_source(facts.encode("utf-8", "surrogatepass"), "r.jsonl")
        (request,) = requests_in(source)
        if isinstance(request, Refused):
            raise request
        return facts_in(policy.versions[-1], request, source)
    except Refused as refused:
        return [problem.code for problem in refused.problems]


def by_event(policy: Policy, facts: str) -> object:
    """The same of an event that tells these facts."""
    try:
        line = decode_source(event(facts).encode("utf-8", "surrogatepass"), "e.jsonl")
        found, body = read_event(policy, line)
    except Refused as refused:
        return [problem.code for problem in refused.problems]
    assert event_of(policy, body) == found
    return dict(found.facts)


FACTS = [
    '{"parcel.fee": 900719925474099.99}',
    '{"parcel.fee": 1.10, "parcel": {"weight": 7}}',
    '{"parcel.fee": 1e3}',
    '{"parcel.weight": 7.0}',
    '{"parcel.weight": 7e2}',
    '{"parcel.weight": 7.5}',
    '{"parcel.fee": 1.005}',
    '{"parcel.fee": NaN}',
    '{"parcel.fee": 1.5, "parcel.fee": 1.5}',
    '{"parcel": {"fee": 1.5, "fee": 2.5}}',
    '{"parcel": {"fee": 1.5}, "parcel.fee": 1.5}',
    '{"parcel.note": "a\\u2028b"}',
    '{"parcel.note": "a\u2028b"}',
    '{"parcel.note": "a\u200bb"}',
    '{"parcel.note": "a\ufeffb"}',
    '{"parcel.note": "\\ud800"}',
    '{"parcel.note": "\\u0000"}',
    '{"parcel.note": "\\u0085"}',
    '{"parcel.note": "\u0085"}',
    '{"parcel.note": "\\ud83d\\ude00"}',
    '{"parcel.nte": 1}',
    '{"parcel": null}',
    '{"parcel.fragile": 1, "parcel.weight": "7"}',
    '{"parcel.came": "2026-11-20"}',
    '{"parcel.came": "2026-11-20T09:00Z"}',
    '{"dear": "cheap"}',
    "{}",
    "[1]",
]


@pytest.mark.parametrize("facts", FACTS)
def test_an_event_tells_what_a_request_tells(policy: Policy, facts: str) -> None:
    assert by_event(policy, facts) == by_request(policy, facts)


NAMES = st.sampled_from(
    ["parcel", "parcel.fee", "fee", "parcel.weight", "weight", "parcel.note", "note", "came", "x"]
)
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-(10**20), 10**20)
    | st.floats()
    | st.text(LETTER, max_size=5)
    | st.sampled_from(["2026-11-20", "2026-11-20T10:00", "7.0", "1e2"])
)
TOLD = st.recursive(
    st.dictionaries(NAMES, SCALARS, max_size=3),
    lambda below: st.dictionaries(NAMES, SCALARS | below | st.lists(below, max_size=2), max_size=3),
    max_leaves=6,
)


@given(TOLD, st.booleans())
def test_any_facts_are_read_alike_by_every_reader(
    policy: Policy, told: object, ascii: bool
) -> None:
    facts = json.dumps(told, ensure_ascii=ascii)

    assert by_event(policy, facts) == by_request(policy, facts)


WRONG = {
    '{"parcel.fee": 1, "parcel.fee": 2}': "e.jsonl:1:109: the key `parcel.fee` is already",
    '{"parcel.nte": "x"}': "e.jsonl:1:92: unknown fact `parcel.nte`",
    '{"parcel.weight": 1.5}': "e.jsonl:1:109: expected a whole number, found the number",
    "7": "e.jsonl:1:91: `facts` is an object",
    "[]": "e.jsonl:1:91: `facts` is an object",
}


@pytest.mark.parametrize("facts", WRONG)
def test_what_is_wrong_with_an_event_is_told_at_its_place(policy: Policy, facts: str) -> None:
    with pytest.raises(Refused) as refused:
        read_event(policy, Source("e.jsonl", event(facts)))

    assert refused.value.to_text("en").startswith(WRONG[facts])


POINTED = {
    '{"parcel": {"fee": "x"}}': "/facts/parcel/fee",
    '{"parcel.fee": "x"}': "/facts/parcel.fee",
    '{"parcel.feee": "x"}': "/facts/parcel.feee",
    "7": "/facts",
}


@pytest.mark.parametrize("facts", POINTED)
def test_what_is_wrong_with_an_event_is_pointed_to(policy: Policy, facts: str) -> None:
    with pytest.raises(Refused) as refused:
        read_event(policy, Source("e.jsonl", event(facts)))

    assert [problem.pointer for problem in refused.value.problems] == [POINTED[facts]]


@pytest.mark.parametrize("key", ["id", "subject", "event", "at"])
@pytest.mark.parametrize("text", ["\ud800", "\0", "a\udfff", "\x9f"])
def test_an_event_named_by_no_text_is_refused(policy: Policy, key: str, text: str) -> None:
    with pytest.raises(Refused) as refused:
        read_event(policy, Source("e.jsonl", event("{}", **{key: text})))

    assert [problem.code for problem in refused.value.problems] == ["unseen-character"]


def test_an_event_is_the_same_however_its_numbers_and_keys_are_written(policy: Policy) -> None:
    one = '{"id":"e","subject":"parcel/1","event":"came","at":"2026-03-03T10:00","facts":%s}'
    two = '{"at":"2026-03-03T10:00","event":"came","facts":%s,"subject":"parcel/1","id":"e"}'

    told = [
        read_event(policy, Source("e", one % '{"parcel.fee":1.10,"parcel.weight":7.0}'))[1],
        read_event(policy, Source("e", two % '{"parcel.weight":7,"parcel.fee":1.1}'))[1],
    ]

    assert told[0] == told[1]
    assert '"parcel.fee":1.1,' in told[0]

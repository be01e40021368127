"""One decision that no log can keep does not lose the others that are recorded with it."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from reglament.audit import DecisionLog
from reglament.audit import log as module
from reglament.audit.log import Recordable
from reglament.model.problems import Refused
from reglament.model.regulation import Version
from reglament.policy import Policy
from support.shop import request

Spoil = Callable[[Recordable], Recordable]


def recordable(policy: Policy) -> Recordable:
    decided = policy.decide(request())
    return Recordable(decided.version, decided.document)


def unread(one: Recordable) -> Recordable:
    """Of a version that was not read from files, so that a log has nothing to keep of it."""
    return replace(one, version=replace(one.version, digest="sha256:" + "0" * 64))


def not_unicode(one: Recordable) -> Recordable:
    """With half of a surrogate pair in it, which no byte form can hold."""
    spoilt: Any = "\ud800"
    return replace(one, document=replace(one.document, as_of_source=spoilt))


@pytest.mark.parametrize(
    ("spoilt", "code"), [(unread, "policy-not-read"), (not_unicode, "not-canonical")]
)
@pytest.mark.parametrize("place", [0, 1, 2])
def test_the_others_are_recorded_and_it_is_named(
    file_log: DecisionLog,
    policy: Policy,
    spoilt: Callable[[Recordable], Recordable],
    code: str,
    place: int,
) -> None:
    decided = [recordable(policy)] * 3
    decided[place] = spoilt(decided[place])

    with pytest.raises(Refused) as refused:
        file_log.append_all(decided)

    assert [(one.code, one.pointer) for one in refused.value.problems] == [(code, f"/{place}")]
    assert [entry.sequence for entry in file_log.entries()] == [1, 2]
    assert pickle.loads(pickle.dumps(refused.value)).problems == refused.value.problems


def test_the_text_of_a_version_is_written_once_however_many_wait(
    file_log: DecisionLog, policy: Policy, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[str] = []

    def content_of(version: Version) -> str:
        written.append(version.digest)
        return usual(version)

    usual = module.content_of
    monkeypatch.setattr(module, "content_of", content_of)
    ready = [file_log.prepared(recordable(policy)) for _ in range(3)]
    assert all(one.policy is not None for one in ready)
    file_log.append_prepared(ready)
    assert file_log.prepared(recordable(policy)).policy is None
    assert written == [policy.versions[-1].digest] == [*file_log.policies()]


def test_nothing_is_recorded_of_none(file_log: DecisionLog, policy: Policy) -> None:
    with pytest.raises(Refused):
        file_log.append_all([unread(recordable(policy))])

    assert file_log.append_all([]) == []
    assert file_log.count() == 0

"""What `diff` says of lists that are computed, of durations, and of conditions over lists."""

from __future__ import annotations

from typing import Any

from reglament.analysis.diff.compare import diff
from reglament.analysis.diff.types import Fate
from reglament.analysis.search.judge import SideStatus
from reglament.analysis.window import window_of
from reglament.language.loading.region_syntax import read_where
from reglament.model.conditions import Includes
from reglament.model.regulation import Version
from reglament.model.terms import DecisionRef
from support.diff_law import Law
from support.every_type import HEAD, LABEL, facts
from support.whole_language import read

WORDS = {"label": LABEL, "outcomes": dict.fromkeys("abc", LABEL)}


def _version(**decisions: Any) -> Version:
    version = read({**HEAD, "facts": facts(), "decisions": decisions})
    assert version is not None
    return version


def _moments(*rules: Any) -> Any:
    listed = [{"id": f"moment-{n}", **rule} for n, rule in enumerate(rules)]
    return {"label": LABEL, "type": "datetime", "collection": True, "rules": listed}


def test_a_list_of_items_that_are_told_is_compared_by_its_items() -> None:
    told, said = {"then": "datetime.one"}, {"then": "2024-02-29T12:00"}
    when = {"date.one": {"before": "2024-02-29"}}
    old = _version(moments=_moments(told, said))
    new = _version(moments=_moments(told, {**said, "when": when}))

    found = diff(old, new)

    assert [one.fate for one in found.accounts] == [Fate.CHANGES]
    assert found.regions


def test_no_request_tells_a_duration_below_zero() -> None:
    def version(otherwise: str) -> Version:
        rules = [{"id": "long", "when": {"duration.one": {"at_least": "PT0H"}}, "then": "a"}]
        return _version(word={**WORDS, "rules": rules, "otherwise": {"then": otherwise}})

    (account,) = diff(version("b"), version("c")).accounts

    assert account.fate is Fate.SAME


def test_a_condition_over_a_list_that_is_decided_is_read_back() -> None:
    listed = {**WORDS, "collection": True, "rules": [{"id": "one", "then": "a"}]}

    where = read_where(_version(listed=listed), {"listed": {"includes": "a"}})

    assert isinstance(where, Includes)
    assert where.subject == DecisionRef("listed")


def test_what_a_refusal_of_an_earlier_decision_changes_lies_in_a_region() -> None:
    def version(**test: Any) -> Version:
        open_ = {"rules": [{"id": "at", "when": {"datetime.none": test}, "then": "a"}]}
        after = {"rules": [{"id": "after", "when": {"open": "a"}, "then": "c"}]}
        otherwise = {"otherwise": {"then": "b"}}
        return _version(open={**WORDS, **open_, **otherwise}, next={**WORDS, **after, **otherwise})

    old, new = version(outside="desk"), version(is_not=None)

    # Past the calendar the old version refuses `open`, and with it what follows.
    assert Law(old, new, window_of(old)).run("a refusal", 300) == []


def test_what_is_decided_in_spite_of_a_refusal_lies_in_a_region() -> None:
    def version(**test: Any) -> Version:
        gap = {"rules": [{"id": "some", "when": {"choice.one": "c"}, "then": "a"}]}
        rules = [
            {"id": "first", "when": {"not": {"open": "b"}}, "then": "integer.one"},
            {"id": "second", **test, "then": "integer.other"},
        ]
        listed = {"label": LABEL, "type": "integer", "collection": True, "rules": rules}
        return _version(open={**WORDS, **gap}, listed=listed)

    old, new = version(when={"date.none": {"is_not": None}}), version()
    law = Law(old, new, window_of(old))

    # With `open` refused the new version decides where both items are one number.
    assert law.run("in spite of a refusal", 300) == []
    assert "may lie in a region, and changes" not in law.counts
    told = {(one.witness.before.status, one.witness.after.status) for one in law.found.regions}
    assert (SideStatus.BROKEN, SideStatus.DECIDED) in told

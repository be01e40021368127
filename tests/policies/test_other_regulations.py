"""Two made-up regulations of other fields: fees with money, leave with ages and years."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reglament import load_policy
from reglament.analysis.diff.account import Reporter
from reglament.analysis.diff.compare import diff
from reglament.analysis.diff.types import VersionDifference
from reglament.analysis.findings import check
from reglament.analysis.source_text import compare
from reglament.analysis.worked_examples import try_examples
from reglament.model.regulation import Fact
from reglament.model.values import Kind, Value
from reglament.model.words import LANGUAGES
from reglament.policy import Policy
from reglament.reference import View
from support.laws import examples
from support.places import DOCS, POLICIES
from support.shipped import shipped

TEXTS = {
    ("library-fees", "2025-01-01"): "library-fees.md",
    ("annual-leave", "2024-01-01"): "annual-leave-2024.ru.md",
    ("annual-leave", "2026-01-01"): "annual-leave-2026.ru.md",
}
VERSIONS = {
    (name, version.version): version
    for name in ("library-fees", "annual-leave")
    for version in shipped(name).versions
}
BOOK: dict[str, Any] = {
    "request.on": date(2025, 6, 20),
    "item.kind": "book",
    "item.price": Decimal("500.00"),
    "item.lost": False,
    "loan.due_on": date(2025, 6, 10),
    "loan.returned_on": date(2025, 6, 20),
    "reader.benefits": ["student", "pensioner"],
}
EMPLOYEE: dict[str, Any] = {
    "employee.born_on": date(1990, 5, 1),
    "employee.hired_on": date(2014, 1, 1),
    "employee.grounds": ["hazardous_work"],
    "leave.length": 14,
    "leave.days_used": 0,
}


@pytest.mark.parametrize("key", TEXTS, ids=" ".join)
def test_every_sentence_of_the_text_has_its_clause(key: tuple[str, str]) -> None:
    text = (DOCS / "regulations" / TEXTS[key]).read_text(encoding="utf-8")
    report = compare(VERSIONS[key].clauses, text)
    assert (report.changed, report.missing, report.uncovered) == ((), (), ())


@pytest.mark.parametrize("key", VERSIONS, ids=" ".join)
def test_the_worked_examples_pass_and_reach_every_rule(key: tuple[str, str]) -> None:
    version, policy = VERSIONS[key], Policy((VERSIONS[key],))
    report = try_examples(version, lambda one: policy.decide(one.facts))
    assert len(report.tried) >= 25
    assert (report.failed, report.unreached) == ((), ())


@pytest.mark.parametrize(
    ("changed", "due"),
    [
        ({}, "12.20"),  # seven days at 2.50 are 17.50; 70 per cent are 12.25
        ({"request.on": date(2026, 1, 1)}, "14.70"),  # seven days at 3.00
        ({"reader.benefits": []}, "17.50"),
        ({"item.price": Decimal("7.49"), "reader.benefits": []}, "7.40"),
        ({"loan.due_on": date(2025, 5, 11), "item.price": None}, "138.70"),  # 37 x 2.50 x 1.5
        ({"item.lost": True, "item.price": Decimal("149.99")}, "190.00"),
    ],
)
def test_fees_by_hand(changed: dict[str, Any], due: str) -> None:
    decided = shipped("library-fees").decide({**BOOK, **changed})
    assert decided["amount_due"].outcome == Decimal(due)
    written = decided.to_dict()["decisions"]["amount_due"]["outcome"]
    assert isinstance(written, str)
    assert Decimal(written) == Decimal(due)


def test_an_expert_names_an_unknown_price() -> None:
    decided = shipped("library-fees").decide({**BOOK, "item.lost": True, "item.price": None})
    assert decided["amount_due"].is_determined
    assert decided["amount_due"].outcome is None
    assert decided["lost_fee"].rules == ("loss-by-an-expert",)


def test_the_first_day_of_the_leave_chooses_the_rules() -> None:
    policy = shipped("annual-leave")
    old = load_policy(POLICIES / "annual-leave" / "2024-01-01").decide(
        {**EMPLOYEE, "employee.weekly_hours": 20, "leave.starts_on": date(2025, 12, 31)}
    )
    new = policy.decide({**EMPLOYEE, "leave.starts_on": date(2026, 1, 1)})
    assert old["leave_days"].outcome == 20  # (28 + 4 + 7) / 2, a half goes up
    assert new["leave_days"].outcome == 39  # 28 + 12 // 3 + 7
    assert new["back_on"].outcome == date(2026, 1, 15)


@pytest.mark.parametrize("hired_on", [date(2026, 6, 11), date(2030, 1, 1)])
@pytest.mark.parametrize("grounds", [[], ["adoption"]])
def test_who_is_hired_after_the_leave_begins_loses_no_days(
    hired_on: date, grounds: list[str]
) -> None:
    """Days are only ever added for service; the other rules say whether there is a leave."""
    told = {"employee.hired_on": hired_on, "leave.starts_on": date(2026, 6, 10)}
    decided = shipped("annual-leave").decide({**EMPLOYEE, **told, "employee.grounds": grounds})

    assert decided["service_days"].outcome == 0
    assert decided["service_days"].rules == ("service-below-three",)
    assert decided["leave_days"].outcome == 28
    assert decided["answer"].outcome == ("granted" if grounds else "refused")


@cache
def of_leave() -> VersionDifference:
    return diff(*shipped("annual-leave").versions)


@pytest.mark.slow
def test_the_later_version_decides_service_below_three_years_as_before() -> None:
    regions = [one for one in of_leave().regions if one.decision == "service_days"]

    assert regions
    assert all(one.witness.before.outcome >= 2 for one in regions)
    assert all(one.witness.after.outcome >= 1 for one in regions)


@pytest.mark.slow
def test_what_only_follows_is_told_as_that_with_an_example_of_it() -> None:
    found = of_leave()
    causes = {one.decision: one.cause and one.cause.decision for one in found.regions}

    # The rules of these three are the same in both versions.
    assert causes["days_left"] == "leave_days"
    assert causes["answer"] == "days_left"
    assert causes["back_on"] == "answer"
    assert found.not_settled == ()
    for region in found.regions:
        before, after = region.witness.before, region.witness.after
        assert before.outcome != after.outcome
        if region.cause is None:
            assert View(found.old, region.witness.facts).holds(region.where)
    text = {language: Reporter(found, language).text() for language in LANGUAGES}
    assert "days left: in many ways (because days of leave: in many ways)" in text["en"]
    assert "осталось: по-разному (потому что дней отпуска: по-разному)" in text["ru"]


def test_a_check_proves_that_computed_delays_leave_no_gap() -> None:
    (version,) = shipped("library-fees").versions

    assert check(version) == ()


@pytest.mark.parametrize("key", VERSIONS, ids=" ".join)
def test_the_engine_agrees_with_the_naive_meaning(key: tuple[str, str]) -> None:
    version, policy = VERSIONS[key], load_policy(POLICIES / key[0] / key[1])

    @examples(120)
    @given(
        st.fixed_dictionaries({name: told(fact) for name, fact in version.facts.items()}),
        st.integers(0, 500 if version.version == "2025-01-01" else 365),
    )
    def agree(facts: dict[str, Value], days: int) -> None:
        facts[version.chosen_by] = version.holds_from + timedelta(days=days)
        decided, view = policy.decide(facts), View(version, facts)
        for name, decision in version.decisions.items():
            if not decision.is_internal:
                assert decided[name].outcome == view.answer(decision).outcome, name

    agree()


def told(fact: Fact) -> st.SearchStrategy[Value]:
    """Values near where the rules of these two policies turn."""
    values: st.SearchStrategy[Any]
    match fact.type.kind:
        case Kind.BOOLEAN:
            values = st.booleans()
        case Kind.CHOICE:
            values = st.sampled_from(fact.type.options)
        case Kind.LIST:
            assert fact.type.item is not None
            values = st.sets(st.sampled_from(fact.type.item.options)).map(sorted).map(tuple)
        case Kind.INTEGER:
            values = st.integers(0, 45)
        case Kind.DECIMAL:
            values = st.integers(0, 100_000).map(lambda n: Decimal(n) / 100)
        case _:
            values = st.dates(date(2003, 1, 1), date(2026, 12, 31))
    values = values.filter(fact.type.admits)
    return values if fact.null_means is None else st.none() | values

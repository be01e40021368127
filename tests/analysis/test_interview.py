"""The interview asks only what matters, takes what is not known, and ends with the decision."""

from __future__ import annotations

import sys
from itertools import permutations

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from reglament import Refused
from reglament.analysis.interview import next_question
from reglament.evaluation import Evaluator
from reglament.interfaces.cli.ask_command import ask
from support.laws import examples
from support.places import ROOT
from support.random_policies import policies, requests

sys.path.append(str(ROOT / "benchmarks"))
FEW = examples(40)


@FEW
@given(policies(), requests(most_missing=0))
def test_an_interview_ends_determined_as_the_whole_form_would(version, whole) -> None:
    evaluator = Evaluator(version)
    for name in version.decisions:
        told: dict = {}
        expected = evaluator.evaluate(whole)[name]
        while (question := next_question(evaluator, told, [name])) is not None:
            assert question.fact not in told
            told[question.fact] = whole[question.fact]
        found = evaluator.evaluate(told)[name]
        assert (found.status, found.outcome) == (expected.status, expected.outcome)


@FEW
@given(policies(), requests(), requests(most_missing=0), st.data())
def test_an_interview_stops_only_where_no_answer_could_settle_it(
    version, told, whole, data
) -> None:
    missing = sorted(whole.keys() - told.keys())
    not_known = data.draw(
        st.lists(st.sampled_from(missing), unique=True) if missing else st.just([])
    )
    evaluator = Evaluator(version)
    for name in version.decisions:
        before = evaluator.evaluate(told)[name]
        question = next_question(evaluator, told, [name], not_known)
        if question is not None or before.status != "undetermined" or not before.is_exact:
            continue
        answered = told | {fact: whole[fact] for fact in missing if fact not in not_known}
        assert evaluator.evaluate(answered)[name].status == "undetermined"


def test_no_more_is_asked_once_what_is_not_known_keeps_it_open(policy) -> None:
    told = {"request.channel": "portal", "request.service": "remote_connection"}
    of_user = {**told, "requester.kind": "user"}

    # Who asks decides alone whether support connects, unless paid support is known to run.
    assert (
        policy.next_question(told, not_known=["requester.kind", "subscription.active_from"]) is None
    )
    # With the tool not known only the tier may still settle it, and no engineer.
    asked = set()
    not_known = ["request.remote_tool"]
    while (question := policy.next_question(of_user, not_known=not_known)) is not None:
        asked.add(question.fact)
        not_known.append(question.fact)
    assert "request.remote_approved" not in asked
    assert "subscription.active_from" in asked


def test_only_what_that_person_can_tell_is_asked(policy) -> None:
    assert policy.next_question({}, asked_of="requester").fact == "requester.kind"
    told = {"requester.kind": "user", "request.service": "error_correction"}
    assert policy.next_question(told, asked_of="requester") is None
    assert policy.next_question(told, asked_of="engineer").fact == "request.fix_feasible"
    with pytest.raises(Refused, match="nobody called `enginer` gives a fact") as refused:
        policy.next_question({}, asked_of="enginer")
    assert "`engineer`" in refused.value.problems[0].hint.to("en")


def test_what_is_not_known_is_a_fact_of_the_policy(policy) -> None:
    with pytest.raises(Refused, match=r"unknown fact `requester\.knd`") as refused:
        policy.next_question({}, not_known=["requester.knd"])
    assert refused.value.problems[0].hint.to("en") == "did you mean `requester.kind`?"


def test_the_first_question_is_about_the_channel(policy) -> None:
    question = policy.next_question({})

    assert question.fact == "request.channel"
    assert question.settles == ()  # what settles it is any other word, and no option


def test_the_next_question_is_about_the_service(policy) -> None:
    question = policy.next_question({"request.channel": "portal"})

    assert question.fact == "request.service"
    assert question.text.to("en") == "Which service do you need?"
    assert question.is_open
    assert question.null_means is None
    assert [(one.decision, one.possible) for one in question.open] == [
        ("answer", ("accept", "refuse", "refer"))
    ]
    assert [(one.value, one.outcome) for one in question.settles] == [("onsite_visit", "refuse")]


def test_nothing_is_asked_once_the_answer_is_settled(policy) -> None:
    assert policy.next_question({"request.service": "onsite_visit"}) is None


def test_what_is_not_known_is_not_asked_again(policy) -> None:
    told = {"request.service": "training", "request.channel": "portal"}

    assert policy.next_question(told).fact == "requester.kind"
    assert policy.next_question(told, not_known=["requester.kind"]) is None


def test_a_question_about_several_decisions_is_one_that_most_of_them_need(policy) -> None:
    names = ["tier", "response_due", "channel"]
    question = policy.next_question({}, names)

    assert {one.decision for one in question.open} == {"tier", "response_due"}


def test_an_unknown_decision_is_refused(policy) -> None:
    with pytest.raises(Refused, match="unknown decision `ansver`"):
        policy.next_question({}, "ansver")


@pytest.mark.slow
def test_no_order_of_questions_asks_less() -> None:
    import orders

    found = orders.heating()
    facts = ("veteran", "single", "age", "wage", "boarder", "board")
    fewest = min(found.in_order(order) for order in permutations(facts))

    assert found.best_first() == fewest == 242 / 96


ORDERS = {
    "technical-support": (
        "request.channel request.service requester.kind request.fix_feasible "
        "subscription.active_from key.registered_on request.created_at "
        "request.general_guide_exists request.remote_approved request.remote_tool "
        "subscription.active_until"
    ),
    "annual-leave": (
        "employee.hired_on leave.days_used leave.length leave.starts_on employee.born_on "
        "employee.grounds"
    ),
    "library-fees": (
        "item.lost loan.due_on loan.returned_on item.price request.on reader.benefits item.kind"
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", ORDERS)
def test_the_best_order_that_was_found_for_these_requests_asks_no_less(name) -> None:
    import orders

    found = orders.shipped(name, 60, seed=1)

    assert found.best_first() <= found.in_order(ORDERS[name].split())


@pytest.mark.parametrize("seed", [1, 2])
def test_the_answer_takes_a_few_questions_of_the_form(policy, seed) -> None:
    from benchmarks import interview
    from benchmarks import requests as made

    counts = [interview.asked(policy, request, "answer") for request in made.complete(4, seed)]

    assert max(counts) < len(policy.versions[-1].facts) / 2


def interviewed(typed: str, *options: str) -> str:
    """What an interview prints when these lines are typed."""
    result = CliRunner().invoke(ask, ["--lang", "en", *options], input=typed)
    assert result.exit_code == 0
    return result.output


def test_an_option_may_be_told_by_number_word_or_label() -> None:
    ends = [
        interviewed(f"portal\n{typed}\n").splitlines()[-1]
        for typed in ("8", "onsite_visit", "On-Site visit")
    ]

    assert all(end.startswith("Answer: refuse.") for end in ends)


def test_a_wrong_answer_is_explained_and_asked_again() -> None:
    output = interviewed("1\n99\nnull\n8\n")

    assert "there is no option `99` of 8" in output
    assert "`request.service` cannot be `null`" in output
    assert output.count("Which service do you need?") == 1
    assert "Answer: refuse." in output


@pytest.mark.parametrize("typed", ["20.11.2026", "20 ноября 2026", "2026-11-20"])
def test_a_date_is_read_as_people_write_it(typed) -> None:
    output = interviewed(f"{typed}\n", "--decision", "free_until")

    assert "last day of free support: 20 February 2027" in output


def test_a_date_that_may_be_two_is_asked_again() -> None:
    output = interviewed("10/11/2026\n2026-11-20\n", "--decision", "free_until")

    assert "expected a date" in output
    assert "last day of free support: 20 February 2027" in output


def test_it_says_why_it_asks() -> None:
    output = interviewed("portal\nwhy\n8\n")

    assert "this decides: answer (still possible: accept, refuse, refer to a person)" in output
    assert "the answer “on-site visit” settles at once: answer: refuse" in output


def test_it_says_how_to_answer_an_empty_line() -> None:
    assert interviewed("\n1\n8\n").count("Type a number or a value") == 2


def test_the_end_of_the_input_ends_it_with_what_is_known() -> None:
    output = interviewed("portal\n")

    assert "Answer: not determined yet" in output


def test_what_is_not_known_is_left_out_of_the_decision() -> None:
    output = interviewed("?\n?\n?\n?\n?\n?\n?\n?\n?\n?\n?\n?\n")

    assert output.count("Which service do you need?") == 2  # once asked, once in the explanation
    assert "Answer: not determined yet" in output


def test_the_interview_speaks_russian() -> None:
    result = CliRunner().invoke(ask, ["--lang", "ru"], input="портал\nпочему\nвыезд специалиста\n")

    assert "Какая услуга вам нужна?" in result.output
    assert "от ответа зависит: ответ на заявку" in result.output
    assert "Ответ на заявку: отказать." in result.output


def test_an_unknown_decision_ends_with_status_2() -> None:
    assert CliRunner().invoke(ask, ["--decision", "ansver"], input="").exit_code == 2

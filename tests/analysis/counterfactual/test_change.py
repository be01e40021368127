"""What would change a decision: nearest, confirmed, never an immutable fact, or proven so."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import combinations, product
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import assume, given

from reglament import Refused
from reglament.analysis.counterfactual.nearest_change import ANOTHER, nearest_change
from reglament.analysis.counterfactual.proposals import Proposal, merged
from reglament.evaluation import Evaluator
from reglament.interfaces.cli.change_command import change
from reglament.model.regulation import Version
from support.cli_runner import REQUESTS, run
from support.laws import examples
from support.random_policies import FACTS, answer, is_broken, policies, requests, values_of

FEW = examples(25)
TRAINING = {
    "request.service": "training",
    "request.channel": "portal",
    "requester.kind": "user",
    "key.registered_on": date(2026, 1, 1),
    "request.created_at": "2026-11-20T18:30",
    "subscription.active_from": "2026-12-01T10:00",
    "subscription.active_until": None,
}


def moves(nearest: Any) -> list[dict[str, Any]]:
    """The facts after each proposed change."""
    return [{move.fact: move.after for move in one.moves} for one in nearest.changes]


def whole_outcomes(version: Version, facts: dict[str, Any]) -> dict[str, Any]:
    return {name: answer(version, facts, name).outcome for name in version.decisions}


def changed_by(told: dict[str, Any], count: int) -> Iterator[dict[str, Any]]:
    """Every way of changing that many facts, by values that stand for all others."""
    for facts in combinations(FACTS, count):
        choices = [values_of(fact, told) for fact in facts]
        for values in product(*choices):
            yield {**told, **dict(zip(facts, values, strict=True))}


@FEW
@given(policies(), requests(most_missing=0))
def test_proposals_give_another_outcome_and_no_single_change_is_overlooked(version, told) -> None:
    before = whole_outcomes(version, told)
    evaluator = Evaluator(version)
    for name in version.decisions:
        found = nearest_change(evaluator, told, {name: ANOTHER})
        for one in found.changes:
            after = whole_outcomes(version, {**told, **{m.fact: m.after for m in one.moves}})
            assert after[name] == one.outcomes[name] != before[name]
            assert all(move.before == told[move.fact] != move.after for move in one.moves)
        singles = [whole_outcomes(version, facts) for facts in changed_by(told, 1)]
        others = [one[name] for one in singles if one[name] != before[name]]
        if not all(map(is_broken, others)):
            assert [len(one.moves) for one in found.changes][:1] == [1]
        if found.changes and len(found.changes[0].moves) == 1:
            assert others


@FEW
@given(policies(), requests(most_missing=2))
def test_a_wish_is_granted_by_every_proposal(version, told) -> None:
    evaluator = Evaluator(version)
    for name in version.decisions:
        try:
            found = nearest_change(evaluator, told, {name: "yes"})
        except Refused:
            continue
        for one in found.changes:
            facts = {**told, **{move.fact: move.after for move in one.moves}}
            outcome = evaluator.evaluate(facts)[name]
            assert outcome.is_determined
            assert outcome.outcome == "yes"


@FEW
@given(policies(), requests(most_missing=0))
def test_facts_that_cannot_change_are_never_proposed(version, told) -> None:
    fixed = {
        name: replace(fact, can_change=name in ("flag", "end")) for name, fact in FACTS.items()
    }
    evaluator = Evaluator(replace(version, facts=fixed))
    before = whole_outcomes(version, told)
    assume(not any(map(is_broken, before.values())))
    for name in version.decisions:
        found = nearest_change(evaluator, told, {name: ANOTHER})
        assert all(move.fact in ("flag", "end") for one in found.changes for move in one.moves)
        assert not {"flag", "end"} & set(found.fixed)
        if found.is_proven and not found.changes:
            for flag, end in product((True, False), values_of("end", told)):
                after = whole_outcomes(version, {**told, "flag": flag, "end": end})
                assert after[name] == before[name] or is_broken(after[name])


def test_a_user_who_asks_for_training_would_have_to_be_a_partner(policy) -> None:
    found = policy.change({**TRAINING, "subscription.active_from": None}, {"answer": "accept"})

    assert moves(found)[0] == {"requester.kind": "certified_partner"}


def test_a_moment_moves_no_further_than_it_must(policy) -> None:
    found = policy.change(TRAINING, {"tier": "paid"})

    created = policy.decide(TRAINING).told["request.created_at"]
    assert moves(found) == [{"subscription.active_from": created}]
    assert found.is_proven


def test_a_moment_that_is_to_be_arranged_is_the_beginning_of_a_day(policy) -> None:
    told = {**TRAINING, "subscription.active_from": None}
    paid = policy.change(told, {"tier": "paid"})
    later = policy.change(
        {**told, "key.registered_on": None, "requester.kind": "user"}, {"tier": "paid"}
    )

    day = policy.decide({**told, "request.created_at": "2026-11-20T00:00"}).told
    assert moves(paid) == [{"subscription.active_from": day["request.created_at"]}]
    assert moves(later) == moves(paid)


def test_what_the_requester_can_act_on_stands_first(policy) -> None:
    told = {
        "requester.kind": "certified_partner",
        "request.channel": "portal",
        "request.service": "training",
        "request.created_at": "2026-11-20T18:30",
    }
    found = policy.change(told, {"answer": "refuse"})
    facts = [move.fact for one in found.changes for move in one.moves]

    assert facts == ["request.service", "requester.kind", "request.channel"]


def test_words_and_any_other_word_that_do_alike_are_one_change(policy) -> None:
    told = {
        "requester.kind": "certified_partner",
        "request.channel": "fax",
        "request.service": "training",
        "request.created_at": "2026-11-20T18:30",
    }
    found = policy.change(told | {"request.channel": "portal"}, {"channel": "not_accepted"})

    assert [(move.is_any, move.named) for one in found.changes for move in one.moves] == [
        (True, ())
    ]
    both = merged(
        [
            *found.changes,
            Proposal(
                (replace(found.changes[0].moves[0], after="telex", is_any=False),),
                found.changes[0].outcomes,
            ),
        ]
    )
    assert [(move.is_any, move.named) for one in both for move in one.moves] == [(True, ("telex",))]


def test_a_day_that_is_over_is_prolonged_by_just_enough(policy) -> None:
    over = {**TRAINING, "subscription.active_from": "2026-01-01T10:00"}
    found = policy.change({**over, "subscription.active_until": "2026-11-01"}, {"tier": "paid"})

    assert moves(found)[0] == {"subscription.active_until": date(2026, 11, 20)}


def test_a_registration_day_is_named_as_what_cannot_change(policy) -> None:
    found = policy.change(TRAINING, {"tier": "free"})

    assert found.changes == ()
    assert found.is_proven
    assert found.fixed == ("key.registered_on",)


def test_goals_are_reached_together(policy) -> None:
    found = policy.change(TRAINING, {"tier": "paid", "answer": "accept"})

    assert found.changes
    for facts in moves(found):
        decided = policy.decide({**TRAINING, **facts})
        assert (decided["tier"].outcome, decided["answer"].outcome) == ("paid", "accept")


def test_a_missing_fact_is_told_before_a_told_one_is_changed(policy) -> None:
    found = policy.change(
        {"request.channel": "portal", "request.service": "training"}, {"answer": "accept"}
    )

    assert moves(found) == [{"requester.kind": "certified_partner"}]
    assert not found.changes[0].moves[0].was_told


def test_words_that_do_as_well_are_one_proposal(policy) -> None:
    facts = {"requester.kind": "certified_partner", "request.channel": "portal"}
    facts = {**facts, "request.service": "onsite_visit"}
    found = policy.change(facts, {"answer": "accept"})

    (one,) = [c for c in found.changes if [m.fact for m in c.moves] == ["request.service"]]
    (move,) = one.moves
    accepted = {
        word
        for word in policy.versions[-1].facts["request.service"].type.options
        if policy.decide({**facts, "request.service": word})["answer"].outcome == "accept"
    }
    assert {move.after, *move.also} == accepted
    assert len(accepted) > 1


@FEW
@given(policies(), requests(most_missing=1))
def test_every_word_of_a_proposal_gives_what_it_says(version, told) -> None:
    evaluator = Evaluator(version)
    for name in version.decisions:
        for one in nearest_change(evaluator, told, {name: ANOTHER}).changes:
            choices = [[(m.fact, word) for word in (m.after, *m.also)] for m in one.moves]
            for facts in product(*choices):
                assert (
                    evaluator.evaluate({**told, **dict(facts)})[name].outcome
                    == (one.outcomes[name])
                )


def test_nothing_is_to_be_done_where_it_is_so_already(policy) -> None:
    found = policy.change({"request.service": "onsite_visit"}, {"answer": "refuse"})

    assert moves(found) == [{}]


def test_a_computed_outcome_changes_too(policy) -> None:
    facts = {"requester.kind": "certified_partner", "request.created_at": "2026-11-20T18:30"}
    full = {**TRAINING, **facts}

    found = policy.change(full, {"response_due": ANOTHER})

    assert moves(found)[0] == {"requester.kind": "user"}
    assert found.changes[0].outcomes == {"response_due": None}


@pytest.mark.parametrize(
    ("want", "code"),
    [
        ({"ansver": "accept"}, "unknown-decision"),
        ({"answer": "acept"}, "unknown-word"),
        ({"answer": None}, "null-not-allowed"),
    ],
)
def test_a_wish_that_names_nothing_is_refused(policy, want, code) -> None:
    with pytest.raises(Refused) as refused:
        policy.change(TRAINING, want)

    assert [problem.code for problem in refused.value.problems] == [code]


@pytest.fixture
def request_file(tmp_path):
    path = tmp_path / "request.yaml"
    path.write_text("\n".join(f"{name}: {value or 'null'}" for name, value in TRAINING.items()))
    return str(path)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (
            ["--want", "tier=free"],
            "only facts that cannot change would give this outcome: day the key",
        ),
        (["--want", "tier=none"], "that is already the outcome; nothing needs to change"),
        (["--want", "tier=paid"], "start of paid support: “20 November 2026, 18:30” instead of"),
        (["--decision", "scope"], "then scope:"),
        ([], "then answer: accept"),
    ],
)
def test_the_command_says_it_in_words(request_file, options, said) -> None:
    result = CliRunner().invoke(change, [request_file, "--lang", "en", *options])

    assert result.exit_code == 0
    assert said in result.output


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "service asked for: “on-site visit”, “software update”, “training” or “set-up for "
               "the user's own tasks” instead of “remote connection” - then answer: refuse"),
        ("ru", "услуга: «выезд специалиста», «обновление программы», «обучение» или «настройка под "
               "задачи пользователя» вместо «удалённое подключение» - тогда ответ на заявку: "
               "отказать"),
    ],
)  # fmt: skip
def test_words_that_do_as_well_stand_on_one_line(language, said) -> None:
    lines = run("change", REQUESTS / "renewal.yaml", "--lang", language).stdout.splitlines()

    assert f"1. {said}" in lines  # the requester can act on it, unlike on the channel
    assert len({line.partition(". ")[2].partition(":")[0] for line in lines[1:]}) == 4
    assert len(lines) == 6


@pytest.fixture
def months(tmp_path):
    """The arguments that ask about a small policy with outcomes of several types."""
    policy, request = tmp_path / "policy.yaml", tmp_path / "request.yaml"
    number = "type: integer, at_least: 0, at_most: 9, label"
    policy.write_text(
        f"""
policy: months
version: "1"
title: months
languages: [en]
holds_from: 2026-01-01
time_zone: UTC
facts: {{months: {{{number}: months}}, other: {{{number}: other}}}}
decisions:
  long:
    label: long
    type: boolean
    rules: [{{id: is-long, when: {{months: {{at_least: 6}}}}, then: true}}]
    otherwise: {{then: false}}
  twice: {{label: twice, type: integer, rules: [{{id: twice, then: {{product: [months, 2]}}}}]}}
  rest: {{label: rest, type: integer, rules: [{{id: rest, then: {{modulo: [months, 3]}}}}]}}
  both:
    label: both
    type: list
    item: {{type: integer}}
    rules: [{{id: both, then: [months, other]}}]
"""
    )
    request.write_text("{months: 2, other: 2}")
    return ("change", request, "--policy", policy, "--lang", "en", "--want")


@pytest.mark.parametrize(
    ("want", "now", "said"),
    [
        ("long=true", "no", "months: “6” instead of “2” - then long: yes"),
        ("twice=8", "4", "months: “4” instead of “2” - then twice: 8"),
        ("twice=7", "4", "all combinations were checked"),
        ("twice=20", "4", "all combinations were checked"),
        ("rest=0", "2", "we could not prove that there is none"),
        ("both=[2, 3]", "2, 2", "we could not prove that there is none"),
        ("both=[2, 2]", "2, 2", "that is already the outcome"),
    ],
)
def test_a_wish_is_told_as_the_type_of_the_decision_has_it(months, want, now, said) -> None:
    result = run(*months, want)

    assert result.exit_code == 0
    assert f"now: {now}" in result.stdout
    assert said in result.stdout


@pytest.mark.parametrize("text", ["2, 2", "[2, 2", "[2, NaN]", f"{'[' * 2000}{']' * 2000}",
                                  f"[{'9' * 5000}]", '{"a": 1, "a": 2}'])  # fmt: skip
def test_a_list_that_is_no_json_is_refused_as_the_text_it_is(months, text) -> None:
    result = run(*months, f"both={text}")

    assert result.exit_code == 2
    assert f"`both`: expected a list, found the text `{text[:20]}" in result.stderr


@pytest.mark.parametrize("want", ["tier", "teir=free", "tier=payd"])
def test_the_command_refuses_an_unclear_wish(request_file, want) -> None:
    result = CliRunner().invoke(change, [request_file, "--want", want])

    assert result.exit_code == 2

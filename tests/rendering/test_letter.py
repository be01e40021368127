"""What a client reads: the letters of the shipped regulation, and what a letter leaves out."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from reglament import Policy, load_policy
from reglament.model.conditions import Comparison
from reglament.model.letters import Explain, LetterText
from reglament.model.operators import Operator
from reglament.model.regulation import Version
from reglament.model.terms import Constant, DecisionRef
from reglament.model.words import Text
from reglament.rendering.answers.letter import letter_to_client
from support.cli_runner import run
from support.laws import sample
from support.lending import VERSION
from support.lending_request import LENT, determined, undetermined, with_outcome
from support.places import CASES

LETTERS = CASES / "letters"


@pytest.mark.parametrize("language", sample(["ru", "en"], 1))
@pytest.mark.parametrize("request_", sorted(LETTERS.glob("*.yaml")), ids=lambda path: path.stem)
def test_a_client_gets_this_letter(request_: Path, language: str) -> None:
    told = run("explain", request_, "--for", "client", "--lang", language)
    letter = request_.with_suffix(f".{language}.txt").read_text("utf-8")

    assert (told.exit_code, told.stdout) == (0, letter)


@pytest.mark.parametrize("path", sorted(LETTERS.glob("*.txt")), ids=lambda path: path.stem)
def test_no_letter_shows_an_id_a_brace_or_the_third_person(path: Path, policy: Policy) -> None:
    letter = path.read_text("utf-8")
    version = policy.versions[-1]
    ids = [*version.facts, *version.clauses, *(rule.id for _, rule in version.every_rule())]

    assert not re.search(r"[{}`]|None|заявител|requester|№ *\.|  ", letter)
    assert [one for one in ids if re.search(rf"\b{re.escape(one)}\b", letter) and "." in one] == []


def saying(say: dict[str, dict[str, tuple[LetterText, ...]]], **more: object) -> Version:
    return replace(VERSION, explain=Explain("answer", say=say, **more))  # type: ignore[arg-type]


def wording(text: str, **more: object) -> LetterText:
    return LetterText(Text(ru=text, en=text), **more)  # type: ignore[arg-type]


def test_a_policy_without_words_for_letters_is_answered_in_short() -> None:
    letter = letter_to_client(VERSION, LENT, "en")

    assert letter.startswith("Answer: lend. The deposit is paid.")


def test_outcome_then_rules_are_told_each_once() -> None:
    said = {
        "answer": {
            "lend": (wording("Come."), wording("Until {card_until}."), wording("Come.")),
            "refuse": (wording("Do not come."),),
        }
    }

    letter = letter_to_client(saying(said), LENT, "en")
    assert letter.startswith("Come. Until 20 November 2026.")
    assert "Do not" not in letter


def test_a_sentence_whose_name_has_no_value_is_not_told() -> None:
    said = {"answer": {"lend": (wording("Come."), wording("Ask {contact.phone} or {due}."))}}
    doc = with_outcome(LENT, undetermined("due", None, ("loan.paid",)))

    assert "Ask" in letter_to_client(saying(said), LENT, "en")
    assert "Ask" not in letter_to_client(saying(said), doc, "en")


def test_a_sentence_whose_condition_is_not_known_to_hold_is_not_told() -> None:
    is_ten = Comparison(DecisionRef("hours"), Operator.IS, Constant(8))
    said = {"answer": {"lend": (wording("Come."), wording("Eight.", when=is_ten))}}
    open_ = with_outcome(LENT, undetermined("hours", (8, 16), ("reader.kind",)))

    assert "Eight." in letter_to_client(saying(said), LENT, "en")
    assert "Eight." not in letter_to_client(
        saying(said), with_outcome(LENT, determined("hours", 16)), "en"
    )
    assert "Eight." not in letter_to_client(saying(said), open_, "en")


def test_the_latest_value_still_possible_may_be_told() -> None:
    said = {"hours": {"undetermined": (wording("At most {hours.latest}."),)}}
    open_ = undetermined("hours", (8, 16, None), ("reader.kind",))
    waiting = undetermined("answer", ("lend", "refuse"), ("loan.paid",))
    doc = with_outcome(with_outcome(LENT, open_), waiting)

    letter = letter_to_client(saying(said, also={"lend": ("hours",)}), doc, "ru")
    assert "At most 16 рабочих часов." in letter


def test_a_client_is_asked_only_what_a_client_can_tell() -> None:
    facts = dict(VERSION.facts)
    facts["loan.paid"] = replace(facts["loan.paid"], told_by=("desk",))
    facts["loan.books"] = replace(facts["loan.books"], told_by=("requester", "desk"))
    version = replace(VERSION, facts=facts)
    waiting = undetermined("answer", ("lend", "refuse"), ("loan.paid", "loan.books"))

    letter = letter_to_client(version, with_outcome(LENT, waiting), "en")
    assert "1. Number of books?" in letter
    assert "Deposit is paid?" not in letter
    assert "We will find out the rest ourselves: “deposit is paid”." in letter


@pytest.mark.slow
def test_a_bundle_writes_the_same_letters(tmp_path: Path, policy: Policy) -> None:
    bundle = tmp_path / "p.json"
    run("build", "technical-support", "-o", bundle)
    told = {"request.channel": "telegram", "requester.kind": "user"}

    assert load_policy(bundle).decide(told).explain("ru", "client") == policy.decide(told).explain(
        "ru", "client"
    )

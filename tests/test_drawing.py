"""A decision is drawn in words: every outcome and every answer, shared parts once."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest
from hypothesis import HealthCheck, given, settings

from random_policies import policies
from reglament import Refused, load_policy
from reglament.writing.drawing import Box, boxes, draw
from reglament.writing.picture import MOST_BOXES, picture

FEW = settings(deadline=None, max_examples=40, suppress_health_check=list(HealthCheck))


@pytest.fixture(scope="module")
def version():
    return load_policy("technical-support").versions[-1]


def test_a_decision_is_a_tree_of_its_tests(version) -> None:
    assert draw(version, "channel", "en").splitlines() == [
        "channel: channel of the request",
        "├─ e-mail, phone or portal → accepted",
        "└─ anything else → not accepted",
    ]


def test_null_is_drawn_by_what_it_means(version) -> None:
    assert draw(version, "free_until", "ru").splitlines() == [
        "последний день бесплатной поддержки: день регистрации ключа",
        "├─ ключ не зарегистрирован → нет",
        "└─ есть → день регистрации ключа плюс 3 месяца",
    ]


def test_a_shared_part_is_drawn_once_and_referred_to(version) -> None:
    text = draw(version, "scope", "en")

    for number in set(re.findall(r"\[(\d)\]", text)):
        drawn = re.findall(rf"→ [^→↑]*\[{number}\]$", text, re.MULTILINE)
        referred = re.findall(rf"↑ [^→↑]*\[{number}\]$", text, re.MULTILINE)
        assert len(drawn) == 1
        assert referred


def test_a_decision_may_be_worked_back_to_facts(version) -> None:
    assert "scope" in draw(version, "answer", "en")
    assert "scope" not in draw(version, "answer", "en", is_local=False)


@FEW
@given(policies())
def test_every_test_that_is_drawn_has_answers_and_every_outcome_none(version) -> None:
    for name in version.decisions:
        drawn = boxes(version, name, "en", is_local=False)
        text = draw(version, name, "en", is_local=False)
        for box in drawn.values():
            assert box.is_outcome == (not box.ways)
            assert all(child in drawn and answer for answer, child in box.ways)
            assert box.words in text
        ways = sum(len(box.ways) for box in drawn.values())
        assert len(text.splitlines()) == ways + 1


def test_a_picture_shows_every_test_and_outcome(version) -> None:
    pytest.importorskip("grandalf")
    pytest.importorskip("drawsvg")
    drawn = boxes(version, "scope", "ru")

    svg = picture(drawn, "входит ли услуга")

    shown = " ".join(ElementTree.fromstring(svg).itertext())
    words = " ".join(box.words for box in drawn.values()).split()
    assert set(words) <= set(shown.split())
    assert svg == picture(boxes(version, "scope", "ru"), "входит ли услуга")


def test_a_picture_that_nobody_could_read_is_refused() -> None:
    with pytest.raises(Refused, match="at most"):
        picture({node: Box("x", True, ()) for node in range(MOST_BOXES + 1)}, "x")

"""Decision tables in CSV: what a cell means is told by its column, and never by quotes."""

from __future__ import annotations

import csv
import io
from decimal import Decimal
from pathlib import Path
from textwrap import dedent

import pytest

from reglament import Policy, Refused, load_policy
from reglament.language.loading.files.content import content_of
from reglament.language.loading.version_loader import read_content

POLICY = dedent(
    """\
    policy: rates
    version: "1"
    title: {ru: Ставки, en: Rates}
    holds_from: 1900-01-01
    known_from: 2000-01-01
    time_zone: UTC
    chosen_by: day
    facts:
      day: {type: date, label: {ru: день, en: day}, question: {ru: День?, en: Day?}}
      kind: {type: choice, options: {free: {ru: даром, en: free}, "7": {ru: семь, en: seven}},
             label: {ru: вид, en: kind}, question: {ru: Вид?, en: Kind?}}
      code: {type: text, label: {ru: код, en: code}, question: {ru: Код?, en: Code?},
             null_means: {ru: нет, en: none}}
      tags: {type: list, label: {ru: ярлыки, en: tags}, question: {ru: Какие?, en: Which?},
             item: {type: choice, options: {"1": {ru: один, en: one}, b: {ru: б, en: b}}}}
      amount: {type: decimal, places: 2, label: {ru: сумма, en: amount},
               question: {ru: Сколько?, en: How much?}}
      urgent: {type: boolean, label: {ru: срочно, en: urgent}, question: {ru: Да?, en: Is it?}}
      since: {type: date, label: {ru: с, en: since}, question: {ru: С?, en: Since?}}
    clauses:
      "2.1": {where: п. 2.1, summary: {ru: Пункт., en: A clause.}, fingerprint: "sha256:HASH"}
    decisions:
      rate:
        label: {ru: ставка, en: rate}
        type: decimal
        places: 2
        table: rates.csv
        otherwise: {then: 0, because: {ru: Нет., en: None.}}
      word:
        label: {ru: слово, en: word}
        type: text
        table: words.csv
        otherwise: {then: "0", because: {ru: Нет., en: None.}}
    """
).replace("HASH", "0" * 64)
RATES = [
    [
        "id",
        "kind",
        "code",
        "tags",
        "amount",
        "urgent",
        "since",
        "clauses",
        "then",
        "because.ru",
        "because.en",
    ],
    ["a", "free", "007", "", "at_most 10", "", "", "2.1", "1.50", "Да, так", "Yes, so"],
    ["b", "7", "true | null", "", "", "true", "after 2026-01-01", "", "2.50", "Да", "Yes"],
    ["c", "", "no", "includes_any 1 b", "", "", "", "2.1", "3", "Да", "Yes"],
]
WORDS = [["code", "then"], ["1.50", "2.10"], ["12", "true"], ["x", "code"]]


def written(rows: list[list[str]], quoting: int, separator: str, end: str) -> str:
    text = io.StringIO()
    csv.writer(text, delimiter=separator, quoting=quoting, lineterminator=end).writerows(rows)
    return text.getvalue()


def policy_in(folder: Path, quoting: int, separator: str = ",", end: str = "\n") -> Policy:
    (folder / "policy.yaml").write_text(POLICY, encoding="utf-8")
    for name, rows in (("rates.csv", RATES), ("words.csv", WORDS)):
        text = written(rows, quoting, separator, end)
        (folder / name).write_text("\ufeff" + text, encoding="utf-8", newline="")
    return load_policy(folder)


@pytest.fixture
def bare(tmp_path_factory: pytest.TempPathFactory) -> Policy:
    return policy_in(tmp_path_factory.mktemp("bare"), csv.QUOTE_MINIMAL)


@pytest.mark.parametrize("separator", [",", ";"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_table_in_quotes_is_the_table_without(
    bare: Policy, tmp_path: Path, separator: str, end: str
) -> None:
    quoted = policy_in(tmp_path, csv.QUOTE_ALL, separator, end)

    assert quoted == bare


DAY = {"day": "2026-03-01"}
DECIDED = [
    ({"kind": "free", "code": "007", "amount": 5}, "1.50"),
    ({"kind": "free", "code": "7", "amount": 5}, "0.00"),
    ({"kind": "7", "code": "true", "urgent": True, "since": "2026-01-02"}, "2.50"),
    ({"kind": "7", "code": None, "urgent": True, "since": "2026-01-02"}, "2.50"),
    ({"kind": "7", "code": None, "urgent": False, "since": "2026-01-02"}, "0.00"),
    ({"kind": "7", "code": "no", "tags": ["1"], "urgent": False}, "3.00"),
]


@pytest.mark.parametrize(("facts", "rate"), DECIDED)
@pytest.mark.parametrize("quoting", [csv.QUOTE_ALL, csv.QUOTE_MINIMAL])
def test_a_cell_means_what_its_column_holds(
    tmp_path: Path, facts: dict[str, object], rate: str, quoting: int
) -> None:
    policy = policy_in(tmp_path, quoting)
    (version,) = policy.versions
    again = Policy((read_content(content_of(version), "stored"),))

    whole = {"tags": [], "amount": 50, "urgent": False, "since": "2025-01-01"} | facts
    for one in (policy, again):
        assert str(one.decide(whole, at="2026-03-01")["rate"].outcome) == rate


@pytest.mark.parametrize(
    ("code", "word"), [("1.50", "2.10"), ("12", "true"), ("x", "x"), ("1.5", "0")]
)
def test_what_a_row_gives_is_of_the_type_of_its_decision(
    bare: Policy, code: str, word: str
) -> None:
    assert bare.decide({"code": code}, at="2026-03-01")["word"].outcome == word


def test_a_quoted_cell_that_does_not_fit_is_told_at_its_place(tmp_path: Path) -> None:
    (tmp_path / "policy.yaml").write_text(POLICY, encoding="utf-8")
    (tmp_path / "words.csv").write_text('"code","then"\n"x","x"\n', encoding="utf-8")
    (tmp_path / "rates.csv").write_text('"amount","then"\n"1 000","5"\n"5","a,b"\n', "utf-8")

    with pytest.raises(Refused) as refused:
        load_policy(tmp_path)

    heads = [one.to_text("en").splitlines()[0] for one in refused.value.problems]
    assert [head.rpartition("/")[2][:14] for head in heads] == ["rates.csv:2:1:", "rates.csv:3:5:"]
    assert (
        refused.value.problems[0].hint.to("en") == "`1 000` is text in this language; write `1000`"
    )


RECORDS = """\
policy: loans
version: "1"
title: loans
languages: [en]
holds_from: 2000-01-01
known_from: 2000-01-01
time_zone: UTC
facts:
  age: {type: integer, label: age}
  code: {type: text, label: code}
decisions:
  approval:
    label: approval
    type: record
    fields: {status: text, rate: {type: decimal, places: 2}, code: {type: text, nullable: true}}
    table: approval.csv
  letter:
    label: letter
    outcomes: {send: send, wait: wait}
    table: letter.csv
    otherwise: {then: wait}
"""
APPROVAL = """\
age,then.status,then.rate,then.code
at_least 18,007,1.50,same_as code
less_than 18,no,0,null
"""


def loans(tmp_path: Path, approval: str = APPROVAL) -> Policy:
    (tmp_path / "loans.yaml").write_text(RECORDS, "utf-8")
    (tmp_path / "approval.csv").write_text(approval, "utf-8")
    (tmp_path / "letter.csv").write_text("approval.status,then\n007,send\n", "utf-8")
    return load_policy(tmp_path / "loans.yaml")


def test_a_table_gives_records_a_column_a_field(tmp_path: Path) -> None:
    policy = loans(tmp_path)
    old, young = (policy.decide({"age": age, "code": "x"}) for age in (18, 17))

    assert old["approval"].value == {"status": "007", "rate": Decimal("1.50"), "code": "x"}
    assert young["approval"].value == {"status": "no", "rate": 0, "code": None}
    assert (old["letter"].value, young["letter"].value) == ("send", "wait")


def test_a_column_of_no_field_and_a_cell_that_is_missing_are_told(tmp_path: Path) -> None:
    for old, new in (("then.rate", "then.rat"), ("less_than 18,no,0", "less_than 18,no,")):
        with pytest.raises(Refused) as refused:
            loans(tmp_path, APPROVAL.replace(old, new))
        assert {one.code for one in refused.value.problems} == {"wrong-fields"}
        assert refused.value.problems[0].place is not None

"""`check`, `test` and `show`: what is said of a policy, and with which status."""

from __future__ import annotations

import json
from pathlib import Path
from textwrap import dedent

import pytest

from reglament import Refused, load_policy
from reglament.analysis.source_text import fingerprint
from support.cli_runner import run
from support.refunds import YES_NO, written

WEEK = "Goods come back in a week."
TEXT = f"Returns\n\n{WEEK}\n"
HEAD = """
policy: refunds
version: "1"
title: {ru: Возвраты, en: Refunds}
holds_from: 2024-01-01
known_from: 2024-01-01
chosen_by: asked.at
time_zone: Europe/Moscow
facts:
  asked.at: {type: datetime, label: {ru: когда, en: when}}
  kind: {type: choice, options: {book: {ru: книга, en: book}, toy: {ru: игрушка, en: toy}}}
  shop: {type: choice, options: {web: {ru: сайт, en: web}, post: {ru: почта, en: post}}}
"""
CLAUSES = f"""
clauses:
  title:
    where: Returns
    summary: {{ru: заглавие, en: title}}
    fingerprint: "{fingerprint("Returns")}"
    no_rule: {{ru: заглавие ничего не велит, en: a title orders nothing}}
  week:
    where: Returns / 1
    summary: {{ru: неделя, en: a week}}
    fingerprint: "{fingerprint(WEEK)}"
"""
DECISION = f"""
decisions:
  d:
    {YES_NO}
    rules:
      - {{id: r-web, when: {{shop: web}}, then: yes, clauses: [week]}}
      - {{id: r-book, when: {{kind: book, shop: post}}, then: yes}}
    otherwise: {{then: no}}
"""
EXAMPLES = """
examples:
  - {name: the web pays back, facts: {asked.at: 2024-05-01T12:00:00, shop: web}, expect: {d: yes}}
  - name: the post does not
    facts: {shop: post, kind: toy}
    expect: {d: {outcome: yes, rules: [r-web]}}
"""


@pytest.fixture
def policy(tmp_path: Path) -> Path:
    return written(tmp_path / "returns", HEAD, CLAUSES, DECISION, EXAMPLES)


@pytest.fixture
def text(tmp_path: Path) -> Path:
    path = tmp_path / "returns.md"
    path.write_text(TEXT, "utf-8")
    return path


def test_a_policy_that_reads_well_is_counted(policy: Path) -> None:
    checked = run("check", "--policy", policy)

    assert checked.exit_code == 0
    assert checked.stdout.splitlines()[0] == (
        "`refunds` 1: read without errors (decisions: 1, rules: 3, clauses: 2, examples: 2)"
    )


@pytest.mark.slow
def test_the_bundled_policy_reads_well() -> None:
    checked = run("check")

    assert "read without errors" in checked.stdout
    assert "error" not in checked.stdout.replace("errors: 0", "").replace("without errors", "")


@pytest.mark.parametrize(
    ("language", "message"),
    [("en", "unknown fact `shpo`"), ("ru", "`shpo`")],
)
def test_every_mistake_is_shown_at_its_line(policy: Path, language: str, message: str) -> None:
    part = policy / "part2.yaml"
    part.write_text(DECISION.replace("shop: web", "shpo: web").replace("[week]", "[weak]"), "utf-8")

    refused = run("check", "--policy", policy, "--lang", language)

    assert refused.exit_code == 2
    assert f"{part}:6:28: " in refused.stderr
    assert message in refused.stderr
    assert "`weak`" in refused.stderr
    assert "^^^^" in refused.stderr


def test_mistakes_are_told_to_programs_too(policy: Path) -> None:
    (policy / "part2.yaml").write_text(DECISION.replace("shop: web", "shpo: web"), "utf-8")

    refused = run("check", "--policy", policy, "--json")

    assert refused.exit_code == 2
    (problem,) = json.loads(refused.stdout)["problems"]
    assert (problem["code"], problem["line"], problem["column"]) == ("unknown-fact", 6, 28)


def test_a_text_that_the_register_covers_is_covered(policy: Path, text: Path) -> None:
    checked = run("check", "--policy", policy, "--source", text)

    assert checked.exit_code == 0
    assert "2 of 2 clauses found, 0 changed, 0 missing, 0 places without a clause" in checked.stdout


def test_a_changed_word_names_its_clause_and_the_rules_that_cite_it(
    policy: Path, text: Path
) -> None:
    former = text.with_name("former.md")
    former.write_text(TEXT, "utf-8")
    text.write_text(TEXT.replace("week", "month"), "utf-8")

    checked = run("check", "--policy", policy, "--source", text, "--former", former)

    assert checked.exit_code == 1
    assert f"{text}:3: the clause `week` changed (Returns / 1)" in checked.stdout
    assert "   - Goods come back in a week.\n   + Goods come back in a month." in checked.stdout
    assert "   = cited by `r-web`" in checked.stdout


def test_a_clause_that_is_gone_and_a_sentence_without_one_are_named(
    policy: Path, text: Path
) -> None:
    text.write_text("Returns\n", "utf-8")
    gone = run("check", "--policy", policy, "--source", text, "--lang", "ru")
    text.write_text(TEXT + "\nBooks do not.\n", "utf-8")
    bare = run("check", "--policy", policy, "--source", text, "--json")

    assert gone.exit_code == bare.exit_code == 1
    assert "пункта `week` больше нет (Returns / 1): неделя" in gone.stdout
    (block,) = json.loads(bare.stdout)["source"]["uncovered"]
    assert (block["line"], block["text"]) == (5, "Books do not.")


def test_a_text_that_cannot_be_read_is_refused(policy: Path) -> None:
    refused = run("check", "--policy", policy, "--source", "nowhere.md")

    assert (refused.exit_code, refused.stdout) == (2, "")
    assert "file not found: `nowhere.md`" in refused.stderr


def test_an_example_that_fails_is_named_with_what_was_found(policy: Path) -> None:
    tried = run("test", "--policy", policy)

    assert tried.exit_code == 1
    assert tried.stdout == dedent(f"""\
        {policy}/part3.yaml:4: example failed: the post does not
           `d`, outcome: expected "yes", found "no"
           `d`, rules: expected ["r-web"], found ["d-otherwise"]
        no example makes the rule `r-book` apply
        `refunds` 1: 2 examples, 1 failed, 1 rule without an example
        """)


def test_failing_examples_are_told_to_programs_too(policy: Path) -> None:
    (version,) = json.loads(run("test", "--policy", policy, "--json").stdout)["versions"]

    (failed,) = version["failed"]
    assert failed["name"] == "the post does not"
    assert failed["mismatches"][0] == {
        "decision": "d", "aspect": "outcome", "expected": "yes", "found": "no",
    }  # fmt: skip
    assert version["unreached"] == ["r-book"]


def test_examples_that_pass_leave_status_0(policy: Path) -> None:
    (policy / "part3.yaml").write_text(
        EXAMPLES.splitlines(keepends=True)[1] + EXAMPLES.splitlines()[2]
    )

    tried = run("test", "--policy", policy, "--lang", "ru")

    assert tried.exit_code == 0
    assert "ни в одном примере не применяется правило `r-book`" in tried.stdout


@pytest.mark.slow
def test_the_examples_of_the_bundled_policy_pass_and_reach_every_rule() -> None:
    tried = json.loads(run("test", "--json").stdout)

    assert tried["is_fine"]
    assert [version["unreached"] for version in tried["versions"]] == [[]]


@pytest.mark.parametrize(
    ("language", "title"),
    [("ru", "# Регламент работы технической поддержки"), ("en", "# Technical support regulation")],
)
def test_the_page_of_a_policy_is_markdown_where_it_is_piped(language: str, title: str) -> None:
    shown = run("show", "--lang", language)

    assert shown.exit_code == 0
    assert shown.stdout.startswith(title)
    assert "(`scope-no-visits`)" in shown.stdout


@pytest.mark.parametrize(
    ("language", "message"),
    [
        ("en", "no policy was named\n"
               "   = name a bundled policy, a file or a folder; `.` is the current folder\n"),
        ("ru", "не указано имя регламента\n"
               "   = укажите имя регламента из поставки, файл или папку; текущая папка — `.`\n"),
    ],
)  # fmt: skip
def test_an_empty_name_is_no_policy_and_no_current_folder(
    policy: Path, monkeypatch: pytest.MonkeyPatch, language: str, message: str
) -> None:
    monkeypatch.chdir(policy)
    refused = run("check", "--policy", "", "--lang", language)

    assert (refused.stderr, refused.stdout, refused.exit_code) == (message, "", 2)
    assert load_policy(".").id == "refunds"
    with pytest.raises(Refused, match="no policy was named"):
        load_policy("")

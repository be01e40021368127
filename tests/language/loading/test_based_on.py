"""A version that says only what differs from another one: `based_on`, `without`."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from shutil import copytree
from textwrap import dedent

import pytest

from reglament import Policy, Refused, load_policy
from reglament.analysis.worked_examples import try_examples
from reglament.language.loading.version_loader import read_policy, read_version
from reglament.language.syntax.bundled import policies_folder
from reglament.model.problems import Problem

BASE = """
policy: fees
version: "2024-01-01"
title: {ru: Плата, en: Fees}
holds_from: 2024-01-01
known_from: 2024-01-01
chosen_by: asked.on
time_zone: UTC
facts:
  asked.on: {type: date, label: {ru: день, en: day}}
  size:
    type: choice
    options: {small: {ru: малый, en: small}, large: {ru: большой, en: large}}
    label: {ru: размер, en: size}
parameters:
  price: {type: integer, value: 10, label: {ru: цена, en: price}}
readings:
  tie:
    question: {ru: Как?, en: How?}
    chosen: up
    alternatives: {up: {ru: вверх, en: up}, down: {ru: вниз, en: down}}
    because: {ru: Так., en: So.}
decisions:
  fee:
    label: {ru: плата, en: fee}
    type: integer
    rules:
      - {id: small, when: {size: small}, then: price, because: {ru: Малый., en: Small.}}
      - {id: large, when: {size: large}, then: 30}
    otherwise: {then: 99}
  door:
    label: {ru: дверь, en: door}
    outcomes: {open: {ru: открыта, en: open}, shut: {ru: закрыта, en: shut}}
    table:
      - {id: door-small, size: small, then: open}
      - {id: door-large, size: large, then: shut}
examples:
  - name: a small one
    facts: {asked.on: 2024-05-01, size: small}
    expect: {fee: 10, door: open}
  - name: in its own year
    at: 2024-05-01
    facts: {size: large}
    expect: {fee: 30}
"""
HEAD = """
version: "2025-01-01"
based_on: "2024-01-01"
holds_from: 2025-01-01
known_from: 2024-12-01
"""


def files(own: str, base: str = BASE) -> dict[str, str]:
    return {
        "2024-01-01/policy.yaml": base,
        "2025-01-01/policy.yaml": HEAD + dedent(own).strip("\n") + "\n",
    }


def fee(policy: Policy, size: str, day: str = "2025-05-01", of: str = "fee") -> object:
    return policy.decide({"asked.on": day, "size": size})[of].value


def refused(given: Mapping[str, str]) -> list[Problem]:
    with pytest.raises(Refused) as found:
        Policy.from_text(given)
    return list(found.value.problems)


@pytest.mark.parametrize(
    ("own", "of", "before", "after"),
    [
        ("parameters: {price: {value: 12}}", "fee", (10, 30), (12, 30)),
        ("parameters: {price: {values: {2025-01-01: 13}}}", "fee", (10, 30), (13, 30)),
        ("decisions: {fee: {rules: [{id: large, then: 31}]}}", "fee", (10, 30), (10, 31)),
        ("decisions: {fee: {rules: [{id: new, when: {size: large}, then: 0, overrides: [large]}]}}",
         "fee", (10, 30), (10, 0)),
        ("without: {rules: [large]}", "fee", (10, 30), (10, 99)),
        ("without: {rules: [large]}\ndecisions: {fee: {otherwise: {then: 7}}}",
         "fee", (10, 30), (10, 7)),
        ("decisions: {door: {table: [{id: door-large, then: open}]}}",
         "door", ("open", "shut"), ("open", "open")),
        ("decisions: {fee: {table: [{then: 5}]}}", "fee", (10, 30), (5, 5)),
    ],
)  # fmt: skip
def test_what_it_says_stands_in_the_place_of_what_stood_there(
    own: str, of: str, before: tuple[object, ...], after: tuple[object, ...]
) -> None:
    policy = Policy.from_text(files(own))

    assert tuple(fee(policy, size, of=of) for size in ("small", "large")) == after
    earlier = (fee(policy, size, "2024-05-01", of) for size in ("small", "large"))
    assert tuple(earlier) == before


def test_what_it_does_not_say_is_as_it_was() -> None:
    [before, after] = Policy.from_text(files("parameters: {price: {value: 12}}")).versions

    assert after.rule("small").because == before.rule("small").because
    assert after.parameters["price"].label == before.parameters["price"].label
    assert after.facts == before.facts
    assert (after.policy, after.zone, after.chosen_by) == ("fees", "UTC", "asked.on")


def test_it_is_the_same_version_as_one_written_out() -> None:
    based = Policy.from_text(files("readings: {tie: {chosen: down}}"))
    written = BASE.replace("chosen: up", "chosen: down").replace("10", "10")
    head, _, rest = written.partition("title:")
    whole = (
        HEAD.replace('based_on: "2024-01-01"\n', "")
        + "policy: fees\ntitle:"
        + rest.replace("holds_from: 2024-01-01\nknown_from: 2024-01-01\n", "").replace(
            "    facts: {asked.on: 2024", "    at: 2025-01-01\n    facts: {asked.on: 2024"
        )
    )
    own = Policy.from_text({"2024-01-01/p.yaml": BASE, "2025-01-01/p.yaml": whole})

    assert head
    assert based.versions[1].digest == own.versions[1].digest
    assert based == own


def test_options_and_outcomes_are_added_to() -> None:
    policy = Policy.from_text(files("facts: {size: {options: {huge: {ru: огромный, en: huge}}}}"))
    assert [version.facts["size"].type.options for version in policy.versions] == [
        ("small", "large"),
        ("small", "large", "huge"),
    ]


def test_a_chain_of_versions() -> None:
    later = HEAD.replace("2025", "2026").replace('"2024-01-01"', '"2025-01-01"')
    policy = Policy.from_text(
        files("parameters: {price: {value: 12}}")
        | {"2026-01-01/p.yaml": later + "decisions: {fee: {rules: [{id: large, then: 40}]}}\n"}
    )

    assert (fee(policy, "small", "2026-05-01"), fee(policy, "large", "2026-05-01")) == (12, 40)
    assert [len(version.examples) for version in policy.versions] == [2, 1, 1]


def test_examples_are_taken_over_and_judged_by_the_new_version() -> None:
    own = """
    decisions: {fee: {rules: [{id: large, then: 31}]}}
    parameters: {price: {value: 12}}
    """
    version = Policy.from_text(files(own)).versions[1]
    policy = Policy((version,))
    report = try_examples(version, lambda one: policy.decide(one.facts, at=one.at))

    assert [(one.name, one.at) for one in version.examples] == [("a small one", "2025-01-01")]
    assert [failed.example.name for failed in report.failed] == ["a small one"]
    place = version.examples[0].place
    assert place is not None
    assert place.file.endswith("2024-01-01/policy.yaml")
    assert place.line == BASE.splitlines().index("  - name: a small one") + 1


@pytest.mark.parametrize(
    "own",
    [
        "without: {examples: [a small one]}",
        """
        examples:
          - {name: a small one, facts: {asked.on: 2025-05-01, size: small}, expect: {fee: 10}}
        """,
    ],
)
def test_an_example_is_taken_away_or_written_anew(own: str) -> None:
    version = Policy.from_text(files(own)).versions[1]
    assert [one.at for one in version.examples] == ([] if "without" in own else [None])


@pytest.mark.parametrize(
    ("own", "code", "file", "line", "hint"),
    [
        ("facts: {size: {options: {huge: 1}}}", "wrong-type", "2025", 6, ""),
        ("parameters: {prise: {value: 12}}", "missing-key", "2025", 6, ""),
        ("decisions: {fee: {rules: [{id: larje, when: {}}]}}", "missing-key", "2025", 6, ""),
        ("without: {rules: [larje]}", "unknown-removed", "2025", 6, "large"),
        ("without: {facts: [size]}", "unknown-fact", "2024", 28, ""),
        ("without: {rulez: [large]}", "unknown-key", "2025", 6, "rules"),
        ("decisions: {fee: {rules: [{id: large, when: {sise: large}}]}}",
         "unknown-fact", "2025", 6, "size"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_at_its_line_in_either_file(
    own: str, code: str, file: str, line: int, hint: str
) -> None:
    found = refused(files(own))

    places = {(one.code, one.place.file[:4], one.place.line) for one in found if one.place}
    assert (code, file, line) in places, [one.to_text("en") for one in found]
    assert hint in " ".join(one.hint.to("en") for one in found if one.hint)
    for one in found:
        assert one.place is not None
        text = files(own)[one.place.file]
        assert one.source_line == text.splitlines()[one.place.line - 1]


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_unknown_bases_and_circles_are_refused_at_their_place(lang: str) -> None:
    [unknown] = refused(files("") | {"2025-01-01/policy.yaml": HEAD.replace('"2024', '"2023')})
    assert (unknown.code, unknown.place and unknown.place.line) == ("unknown-version", 3)
    assert unknown.to_text(lang)

    circle = refused(files("", BASE.replace("title:", 'based_on: "2025-01-01"\ntitle:')))
    assert {one.code for one in circle} == {"based-on-circle"}
    itself = refused({"1/p.yaml": BASE.replace("title:", 'based_on: "2024-01-01"\ntitle:')})
    assert [one.code for one in itself] == ["based-on-circle"]
    [alone] = refused({"p.yaml": BASE + "without: {rules: [large]}\n"})
    assert alone.code == "without-no-base"


def test_a_mistake_of_the_base_is_told_once() -> None:
    found = refused(files("", BASE.replace("{size: small}", "{sise: small}")))
    assert [(one.code, one.place and one.place.file) for one in found] == [
        ("unknown-fact", "2024-01-01/policy.yaml")
    ]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in files("parameters: {price: {value: 12}}").items():
        path = tmp_path / "fees" / name
        path.parent.mkdir(parents=True)
        path.write_text(text, "utf-8")
    return tmp_path / "fees"


def test_its_folder_alone_finds_its_base_beside(folder: Path) -> None:
    version = read_version(folder / "2025-01-01")
    assert version.digest == read_policy(folder)[1].digest


def test_what_is_kept_of_it_is_not_out_of_date_when_its_base_changes(
    folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("REGLAMENT_CACHE", str(tmp_path / "cache"))
    for expected in (30, 35):
        policy = load_policy(folder / "2025-01-01", is_cached=True)
        assert fee(policy, "large") == expected
        base = folder / "2024-01-01" / "policy.yaml"
        base.write_text(base.read_text("utf-8").replace("then: 30", "then: 35"), "utf-8")


def test_a_bundle_holds_it_whole(folder: Path, tmp_path: Path) -> None:
    policy = load_policy(folder)
    path = tmp_path / "fees.bundle.json"
    path.write_text(policy.bundle(), "utf-8")

    assert load_policy(path) == policy
    assert fee(load_policy(path), "small") == 12


@pytest.mark.slow
@pytest.mark.parametrize("name", ["technical-support", "library-fees", "annual-leave"])
def test_of_a_shipped_policy_the_next_version_decides_as_the_last(
    name: str, tmp_path: Path
) -> None:
    folder = tmp_path / name
    copytree(policies_folder() / name, folder)
    last = read_policy(folder)[-1]
    made = folder / "2030-01-01"
    made.mkdir()
    (made / "policy.yaml").write_text(
        f'version: "2030-01-01"\nbased_on: "{last.version}"\nholds_from: 2030-01-01\n'
        "known_from: 2029-01-01\n",
        "utf-8",
    )
    version = read_version(made)

    assert version.decisions == last.decisions
    assert version.facts == last.facts
    policy = Policy((version,))
    report = try_examples(version, lambda one: policy.decide(one.facts, at=one.at))
    assert (report.failed, report.unreached) == ((), ())

"""Texts of a policy: in which languages, in which files, and what a reader of another one gets."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from reglament import load_policy
from reglament.language.loading.files.content import content_of
from reglament.language.loading.files.written_texts import TEXTS, Shape
from reglament.language.loading.version_loader import read_content, read_version
from reglament.language.syntax.bundled import schema_text
from reglament.language.syntax.source import Scalar, Source, plain
from reglament.language.syntax.yaml_text import parse_yaml
from reglament.model.problems import Place, Refused
from reglament.model.words import Text
from reglament.policy import Policy
from support.cli_runner import run
from support.laws import examples, sample

SCHEMA = json.loads(schema_text("policy"))
POLICY = Path(__file__).with_name("texts_everywhere.yaml").read_text("utf-8")
SOURCE: Any = plain(parse_yaml(Source("policy", POLICY), []) or Scalar(None, "", False, Place("")))


def texts_in(node: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The path of every text, as keys and indices."""
    if isinstance(node, dict) and set(node) == {"ru", "en"}:
        yield path
        return
    pairs = dict(enumerate(node)) if isinstance(node, list) else node
    for key, below in pairs.items() if isinstance(pairs, dict) else ():
        yield from texts_in(below, (*path, key))


EVERY = tuple(texts_in(SOURCE))


def path_in_file(path: tuple[Any, ...]) -> tuple[str, ...]:
    """Where a file of texts has what stands at a path of the rules."""
    if path[0] == "reactions":
        return ("reactions", SOURCE["reactions"][path[1]]["id"], path[2])
    if path[0] == "decisions" and path[2] in ("rules", "requirements"):
        return ("rules", SOURCE["decisions"][path[1]][path[2]][path[3]]["id"], path[4])
    if path[0] == "decisions" and path[2] == "table":
        return ("rules", f"{path[1]}-row-{path[3] + 1}", path[4])
    if path[0] == "tables":
        return (*path[:3], f"row-{path[3] + 1}", path[4])
    if path[0] == "decisions" and path[2:3] == ("groups",):
        rule = SOURCE["decisions"][path[1]]["groups"][path[3]][path[4]][path[5]]
        return ("rules", rule.get("id", f"{path[1]}-{path[3]}-row-{path[5] + 1}"), path[6])
    if path[0] == "decisions" and path[2] == "otherwise":
        return ("rules", f"{path[1]}-otherwise", path[3])
    if path[0] == "explain" and path[-1] == "text":
        return (*path[:-2], str(path[-2] + 1))
    return path


def spread(folder: Path, moved: Any, head: Mapping[str, Any]) -> Path:
    """The policy in a folder, the English of the texts at the paths `moved` in its own file."""
    source, english = copy.deepcopy(SOURCE), {}
    for path in moved:
        above: Any = source
        for step in path[:-1]:
            above = above[step]
        text = above[path[-1]]
        above[path[-1]] = text["ru"]
        below: dict[str, Any] = english
        *way, last = path_in_file(path)
        for step in way:
            below = below.setdefault(step, {})
        below[last] = text["en"]
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "policy.yaml").write_text(json.dumps({**head, **source}), "utf-8")
    if english:
        (folder / "texts.en.yaml").write_text(json.dumps(english), "utf-8")
    return folder


def alone(tmp_path: Path, language: str, told: str = "") -> Path:
    """The policy in one language, its texts plain; it is `told` to be in another one."""
    source = copy.deepcopy(SOURCE)
    for path in EVERY:
        above: Any = source
        for step in path[:-1]:
            above = above[step]
        above[path[-1]] = above[path[-1]][language]
    source["calendars"]["week"]["years"]["2024"]["days_off"].pop("2024-01-08")
    path = tmp_path / "policy.yaml"
    path.write_text(json.dumps({"language": 1, "languages": [told or language], **source}), "utf-8")
    return path


def code_of(path: Path) -> list[str]:
    with pytest.raises(Refused) as refused:
        read_version(path)
    return [problem.code for problem in refused.value.problems]


# Where texts stand


def of_schema(schema: Any, path: tuple[str, ...] = (), seen: tuple[str, ...] = ()) -> set[str]:
    """The paths of a schema that lead to a text, or to the plural forms of one."""
    if not isinstance(schema, dict):
        return set()
    name = schema.get("$ref", "").rpartition("/")[2]
    if name == "text" or path[-1:] == ("unit",):
        return {".".join(path)}
    found: set[str] = set()
    if name and name not in seen:
        found |= of_schema(SCHEMA["$defs"][name], path, (*seen, name))
    if name in seen:
        return found
    for key in ("then", "else"):
        found |= of_schema(schema.get(key), path, seen)
    for key, below in schema.get("properties", {}).items():
        found |= of_schema(below, (*path, key), seen)
    for key in ("items", "additionalProperties"):
        found |= of_schema(schema.get(key), (*path, "*"), seen)
    return found


@cache
def places() -> frozenset[str]:
    """Where the schema lets a text stand."""
    return frozenset(of_schema(SCHEMA))


def of_table(shape: Shape, path: tuple[str, ...] = ()) -> set[str]:
    if isinstance(shape, str):
        return {".".join(path)}
    return set().union(*(of_table(below, (*path, key)) for key, below in shape.items()))


def test_texts_are_looked_for_wherever_the_schema_lets_one_stand() -> None:
    # One shape serves rules, requirements and rows; a letter says one text, or one or several
    # with conditions.
    known = (of_table(TEXTS) | {"explain.say.*.*.text", "explain.say.*.*.*.text"}) - {
        "decisions.*.rules.*.unless",
        "decisions.*.table.*.unless",
        "tables.*.rows.*.unless",
        "decisions.*.groups.*.rules.*.unless",
        "decisions.*.groups.*.table.*.unless",
        "reactions.*.unless",
    }
    # A field of an item is a fact, and the schema says once what a fact is.
    of_fields = {path for path in known if path.startswith("facts.*.item.fields.")}
    own = {path.replace("item.fields.*.", "") for path in of_fields}

    assert known - of_fields == places()
    # A list inside the items of a list is once more like one.
    assert own == {path for path in places() if path.startswith("facts.")}


def test_a_file_of_texts_has_the_sections_that_hold_texts() -> None:
    sections = json.loads(schema_text("texts"))["properties"]

    assert set(sections) == {*TEXTS, "rules"}


def test_the_policy_of_these_tests_has_a_text_at_every_place() -> None:
    said = {re.sub(r"\.\d+\.", ".*.", ".".join(map(str, path))) for path in EVERY}
    named = places() - {
        "parameters.*.options.*",
        "decisions.*.item.options.*",
        "decisions.*.fields.*.options.*",
    }

    def is_met(pattern: str) -> bool:
        wanted = re.escape(pattern).replace(r"\*", ".+")
        return any(re.fullmatch(wanted, path) for path in said)

    missed = {pattern for pattern in named if not is_met(pattern)}
    assert missed == {"calendars.*.years.*.working_days.*"}


# How they are spread


@given(moved=st.sets(st.sampled_from(EVERY)), head=st.sampled_from([{}, {"language": 1}]))
@examples(15)
def test_wherever_a_translation_stands_it_is_the_same_version(
    moved: set[tuple[Any, ...]], head: dict[str, Any], tmp_path_factory: pytest.TempPathFactory
) -> None:
    whole = read_version(spread(tmp_path_factory.mktemp("whole"), (), {}))

    # A reason of a day may be a word of `day_names`: plain, it is one.
    moved = {path for path in moved if "days_off" not in path}
    head = {**head, "languages": ["ru", "en"]}
    version = read_version(spread(tmp_path_factory.mktemp("spread"), sorted(moved, key=str), head))

    assert version.digest == whole.digest
    assert version.languages == ("ru", "en")
    assert read_content(content_of(version), "stored").digest == whole.digest


@pytest.mark.parametrize(
    "path", sample([(one,) for one in EVERY if "days_off" not in one], 14), ids=str
)
def test_a_text_that_a_file_lacks_is_missing_at_its_place(
    path: tuple[Any, ...], tmp_path: Path
) -> None:
    folder = spread(tmp_path, [path], {"languages": ["ru", "en"]})
    (folder / "texts.en.yaml").write_text("facts: {}\n", "utf-8")

    with pytest.raises(Refused) as refused:
        read_version(folder)

    (problem,) = refused.value.problems
    assert problem.code == "text-missing"
    assert problem.hint is not None
    assert ": ".join(path_in_file(path)) in problem.hint.to("en")


def test_languages_are_those_of_the_title_where_none_are_declared(tmp_path: Path) -> None:
    declared = read_version(spread(tmp_path / "a", (), {"languages": ["ru", "en"]}))
    undeclared = read_version(spread(tmp_path / "b", (), {}))

    assert declared.languages == undeclared.languages == ("ru", "en")
    assert declared.digest == undeclared.digest


# One language


@pytest.mark.parametrize("language", ["ru", "en", "de", "fr"])
def test_a_policy_in_one_language_is_whole(language: str, tmp_path: Path) -> None:
    policy = load_policy(alone(tmp_path, "en", language))

    document = policy.decide({"kind": "letter", "asked.at": "2024-01-08T12:00"}).to_dict()

    (because,) = document["decisions"]["answer"]["because"].items()
    assert because[0] == language
    assert because[1].startswith("Letters are taken, by ")
    assert (
        list(Draft202012Validator(json.loads(schema_text("decision"))).iter_errors(document)) == []
    )


@pytest.mark.parametrize(
    "command",
    sample([
        "decide REQUEST",
        "explain REQUEST",
        "explain REQUEST --for auditor",
        "show",
        "show --diagram answer",
        "readings",
        "matrix",
    ], 3),
)  # fmt: skip
def test_a_text_in_another_language_than_the_readers_says_so(command: str, tmp_path: Path) -> None:
    policy = alone(tmp_path, "en")
    (tmp_path / "request.json").write_text('{"kind": "letter", "asked.at": "2024-01-08T12:00"}')
    given = [str(tmp_path / "request.json") if one == "REQUEST" else one for one in command.split()]

    own = run(*given, "--policy", policy, "--lang", "en")
    other = run(*given, "--policy", policy, "--lang", "ru")

    assert "[en]" not in own.output
    assert "[en]" in other.output
    assert own.exit_code == other.exit_code == 0


def test_a_question_in_another_language_says_so(tmp_path: Path) -> None:
    policy = alone(tmp_path, "en")
    asked = run("ask", "--policy", policy, "--lang", "de", stdin="\n")

    assert "Of what kind? [en]" in asked.output


def test_a_log_page_in_another_language_says_so(tmp_path: Path) -> None:
    policy, log = alone(tmp_path, "en"), tmp_path / "log.db"
    (tmp_path / "request.json").write_text('{"kind": "letter", "asked.at": "2024-01-08T12:00"}')
    run("decide", tmp_path / "request.json", "--policy", policy, "--log", log)

    assert run("log", "verify", log).exit_code == 0
    page = tmp_path / "page.html"
    assert run("log", "show", log, 1, "--lang", "ru", "--output", page).exit_code == 0
    assert "accepted [en]" in page.read_text("utf-8")


def test_a_text_falls_back_to_english_or_to_the_first_language() -> None:
    assert Text(ru="да", en="yes").to("de") == "yes [en]"
    assert Text(fr="oui", de="ja").to("ru") == "oui [fr]"
    assert Text(fr="oui", de="ja").to("de") == "ja"
    assert Text(en="24/7").to("ru") == "24/7"
    assert Text(ru="да", en="yes") == Text(en="yes", ru="да")
    assert hash(Text(ru="да", en="yes")) == hash(Text(en="yes", ru="да"))


def test_an_explanation_is_asked_for_in_a_language_that_there_is(tmp_path: Path) -> None:
    decision = load_policy(alone(tmp_path, "en", "fr")).decide({"kind": "letter"})

    assert decision.explain("fr").startswith("Answer: accepted.")
    assert "accepted [fr]" in decision.explain("ru")
    with pytest.raises(LookupError):
        decision.explain("xx")


def test_a_newer_language_is_all_that_is_told(tmp_path: Path) -> None:
    folder = spread(tmp_path, (), {"language": 2})
    (folder / "more.yaml").write_text("wholly: new\n", "utf-8")

    assert code_of(folder) == ["newer-language"]


def test_plain_texts_stand_in_a_list_inside_the_items_of_a_list() -> None:
    """Of a policy in one language, and of a file of texts in another one."""
    inner = {
        "type": "list",
        "at_most": 2,
        "label": "Hinweise",
        "item": {
            "type": "record",
            "called": "note",
            "label": "Hinweis",
            "fields": {"damage": {"type": "boolean", "label": "Schaden", "question": "Schaden?"}},
        },
    }
    line = {"type": "record", "called": "line", "label": "Zeile", "fields": {"notes": inner}}
    fact = {"type": "list", "at_most": 3, "label": "Zeilen", "item": line}
    broken = {"lines": {"some": {"line.notes": {"some": {"note.damage": True}}}}}
    rules = [{"id": "broken", "when": broken, "then": True}]
    decision = {"label": "ganz", "type": "boolean", "rules": rules, "otherwise": {"then": False}}
    head = {"policy": "p", "version": "1", "title": "P", "time_zone": "UTC"}
    days = {"holds_from": "2020-01-01", "known_from": "2020-01-01"}
    policy = {**head, **days, "languages": ["de"], "facts": {"lines": fact}}
    policy["decisions"] = {"whole": decision}

    told = {"lines": [{"notes": [{}]}]}
    assert "Schaden" in Policy.from_text(policy).decide(told).explain("de")

    noted = {"damage": {"label": "damage", "question": "Damage?"}}
    english = {
        "title": "P",
        "facts": {
            "lines": {
                "label": "lines",
                "item": {
                    "label": "line",
                    "fields": {
                        "notes": {"label": "notes", "item": {"label": "note", "fields": noted}}
                    },
                },
            }
        },
        "decisions": {"whole": {"label": "whole"}},
    }
    files = {
        "policy.yaml": json.dumps({**policy, "languages": ["de", "en"]}),
        "texts.en.yaml": json.dumps(english),
    }
    decided = Policy.from_text(files).decide(told)
    assert "Damage (line 1, note 1)" in decided.explain("en")
    assert "Schaden" in decided.explain("de")


def test_what_has_no_label_is_told_by_its_name() -> None:
    (version,) = Policy.from_text(POLICY).versions

    assert version.facts["tags"].label == Text(ru="tags", en="tags")
    assert version.decisions["named"].label == Text(ru="named", en="named")

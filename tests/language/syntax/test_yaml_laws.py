"""Any text gives a tree or problems, and what was written is read back."""

from __future__ import annotations

import json

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from reglament.language.syntax import yaml_text
from reglament.language.syntax.json_text import json_of, json_value, parse_json_lines
from reglament.language.syntax.source import Source, plain
from reglament.language.syntax.yaml_text import parse_yaml
from reglament.model.normal import nfc
from reglament.model.problems import Problem, Refused
from support.laws import LETTER
from support.strict_yaml import LOADERS, read, read_well

LETTERS = st.characters(exclude_categories=["Cc", "Cf", "Cs", "Cn", "Zl", "Zp"])
TEXTS = st.text(LETTERS, max_size=12).map(nfc)
TREES = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**29), 10**29) | TEXTS,
    lambda below: st.lists(below, max_size=4) | st.dictionaries(TEXTS, below, max_size=4),
    max_leaves=12,
)


@given(TREES, st.booleans(), st.sampled_from([None, 1, "\t"]))
def test_json_reads_back_as_it_was(tree, ascii_only, indent):
    assert plain(read_well(json.dumps(tree, ensure_ascii=ascii_only, indent=indent))) == tree


@given(TREES)
def test_json_under_a_yaml_key_reads_as_json_does(tree):
    written = json.dumps(tree, ensure_ascii=False)

    assert plain(read_well(f"? a\n: {written}\n")) == {"a": tree}


@given(st.dictionaries(TEXTS, TEXTS, max_size=5), st.sampled_from(["", '"', "'"]))
def test_dumped_text_reads_back_or_is_a_named_trap(mapping, style):
    text = yaml.safe_dump(mapping, allow_unicode=True, default_style=style or None)

    node, problems = read(text)

    assert {problem.code for problem in problems} <= {"yaml-number", "yaml-blank"}
    assert problems or node is None or plain(node) == mapping


SNIPPETS = st.lists(
    st.sampled_from([*"[]{}:,-?&*!|>'\"%@`#~ \n\t", "\n  ", ": ", "- ", "&a ", "*a", "<<", "1e3"])
    | st.text(LETTER, max_size=3),
    max_size=25,
).map("".join)


@given(st.text(LETTER, max_size=60) | SNIPPETS, st.sampled_from(LOADERS))
def test_any_text_gives_a_tree_or_problems_and_never_an_error(text, loader):
    problems: list[Problem] = []
    source = Source("f", text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(yaml_text, "LOADER", loader)
        node = parse_yaml(source, problems)

    assert node is not None or problems
    for problem in problems:
        assert problem.place is not None
        assert 1 <= problem.place.line <= len(source.lines) + 1
        assert problem.to_text("ru").encode()


@given(SNIPPETS | st.text(LETTER, max_size=40))
def test_any_text_is_taken_as_json_lines(text):
    found = list(parse_json_lines(Source("f", text)))

    refused = [one for one in found if isinstance(one, Refused)]
    assert all(one.to_text("en").encode() and one.problems for one in refused)
    assert len(found) == sum(bool(line.strip(" \t\n\r")) for line in text.split("\n"))


NUMBERS = st.decimals(-(10**9), 10**9, places=6) | st.integers(-(10**29), 10**29)


@given(TREES | st.dictionaries(TEXTS, st.lists(NUMBERS, max_size=3), max_size=3))
def test_what_is_written_as_json_is_read_back_by_either_reader(told):
    (node,) = parse_json_lines(Source("f", json_of(told)))

    assert plain(node) == json_value(json_of(told)) == told


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20))
def test_a_character_of_json_means_the_same_raw_and_escaped(text):
    raw, escaped = (
        plain(node)
        for ascii in (False, True)
        for node in parse_json_lines(Source("f", json.dumps({text: text}, ensure_ascii=ascii)))
    )

    assert raw == escaped == {nfc(text): nfc(text)}

"""The strict reader: what is refused and with which words, where it points, what it gives."""

from __future__ import annotations

import json
from collections import deque
from decimal import Decimal
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from reglament.model.problems import Place, Problem, Refused
from reglament.reading import yaml_text
from reglament.reading.json_text import parse_json_lines
from reglament.reading.source import (
    Mapping,
    Node,
    Scalar,
    Source,
    at,
    decode_source,
    key_at,
    plain,
    read_source,
)
from reglament.reading.suggest import did_you_mean, suggestion
from reglament.reading.yaml_text import parse_yaml

LOADERS = [yaml.SafeLoader, *([yaml.CSafeLoader] if yaml.__with_libyaml__ else [])]


@pytest.fixture(params=LOADERS, ids=lambda loader: loader.__name__)
def either_parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yaml_text, "LOADER", request.param)


def read(text: str) -> tuple[Node | None, list[Problem]]:
    problems: list[Problem] = []
    return parse_yaml(Source("f.yaml", text), problems), problems


def read_well(text: str) -> Node:
    node, problems = read(text)
    assert problems == []
    assert node is not None
    return node


def value_of(text: str) -> Scalar:
    node = at(read_well(f"a: {text}\n"), ["a"])
    assert isinstance(node, Scalar)
    return node


VALUES = [
    ("", None),
    ("~", None),
    ("null", None),
    ("true", True),
    ("false", False),
    ("0", 0),
    ("-12", -12),
    ("9" * 30, int("9" * 30)),
    ("1.50", Decimal("1.50")),
    ("-0.5", Decimal("-0.5")),
    ("no", "no"),
    ("Yes", "Yes"),
    ("TRUE", "TRUE"),
    ("Null", "Null"),
    ("10:00", "10:00"),
    ("190:20:30", "190:20:30"),
    ("2026-11-20", "2026-11-20"),
    ("2026-11-20T10:00:00+03:00", "2026-11-20T10:00:00+03:00"),
    ("1 000", "1 000"),
    ("1,5", "1,5"),
    ("1.2.3", "1.2.3"),
    ("=", "="),
    ('"10"', "10"),
    ("'null'", "null"),
    ("!!str 10", "10"),
    ("TeamViewer 11", "TeamViewer 11"),
    ('"\\U0001F600"', "😀"),
]


@pytest.mark.usefixtures("either_parser")
@pytest.mark.parametrize(("written", "value"), VALUES)
def test_a_word_means_what_the_core_schema_says_and_nothing_else(written, value):
    scalar = value_of(written)

    assert (scalar.value, type(scalar.value)) == (value, type(value))


TRAPS = [
    ("no", "`no` is text in this language; write `false`", "`no` здесь текст; напишите `false`"),
    ("On", "`On` is text in this language; write `true`", "`On` здесь текст; напишите `true`"),
    (
        "TRUE",
        "`TRUE` is text in this language; write `true`",
        "`TRUE` здесь текст; напишите `true`",
    ),
    ("нет", "`нет` is text in this language; write `false`", "`нет` здесь текст; напишите `false`"),
    (
        "NULL",
        "`NULL` is text in this language; write `null`",
        "`NULL` здесь текст; напишите `null`",
    ),
    (
        "1 000",
        "`1 000` is text in this language; write `1000`",
        "`1 000` здесь текст; напишите `1000`",
    ),
    ("1,5", "`1,5` is text in this language; write `1.5`", "`1,5` здесь текст; напишите `1.5`"),
]


@pytest.mark.parametrize(("written", "en", "ru"), TRAPS)
def test_a_text_that_looks_like_another_type_carries_the_hint(written, en, ru):
    scalar = value_of(written)

    assert scalar.value == written
    assert scalar.trap is not None
    assert (scalar.trap.en, scalar.trap.ru) == (en, ru)


@pytest.mark.parametrize("written", ["norway", '"no"', "10:00", "true", "2026-11-20", "12"])
def test_an_honest_value_carries_no_trap(written):
    assert value_of(written).trap is None


ODD_NUMBERS = [
    ("012", "12"),
    ("+1", "1"),
    ("1_000", "1000"),
    ("0o17", "15"),
    ("0x1F", "31"),
    ("0b101", "5"),
    ("1e3", "1000"),
    ("-1.5E-2", "-0.015"),
    (".5", "0.5"),
    ("1.", "1"),
]


@pytest.mark.usefixtures("either_parser")
@pytest.mark.parametrize(("written", "better"), ODD_NUMBERS)
def test_a_number_that_readers_disagree_on_is_refused_with_its_plain_form(written, better):
    _, [problem] = read(f"a: {written}")

    assert problem.code == "yaml-number"
    assert problem.place == Place("f.yaml", 1, 4, len(written))
    assert problem.hint is not None
    assert problem.hint.en == f'write `{better}`, or `"{written}"` in quotes if it is text'
    assert problem.hint.ru == f'напишите `{better}`, а если это текст — `"{written}"` в кавычках'


@pytest.mark.parametrize("written", [".inf", "-.INF", ".nan", "1e999999999999"])
def test_a_number_without_a_plain_form_is_refused_with_quotes_to_add(written):
    _, [problem] = read(f"a: {written}")

    assert problem.code == "yaml-number"
    assert problem.hint is not None
    assert problem.hint.en == f'if it is text, write `"{written}"` in quotes'


REFUSED = {
    "duplicate key": (
        "канал: 1\nб: 2\nканал: 3\n",
        "f.yaml:3:1: the key `канал` is already on line 1",
        "f.yaml:3:1: ключ `канал` уже есть в строке 1",
        "duplicate-key",
    ),
    "duplicate key in other quotes": (
        "1: a\n'1': b\n",
        "f.yaml:2:1: the key `1` is already on line 1",
        "f.yaml:2:1: ключ `1` уже есть в строке 1",
        "duplicate-key",
    ),
    "duplicate key in JSON": (
        '{"a": 1,\n "a": 2}',
        "f.yaml:2:2: the key `a` is already on line 1",
        "f.yaml:2:2: ключ `a` уже есть в строке 1",
        "duplicate-key",
    ),
    "list as a key": ("? [a]\n: b\n", "f.yaml:1:3: a key must be a word", None, "yaml-key"),
    "alias as a key": (
        "a: &x b\n*x : c\n",
        "f.yaml:2:1: a key must be a word",
        "f.yaml:2:1: ключ должен быть словом",
        "yaml-key",
    ),
    "null as a key": ("~: 1", "f.yaml:1:1: the key is empty", "f.yaml:1:1: ключ пуст", "yaml-key"),
    "merge": (
        "a: {<<: 1}",
        "f.yaml:1:5: merging by `<<` is not in this language",
        "f.yaml:1:5: слияния `<<` в этом языке нет",
        "yaml-merge",
    ),
    "python tag": (
        "a: !!python/object:os.system ls",
        "f.yaml:1:4: the tag `!!python/object:os.system` is not in this language",
        "f.yaml:1:4: тег `!!python/object:os.system` не из этого языка",
        "yaml-tag",
    ),
    "own tag": ("a: !x [1]", "f.yaml:1:4: the tag `!x` is not in this language", None, "yaml-tag"),
    "whole number tag": (
        "a: !!int 1",
        "f.yaml:1:4: the tag `!!int` is not in this language",
        None,
        "yaml-tag",
    ),
    "second document": (
        "a: 1\n---\nb: 2\n",
        "f.yaml:2:1: a second document in a file that holds one",
        "f.yaml:2:1: второй документ в файле, где должен быть один",
        "yaml-documents",
    ),
    "tab": (
        "a:\n\tb: 1\n",
        "f.yaml:2:1: the line is indented with a tab",
        "f.yaml:2:1: отступ сделан табуляцией",
        "yaml-tab",
    ),
    "open quote": (
        "имя: 'x\nb: 2\n",
        "f.yaml:1:6: the quote opened here is not closed",
        "f.yaml:1:6: кавычка открыта здесь и не закрыта",
        "yaml-unclosed",
    ),
    "open bracket": (
        "a: [1, 2\nb: 3\n",
        "f.yaml:1:4: the bracket opened here is not closed, or a comma is missing inside it",
        "f.yaml:1:4: скобка открыта здесь и не закрыта, или внутри не хватает запятой",
        "yaml-unclosed",
    ),
    "colon in text": (
        "a: b: c",
        "f.yaml:1:5: a colon where no key can stand",
        "f.yaml:1:5: двоеточие там, где ключа быть не может",
        "yaml-syntax",
    ),
    "key without colon": (
        "a: 1\nb\nc: 2\n",
        "f.yaml:2:1: the key has no colon after it",
        "f.yaml:2:1: после ключа нет двоеточия",
        "yaml-syntax",
    ),
    "reserved character": (
        "a: @x",
        "f.yaml:1:4: a value cannot start with `@`",
        "f.yaml:1:4: значение не может начинаться с `@`",
        "yaml-syntax",
    ),
    "list and keys mixed": (
        "a: 1\n- b\n",
        "f.yaml:2:1: neither a key nor a list item can stand here",
        "f.yaml:2:1: здесь не может стоять ни ключ, ни пункт списка",
        "yaml-syntax",
    ),
    "list under a value": (
        "a: x\n  - b\n",
        "f.yaml:1:4: the list under a value is read as more of its text",
        "f.yaml:1:4: список под значением читается как продолжение текста",
        "yaml-folded-list",
    ),
    "text after a block mark": (
        "a: | x\n  y\n",
        "f.yaml:1:6: after `|` and `>` the text starts on a new line",
        "f.yaml:1:6: после `|` и `>` текст начинается с новой строки",
        "yaml-syntax",
    ),
    "alias without an anchor": (
        "a: *x",
        "f.yaml:1:4: the alias `*x` has no anchor `&x` above it",
        "f.yaml:1:4: ссылка `*x`, а метки `&x` выше нет",
        "yaml-alias",
    ),
    "alias to itself": (
        "a: &x [*x]",
        "f.yaml:1:8: the alias `*x` stands inside what it refers to",
        "f.yaml:1:8: ссылка `*x` стоит внутри того, на что ссылается",
        "yaml-alias",
    ),
    "unused anchor": (
        "a: &Co\n",
        "f.yaml:1:4: nothing refers to the anchor `&Co`",
        "f.yaml:1:4: на метку `&Co` никто не ссылается",
        "yaml-alias",
    ),
    "anchor used twice": (
        "a: &x 1\nb: &x 2\nc: *x\n",
        "f.yaml:2:4: the anchor `&x` is already on line 1",
        "f.yaml:2:4: метка `&x` уже есть в строке 1",
        "yaml-alias",
    ),
    "control character": (
        "a: b\x1b[31m",
        "f.yaml:1:5: the text holds the unseen character U+001B",
        "f.yaml:1:5: в тексте невидимый знак U+001B",
        "unseen-character",
    ),
    "escaped control character": (
        'a: "\\e[31m"',
        "f.yaml:1:4: the text holds the control character U+001B",
        "f.yaml:1:4: в тексте управляющий знак U+001B",
        "unseen-character",
    ),
    "half of a pair in JSON": (
        '{"a": "\\ud83d"}',
        "f.yaml:1:7: the text holds the control character U+D83D",
        None,
        "unseen-character",
    ),
    "not a number in JSON": (
        '{"a": NaN}',
        "f.yaml:1:7: the number `NaN` is written in a way that is read differently",
        "f.yaml:1:7: число `NaN` записано так, что его читают по-разному",
        "yaml-number",
    ),
    "whole number too long": (
        "a: " + "9" * 31,
        "f.yaml:1:4: the number has more than 30 digits",
        "f.yaml:1:4: в числе больше 30 цифр",
        "number-too-long",
    ),
    "number of ten thousand digits in JSON": (
        '{"a": ' + "9" * 10_000 + "}",
        "f.yaml:1:7: the number has more than 30 digits",
        None,
        "number-too-long",
    ),
    "exponent bomb in JSON": (
        '{"a": 1e999999999}',
        "f.yaml:1:7: the number has more than 30 digits",
        None,
        "number-too-long",
    ),
    "text too long": (
        "a: " + "x" * 100_001,
        "f.yaml:1:4: the text is longer than 100000 characters",
        "f.yaml:1:4: текст длиннее 100000 знаков",
        "text-too-long",
    ),
    "brackets a thousand deep": (
        "[" * 100_000,
        "f.yaml:1:65: nested deeper than 64 levels",
        "f.yaml:1:65: вложенность больше 64 уровней",
        "nested-too-deep",
    ),
    "JSON a thousand deep": (
        '{"a":' * 5_000 + "1" + "}" * 5_000,
        "f.yaml:1:321: nested deeper than 64 levels",
        None,
        "nested-too-deep",
    ),
    "dashes a thousand deep": (
        "- " * 5_000 + "a",
        "f.yaml:1:129: nested deeper than 64 levels",
        None,
        "nested-too-deep",
    ),
    "keys deeper than the bound": (
        "".join(" " * depth + "a:\n" for depth in range(65)),
        "f.yaml:65:65: nested deeper than 64 levels",
        None,
        "nested-too-deep",
    ),
    "deep by aliases": (
        "a0: &a0 [x]\n" + "".join(f"a{n}: &a{n} [*a{n - 1}]\n" for n in range(1, 300)),
        "f.yaml:64:12: nested deeper than 64 levels",
        None,
        "nested-too-deep",
    ),
    "alias bomb": (
        "a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n"
        + "".join(f"a{n}: &a{n} [{','.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 10)),
        "f.yaml:5:22: the aliases stand for more than 50000 values",
        "f.yaml:5:22: ссылки разворачиваются более чем в 50000 значений",
        "yaml-alias-bomb",
    ),
}


@pytest.mark.usefixtures("either_parser")
@pytest.mark.parametrize(("text", "en", "ru", "code"), REFUSED.values(), ids=REFUSED)
def test_what_is_refused_gets_one_problem_in_both_languages(text, en, ru, code):
    _, [problem] = read(text)

    assert problem.to_text("en").splitlines()[0] == en
    assert ru is None or problem.to_text("ru").splitlines()[0] == ru
    assert problem.code == code
    assert problem.message.ru != problem.message.en


def test_a_problem_shows_its_line_a_caret_and_a_hint():
    _, [problem] = read("часы: 1_000 # в год\n")

    assert problem.to_text("ru") == (
        "f.yaml:1:7: число `1_000` записано так, что его читают по-разному\n"
        "    1 | часы: 1_000 # в год\n"
        "      |       ^^^^^\n"
        '   = напишите `1000`, а если это текст — `"1_000"` в кавычках'
    )


def test_a_shown_line_never_carries_the_control_character():
    _, [problem] = read("a: b\x1b[31m")

    assert problem.source_line == "a: b\ufffd[31m"


def test_all_problems_are_told_at_once_in_the_order_of_the_text():
    _, problems = read("a: 012\na: 1\nb: !x y\nc: *d\n~: 1\ne: 'x\n")

    assert [(problem.code, problem.place.line) for problem in problems if problem.place] == [
        ("yaml-number", 1),
        ("duplicate-key", 2),
        ("yaml-tag", 3),
        ("yaml-alias", 4),
        ("yaml-key", 5),
        ("yaml-unclosed", 6),
    ]


def test_after_two_hundred_problems_the_reading_ends_and_says_so():
    node, problems = read("".join(f"k{n}: 1_0\n" for n in range(5_000)))

    assert node is None
    assert [problem.code for problem in problems] == ["yaml-number"] * 200 + ["too-many-problems"]
    assert (
        problems[-1]
        .to_text("en")
        .startswith("f.yaml:200:7: there are 200 problems already; the file was read no further")
    )


def test_the_tree_stands_beside_problems_that_do_not_stop_the_reading():
    node, problems = read("a: 1\na: 2\nb: 3\n")

    assert node is not None
    assert plain(node) == {"a": 1, "b": 3}
    assert len(problems) == 1


@pytest.mark.usefixtures("either_parser")
@pytest.mark.parametrize(
    ("path", "line", "column", "width"),
    [
        (["ключ"], 1, 7, 17),
        (["ключ", 0], 1, 8, 6),
        (["ключ", 1], 1, 16, 3),
        (["ключ", 2], 1, 21, 2),
        (["b"], 2, 5, 3),
        (["пусто"], 3, 7, 1),
        (["текст"], 4, 8, 1),
        (["свёрнутый"], 6, 12, 5),
        (["список"], 9, 3, 1),
        (["список", 0], 9, 5, 2),
        (["список", 0, "id"], 9, 9, 1),
    ],
)
def test_places_count_characters_not_bytes(path, line, column, width):
    node = read_well(
        "ключ: [привет, 'м', 😀x]   # слово\r\nb:  'q'\r\nпусто:\r\nтекст: |\r\n  два\r\n"
        "свёрнутый: слова\r\n  дальше\r\nсписок:\r\n  - id: 1\r\n"
    )

    assert at(node, deque(path)).place == Place("f.yaml", line, column, width)


def test_a_key_has_its_own_place():
    node = read_well("а:\n  - канал: x\n")

    key = key_at(node, ["а", 0, "канал"])

    assert key is not None
    assert key.place == Place("f.yaml", 2, 5, 5)
    assert key_at(node, []) is None
    assert key_at(node, ["а", 0]) is None


def test_a_path_that_leads_nowhere_ends_at_the_last_node_met():
    node = read_well("a: [1]\n")

    assert at(node, ["a", 5, "x"]) is at(node, ["a"])


def test_keys_are_text_whatever_they_look_like():
    node = read_well("10:00: a\nno: b\n012: c\ntrue: d\n2026-01-01: e\n")

    assert plain(node) == {"10:00": "a", "no": "b", "012": "c", "true": "d", "2026-01-01": "e"}


def test_a_mapping_finds_its_keys_in_the_written_order():
    node = read_well("b: 1\na: 2\n")

    assert isinstance(node, Mapping)
    assert node.keys == ("b", "a")
    assert node.get("c") is None


def test_an_alias_is_the_very_node_it_refers_to():
    node = read_well("a: &x {b: 1}\nc: *x\n")

    assert at(node, ["c"]) is at(node, ["a"])


@pytest.mark.parametrize("text", ["", "\n\n", "# only a comment\n", "---", "null"])
def test_an_empty_document_is_one_null_on_its_line(text):
    node = read_well(text)

    assert isinstance(node, Scalar)
    assert (node.value, node.place.line) == (None, 1)


def test_many_documents_are_read_where_they_are_asked_for():
    problems: list[Problem] = []

    nodes = parse_yaml(Source("f", "a: 1\n---\nb: 2\n---\n- 3\n"), problems, many=True)

    assert [plain(node) for node in nodes] == [{"a": 1}, {"b": 2}, [3]]
    assert problems == []


def test_documents_before_a_mistake_are_kept():
    problems: list[Problem] = []

    nodes = parse_yaml(Source("f", "a: 1\n---\nb: 'x\n"), problems, many=True)

    assert [plain(node) for node in nodes] == [{"a": 1}]
    assert [problem.code for problem in problems] == ["yaml-unclosed"]


def test_json_keeps_its_own_escapes_exponents_and_tabs():
    node = read_well('\n{\n\t"путь": "a\\/b",\n\t"лицо": "\\ud83d\\ude00", "n": [1e3, -2.50, 0]\n}')

    assert plain(node) == {"путь": "a/b", "лицо": "😀", "n": [1000, Decimal("-2.50"), 0]}
    assert at(node, ["лицо"]).place == Place("f.yaml", 4, 10, 14)
    assert at(node, ["n", 1]).place == Place("f.yaml", 4, 37, 5)


def test_json_lines_are_placed_each_on_its_line():
    problems: list[Problem] = []

    nodes = parse_json_lines(Source("f", '{"a": 1}\n\n{"b": \n  [2, {"c": 2}]\r\n'), problems)

    assert [(plain(node), node.place.line) for node in nodes] == [
        ({"a": 1}, 1),
        ([2, {"c": 2}], 4),
    ]
    assert [problem.to_text("en").splitlines()[0] for problem in problems] == [
        "f:3:7: the line is not JSON"
    ]


def test_a_json_line_nested_too_deep_leaves_the_other_lines():
    problems: list[Problem] = []

    nodes = parse_json_lines(Source("f", "1\n" + "[" * 9_000 + "]" * 9_000 + "\n2"), problems)

    assert [plain(node) for node in nodes] == [1, 2]
    assert [(p.code, p.place and p.place.line) for p in problems] == [("nested-too-deep", 2)]


LETTERS = st.characters(exclude_categories=["Cc", "Cf", "Cs", "Cn", "Zl", "Zp"])
TEXTS = st.text(LETTERS, max_size=12)
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

    assert {problem.code for problem in problems} <= {"yaml-number"}
    assert problems or node is None or plain(node) == mapping


SNIPPETS = st.lists(
    st.sampled_from([*"[]{}:,-?&*!|>'\"%@`#~ \n\t", "\n  ", ": ", "- ", "&a ", "*a", "<<", "1e3"])
    | st.text(max_size=3),
    max_size=25,
).map("".join)


@given(st.text(max_size=60) | SNIPPETS, st.sampled_from(LOADERS))
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


@given(SNIPPETS | st.text(max_size=40))
def test_any_text_is_taken_as_json_lines(text):
    problems: list[Problem] = []

    nodes = parse_json_lines(Source("f", text), problems)

    assert all(problem.to_text("en").encode() for problem in problems)
    assert len(nodes) <= text.count("\n") + text.count("\r") + 1


FILES = {
    "utf-16": (
        "ключ: 1".encode("utf-16"),
        "file-not-utf8",
        "the file `f` is not UTF-8; by its start it is UTF-16",
        "save the file as UTF-8",
    ),
    "utf-16 without a mark": (
        "key: 1".encode("utf-16-le"),
        "file-not-utf8",
        "the file `f` is not UTF-8; by its start it is UTF-16",
        "save the file as UTF-8",
    ),
    "utf-16 of Cyrillic without a mark": (
        "ключ: да\n".encode("utf-16-be"),
        "file-not-utf8",
        "the file `f` is not UTF-8; by its start it is UTF-16",
        "save the file as UTF-8",
    ),
    "utf-32": (
        "ключ: 1".encode("utf-32"),
        "file-not-utf8",
        "the file `f` is not UTF-8; by its start it is UTF-32",
        "save the file as UTF-8",
    ),
    "utf-32 without a mark": (
        "ключ: 1".encode("utf-32-be"),
        "file-not-utf8",
        "the file `f` is not UTF-8; by its start it is UTF-32",
        "save the file as UTF-8",
    ),
    "zeros": (b"\0" * 20 + b"a", "file-binary", "the file `f` is binary: byte 0 is zero", None),
    "windows-1251": (
        "a: 1\nключ: 1".encode("cp1251"),
        "file-not-utf8",
        "the file `f` is not UTF-8: byte 0xEA at offset 5 is wrong",
        "it looks like Windows-1251; save the file as UTF-8",
    ),
    "koi8-r": (
        "ключ: 1".encode("koi8-r"),
        "file-not-utf8",
        "the file `f` is not UTF-8: byte 0xCB at offset 0 is wrong",
        "save the file as UTF-8",
    ),
    "binary": (b"\x7fELF\x00abc", "file-binary", "the file `f` is binary: byte 4 is zero", None),
    "empty": (b"", "file-empty", "the file `f` is empty", None),
    "blank": (b" \n\n", "file-empty", "the file `f` is empty", None),
}


@pytest.mark.parametrize(("data", "code", "message", "hint"), FILES.values(), ids=FILES)
def test_bytes_that_are_no_utf8_text_are_refused(data, code, message, hint):
    with pytest.raises(Refused) as refused:
        decode_source(data, "f")

    [problem] = refused.value.problems
    assert (problem.code, problem.message.en) == (code, message)
    assert (problem.hint and problem.hint.en) == hint


def test_a_wrong_byte_is_placed_by_line_and_character():
    data = b"\xef\xbb\xbfa: 1\n" + "имя: ".encode() + b"\xff\n"

    with pytest.raises(Refused) as refused:
        decode_source(data, "f")

    [problem] = refused.value.problems
    assert problem.place == Place("f", 2, 6)
    assert problem.message.ru == "файл `f` записан не в UTF-8: неверный байт 0xFF на месте 16"
    assert problem.source_line == "имя: \ufffd"


def test_a_byte_order_mark_is_dropped(tmp_path):
    (tmp_path / "f.yaml").write_bytes(b"\xef\xbb\xbfa: 1\n")

    assert read_source(tmp_path / "f.yaml", "f").text == "a: 1\n"


def test_a_file_over_the_limit_is_refused_unread(tmp_path):
    (tmp_path / "f").write_bytes(b"a" * 11)

    with pytest.raises(Refused, match="larger than the 10 bytes allowed"):
        read_source(tmp_path / "f", "f", most_bytes=10)


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("gone.yaml", "there is no file `f`"),
        ("there.yaml/below", "there is no file `f`"),
        (".", "`f` is a folder; a file is wanted"),
        ("a\0b", "the file `f` cannot be read: embedded null byte"),
        ("n" * 300, "the file `f` cannot be read: File name too long"),
    ],
)
def test_a_path_that_gives_no_file_is_refused(tmp_path: Path, name, message):
    (tmp_path / "there.yaml").write_text("a: 1")

    with pytest.raises(Refused) as refused:
        read_source(tmp_path / name, "f")

    assert str(refused.value) == message


KNOWN = ["request.service", "request.channel", "key.registered_on", "paid", "free", "in_scope"]


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("requset.service", "request.service"),
        ("piad", "paid"),
        ("Paid", "paid"),
        ("in-scope", "in_scope"),
        ("channel", "request.channel"),
        ("request.сhannel", "request.channel"),
        ("fr\u200bee", "free"),
        ("weather", None),
        ("", None),
        ("x" * 1_000, None),
    ],
)
def test_the_nearest_known_word_is_offered(word, meant):
    assert did_you_mean(word, KNOWN) == meant


@pytest.mark.parametrize(
    ("word", "en", "ru"),
    [
        ("piad", "did you mean `paid`?", "может быть, `paid`?"),
        (
            "frее",
            "`frее` holds the Cyrillic letter `е`; did you mean `free`?",
            "в `frее` буква `е` — кириллическая; может быть, `free`?",
        ),
        (
            "fr\u00adee",
            "`fr\u00adee` holds the invisible character U+00AD; did you mean `free`?",
            "в `fr\u00adee` есть невидимый знак U+00AD; может быть, `free`?",
        ),
    ],
)
def test_a_suggestion_names_the_stray_letter(word, en, ru):
    hint = suggestion(word, KNOWN)

    assert hint is not None
    assert (hint.en, hint.ru) == (en, ru)


@given(st.text(max_size=10), st.lists(st.text(max_size=10), max_size=5))
def test_a_suggestion_is_always_one_of_the_known_words(word, known):
    meant = did_you_mean(word, known)

    assert meant is None or (meant in known and meant != word)
    assert did_you_mean(word, reversed(known)) == meant

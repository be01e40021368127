"""What the strict reader refuses, with which words, and where it points."""

from __future__ import annotations

import pytest

from reglament.language.syntax.source import plain
from support.strict_yaml import read

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
        "f.yaml:1:5: merge keys (`<<`) are not supported",
        "f.yaml:1:5: слияние `<<` не поддерживается",
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
        "f.yaml:2:1: the file has a second YAML document; one is expected",
        "f.yaml:2:1: в файле второй документ YAML, а нужен один",
        "yaml-documents",
    ),
    "tab": (
        "a:\n\tb: 1\n",
        "f.yaml:2:1: tab used for indentation",
        "f.yaml:2:1: отступ сделан табуляцией",
        "yaml-tab",
    ),
    "open quote": (
        "имя: 'x\nb: 2\n",
        "f.yaml:1:6: unclosed quote",
        "f.yaml:1:6: кавычка не закрыта",
        "yaml-unclosed",
    ),
    "open bracket": (
        "a: [1, 2\nb: 3\n",
        "f.yaml:1:4: unclosed bracket, or a missing comma inside it",
        "f.yaml:1:4: скобка не закрыта или внутри пропущена запятая",
        "yaml-unclosed",
    ),
    "bracket with nothing after it": (
        'a: {b: "[", c: [',
        "f.yaml:1:16: unclosed bracket, or a missing comma inside it",
        "f.yaml:1:16: скобка не закрыта или внутри пропущена запятая",
        "yaml-unclosed",
    ),
    "bracket left open in lines": (
        "# a request\n{\n  a: [1, 2],\n",
        "f.yaml:2:1: unclosed bracket, or a missing comma inside it",
        "f.yaml:2:1: скобка не закрыта или внутри пропущена запятая",
        "yaml-unclosed",
    ),
    "brace in a text without quotes": (
        "a: {en: It costs {fee}., ru: b}",
        "f.yaml:1:18: a text with `{` or `[` inside has no quotes, or a comma is missing before it",
        "f.yaml:1:18: текст со скобкой `{` или `[` стоит без кавычек,"
        " или перед скобкой нет запятой",
        "yaml-syntax",
    ),
    "colon in text": (
        "a: b: c",
        "f.yaml:1:5: unexpected colon, or wrong indentation",
        "f.yaml:1:5: лишнее двоеточие или неверный отступ",
        "yaml-syntax",
    ),
    "key without colon": (
        "a: 1\nb\nc: 2\n",
        "f.yaml:2:1: the key has no colon after it",
        "f.yaml:2:1: после ключа нет двоеточия",
        "yaml-syntax",
    ),
    "no space after the colon": (
        "a: 1\nbe:2\nc: 3\n",
        "f.yaml:2:3: there is no space after the colon",
        "f.yaml:2:3: после двоеточия нет пробела",
        "yaml-syntax",
    ),
    "no space after the colon of a list's key": (
        "a:\n  - id:b\n    c: 3\n",
        "f.yaml:2:7: there is no space after the colon",
        "f.yaml:2:7: после двоеточия нет пробела",
        "yaml-syntax",
    ),
    "an address without a key": (
        "a: 1\nhttps://b\nc: 3\n",
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
        "f.yaml:2:1: an item of a list stands where keys stand",
        "f.yaml:2:1: пункт списка стоит там, где стоят ключи",
        "yaml-syntax",
    ),
    "list under a value": (
        "a: x\n  - b\n",
        "f.yaml:1:4: a list under a value is read as more of the value's text",
        "f.yaml:1:4: под значением стоит список: YAML считает его продолжением текста",
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
        "f.yaml:1:5: invisible character U+001B",
        "f.yaml:1:5: невидимый символ U+001B",
        "unseen-character",
    ),
    "escaped control character": (
        'a: "\\e[31m"',
        "f.yaml:1:4: the text contains the control character U+001B",
        "f.yaml:1:4: в тексте управляющий знак U+001B",
        "unseen-character",
    ),
    "half of a pair in JSON": (
        '{"a": "\\ud83d"}',
        "f.yaml:1:7: the text contains the control character U+D83D",
        None,
        "unseen-character",
    ),
    "not a number in JSON": (
        '{"a": NaN}',
        "f.yaml:1:7: the number `NaN` is ambiguous: programs read it differently",
        "f.yaml:1:7: число `NaN` разные программы читают по-разному",
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
    "exponent that no number has in JSON": (
        '{"a": 1e99999999999999999999}',
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
        "f.yaml:5:22: YAML aliases expand to more than 50000 values",
        "f.yaml:5:22: ссылки YAML разворачиваются более чем в 50000 значений",
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
    assert problem.message.to("ru") != problem.message.to("en")


def test_a_problem_shows_its_line_a_caret_and_a_hint():
    _, [problem] = read("часы: 1_000 # в год\n")

    assert problem.to_text("ru") == (
        "f.yaml:1:7: число `1_000` разные программы читают по-разному\n"
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


def test_keys_that_stand_twice_in_a_mapping_and_in_one_inside_it_are_told_each_in_its_place() -> (
    None
):
    _, problems = read("a:\n  b: 1\n  c: 2\n  b: 3\n  c: 4\nd: 1\na: 2\nd: 2\n")

    assert [(one.place.line, one.message.to("en")) for one in problems if one.place] == [
        (4, "`b`, `c` stand a second time in one mapping"),
        (7, "`a`, `d` stand a second time in one mapping"),
    ]

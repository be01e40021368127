"""Mistakes made alike everywhere: names and keys misspelt, lines spoilt."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from support.places import POLICIES, ROOT


@dataclass(frozen=True)
class Seeded:
    """One mistake: how the file's text changes, and the lines at which its cause may be told."""

    kind: str
    version: str
    file: str
    edit: Callable[[str], str]
    lines: frozenset[tuple[str, int]]
    says: str = ""
    encoding: str = "utf-8"

    @property
    def name(self) -> str:
        """What tells it from the others."""
        file, line = min(self.lines)
        return f"{self.kind} {self.version.split('/')[0]} {self.file} {file}:{line} {self.says}"


def text_of(version: str, file: str) -> str:
    return (POLICIES / version / file).read_text("utf-8")


def line_of(text: str, offset: int) -> int:
    return text.count("\n", 0, offset) + 1


def files_of(version: str) -> list[str]:
    folder = POLICIES / version
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*.yaml"))


# -- names and keys misspelt wherever they stand ----------------------------------------------

SCHEMA_WORDS = frozenset(
    re.findall(r'"([a-z_]+)": ?\{', (ROOT / "schemas/policy.schema.json").read_text("utf-8"))
) - {"name"}
_FREE = re.compile(
    r"(^|/)(ru|en|told_by|where|summary|because|unless|question|label|title|no_rule|name|fields"
    r"|fingerprint|policy|version|unit|day_names|holds_from|known_from|facts/.*|at|until|from"
    r"|covers|years|expect/.*|examples/.*|timelines/.*|do|short_by)(/|$)"
)
_WORD = re.compile(r"[A-Za-z][A-Za-z0-9_.-]{3,}")
# What may be any word, so that a slip makes no mistake: it stands in open choices and labels.
_SKIPPED = frozenset(
    {"request.channel", "request.service", "TeamViewer 11", "ru", "en", "outcome"}
    | {"portal", "industry_solutions_centre", "title", "contents", "days.base", "null"}
)


@dataclass(frozen=True)
class _Spot:
    """A key or value of a file: the path to it with names levelled, and its offset."""

    path: str
    word: str
    start: int
    is_key: bool


def _spots(text: str) -> Iterator[_Spot]:
    root = yaml.compose(text)
    yield from _below(root, "")


def _below(node: Any, path: str) -> Iterator[_Spot]:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            name = key.value if key.value in SCHEMA_WORDS else "~"
            yield _Spot(f"{path}/{name}".strip("/"), key.value, key.start_mark.index, True)
            if key.value not in _SKIPPED:
                yield from _below(value, f"{path}/{name}".strip("/"))
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _below(item, f"{path}/*")
    elif node.style is None:
        yield _Spot(path, node.value, node.start_mark.index, False)


def misspelt(version: str) -> Iterator[Seeded]:
    """Each key, name and word of the language misspelt once wherever it stands otherwise."""
    whole = "\n".join(text_of(version, file) for file in files_of(version))
    seen: set[tuple[str, bool]] = set()
    for file in files_of(version):
        text = text_of(version, file)
        for spot in _spots(text):
            sort = (spot.path, spot.is_key)
            if sort in seen or not _is_misspellable(spot, whole):
                continue
            seen.add(sort)
            yield _misspelt(version, file, text, spot)


def _is_misspellable(spot: _Spot, whole: str) -> bool:
    if not _WORD.fullmatch(spot.word) or spot.word in _SKIPPED:
        return False
    if _FREE.search(spot.path if not spot.is_key else spot.path.rpartition("/")[0]):
        return False
    is_name = spot.word not in SCHEMA_WORDS
    uses = len(re.findall(rf"(?<![\w.-]){re.escape(spot.word)}(?![\w-])", whole))
    return not is_name or uses > 1


def _misspelt(version: str, file: str, text: str, spot: _Spot) -> Seeded:
    wrong = slip(spot.word)
    end = spot.start + len(spot.word)
    spoilt = text[: spot.start] + wrong + text[end:]
    lines = frozenset({(Path(file).name, line_of(text, spot.start))})
    kind = f"misspelt {'key' if spot.is_key else 'word'} {spot.path}"
    return Seeded(kind, version, file, lambda _: spoilt, lines, spot.word)


def slip(word: str) -> str:
    """The word with two unlike neighbours near its middle swapped."""
    middle = len(word) // 2
    for i in (middle - 1, middle, *range(1, len(word) - 1)):
        one, other = word[i], word[i + 1 : i + 2]
        if other and one != other and (one + other).isalnum():
            return word[:i] + other + one + word[i + 2 :]
    return word + word[-1]


# -- lines spoilt ---------------------------------------------------------------------------

Spoil = Callable[[str], str | None]


def _tab(line: str) -> str | None:
    return "\t" + line.lstrip(" ") if line.startswith("    ") else None


def _no_break(line: str) -> str | None:
    return line.replace("  ", "\u00a0 ", 1) if re.match(r"  +[a-z_.-]+:", line) else None


def _no_break_after_colon(line: str) -> str | None:
    return re.sub(r"^( +[a-z_]+):(?= \S)( )", "\\1:\u00a0", line) if _has_value(line) else None


def _has_value(line: str) -> bool:
    return re.match(r" +[a-z_]+: [a-z]", line) is not None


def _no_colon(line: str) -> str | None:
    return re.sub(r"^( +[a-z_.]+):(?= )", r"\1", line) if _has_value(line) else None


def _no_blank(line: str) -> str | None:
    return re.sub(r"^( +[a-z_.]+): ", r"\1:", line) if _has_value(line) else None


def _quote_unclosed(line: str) -> str | None:
    return re.sub(r'"([^"]*)"(?=[,}]?$|\}$)', r'"\1', line) if re.search(r'"[,}]?$', line) else None


def _bracket(line: str) -> str | None:
    return line[:-1] if re.fullmatch(r" +[a-z_.]+: [\[{].*[\]}]", line) else None


def _deeper(line: str) -> str | None:
    return "  " + line if _has_value(line) else None


def _shallower(line: str) -> str | None:
    return line[1:] if _has_value(line) else None


def _double_colon(line: str) -> str | None:
    return line.replace(": ", ":: ", 1) if _has_value(line) else None


def _semicolon(line: str) -> str | None:
    return line + ";" if re.match(r" +(then|type|calendar|chosen): [a-z]", line) else None


SPOILT: dict[str, Spoil] = {
    "tab": _tab,
    "no-break space": _no_break,
    "no-break space after a colon": _no_break_after_colon,
    "missing colon": _no_colon,
    "missing blank": _no_blank,
    "unclosed quote": _quote_unclosed,
    "unclosed bracket": _bracket,
    "indented deeper": _deeper,
    "indented by one less": _shallower,
    "two colons": _double_colon,
    "semicolon": _semicolon,
}


def spoilt_lines(version: str) -> Iterator[Seeded]:
    """Each way to spoil a line, at the middle one of the lines of each file that it suits."""
    for file in files_of(version):
        lines = text_of(version, file).split("\n")
        for kind, spoil in SPOILT.items():
            suited = [n for n, line in enumerate(lines) if spoil(line) not in (None, line)]
            for number in suited[len(suited) // 2 : len(suited) // 2 + 1]:
                spoilt = [*lines[:number], spoil(lines[number]) or "", *lines[number + 1 :]]
                yield _spoilt(kind, version, file, spoilt, number)
        number = len(lines) // 2
        yield _spoilt("document mark", version, file, _put(lines, number, "---"), number)
        ours = ["<<<<<<< HEAD", lines[number], "=======", lines[number], ">>>>>>> theirs"]
        torn = [*lines[:number], *ours, *lines[number + 1 :]]
        yield _spoilt("conflict markers", version, file, torn, number, "<<<<<<<")


def _put(lines: list[str], number: int, line: str) -> list[str]:
    return [*lines[:number], line, *lines[number:]]


def _spoilt(
    kind: str, version: str, file: str, lines: list[str], number: int, says: str = ""
) -> Seeded:
    text = "\n".join(lines)
    spots = frozenset({(Path(file).name, number + 1)})
    return Seeded(kind, version, file, lambda _: text, spots, says)

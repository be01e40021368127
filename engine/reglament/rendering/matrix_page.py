"""From the matrix of clauses, rules and examples to text, and to a page of one file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from html import escape

from reglament.model.policy import Version
from reglament.model.words import Language, Words
from reglament.rendering.visible import POLICY, visible


@dataclass(frozen=True, slots=True)
class Cell:
    """A rule that cites the clause, and the names of the examples in which it applies."""

    rule: str
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A clause with the rules that cite it; `hours` names hours, parameters, readings that do."""

    clause: str
    locator: str
    summary: Words
    no_rule_because: Words | None
    cells: tuple[Cell, ...]
    hours: tuple[str, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether nothing cites the clause and nothing says why."""
        return not (self.cells or self.hours or self.no_rule_because)


TITLE = Words(ru="Пункты, правила, примеры", en="Clauses, rules, examples")
HEADS = (
    Words(ru="Пункт", en="Clause"),
    Words(ru="О чём", en="What it says"),
    Words(ru="Правила и примеры", en="Rules and examples"),
)
NOTHING = Words(ru="ничем не покрыт", en="covered by nothing")
NO_EXAMPLE = Words(ru="примера нет", en="no example")
NEEDS_NONE = Words(ru="правило не нужно", en="needs no rule")
NAMED_BY = Words(ru="названо в", en="named by")
EXAMPLES = Words(ru="примеры", en="examples")


def matrix_text(version: Version, rows: Sequence[Row], language: Language) -> str:
    """The matrix as lines of text: a clause, and below it its rules with counts of examples."""
    lines = [f"{TITLE.to(language)}: {version.policy} {version.version}", ""]
    for row in rows:
        lines.append(f"{row.clause}  ({row.locator})")
        lines += (f"    {line}" for line in _below(row, language))
    lines += ["", summary(rows).to(language)]
    return "\n".join(lines)


def _below(row: Row, language: Language) -> Iterator[str]:
    for cell in row.cells:
        shown = len(cell.examples) or NO_EXAMPLE.to(language)
        counted = f"{EXAMPLES.to(language)}: {shown}" if cell.examples else shown
        yield f"{cell.rule} - {counted}"
    if row.hours:
        yield f"{NAMED_BY.to(language)}: {', '.join(row.hours)}"
    if row.no_rule_because is not None:
        yield f"{NEEDS_NONE.to(language)}: {row.no_rule_because.to(language)}"
    if row.is_open:
        yield NOTHING.to(language)


def summary(rows: Sequence[Row]) -> Words:
    """How many clauses there are, and how many of them lack what."""
    ruled = sum(bool(row.cells) for row in rows)
    excused = sum(row.no_rule_because is not None for row in rows)
    bare = sum(row.is_open for row in rows)
    return Words(
        ru=f"пунктов {len(rows)}: с правилами {ruled}, правило не нужно {excused}, "
        f"ничем не покрыто {bare}",
        en=f"{len(rows)} clauses: {ruled} with rules, {excused} need none, "
        f"{bare} covered by nothing",
    )


def matrix_html(version: Version, rows: Sequence[Row], language: Language) -> str:
    """The matrix as one HTML page, styles inside, no script."""
    title = f"{version.title.to(language)}, {version.version}"
    heads = "".join(f'<th scope="col">{escape(head.to(language))}</th>' for head in HEADS)
    body = "\n".join(_row(row, language) for row in rows)
    page = f"""<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
{POLICY}
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(TITLE.to(language))}: {escape(title)}</title>
<style>{STYLE}</style>
</head>
<body>
<h1>{escape(TITLE.to(language))}</h1>
<p>{escape(title)} · {escape(summary(rows).to(language))}</p>
<table>
<thead><tr>{heads}</tr></thead>
<tbody>
{body}
</tbody>
</table>
</body>
</html>
"""
    return visible(page)


def _row(row: Row, language: Language) -> str:
    state = "open" if row.is_open else "ruled" if row.cells else "excused"
    cells = "".join(_cell(cell, language) for cell in row.cells)
    notes = "".join(f"<p>{escape(note)}</p>" for note in _notes(row, language))
    return (
        f'<tr class="{state}" id="{escape(row.clause)}">'
        f'<th scope="row"><code>{escape(row.clause)}</code>'
        f"<small>{escape(row.locator)}</small></th>"
        f"<td>{escape(row.summary.to(language))}</td>"
        f"<td>{cells}{notes}</td></tr>"
    )


def _notes(row: Row, language: Language) -> Iterator[str]:
    if row.cells and not (row.hours or row.no_rule_because):
        return
    yield from _below(replace(row, cells=()), language)


def _cell(cell: Cell, language: Language) -> str:
    if not cell.examples:
        none = escape(NO_EXAMPLE.to(language))
        return f'<p><code>{escape(cell.rule)}</code> <b class="none">{none}</b></p>'
    listed = "".join(f"<li>{escape(name)}</li>" for name in cell.examples)
    return (
        f"<details><summary><code>{escape(cell.rule)}</code> "
        f"<span>{len(cell.examples)}</span></summary><ul>{listed}</ul></details>"
    )


STYLE = """
:root { color-scheme: light dark; --line: #8884; --quiet: #777; --bad: #c0392b; }
body { font: 15px/1.45 system-ui, sans-serif; margin: 2rem auto; max-width: 72rem; padding: 0 1rem }
table { border-collapse: collapse; width: 100% }
th, td { border-bottom: 1px solid var(--line); padding: .5rem .75rem; text-align: left;
  vertical-align: top }
thead th { position: sticky; top: 0; background: Canvas }
tbody th { font-weight: normal; width: 26% }
td:nth-child(2) { width: 32% }
small { display: block; color: var(--quiet) }
p { margin: 0 0 .2rem }
.excused { color: var(--quiet) }
.open, .none { color: var(--bad) }
summary { cursor: pointer }
summary span { color: var(--quiet) }
summary span::before { content: "× " }
ul { margin: .25rem 0 .5rem; padding-left: 1.4rem }
@media print { details > ul { display: block } }
"""

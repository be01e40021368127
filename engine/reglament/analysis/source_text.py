"""From a register and the text of a regulation to where the two have come apart."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher

from reglament.analysis.text_blocks import SEPARATOR, Block, blocks_of, fingerprint
from reglament.frozen import frozen
from reglament.model.regulation import Clause

__all__ = [
    "Block",
    "ChangedClause",
    "MissingClause",
    "SourceReport",
    "blocks_of",
    "compare",
    "fingerprint",
]

_ALIKE = 0.4  # the least ratio of two wordings of one sentence (difflib's measure)


@frozen
class ChangedClause:
    """The place of `clause` holds other words now; `former` are the old ones, where known."""

    clause: Clause
    block: Block
    rules: tuple[str, ...] = ()
    former: str | None = None

    @property
    def fingerprint(self) -> str:
        """What the register has to say of the new words."""
        return fingerprint(self.block.text)


@frozen
class MissingClause:
    """Nothing in the text stands for `clause` any more; `rules` cite it."""

    clause: Clause
    rules: tuple[str, ...] = ()


@frozen
class SourceReport:
    """How a text stands beside the register: every clause once, every block once."""

    found: Mapping[str, Block]
    changed: tuple[ChangedClause, ...]
    missing: tuple[MissingClause, ...]
    uncovered: tuple[Block, ...]

    @property
    def is_covered(self) -> bool:
        """Whether every clause was found and every block has its clause."""
        return not (self.changed or self.missing or self.uncovered)


# -- the text beside the register -----------------------------------------------------------


def compare(
    clauses: Mapping[str, Clause],
    text: str,
    citing: Mapping[str, Sequence[str]] | None = None,
    former: str | None = None,
) -> SourceReport:
    """Where each clause of the register stands in `text`, and what does not fit.

    A clause is found where a block bears its fingerprint in its section; blocks that only
    changed places inside a section are found. Clauses and blocks left over between the same
    two neighbours are paired as changed, then those of one locator; further ones are missing
    or uncovered. The order of the register is that of its files, or of the mapping where a
    clause has no place; a section that was renamed keeps its clauses. `citing` gives the rules
    that cite a clause (`Version.rules_citing`), `former` the text that the register was written
    from, if it is at hand: then old wordings are told, and changes are paired by them.
    """
    sides = _Sides(_as_written(clauses), blocks_of(text), blocks_of(former or ""))
    found = sides.same_words()
    changed = sides.other_words(found)
    rules = {clause: tuple(ids) for clause, ids in (citing or {}).items()}
    placed = found | changed

    def change(row: int, column: int) -> ChangedClause:
        clause = sides.clauses[row]
        cited_by, wording = rules.get(clause.id, ()), sides.wordings.get(clause.fingerprint)
        return ChangedClause(clause, sides.blocks[column], cited_by, wording)

    return SourceReport(
        found={sides.clauses[row].id: sides.blocks[found[row]] for row in sorted(found)},
        changed=tuple(change(row, changed[row]) for row in sorted(changed)),
        missing=tuple(
            MissingClause(clause, rules.get(clause.id, ()))
            for row, clause in enumerate(sides.clauses)
            if row not in placed
        ),
        uncovered=tuple(
            block for column, block in enumerate(sides.blocks) if column not in placed.values()
        ),
    )


def _as_written(clauses: Mapping[str, Clause]) -> tuple[Clause, ...]:
    placed = [(clause.place, clause.id) for clause in clauses.values() if clause.place is not None]
    if len(placed) < len(clauses):
        return tuple(clauses.values())
    return tuple(clauses[clause] for _, clause in sorted(placed))


class _Sides:
    """The register and the text side by side: clauses are rows, blocks are columns."""

    def __init__(
        self, clauses: tuple[Clause, ...], blocks: tuple[Block, ...], former: tuple[Block, ...]
    ) -> None:
        self.clauses, self.blocks = clauses, blocks
        self.prints = [fingerprint(block.text) for block in blocks]
        self.wordings = {fingerprint(block.text): block.text for block in former}
        self.sections = [clause.locator.split(SEPARATOR)[0] for clause in clauses]
        self.known = set(self.sections)
        self.standing = {block.section for block in blocks}

    def same_words(self) -> dict[int, int]:
        """Clauses whose words stand in their section: first in the order of the text, then
        wherever else in the section."""
        rows, columns = range(len(self.clauses)), range(len(self.blocks))
        found = dict(_aligned(rows, columns, self._sameness))
        free = [column for column in columns if column not in found.values()]
        for row in (row for row in rows if row not in found):
            best = max(free, key=lambda column: self._sameness(row, column), default=None)
            if best is not None and self._sameness(row, best):
                found[row] = best
                free.remove(best)
        return found

    def other_words(self, found: Mapping[int, int]) -> dict[int, int]:
        """Clauses and blocks left over between the same neighbours, or of the same locator."""
        changed: dict[int, int] = {}
        for rows, columns in self._gaps(found):
            changed |= _aligned(rows, columns, self._likeness)
        taken = {*found.values(), *changed.values()}
        left = {b.locator: column for column, b in enumerate(self.blocks) if column not in taken}
        for row, clause in enumerate(self.clauses):
            if row not in found and row not in changed and clause.locator in left:
                changed[row] = left.pop(clause.locator)
        return changed

    def _gaps(self, found: Mapping[int, int]) -> Iterator[tuple[list[int], list[int]]]:
        anchors = list(_aligned(sorted(found), sorted(found.values()), lambda r, c: found[r] == c))
        row = column = -1
        taken = set(found.values())
        for next_row, next_column in (*anchors, (len(self.clauses), len(self.blocks))):
            rows = [r for r in range(row + 1, next_row) if r not in found]
            columns = [c for c in range(column + 1, next_column) if c not in taken]
            yield rows, columns
            row, column = next_row, next_column

    def _sameness(self, row: int, column: int) -> int:
        """0 where the clause is not this block; a block of another section may be it only
        where its section is new, or the clause's section is gone."""
        clause, block = self.clauses[row], self.blocks[column]
        if clause.fingerprint != self.prints[column]:
            return 0
        if self.sections[row] == block.section:
            return 3000 + (clause.locator == block.locator)
        is_renamed = block.section not in self.known or self.sections[row] not in self.standing
        return 1000 if is_renamed else 0

    def _likeness(self, row: int, column: int) -> int:
        """How much speaks for the block being the clause in other words: its old words where
        they are known, else its place."""
        clause, block = self.clauses[row], self.blocks[column]
        place = 1 + 2 * (clause.locator.count(SEPARATOR) == len(block.path))
        place += clause.locator == block.locator
        if (wording := self.wordings.get(clause.fingerprint)) is None:
            return place
        ratio = SequenceMatcher(None, wording, block.text, autojunk=False).ratio()
        return round(1000 * ratio) + place if ratio > _ALIKE else 0


def _aligned(
    rows: Sequence[int], columns: Sequence[int], score: Callable[[int, int], int]
) -> list[tuple[int, int]]:
    """The pairs, each row and column once and none crossing, of the greatest total score
    (Needleman and Wunsch 1970, with gaps that cost nothing)."""
    best = [[0] * (len(columns) + 1) for _ in range(len(rows) + 1)]
    for i in reversed(range(len(rows))):
        for j in reversed(range(len(columns))):
            paired = score(rows[i], columns[j])
            best[i][j] = max(
                best[i + 1][j], best[i][j + 1], paired + best[i + 1][j + 1] if paired else 0
            )
    return list(_traced(rows, columns, best, score))


def _traced(
    rows: Sequence[int],
    columns: Sequence[int],
    best: Sequence[Sequence[int]],
    score: Callable[[int, int], int],
) -> Iterator[tuple[int, int]]:
    i = j = 0
    while i < len(rows) and j < len(columns):
        paired = score(rows[i], columns[j])
        if paired and best[i][j] == paired + best[i + 1][j + 1]:
            yield rows[i], columns[j]
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1

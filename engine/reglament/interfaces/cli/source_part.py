"""From a version and the regulation's own text to the report of how the two compare."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reglament.messages import Message, Verbatim, Words, ticked
from reglament.model.regulation import Version

if TYPE_CHECKING:
    from reglament.analysis.source_text import Block, ChangedClause, MissingClause, SourceReport


def source_part(
    version: Version, source: str, former: str | None
) -> tuple[bool, Mapping[str, Any], tuple[Words, ...]]:
    """Whether every clause was found and every sentence has one; the report for programs and
    for people. Raises Refused for a text that cannot be read."""
    from reglament.analysis.source_text import compare

    report = compare(
        version.clauses,
        _text(source),
        version.rules_citing,
        None if former is None else _text(former),
    )
    return report.is_covered, _data(source, report), tuple(_lines(source, version, report))


def _text(path: str) -> str:
    from reglament.language.loading.regulation_text import read_document

    return read_document(Path(path))


def _data(source: str, report: SourceReport) -> dict[str, Any]:
    return {
        "file": source,
        "is_covered": report.is_covered,
        "found": len(report.found),
        "changed": [_changed_data(changed_clause) for changed_clause in report.changed],
        "missing": [
            {"clause": one.clause.id, "where": one.clause.locator, "rules": list(one.rules)}
            for one in report.missing
        ],
        "uncovered": [_block_data(block) for block in report.uncovered],
    }


def _changed_data(changed: ChangedClause) -> dict[str, Any]:
    return {
        "clause": changed.clause.id,
        "rules": list(changed.rules),
        "former": changed.former,
        **_block_data(changed.block),
        "fingerprint": changed.fingerprint,
    }


def _block_data(block: Block) -> dict[str, Any]:
    return {"where": block.locator, "line": block.line, "text": block.text}


def _lines(source: str, version: Version, report: SourceReport) -> Iterator[Words]:
    for changed in report.changed:
        yield from _changed(source, changed)
    for missing in report.missing:
        yield from _missing(source, missing)
    for block in report.uncovered:
        yield Message("no-clause-covers", source=source, line=block.line, locator=block.locator)
        yield Verbatim(f"   | {block.text}")
    yield _summary(source, version, report)


def _changed(source: str, changed: ChangedClause) -> Iterator[Words]:
    clause = changed.clause
    yield Message(
        "clause-changed" if clause.fingerprint else "clause-unprinted",
        source=source,
        line=changed.block.line,
        clause=clause.id,
        locator=clause.locator,
    )
    if changed.former is not None:
        yield Verbatim(f"   - {changed.former}")
    yield Verbatim(f"   + {changed.block.text}")
    yield _cited_by(changed.rules)
    yield Message("fingerprint-now", fingerprint=changed.fingerprint)


def _missing(source: str, missing: MissingClause) -> Iterator[Words]:
    clause = missing.clause
    yield Message(
        "clause-gone",
        source=source,
        clause=clause.id,
        locator=clause.locator,
        summary=clause.summary,
    )
    yield _cited_by(missing.rules)


def _cited_by(rules: Sequence[str]) -> Words:
    if not rules:
        return Message("no-rule-cites")
    return Message("cited-listed", listed=ticked(rules))


def _summary(source: str, version: Version, report: SourceReport) -> Words:
    return Message(
        "clauses-found-changed-missing",
        source=source,
        found=len(report.found),
        clauses=len(version.clauses),
        changed=len(report.changed),
        missing=len(report.missing),
        bare=len(report.uncovered),
    )

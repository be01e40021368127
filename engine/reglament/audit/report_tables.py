"""From a log to tables of counts, by month, outcome, rule: as text, CSV, a workbook or charts."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import product
from typing import Any

from reglament.audit.entry import Entry
from reglament.audit.entry_filters import Wanted, day_in, moment_by, outcome_text
from reglament.audit.known_names import versions_in
from reglament.audit.log import DecisionLog
from reglament.audit.queries import counts_by_policy, search
from reglament.frozen import frozen
from reglament.messages import Language, Message, Words
from reglament.model.problems import needing, refusal
from reglament.model.regulation import Version
from reglament.rendering.pages.report_page import PolicyCounts, named_in_words, report_html
from reglament.rendering.words.distributions import outcome_word, percent
from reglament.rendering.words.labels import label

PERIODS = ("day", "month", "policy")
CITED = {"rule": "rules", "clause": "clauses", "reading": "readings"}
BY = (*PERIODS, "outcome", *CITED)
USUAL = ("outcome",)
SHEETS = (("outcome",), ("month", "outcome"), ("rule",), ("clause",), ("reading",))
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@frozen
class ReportTable:
    """Rows of text, then how many entries, which share of those of the same period, and words."""

    by: tuple[str, ...]
    rows: tuple[tuple[tuple[str, ...], int, Fraction, str], ...]

    def head(self, language: Language) -> tuple[str, ...]:
        """The names of the columns."""
        columns = [*_columns(self.by), "entries", "share", "in-words"]
        return tuple(_HEADS[column].to(language) for column in columns)


def charts_page(log: DecisionLog, wanted: Wanted, language: Language, **around: Any) -> str:
    """The entries that fit as a page of charts; `around` is what a service has around it."""
    versions = versions_in(log)
    policies = [
        PolicyCounts(
            name,
            counts.to_dict(),
            counts.waits,
            [versions[one] for one, _ in counts.policies.most_common() if one in versions],
        )
        for name, counts in counts_by_policy(log, wanted).items()
    ]
    return report_html(policies, wanted.zone, language, **around)


def tables(
    log: DecisionLog, wanted: Wanted, every: Sequence[tuple[str, ...]], language: Language
) -> list[ReportTable]:
    """One table for each list of what to count by, of the entries that fit."""
    versions = list(versions_in(log).values())
    counted = [Counter[tuple[str, ...]]() for _ in every]
    totals = [Counter[tuple[str, ...]]() for _ in every]
    for entry in search(log, wanted):
        for by, rows, total in zip(every, counted, totals, strict=True):
            period = tuple(_period(entry, one, wanted) for one in by if one in PERIODS)
            total[_among(by, period)] += 1
            rows.update({(*period, *rest) for rest in _rest(entry, by)})
    return [
        ReportTable(
            by,
            tuple(
                (
                    key,
                    count,
                    Fraction(count, total[_among(by, key)]),
                    _words(by, key, versions, language),
                )
                for key, count in _ordered(by, rows)
            ),
        )
        for by, rows, total in zip(every, counted, totals, strict=True)
    ]


def as_text(table: ReportTable, language: Language) -> Iterator[tuple[str, ...]]:
    """The rows of the table as cells of text, the head first."""
    yield table.head(language)
    for key, count, share, words in table.rows:
        yield *key, str(count), percent(share, language), words


def as_csv(table: ReportTable, language: Language) -> str:
    """The table as CSV (RFC 4180); text that a spreadsheet would take for a formula is quoted."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(table.head(language))
    for key, count, share, words in table.rows:
        writer.writerow([*map(_harmless, key), count, f"{float(share):.4f}", _harmless(words)])
    return out.getvalue()


def workbook(made: Iterable[ReportTable], language: Language) -> bytes:
    """The tables as sheets of an XLSX workbook. Raises Refused without the extra."""
    with needing("xlsx", _INSTALL_XLSX):
        import xlsxwriter
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, options) as book:
        bold, shares = book.add_format({"bold": True}), book.add_format({"num_format": "0.0%"})
        for table in made:
            names = [_HEADS[name].to(language) for name in table.by]
            sheet = book.add_worksheet(", ".join(names)[:31])
            sheet.freeze_panes(1, 0)
            sheet.write_row(0, 0, table.head(language), bold)
            for number, (key, count, share, words) in enumerate(table.rows, 1):
                for column, cell in enumerate(key):
                    sheet.write_string(number, column, cell)
                sheet.write_number(number, len(key), count)
                sheet.write_number(number, len(key) + 1, float(share), shares)
                sheet.write_string(number, len(key) + 2, words)
            sheet.autofilter(0, 0, max(len(table.rows), 1), len(table.head(language)) - 1)
            sheet.autofit()
    return content.getvalue()


def by_told(told: str) -> tuple[str, ...]:
    """`month,rule` as what to count by. Raises Refused for anything else."""
    from reglament.language.syntax.suggest import suggestion

    names = tuple(dict.fromkeys(part.strip() for part in told.split(",")))
    for name in names:
        if name not in BY:
            hint = suggestion(name, BY) or Message("log-known", known=", ".join(BY))
            raise refusal("wrong-by", Message("not-counted-by", name=name), hint)
    return tuple(name for name in BY if name in names)


def _period(entry: Entry, name: str, wanted: Wanted) -> str:
    if name == "policy":
        return " ".join(entry.document["policy"][key] for key in ("id", "version"))
    day = day_in(moment_by(entry, wanted.by), wanted.zone).isoformat()
    return day if name == "day" else day[:7]


def _rest(entry: Entry, by: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """What is counted of each decision; one empty row where only periods are asked for."""
    asked = [one for one in by if one not in PERIODS]
    if not asked:
        yield ()
        return
    for name, decision in entry.document["decisions"].items():
        outcome = [outcome_text(decision)] if "outcome" in asked else []
        cited = [decision[CITED[one]] for one in asked if one != "outcome"]
        for names in product(*cited):
            yield name, *outcome, *names


def _among(by: tuple[str, ...], key: tuple[str, ...]) -> tuple[str, ...]:
    """Of which entries a share is taken: of those of the same period, or of all."""
    periods = len(set(by) & set(PERIODS))
    return key[:periods] if periods < len(by) else ()


def _columns(by: tuple[str, ...]) -> list[str]:
    periods = [one for one in by if one in PERIODS]
    rest = [one for one in by if one not in PERIODS]
    return [*periods, *(["decision"] if rest else []), *rest]


def _ordered(
    by: tuple[str, ...], rows: Counter[tuple[str, ...]]
) -> list[tuple[tuple[str, ...], int]]:
    """By period, then by decision, then the most frequent first."""
    periods = len(set(by) & set(PERIODS))
    return sorted(rows.items(), key=lambda one: (one[0][: periods + 1], -one[1], one[0]))


def _words(
    by: tuple[str, ...], key: tuple[str, ...], versions: Sequence[Version], language: Language
) -> str:
    told = dict(zip(_columns(by), key, strict=True))
    said = [
        named_in_words(CITED[one], told[one], versions, language)[0] for one in CITED if one in told
    ]
    if "outcome" in told:
        said.insert(0, _outcome(told["decision"], told["outcome"], versions, language))
    return "; ".join(said)


def _outcome(name: str, word: str, versions: Sequence[Version], language: Language) -> str:
    for version in versions:
        if name in version.decisions:
            said = outcome_word(version, name, word, language)
            return f"{label(version, name, language)}: {said}"
    return word


def _harmless(cell: str) -> str:
    """The cell, with a mark before what a spreadsheet would run; a number is only a number."""
    is_number = cell.removeprefix("-").replace(".", "", 1).isdecimal()
    return f"'{cell}" if cell.startswith(_FORMULA) and not is_number else cell


_HEADS: dict[str, Words] = {
    "day": Message("day"),
    "month": Message("by-month"),
    "policy": Message("by-policy"),
    "decision": Message("decision"),
    "outcome": Message("outcome"),
    "rule": Message("rule"),
    "clause": Message("clause"),
    "reading": Message("reading"),
    "entries": Message("by-entries"),
    "share": Message("by-share"),
    "in-words": Message("by-in-words"),
}
_INSTALL_XLSX = Message("install-xlsx-extra")

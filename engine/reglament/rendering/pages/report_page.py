"""From counts over a log to a page of charts that stands alone: the answer first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from reglament.frozen import frozen
from reglament.messages import Language, Message
from reglament.model.regulation import Version
from reglament.rendering.pages.filled_templates import render
from reglament.rendering.words import cldr as lang
from reglament.rendering.words.distributions import (
    MOST_BARS,
    Chart,
    bars_of,
    charts_of,
    waits_chart,
)
from reglament.rendering.words.sentences import with_labels

MOST_DAYS = 31


@frozen
class PolicyCounts:
    """What a policy decided, counted, and how many seconds after its request each moment lies.

    `versions` name things, the one that decided most first.
    """

    name: str
    counts: Mapping[str, Any]
    waits: Mapping[str, Mapping[int, int]]
    versions: Sequence[Version]


def report_html(
    policies: Sequence[PolicyCounts], zone: str, language: Language, **around: Any
) -> str:
    """The page of what was counted of each policy.

    `around` is what a service has around its pages.
    """
    by_day = sum((Counter(policy.counts["days"]) for policy in policies), Counter[str]())
    days = sorted(by_day)
    return render(
        "report.html",
        language,
        entries=sum(policy.counts["entries"] for policy in policies),
        first=lang.day(date.fromisoformat(days[0]), language) if days else "",
        last=lang.day(date.fromisoformat(days[-1]), language) if days else "",
        zone=zone,
        periods=list(_periods(by_day, language)),
        policies=[_of_policy(policy, language) for policy in policies],
        **around,
    )


def _of_policy(counts: PolicyCounts, language: Language) -> dict[str, Any]:
    answers, others = _outcomes(counts, language)
    return {
        "title": counts.versions[0].title.to(language) if counts.versions else counts.name,
        "entries": counts.counts["entries"],
        "answers": answers,
        "others": others,
        "sections": list(_cited(counts.counts, counts.versions, language)),
    }


def _outcomes(counts: PolicyCounts, language: Language) -> tuple[list[Chart], list[dict[str, Any]]]:
    """The charts of the decision that answers, and those of each other, with their gist."""
    answers: list[Chart] = []
    others: list[dict[str, Any]] = []
    told = {version.explain.answer for version in counts.versions if version.explain is not None}
    for name, version in _shown(counts.versions).items():
        if name in counts.counts["outcomes"]:
            charts = list(charts_of(version, name, counts.counts["outcomes"][name], language))
            if name in counts.waits:
                charts.append(waits_chart(version, name, counts.waits[name], language))
            if name in told:
                answers += charts
            else:
                others.append({"title": charts[0].title, "said": _gist(charts), "charts": charts})
    return answers, others


def _shown(versions: Iterable[Version]) -> dict[str, Version]:
    """The version that names each decision: the one that decided most, of those that have it."""
    found: dict[str, Version] = {}
    for version in versions:
        for name in version.decisions:
            found.setdefault(name, version)
    return found


def _gist(charts: Sequence[Chart]) -> str:
    """What the charts come to in one line: how values spread, or the most frequent outcome."""
    first = charts[0]
    return first.said[0] if first.said else f"{first.bars[0].label}, {first.bars[0].share}"


def _periods(days: Mapping[str, int], language: Language) -> Iterator[Chart]:
    """How many requests by day, or by month where there are many days."""
    if not days:
        return
    total = sum(days.values())
    if len(days) <= MOST_DAYS:
        named = {one: lang.day(date.fromisoformat(one), language) for one in sorted(days)}
        rows = [(said, days[name], "") for name, said in named.items()]
    else:
        months = Counter[str]()
        for day, count in days.items():
            months[day[:7]] += count
        rows = [
            (lang.month(date.fromisoformat(f"{month}-01"), language), months[month], "")
            for month in sorted(months)
        ]
    yield Chart("", bars_of(rows, total, language))


def _cited(
    counts: Mapping[str, Any], versions: Sequence[Version], language: Language
) -> Iterator[dict[str, Any]]:
    for key, title in _TITLES.items():
        counted = Counter[str](counts[key])
        if counted:
            rows = []
            for name, count in counted.most_common(MOST_BARS):
                said, aside = named_in_words(key, name, versions, language)
                rows.append((said, count, aside))
            rest = len(counted) - len(rows)
            more = Message("more-rest", rest=rest).to(language) if rest else ""
            chart = Chart("", bars_of(rows, counts["entries"], language), more=more)
            yield {"title": title.to(language), "charts": [chart]}


def named_in_words(
    key: str, name: str, versions: Iterable[Version], language: Language
) -> tuple[str, str]:
    """What a rule, clause or reading says, and its name where that is another thing."""
    for version in versions:
        if key == "clauses" and name in version.clauses:
            clause = version.clauses[name]
            return clause.summary.to(language), clause.locator
        if key == "readings" and name in version.readings:
            return version.readings[name].question.to(language), name
        if key == "rules":
            for decision, rule in version.written_rules():
                if rule.id == name:
                    said = decision.label.to(language)
                    if rule.because is not None:
                        said = with_labels(rule.because, version).to(language)
                    return said, name
    return name, ""


_TITLES = {
    "rules": Message("rules-report"),
    "clauses": Message("clauses-heading"),
    "readings": Message("readings"),
}

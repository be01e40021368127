"""From counts over a log to a page of plots that stands alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from markupsafe import Markup

from reglament.audit.log import DecisionLog
from reglament.audit.queries import Counts
from reglament.audit.reexecution import StoredPolicy
from reglament.messages import Language, Message
from reglament.model.outcomes import Status
from reglament.model.problems import Refused
from reglament.model.regulation import Version
from reglament.rendering.labels import label, named, undecided
from reglament.rendering.log_pictures import bars_picture
from reglament.rendering.pages import render

MOST_BARS = 15


def report_page(log: DecisionLog, counts: Counts, language: Language) -> str:
    """Counts by outcome, rule, clause, reading and day, as bars."""
    version = _newest(log, counts)
    days = sorted(counts.days)
    period = f"{days[0]} - {days[-1]}" if days else ""
    sections = list(_sections(counts, version, language))
    return render("report.html", language, counts=counts, period=period, sections=sections)


def _sections(
    counts: Counts, version: Version | None, language: Language
) -> Iterator[dict[str, Any]]:
    outcomes = [
        _plot(_titled(name, version, language), _worded(name, counter, version, language), language)
        for name, counter in counts.outcomes.items()
    ]
    yield {"title": _TITLES["outcomes"].to(language), "plots": outcomes}
    for key in ("rules", "clauses", "readings"):
        counter: Counter[str] = getattr(counts, key)
        if counter:
            yield {"title": _TITLES[key].to(language), "plots": [_plot("", counter, language)]}
    by_day = sorted(counts.days.items())
    if by_day:
        plot = {"title": "", "picture": Markup(bars_picture(by_day[-31:], "")), "more": ""}
        yield {"title": _TITLES["days"].to(language), "plots": [plot]}


def _plot(title: str, counter: Counter[str], language: Language) -> dict[str, Any]:
    most = counter.most_common(MOST_BARS)
    rest = len(counter) - len(most)
    more = Message("more-rest", rest=rest).to(language) if rest else ""
    return {"title": title, "picture": Markup(bars_picture(most, title)), "more": more}


def _titled(name: str, version: Version | None, language: Language) -> str:
    return name if version is None else f"{label(version, name, language)} ({name})"


def _worded(
    name: str, counter: Counter[str], version: Version | None, language: Language
) -> Counter[str]:
    """Outcomes in words, with the word of the policy where that is another."""
    options = named(version, name).options or {} if version is not None else {}
    found: Counter[str] = Counter()
    for word, count in counter.items():
        said = options[word].to(language) if word in options else word
        shown = word if said == word else f"{said} ({word})"
        is_open = word in (Status.UNDETERMINED, Status.REFUSED)
        found[undecided(word).to(language) if is_open else shown] += count
    return found


def _newest(log: DecisionLog, counts: Counts) -> Version | None:
    """The version that decided most, to name things by."""
    for digest, _ in counts.policies.most_common(1):
        try:
            return StoredPolicy(digest, log.policy(digest) or "").version
        except (Refused, ValueError):
            return None
    return None


_TITLES = {
    "outcomes": Message("outcomes"),
    "rules": Message("rules-report"),
    "clauses": Message("clauses-report"),
    "readings": Message("readings"),
    "days": Message("day-recording"),
}

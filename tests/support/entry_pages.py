"""From an entry of a log to its page by itself, as the desk shows it among others."""

from __future__ import annotations

from reglament.audit.entry_page import readable, shown_of
from reglament.audit.log import DecisionLog
from reglament.audit.verification import doubts
from reglament.messages import Language
from reglament.rendering.pages.decision_page import decision_html


def page(log: DecisionLog, sequence: int, language: Language) -> str:
    """The page of the entry; what is wrong with it comes first. Raises Refused."""
    entry = readable(log.entry(sequence))
    return decision_html(shown_of(log, entry, doubts(log, entry), language), language)

"""From sections that are misspelt or misshapen to the complaints that only they would cause."""

from __future__ import annotations

from reglament.language.loading.section_names import JOINED, SINGLE
from reglament.language.loading.sections import Sections
from reglament.language.syntax.source import Mapping
from reglament.language.syntax.suggest import did_you_mean

_NAMES = frozenset({"unknown-fact", "unknown-name", "unknown-placeholder"})
_CODES = {
    "facts": _NAMES,
    "parameters": _NAMES,
    "decisions": _NAMES | {"unknown-decision", "unknown-rule"},
    "calendars": frozenset({"unknown-calendar"}),
    "hours": frozenset({"unknown-hours"}),
    "readings": frozenset({"unknown-reading"}),
    "clauses": frozenset({"unknown-clause"}),
}


def lost_sections(sections: Sections) -> set[str]:
    """The sections that stand there under a misspelt name, or are no mapping where one is due."""
    absent = (JOINED | SINGLE) - sections.joined.keys()
    meant = {did_you_mean(name, absent) for name in sections.joined.keys() - JOINED - SINGLE}
    misshapen = {
        name
        for name in JOINED & sections.joined.keys()
        if not isinstance(sections.joined[name], Mapping)
    }
    return {name for name in meant if name is not None} | misshapen


def codes_of_lost(sections: Sections, nameless: set[str]) -> set[str]:
    """The codes of problems that say nothing new while those sections, or a name, are lost."""
    lost = lost_sections(sections) | nameless
    return {code for name in lost for code in _CODES.get(name, ())}

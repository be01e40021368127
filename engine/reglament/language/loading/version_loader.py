"""From a folder or a file to the versions of a policy, or to everything that is wrong with them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from reglament.language.loading.decisions.decisions_section import declare_decisions, read_decisions
from reglament.language.loading.decisions.imported_decisions import read_imported
from reglament.language.loading.decisions.list_decisions import total_facts, with_lists
from reglament.language.loading.decisions.named_tables import read_tables
from reglament.language.loading.error_cascades import blame_declarations, settle_causes
from reglament.language.loading.expressions import node_access
from reglament.language.loading.expressions.literal_nodes import read_day, read_zone
from reglament.language.loading.expressions.scope import Scope
from reglament.language.loading.expressions.when_section import read_condition
from reglament.language.loading.files.bases import Versions, parts_of
from reglament.language.loading.files.bundles import is_bundle, read_bundle
from reglament.language.loading.files.content import keep_content
from reglament.language.loading.files.digest import digest_of
from reglament.language.loading.files.imported_texts import with_imported
from reglament.language.loading.files.joined_sections import Sections, read_sections, sections_of
from reglament.language.loading.files.section_names import (
    JOINED,
    OF_TIME,
    OPTIONAL,
    SINGLE,
    is_version,
)
from reglament.language.loading.files.shared_parts import SharedParts
from reglament.language.loading.mistaken_labels import name_by_labels
from reglament.language.loading.sections.calendars_section import read_calendars
from reglament.language.loading.sections.examples import read_examples, read_timelines
from reglament.language.loading.sections.explain_section import read_explain
from reglament.language.loading.sections.facts_section import read_facts, read_parameters
from reglament.language.loading.sections.hours_section import read_hours
from reglament.language.loading.sections.reactions_section import keep_to_the_fence, read_reactions
from reglament.language.loading.sections.readings_section import (
    cite_clauses,
    read_clauses,
    read_readings,
)
from reglament.language.loading.sections.subjects_section import read_subjects
from reglament.language.loading.version_overlaps import Read, in_order
from reglament.language.syntax.diagnostics import Diagnostics
from reglament.language.syntax.shown import clickable, shown_name
from reglament.language.syntax.source import MappingNode, Node, Scalar, Source
from reglament.language.syntax.suggest import did_you_mean
from reglament.messages import Message
from reglament.model.problems import Place, Problem, Refused
from reglament.model.regulation import Version
from reglament.model.values import Kind, Type


def read_policy(path: Path) -> tuple[Version, ...]:
    """The versions in a folder of versions, in one version's folder or in one file, oldest first.

    The file may be a bundle. Raises Refused with every problem of every version.
    """
    if is_bundle(path):
        return tuple(bundled.version for bundled in read_bundle(path))
    versions: list[Read] = []
    problems: list[Problem] = []
    following: list[Problem] = []
    folders = version_folders(path) if path.is_dir() else []
    beside = Versions(path.parent, None) if folders == [path] else Versions(path, path)
    for folder in folders or [path]:
        try:
            versions.append(_read(folder, beside if folders else None))
        except Refused as refused:
            problems += refused.problems
            following += refused.following
    ordered = in_order(versions)
    for one in ordered:
        problems += one.report.problems
    if problems:
        once = dict.fromkeys(problems)  # a mistake of a base is one of all versions based on it
        raise Refused(clickable(once), clickable(dict.fromkeys(following)))
    return tuple(one.version for one in ordered)


def read_version(path: Path) -> Version:
    """The one version in a folder or a file. Raises Refused, for several versions too."""
    versions = read_policy(path)
    if len(versions) == 1:
        return versions[0]
    message = Message("holds-versions-one-wanted", path=path, count=len(versions))
    raise Refused([Problem("several-versions", message, Place.whole(shown_name(path)))])


def version_folders(path: Path) -> list[Path]:
    """The folder of each version in the folder. Raises Refused where there are none."""
    if is_version(path):
        return [path]
    folders = sorted(one for one in path.iterdir() if one.is_dir() and one.name[0] != ".")
    paths = [folder for folder in folders if parts_of(folder)]
    if not paths:
        message = Message("folder-holds-no-policy", path=path)
        hint = Message("yaml-files-wanted")
        place = Place.whole(shown_name(path))
        raise Refused([Problem("policy-missing", message, place, hint=hint)])
    return paths


def _read(path: Path, beside: Versions | None) -> Read:
    """The version in a folder or a file, and its sections. Raises Refused."""
    report = Diagnostics()
    if beside is None:
        shared = SharedParts.beside(path.absolute().parent)
        sections, first = read_sections(report, [path], shared), path
    else:
        sections, first = beside.sections(path, report), parts_of(path)[0]
        report = beside.report(path)
    # A version stands in the folder of its policy, or is the policy.
    policy = path if beside is None or beside.root is None else beside.folder
    sections = with_imported(report, sections, policy.absolute(), read_policy)
    return Read(version_from(report, sections, first), sections, report)


def version_from(report: Diagnostics, sections: Sections, first: Path) -> Version:
    """The version that the sections make. Raises Refused."""
    # With no part readable there is nothing to tell of but that.
    if sections.place is None:
        report.refuse_if_any()
    version = _Head(report, sections, first).version()
    report.is_late = False
    name_by_labels(report, sections)
    blame_declarations(report, sections)
    settle_causes(report, sections)
    report.refuse_if_any()
    keep_content(version, sections)
    return version


class _Head:
    """What a version says of itself, and the version that its sections make."""

    def __init__(self, report: Diagnostics, sections: Sections, first: Path) -> None:
        self.report = report
        self.sections = sections
        heads = (node.place.file for name, node in sections.joined.items() if name in SINGLE)
        self.place = Place(min(heads, default=shown_name(first)))
        report.silenced |= codes_of_lost(sections, report.nameless)
        has_time = sections.get("chosen_by") is not None
        for name in sorted(SINGLE - OPTIONAL - (frozenset() if has_time else OF_TIME)):
            if name not in sections.joined and name not in lost_sections(sections):
                report.add("missing-section", self.place, Message("version-lacks", name=name))

    def version(self) -> Version:
        sections, names = self.sections, self._names()
        clauses = read_clauses(self.report, sections.get("clauses"))
        names.clauses = frozenset(clauses)
        names.readings = read_readings(self.report, sections.get("readings"))
        cite_clauses(names, sections.get("readings"))
        facts = read_facts(names, sections.get("facts"))
        imported = read_imported(names, sections, facts, version_from)
        facts |= imported.facts
        self._check_chooser(names)
        parameters, dated = read_parameters(names, sections.get("parameters"))
        calendars = read_calendars(names, sections.get("calendars"))
        names.hours = _keys(sections.get("hours"))
        declared = _keys(sections.get("calendars"))
        hours = read_hours(names, calendars, sections.get("hours"), declared)
        headings = declare_decisions(names, sections.get("decisions"))
        earlier = dated | imported.decisions
        tables = read_tables(names, sections.get("tables"))
        decisions = read_decisions(names, sections.get("decisions"), headings, earlier, tables)
        facts |= total_facts(names, decisions.found)
        holds_from, holds_until = self._holds()
        known = sections.get("known_from")
        version = Version(
            policy=self._text("policy"),
            version=self._text("version"),
            title=node_access.words(self.report, sections.get("title")) or node_access.NOTHING,
            holds_from=holds_from or date.min,
            holds_until=holds_until,
            known_from=read_day(self.report, known) or holds_from or date.min,
            chosen_by=names.chosen_by,
            zone=str(names.zone),
            zone_label=node_access.words(self.report, sections.get("time_zone_label")),
            facts=facts,
            decisions=decisions.found,
            hours={**hours, **imported.hours},
            calendars=calendars,
            parameters=parameters,
            readings={**names.readings, **imported.readings},
            clauses={**clauses, **imported.clauses},
            explain=read_explain(
                names, decisions.found, decisions.dormant, sections.get("explain")
            ),
            dormant=tuple(sorted([*decisions.dormant, *imported.dormant])),
            imported=imported.policies,
            digest=digest_of(sections.plain()),
            words_or_names=tuple(dict.fromkeys(names.words_or_names)),
        )
        version = with_lists(names, version, is_sound=not self.report.problems)
        self.report.is_late = True
        version = read_examples(self.report, version, sections.get("examples"))
        return self._over_time(names, version)

    def _over_time(self, names: Scope, version: Version) -> Version:
        """The version with what it says of requests over time."""
        sections = self.sections
        self.report.is_late = False
        subjects = read_subjects(names, version, sections.get("subjects"))
        version = replace(version, subjects=subjects)
        reactions = read_reactions(names, version, sections.get("reactions"))
        version = replace(version, reactions=reactions)
        if self.report.problems:
            return version  # what hangs on a wrong word would be told a second time
        self.report.is_late = True
        keep_to_the_fence(self.report, version)
        timelines = read_timelines(names, version, sections.get("timelines"))
        return replace(version, timelines=timelines)

    def _holds(self) -> tuple[date | None, date | None]:
        """The first day on which the text holds, and the last one where it is said."""
        node = self.sections.get("holds_until")
        first = read_day(self.report, self.sections.get("holds_from"))
        last = read_day(self.report, node)
        if first is not None and last is not None and last < first:
            message = Message("version-ends-before-begins", last=last, first=first)
            self.report.add("empty-interval", node, message)
        return first, last

    def _names(self) -> Scope:
        zone = read_zone(self.report, self.sections.get("time_zone"))
        chosen_by = self._text("chosen_by")
        return Scope(self.report, zone, chosen_by=chosen_by, read_condition=read_condition)

    def _text(self, key: str) -> str:
        word = node_access.word(self.report, self.sections.get(key))
        return "" if word is None else str(word.value)

    def _check_chooser(self, names: Scope) -> None:
        word = node_access.word(self.report, self.sections.get("chosen_by"))
        if word is None:
            return
        typed = names.known.get(names.chosen_by)
        if typed is None:
            node_access.unknown(self.report, "unknown-fact", word, names.facts, Message("not-fact"))
        elif typed.type is not None and typed.type.kind not in (Kind.DATE, Kind.DATETIME):
            message = Message("date-datetime-chooses-version", word=word.value)
            self.report.add("wrong-type", word, message)
        elif typed.type is not None:
            self._check_days(word, typed.type)

    def _check_days(self, chooser: Scalar, type: Type) -> None:
        """The bounds of the fact that chooses the version leave it a day."""
        first, most = self._holds()[0], type.at_most
        last = most.date() if isinstance(most, datetime) else most
        if first is not None and last is not None and last < first:
            message = Message(
                "version-holds-from-latest", first=first, chooser=chooser.value, last=last
            )
            self.report.add("empty-interval", chooser, message)


def _keys(section: Node | None) -> frozenset[str]:
    return frozenset(section.keys) if isinstance(section, MappingNode) else frozenset()


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
        if not isinstance(sections.joined[name], MappingNode)
    }
    return {name for name in meant if name is not None} | misshapen


def codes_of_lost(sections: Sections, nameless: set[str]) -> set[str]:
    """The codes of problems that say nothing new while those sections, or a name, are lost."""
    lost = lost_sections(sections) | nameless
    return {code for name in lost for code in _CODES.get(name, ())}


def read_content(text: str, name: str) -> Version:
    """The version that `reglament.language.loading.files.content.content_of` made the text of.

    Raises Refused, with `name` as the file in which the problems stand.
    """
    report = Diagnostics()
    return version_from(report, sections_of(report, Source(name, text)), Path(name))

"""The sections that files of a policy may hold, and which files of a folder are read for them."""

from __future__ import annotations

from pathlib import Path, PurePath

JOINED = frozenset(
    {"facts", "parameters", "calendars", "hours", "tables", "decisions"}
    | {"readings", "clauses", "subjects"}
)
LISTED = frozenset({"examples", "reactions", "timelines"})
SINGLE = frozenset(
    {"policy", "version", "title", "holds_from", "known_from", "chosen_by", "time_zone"}
)
# Without it the policy has one version, and no rule hangs on a day.
OPTIONAL = frozenset({"chosen_by"})
# What such a policy need not say, too: what was known when matters where versions are chosen.
OF_TIME = frozenset({"known_from"})
TABLE = ".csv"
ENDINGS = frozenset({".yaml", ".yml"})


def is_part(path: Path) -> bool:
    """Whether a file in a policy's folder is read as part of the policy."""
    return is_part_by_name(path) and not path.is_dir()


def is_part_by_name(path: PurePath) -> bool:
    """Whether a file of that name is."""
    return path.suffix in ENDINGS and not path.name.startswith(".")


def is_version(path: Path) -> bool:
    """Whether the path is the folder of one version, and not of several or a file."""
    return path.is_dir() and any(is_part(one) for one in path.iterdir())

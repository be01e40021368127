"""From a folder to the settings of the project that it belongs to.

They stand in `reglament.toml`, as `policy = "fees"`, or in `pyproject.toml` in the table
`[tool.reglament]`.
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from reglament.frozen import frozen
from reglament.language.syntax.source import read_source, unreadable
from reglament.language.syntax.suggest import suggestion
from reglament.messages import Message, Words
from reglament.model.problems import Place, Problem, Refused

OWN_FILE = "reglament.toml"
SHARED_FILE = "pyproject.toml"
KEYS = ("policy",)
_AT = re.compile(r" \(at line (\d+), column (\d+)\)$")


@frozen
class ProjectSettings:
    """What a file of settings says: the policy that is meant where none is named."""

    file: Path
    policy: str | None

    def refusal(self, problem: Problem) -> Refused:
        """The problem, told of this file."""
        return Refused([replace(problem, place=Place.whole(str(self.file)))])


def settings_above(folder: Path) -> ProjectSettings | None:
    """The settings of the nearest folder that has any: this one, or one above it.

    Raises Refused for settings that are wrong.
    """
    for one in (folder, *folder.parents):
        for file in (one / OWN_FILE, one / SHARED_FILE):
            table = _table_in(file)
            if table is not None:
                return ProjectSettings(file, _policy_of(file, table))
    return None


def _table_in(file: Path) -> object | None:
    """The table of settings in a file, as it is written there; None where there is none."""
    text = _text_of(file)
    if text is None:
        return None
    import tomllib  # late: most folders have no settings

    try:
        whole = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _not_toml(file, str(error)) from None
    if file.name == OWN_FILE:
        return whole
    tools = whole.get("tool")
    return tools.get("reglament") if isinstance(tools, dict) else None


def _text_of(file: Path) -> str | None:
    """The text of a file that may hold settings of ours; what is wrong with others is theirs."""
    is_own = file.name == OWN_FILE
    try:
        if not file.is_file() or not (is_own or b"reglament" in file.read_bytes()):
            return None
    except OSError as error:
        if is_own:
            raise unreadable(str(file), error) from error
        return None
    return read_source(file).text


def _policy_of(file: Path, table: object) -> str | None:
    if not isinstance(table, dict):
        raise _wrong(file, Message("settings-no-table"))
    for key in table:
        if key not in KEYS:
            known = suggestion(key, KEYS) or Message("settings-known", names="`policy`")
            raise _wrong(file, Message("settings-unknown-key", key=key), known)
    policy = table.get("policy")
    if policy is not None and (not isinstance(policy, str) or not policy):
        raise _wrong(file, Message("settings-policy-no-text"), Message("settings-example"))
    return policy


def _wrong(file: Path, message: Words, hint: Words | None = None) -> Refused:
    return Refused([Problem("wrong-settings", message, Place.whole(str(file)), hint=hint)])


def _not_toml(file: Path, said: str) -> Refused:
    at = _AT.search(said)
    place = Place.whole(str(file)) if at is None else Place(str(file), int(at[1]), int(at[2]))
    message = Message("settings-not-toml", why=_AT.sub("", said))
    return Refused([Problem("wrong-settings", message, place)])

"""From a working folder, and perhaps a name, to the path of the policy that is meant.

A name is looked up in `policies` and in the folder itself, then the same beside the project's
settings, then among the bundled policies. Where none is given, it is that of the settings, or
the only policy of the folder; a bundled policy is never meant unless it is named.

Settings stand in `reglament.toml`, as `policy = "fees"`, or in `pyproject.toml` in the table
`[tool.reglament]`, in the folder or one above it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from reglament.frozen import frozen
from reglament.language.loading.files.section_names import JOINED, LISTED, SINGLE, is_part
from reglament.language.syntax.bundled import NAME_ONE, bundled_policies
from reglament.language.syntax.source import read_source, unreadable
from reglament.language.syntax.suggest import suggestion
from reglament.messages import Message, Words, ticked
from reglament.model.problems import Place, Problem, Refused, refusal

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
    for path in (folder, *folder.parents):
        for file in (path / OWN_FILE, path / SHARED_FILE):
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


POLICIES = "policies"
_FEWEST = 3  # keys of `SINGLE` make a head: a request may tell a `title` and a `version`
_MOST_BYTES = 65_536  # of a file that are looked at
_KEY = re.compile(r"^(\w+)[ \t]*:[ \t]*['\"]?([^'\"\s]*)", re.MULTILINE)


@frozen
class FoundPolicy:
    """Where a policy is, whether it is a bundled one, and the settings that named it, if any."""

    path: Path
    is_bundled: bool = False
    settings: Path | None = None


def policy_in(folder: Path, name: str | None = None) -> FoundPolicy | None:
    """The policy that is meant in the folder; None where none was named and none is there.

    Raises Refused for a name that leads nowhere, for settings that cannot be read, and where
    none of several policies was named.
    """
    if name is not None:
        return _named(name, folder)
    settings = settings_above(folder.absolute())
    if settings is not None and settings.policy is not None:
        return _by_settings(settings, settings.policy)
    paths = _policies_of(folder)
    if len(paths) > 1:
        message = Message("several-policies-here", names=_quoted(_names(paths)))
        raise refusal("policy-missing", message, Message("name-one-policy"))
    return FoundPolicy(paths[0]) if paths else None


def no_policy_here(folder: Path) -> Refused:
    """Why a command that does not read somebody else's policy has nothing to read."""
    message = Message("no-policy-here", folder=str(folder.absolute()))
    hint = Message("name-policy-or-begin", names=_quoted(bundled_policies()))
    return refusal("policy-missing", message, hint)


def known_names(folder: Path) -> list[str]:
    """The names of the policies in the folder, and of those that are bundled."""
    return sorted({*_names(_policies_of(folder)), *bundled_policies()} - {""})


def local_policy(folder: Path, name: str) -> Path | None:
    """The policy of that name in `policies` of the folder, or the path; None where neither is."""
    paths = (folder / POLICIES / name, folder / name)
    return next((path for path in paths if path.exists()), None)


# -- by name --------------------------------------------------------------------------------


def _named(name: str, folder: Path) -> FoundPolicy:
    if not name:
        raise refusal("policy-missing", Message("name-policy-empty"), NAME_ONE)
    bundled = bundled_policies()
    for one in _folders_for(name, folder):
        path = local_policy(one, name)
        # A folder of some other things does not hide a bundled policy of its name.
        if path is not None and (name not in bundled or _is_policy(path)):
            return FoundPolicy(path)
    if name in bundled:
        return FoundPolicy(bundled[name], is_bundled=True)
    known = known_names(folder)
    message = Message("not-policy-neither-bundled", name_or_path=name)
    hint = suggestion(name, known) or Message("policies-known", names=_quoted(known))
    raise refusal("policy-missing", message, hint)


def _folders_for(name: str, folder: Path) -> Iterator[Path]:
    """The folders in which a name is looked up; a path is meant from the folder alone."""
    yield folder
    if len(Path(name).parts) == 1 and (settings := settings_above(folder.absolute())) is not None:
        yield settings.file.parent


def _by_settings(settings: ProjectSettings, name: str) -> FoundPolicy:
    try:
        policy = _named(name, settings.file.parent)
    except Refused as refused:
        raise settings.refusal(refused.problems[0]) from None
    return FoundPolicy(policy.path, policy.is_bundled, settings.file)


# -- by looking -----------------------------------------------------------------------------


def _policies_of(folder: Path) -> list[Path]:
    """The folder itself where it is a policy; else those in its `policies` and in it."""
    if own := _files_of(folder):
        return own
    if any(head["version"] == path.name for path in _folders(folder) for head in _heads(path)):
        return [folder]  # of versions
    held = folder / POLICIES
    folders = _folders(held) + [path for path in _folders(folder) if path != held]
    return _files_of(held) + [path for path in folders if _is_policy(path)]


def _is_policy(path: Path) -> bool:
    """Whether the path is a file, or the folder of a version, or of versions of one policy.

    A version that is based on another one need not repeat the policy's name.
    """
    folders = (path, *_folders(path)) if path.is_dir() else ()
    heads = [head for folder in folders for head in _heads(folder)]
    named = {head["policy"] for head in heads if "based_on" not in head}
    return path.is_file() or (bool(heads) and len(named) <= 1)


def _files_of(folder: Path) -> list[Path]:
    """The heads in the folder; the folder itself, where other parts stand beside its head."""
    heads = [path for path in _parts(folder) if _is_head(_keys(path))]
    if len(heads) != 1:
        return heads
    others = [path for one in (folder, *_folders(folder)) for path in _parts(one)]
    sections = [_keys(path).keys() & (JOINED | LISTED) for path in others if path != heads[0]]
    return [folder] if any(sections) else heads


def _heads(folder: Path) -> Iterator[Mapping[str, str]]:
    for path in _parts(folder):
        if _is_head(keys := _keys(path)):
            yield {"policy": "", "version": "", **keys}


def _is_head(keys: Mapping[str, str]) -> bool:
    return len(keys.keys() & SINGLE) >= _FEWEST


def _keys(path: Path) -> Mapping[str, str]:
    """The keys at the margin of a file, each with its word; a broken file has them too."""
    try:
        with path.open("rb") as file:
            text = file.read(_MOST_BYTES).decode("utf-8", "replace")
    except OSError:
        return {}
    return dict(_KEY.findall(text.removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}")))


def _parts(folder: Path) -> list[Path]:
    return [path for path in _listed(folder) if is_part(path) and path.is_file()]


def _folders(folder: Path) -> list[Path]:
    return [path for path in _listed(folder) if path.is_dir() and path.name[0] != "."]


def _listed(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir())
    except OSError:
        return []


def _names(paths: Iterable[Path]) -> list[str]:
    return [path.name for path in paths]


def _quoted(names: Iterable[str]) -> str:
    return ticked(sorted(names))

"""From the files of a policy to the bundle that was made of the same bytes before, on the disk.

A bundle is kept under a digest of the files' names and bytes and of the engine itself, so nothing
that is kept is ever out of date. A file that is damaged, foreign, or that others may write is as
good as none: it is made again. Where nothing can be written, nothing is kept.
"""

from __future__ import annotations

import os
import re
import stat
import sys
from collections.abc import Iterator
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from reglament.language.loading.files.section_names import is_version
from reglament.language.loading.files.shared_parts import SharedParts, names_used
from reglament.language.syntax.bundled import PACKAGE, policies_folder
from reglament.language.syntax.shown import shown_name
from reglament.plan.bundle import Bundled, NotABundle, unpack

VARIABLE = "REGLAMENT_CACHE"
OFF = "off"
MOST_KEPT = 64
MOST_BYTES = 1 << 26
_HANGS_ON_ANOTHER = b"based_on"
_TAKEN_FROM = re.compile(rb"\bfrom:[ \t]*[\"']?[A-Za-z0-9_-]+\.[A-Za-z_]")
READ = frozenset({".yaml", ".yml", ".csv"})


def cache_folder() -> Path | None:
    """Where bundles are kept: what REGLAMENT_CACHE says, or where the system keeps such files.

    None where it says `off`, and where there is no such place.
    """
    told = os.environ.get(VARIABLE, "")
    if told:
        return None if told == OFF else Path(told)
    home = os.path.expanduser("~")
    home = "" if home in ("~", os.sep) else home
    if sys.platform == "win32":
        place = os.environ.get("LOCALAPPDATA", "")
    elif sys.platform == "darwin":
        place = os.path.join(home, "Library", "Caches")
    else:
        place = os.environ.get("XDG_CACHE_HOME", "") or os.path.join(home, ".cache")
    return Path(place, "reglament") if os.path.isabs(place) else None


def key_of(path: Path) -> str | None:
    """What the policy at the path is kept under; None where it is not to be kept."""
    found = sha256()
    room = MOST_BYTES
    others: list[tuple[Path, Path]] = []
    try:
        for file in sorted(_files(path)):
            data = file.read_bytes()
            if _HANGS_ON_ANOTHER in data and is_version(path):
                return None  # of which these files are no part
            if _TAKEN_FROM.search(data) or (used := names_used(data)) is None:
                return None  # a glance does not tell what else it is read from
            for name in used:
                others += SharedParts.of(path).files(name)
            room -= len(data)
            found.update(f"{shown_name(file)}\0{len(data)}\0".encode() + data)
        for file, _ in sorted(set(others)):
            found.update(f"{file}\0".encode() + file.read_bytes())
        for name in _engine():
            found.update(name.encode())
    except (OSError, ValueError, _Unusual):
        return None
    return found.hexdigest() if room >= 0 else None


def hangs_on_others(data: bytes) -> bool:
    """Whether the file of a policy takes anything from outside of the policy's folder."""
    return names_used(data) != () or _TAKEN_FROM.search(data) is not None


def kept(key: str) -> tuple[Bundled, ...] | None:
    """The versions kept under the key; None where there are none that can be trusted."""
    folder = cache_folder()
    if folder is None:
        return None
    try:
        with open(folder / key, "rb") as file:
            if not _is_own(os.fstat(file.fileno())):
                return None
            head, _, bundle = file.read().partition(b"\n")
        return unpack(bundle, is_trusted=True) if head == key.encode() else None
    except (OSError, ValueError, NotABundle):
        return None


def keep(key: str, bundle: str) -> None:
    """Keep the text of a bundle, if that can be done; of many, the latest stay."""
    folder = cache_folder()
    if folder is None:
        return
    with suppress(OSError, ValueError):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        made = folder / f"{key}.{os.getpid()}"
        descriptor = os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="\n") as file:
            file.write(f"{key}\n{bundle}")
        os.replace(made, folder / key)
        _drop_oldest(folder)


def _drop_oldest(folder: Path) -> None:
    with os.scandir(folder) as entries:
        files = sorted((one.stat().st_mtime_ns, one.path) for one in entries if one.is_file())
    for _, path in files[:-MOST_KEPT]:
        os.unlink(path)


class _Unusual(Exception):
    """A file that is more than bytes: a link, a pipe, a device."""


def _files(path: Path) -> Iterator[Path]:
    """The files that the policy may be read from: of a single file, tables beside it too."""
    yield from _within(path, is_deep=True) if path.is_dir() else [path]
    if not path.is_dir():
        yield from (one for one in _within(path.parent, is_deep=False) if one.suffix == ".csv")


def _within(folder: Path, *, is_deep: bool) -> Iterator[Path]:
    with os.scandir(folder) as entries:
        for entry in entries:
            path = Path(entry.path)
            if entry.is_dir():
                if is_deep:
                    yield from _within(path, is_deep=True)
            elif path.suffix in READ:
                if not stat.S_ISREG(entry.stat(follow_symlinks=False).st_mode):
                    raise _Unusual(entry.path)
                yield path


def _engine() -> Iterator[str]:
    """What the files of the engine are, as far as a glance tells: one edited makes all new."""
    schemas = policies_folder().with_name("schemas")
    for folder, _, files in sorted([*os.walk(PACKAGE), *os.walk(schemas)]):
        if not folder.endswith("__pycache__"):
            for name in sorted(files):
                told = os.stat(os.path.join(folder, name))
                yield f"{folder}/{name} {told.st_size} {told.st_mtime_ns}\n"


def _is_own(told: os.stat_result) -> bool:
    """Whether nobody else may have written the file."""
    owner = getattr(os, "geteuid", lambda: told.st_uid)()
    return told.st_uid == owner and not told.st_mode & (stat.S_IWGRP | stat.S_IWOTH)

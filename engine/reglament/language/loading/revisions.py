"""From a git revision and a path in it to a policy, as it stood there."""

from __future__ import annotations

import subprocess
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from reglament.language.loading.files.cache import hangs_on_others
from reglament.language.loading.files.section_names import ENDINGS
from reglament.language.loading.version_loader import read_policy
from reglament.messages import Message
from reglament.model.problems import Problem, Refused, refusal
from reglament.model.regulation import Version

PLAIN_FILE = b"100"


def read_revision(revision: str, path: Path) -> tuple[Version, ...]:
    """The versions of the policy at `path`, a folder or file, as `revision` has it.

    Reads objects of the repository alone; no file of its work tree is touched.

    Raises Refused: for no repository, no such revision, nothing at the path, a wrong policy.
    """
    top, commit, inside = _found(path, revision)
    with _copied(top, commit, inside) as copy:
        try:
            return read_policy(copy)
        except Refused as refused:
            raise Refused(
                _placed(problem, copy, f"{revision}:{inside}") for problem in refused.problems
            ) from None


def commit_at(path: Path, revision: str) -> str:
    """The commit that a revision of the repository of `path` is now. Raises Refused."""
    folder = _existing(path.absolute())
    _top(folder)
    return _commit(folder, revision)


def names_at(path: Path, revision: str) -> list[str]:
    """The names of what stands in a folder at a revision, sorted. Raises Refused."""
    top, commit, inside = _found(path, revision)
    tree = f"{commit}:{inside if inside.name else ''}"
    listed = _git(top, "ls-tree", "-z", "--name-only", "--full-tree", tree)
    return sorted(name.decode(errors="replace") for name in listed.split(b"\0") if name)


def parts_at(path: Path, revision: str) -> list[bytes]:
    """The YAML files that stand in a folder itself at a revision. Raises Refused."""
    top, commit, inside = _found(path, revision)
    files = ((blob, PurePosixPath(file)) for blob, file in _files(top, commit, inside))
    return [
        _git(top, "cat-file", "blob", blob)
        for blob, file in files
        if file.parent == inside and file.suffix in ENDINGS and file.name[0] != "."
    ]


def _found(path: Path, revision: str) -> tuple[Path, str, PurePosixPath]:
    """The folder of the repository, the commit, and the path inside. Raises Refused."""
    folder = _existing(path.absolute())
    top = _top(folder)
    inside = PurePosixPath(path.resolve().relative_to(top.resolve()).as_posix())
    return top, _commit(folder, revision), inside


def _top(folder: Path) -> Path:
    """The folder of the repository. Raises Refused where there is none."""
    try:
        return Path(_git(folder, "rev-parse", "--show-toplevel").decode().rstrip("\n"))
    except Refused as refused:
        if refused.problems[0].code == "git-missing":
            raise
        message = Message("folder-no-git-repository", folder=folder)
        raise refusal("no-repository", message) from refused


def _commit(folder: Path, revision: str) -> str:
    try:
        found = _git(
            folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}"
        )
    except Refused:
        message = Message("repository-no-revision", revision=revision)
        raise refusal("unknown-revision", message) from None
    return found.decode().strip()


@contextmanager
def _copied(top: Path, commit: str, inside: PurePosixPath) -> Iterator[Path]:
    """A copy, byte for byte, of what the commit holds at a path; gone afterwards."""
    # A file may name tables beside it, so its whole folder comes along.
    is_folder = _git(
        top, "cat-file", "-t", f"{commit}:{inside}" if inside.name else f"{commit}^{{tree}}"
    )
    below = inside if is_folder.strip() == b"tree" else inside.parent
    with TemporaryDirectory(prefix="reglament-") as name:
        root = Path(name)
        own = _write(top, root, _files(top, commit, below))
        if any(hangs_on_others(data) for data in own):
            # What it takes from elsewhere stands beside it, or beside its folder.
            for folder in dict.fromkeys((below.parent, below.parent.parent)):
                _write(top, root, _files(top, commit, folder))
        yield root / inside


def _write(top: Path, root: Path, files: Iterable[tuple[str, str]]) -> list[bytes]:
    """Write the files that are not there yet; their bytes."""
    written = []
    for blob, file in files:
        target = root / file
        if not target.exists():
            data = _git(top, "cat-file", "blob", blob)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
            written.append(data)
    return written


def _files(top: Path, commit: str, below: PurePosixPath) -> Iterator[tuple[str, str]]:
    listed = _git(
        top, "ls-tree", "-r", "-z", "--full-tree", commit, "--", f"{below}/" if below.name else "."
    )
    for line in filter(None, listed.split(b"\0")):
        about, _, file = line.partition(b"\t")
        mode, _, blob = about.split(b" ")
        if mode.startswith(PLAIN_FILE):  # links and other repositories are no policy
            yield blob.decode(), file.decode()


def _existing(path: Path) -> Path:
    """The nearest folder that exists: what is at the path now may be gone."""
    return next(one for one in (path, *path.parents) if one.is_dir())


def _git(folder: Path, *words: str) -> bytes:
    try:
        done = subprocess.run(["git", "-C", str(folder), *words], capture_output=True, check=False)
    except OSError as error:
        raise refusal("git-missing", Message("git-does-not-run", strerror=error.strerror)) from None
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip() or " ".join(words)
        raise refusal("git-refused", Message("git-said", said=said))
    return done.stdout


def _placed(problem: Problem, copy: Path, name: str) -> Problem:
    """The problem with the name that people know the file by."""
    if problem.place is None:
        return problem
    file = problem.place.file.replace(str(copy), name)
    return replace(problem, place=replace(problem.place, file=file))

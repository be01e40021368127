"""From a revision of a git repository to the policy that stands there, taken anew as it moves."""

from __future__ import annotations

from pathlib import Path

from reglament.interfaces.http.reading import Reader
from reglament.language.loading.files.shared_parts import are_shared_parts_alone
from reglament.language.loading.revisions import commit_at, names_at, parts_at
from reglament.messages import Message
from reglament.model.problems import refusal
from reglament.policy import Policy

POLICY_FILES = (".yaml", ".yml")


class RevisionHolder:
    """The last good policy of a path at a revision, a branch say; no work tree is looked at."""

    def __init__(self, path: Path, revision: str, reader: Reader) -> None:
        """Reads the policy. Raises Refused: there is no good one yet."""
        self.path = path
        self.revision = revision
        self.refused: Exception | None = None
        self._seen = commit_at(path, revision)
        self._reader = reader
        self._policy = reader.read(path, None, self._seen)

    @property
    def policy(self) -> Policy:
        """The last policy that was read without mistakes."""
        return self._policy

    def refresh(self) -> bool:
        """Read it anew if the revision is another commit now; whether a new policy is taken."""
        try:
            commit = commit_at(self.path, self.revision)
            if commit == self._seen:
                return False
            self._seen = commit
            found = self._reader.read(self.path, self._policy, commit)
        except Exception as refused:  # also of the process that reads: the next commit is tried
            self.refused = refused
            return False
        self.refused = None
        if found == self._policy:
            return False
        self._policy = found
        return True


def policies_at(folder: Path, revision: str) -> list[Path]:
    """The policies in a folder at a revision, or the folder itself. Raises Refused."""
    names = names_at(folder, revision)
    if any(name.endswith(POLICY_FILES) for name in names):
        return [folder]
    folders = (folder / name for name in names if "." not in name)
    found = [one for one in folders if not are_shared_parts_alone(parts_at(one, revision))]
    if not found:
        raise refusal("policy-missing", Message("http-no-policies", folder=folder))
    return found

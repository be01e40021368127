"""From the files of a policy to the policy, read in another process while this one answers.

To read the text takes a quarter of a second of Python, which would hold up every answer. The other
process sends a bundle: to take it apart is a twentieth of that, and nothing of an unchanged text.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from pathlib import Path
from time import perf_counter, sleep
from typing import Any

from reglament.interfaces.http.threads import LongWork, apart, too_long
from reglament.language.loading.files.shared_parts import are_shared_parts_alone
from reglament.language.loading.revisions import commit_at, names_at, parts_at, read_revision
from reglament.messages import Message
from reglament.model.problems import Refused, refusal
from reglament.plan.bundle import unpack
from reglament.policy import Policy, load_policy

MOST_SECONDS = 60.0
WARMED = 15
"""So many worked examples are decided before others are: what is made at first requests is made."""
OTHERS_SHARE = 4.0
"""How much longer than it took for each of these the requests of others have their turn."""


class Reader:
    """Reads policies; for threads of a process whose loop answers, once that is told."""

    def __init__(self, elsewhere: LongWork = apart) -> None:
        self.loop: asyncio.AbstractEventLoop | None = None
        self._elsewhere = elsewhere

    def read(self, path: Path, known: Policy | None = None, commit: str | None = None) -> Policy:
        """The policy at the path, at a commit of its repository; `known` if it is still the same.

        Raises Refused.
        """
        if self.loop is None:
            return _policy(path, commit)
        digests = () if known is None else _digests(known)
        asked = self._asked(path, commit, digests)
        found = asyncio.run_coroutine_threadsafe(asked, self.loop).result()
        if found is None and known is not None:
            return known
        policy = Policy.from_bundles(unpack(found, is_trusted=True))
        policy.compile()
        _warm(policy)
        return policy

    async def _asked(self, *arguments: Any) -> Any:
        try:
            return await self._elsewhere(MOST_SECONDS, bundled, *arguments)
        except TimeoutError:
            raise Refused([too_long(MOST_SECONDS)]) from None


def bundled(path: Path, commit: str | None, known: tuple[str, ...]) -> bytes | None:
    """The bundle of the policy; None where its versions are those with these digests.

    Raises Refused.
    """
    policy = _policy(path, commit)
    return None if _digests(policy) == known else policy.bundle().encode()


def _policy(path: Path, commit: str | None) -> Policy:
    if commit is None:
        return load_policy(path)
    policy = Policy(read_revision(commit, path))
    policy.compile()
    return policy


def _digests(policy: Policy) -> tuple[str, ...]:
    return tuple(version.digest for version in policy.versions)


def _warm(policy: Policy) -> None:
    """Decide some of its own examples, a little at a time."""
    examples = [one for version in policy.versions[::-1] for one in version.examples]
    for example in examples[:WARMED]:
        begun = perf_counter()
        with suppress(Refused):
            policy.decide(dict(example.facts), at=example.at).written("reasons")
        sleep((perf_counter() - begun) * OTHERS_SHARE)


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
    paths = [path for path in folders if not are_shared_parts_alone(parts_at(path, revision))]
    if not paths:
        raise refusal("policy-missing", Message("http-no-policies", folder=folder))
    return paths

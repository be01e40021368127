"""A policy that a running service takes anew when its files change: whole, and only if right."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from threading import Event, Lock, Thread
from typing import Self

from reglament.language.loading.files.cache import key_of
from reglament.messages import Message
from reglament.model.problems import needing
from reglament.policy import Policy, find_policy, load_policy

SETTLE_MS = 200
FIRST_LOOK_MS = 1000
_log = logging.getLogger("reglament")


class PolicyHolder:
    """The last good policy of a folder or a file; threads may share it.

    `policy` is a whole one at any time: what is being read anew takes its place at once, or not
    at all. Files are looked at when `refresh` is called, and, inside `with holder:`, as soon as
    they change: a thread then waits for the system to tell it (the extra `watch`). There is no
    thread otherwise, and none in a process that was forked.

        with PolicyHolder("policies/fees") as holder:
            holder.policy.decide(request)

    `check` judges a policy before it is taken: what it raises leaves the last one in place. `read`
    reads the one at the path, given the last one, where `load_policy` is not to. With
    `on_change` the holder tells that it took one, or why it did not; the logger `reglament` is
    told both.
    """

    def __init__(
        self,
        name_or_path: str | Path,
        *,
        check: Callable[[Policy], object] | None = None,
        on_change: Callable[[PolicyHolder], object] | None = None,
        read: Callable[[Path, Policy | None], Policy] = lambda path, _: load_policy(path),
    ) -> None:
        """Reads the policy. Raises Refused, and what `check` raises: there is no good one yet."""
        self.path = find_policy(name_or_path)
        self.refused: Exception | None = None
        self._check = check
        self._on_change = on_change
        self._read_by = read
        self._lock = Lock()
        self._seen = key_of(self.path)
        self._policy = self._read(None)
        self._watching: tuple[Thread, Event] | None = None

    @property
    def policy(self) -> Policy:
        """The last policy that was read without mistakes."""
        return self._policy

    def __repr__(self) -> str:
        state = "" if self.refused is None else ", its files as they stand are refused"
        return f"<PolicyHolder {self.path}: {self._policy!r}{state}>"

    def refresh(self) -> bool:
        """Read the files if they changed since they were last read; whether a new policy is taken.

        What is wrong with them is then in `refused`, and the last policy stays.
        """
        with self._lock:
            seen = key_of(self.path)
            if seen is not None and seen == self._seen:
                return False
            self._seen, before = seen, self.refused
            is_taken = self._take()
            is_news = is_taken or self.refused is not before
        if is_news and self._on_change is not None:
            self._on_change(self)
        return is_taken

    def _take(self) -> bool:
        try:
            found = self._read(self._policy)
        except Exception as error:
            self.refused = error
            _log.warning("%s is not taken, the last good policy stays: %s", self.path, error)
            return False
        self.refused = None
        is_new = found != self._policy
        if is_new:
            self._policy = found
            _log.info("%s is taken: %r", self.path, found)
        return is_new

    def _read(self, last: Policy | None) -> Policy:
        policy = self._read_by(self.path, last)
        if self._check is not None:
            self._check(policy)
        return policy

    def __enter__(self) -> Self:
        """Begin to follow the files. Raises Refused without watchfiles."""
        with needing("watch", Message("install-or-refresh")):
            from watchfiles import watch
        over = Event()

        def follow() -> None:
            changes = watch(
                self.path,
                debounce=SETTLE_MS,
                stop_event=over,
                raise_interrupt=False,
                rust_timeout=FIRST_LOOK_MS,
                yield_on_timeout=True,
            )
            # By the first look the system tells of changes; of those before, it never does.
            for number, told in enumerate(changes):
                try:
                    if told or number == 0:
                        self.refresh()
                except Exception:  # of `on_change`: the next change is told all the same
                    _log.exception("%s", self)

        thread = Thread(target=follow, name="reglament-holder", daemon=True)
        self._watching = thread, over
        thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """End it; the policy stays."""
        if self._watching is not None:
            thread, over = self._watching
            over.set()
            thread.join()
            self._watching = None

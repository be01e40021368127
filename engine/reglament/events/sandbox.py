"""From facts told one after another to the rules that fire, by durable-rules behind its fence.

The library lives in a worker process. A session is scratch: whatever goes wrong with it, or with
the whole process, it is rebuilt from the facts told so far, and only new firings are heard.
"""

from __future__ import annotations

import json
import os
import selectors
import subprocess
import sys
import warnings
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from threading import RLock
from typing import IO, Any, Final

import reglament
from reglament.matching.linter import check_fact, refuse_outside
from reglament.matching.matching_rules import Firing, Matcher, Pattern, RuleSet, SessionFact
from reglament.matching.naive import NaiveMatcher

MOST_SESSIONS: Final = 900
PATIENCE: Final = 20.0


class WorkerLost(RuntimeError):
    """The worker process died, hung, or spoke nonsense."""


class SessionPoisoned(RuntimeError):
    """The library raised: what it holds of the session cannot be trusted."""


def is_available() -> bool:
    """Whether durable-rules can be imported here; from Python 3.13 on it cannot."""
    if sys.version_info >= (3, 13) or find_spec("durable") is None:
        return False
    return find_spec("durable_rules_engine") is not None


def best_matcher(rules: RuleSet) -> Matcher:
    """durable-rules where it can be imported, else the plain matcher: the results are the same."""
    return FencedMatcher(rules) if is_available() else NaiveMatcher(rules)


class FencedMatcher:
    """A worker with one set of rules and at most `MOST_SESSIONS` sessions, under one lock.

    Raises OutsideFence for rules or facts that the library cannot be given.
    """

    def __init__(self, rules: RuleSet, *, patience: float = PATIENCE) -> None:
        refuse_outside(rules)
        self.rules = rules
        self.patience = patience
        self.restarts = 0
        self.lock = RLock()
        self.live: dict[int, FencedSession] = {}
        self.numbers = 0
        self.naive = NaiveMatcher(rules)
        self._worker: Worker | None = None

    def open(self) -> FencedSession:
        """A new session without facts; the library hears of it with its first fact."""
        return FencedSession(self)

    def close(self) -> None:
        """End the worker."""
        with self.lock:
            self._drop()

    def ask(self, message: dict[str, Any]) -> Any:
        """The worker's answer. Raises WorkerLost, and SessionPoisoned."""
        return self.worker.ask(message)

    @property
    def worker(self) -> Worker:
        """The worker, started when it is first wanted."""
        if self._worker is None:
            self._worker = Worker(self.patience)
            self._worker.ask({"do": "rules", "rules": _plain(self.rules)})
        return self._worker

    def restart(self) -> None:
        """After a crash: no session is live any more."""
        self._drop()
        self.restarts += 1

    def admit(self, session: FencedSession) -> int:
        """A number for a session that goes live; the one longest unused makes room."""
        while len(self.live) >= MOST_SESSIONS:
            oldest = next(iter(self.live.values()))
            oldest.leave()
        self.numbers += 1
        self.live[self.numbers] = session
        return self.numbers

    def _drop(self) -> None:
        for session in self.live.values():
            session.number = None
        self.live.clear()
        if self._worker is not None:
            self._worker.end()
        self._worker = None


class FencedSession:
    """The facts of one session, kept so that the library's copy can be rebuilt."""

    def __init__(self, matcher: FencedMatcher) -> None:
        self.matcher = matcher
        self.lasting: list[SessionFact] = []
        self.number: int | None = None
        self.plain: Any = None

    def tell(self, facts: Sequence[SessionFact]) -> list[list[Firing]]:
        """For each fact, in turn, what fired on it, sorted."""
        for fact in facts:
            check_fact(self.matcher.rules, fact)
        with self.matcher.lock:
            found = self._told(facts)
            transient = self.matcher.rules.transient
            self.lasting += [fact for fact in facts if fact.kind not in transient]
        return found

    def close(self) -> None:
        """Forget the session."""
        with self.matcher.lock:
            self.leave()
            self.lasting.clear()

    def leave(self) -> None:
        """Leave the library's memory; the next fact told rebuilds the session."""
        if self.number is None:
            return
        number, self.number = self.number, None
        self.matcher.live.pop(number, None)
        try:
            self.matcher.ask({"do": "close", "session": number})
        except (WorkerLost, SessionPoisoned):
            self.matcher.restart()

    def _told(self, facts: Sequence[SessionFact]) -> list[list[Firing]]:
        for _ in range(2):
            if self.plain is not None:
                break
            try:
                return self._ask_worker(facts)
            except WorkerLost:
                self.matcher.restart()
            except SessionPoisoned:
                self.leave()
        return self._by_naive(facts)

    def _ask_worker(self, facts: Sequence[SessionFact]) -> list[list[Firing]]:
        if self.number is None:
            self.number = self.matcher.admit(self)
            self._send(self.lasting)  # what fires now was heard before
        self.matcher.live[self.number] = self.matcher.live.pop(self.number)
        answer = self._send(facts)
        return [sorted(Firing(rule, tuple(seqs)) for rule, seqs in fired) for fired in answer]

    def _send(self, facts: Sequence[SessionFact]) -> Any:
        if not facts:
            return []
        transient = self.matcher.rules.transient
        told = [[_message(fact), fact.kind in transient] for fact in facts]
        return self.matcher.ask({"do": "tell", "session": self.number, "facts": told})

    def _by_naive(self, facts: Sequence[SessionFact]) -> list[list[Firing]]:
        """What crashes the library twice is matched without it, loudly."""
        if self.plain is None:
            message = "durable-rules failed on a session twice; the plain matcher goes on with it"
            warnings.warn(message, RuntimeWarning, stacklevel=4)
            self.plain = self.matcher.naive.open()
            self.plain.tell(self.lasting)
        found: list[list[Firing]] = self.plain.tell(facts)
        return found


class Worker:
    """The process, and one question and answer at a time."""

    def __init__(self, patience: float) -> None:
        self.patience = patience
        root = str(Path(reglament.__file__).resolve().parents[1])
        path = os.pathsep.join([root, *filter(None, [os.environ.get("PYTHONPATH")])])
        self.process = subprocess.Popen(
            [sys.executable, "-W", "ignore", "-m", "reglament.events.sandbox_worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": path},
            # A Ctrl+C in the terminal is the watcher's to handle, in its own time.
            start_new_session=True,
        )
        self.selector = selectors.DefaultSelector()
        self.selector.register(self._pipe(self.process.stdout), selectors.EVENT_READ)

    def ask(self, message: dict[str, Any]) -> Any:
        """The answer to one message. Raises WorkerLost, and SessionPoisoned."""
        try:
            asked = self._pipe(self.process.stdin)
            asked.write(json.dumps(message).encode() + b"\n")
            asked.flush()
            if not self.selector.select(self.patience):
                raise WorkerLost("no answer in time")
            answer = json.loads(self._pipe(self.process.stdout).readline() or b"null")
        except (OSError, ValueError) as error:
            raise WorkerLost(str(error)) from error
        if answer is None:
            raise WorkerLost("the worker is gone")
        if "error" in answer:
            raise SessionPoisoned(answer["error"])
        return answer["ok"]

    def end(self) -> None:
        """End the process, whatever it is doing."""
        self.selector.close()
        self.process.kill()
        for pipe in (self.process.stdin, self.process.stdout):
            try:
                self._pipe(pipe).close()
            except OSError:
                continue
        self.process.wait()

    @staticmethod
    def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
        if pipe is None:
            raise WorkerLost("the worker has no pipes")
        return pipe


def _message(fact: SessionFact) -> dict[str, Any]:
    return {**fact.fields, "kind": fact.kind, "seq": fact.seq}


def _plain(rules: RuleSet) -> list[dict[str, Any]]:
    return [
        {"id": rule.id, "patterns": [_plain_pattern(pattern) for pattern in rule.patterns]}
        for rule in rules.rules
    ]


def _plain_pattern(pattern: Pattern) -> dict[str, Any]:
    return {
        "alias": pattern.alias,
        "kind": pattern.kind,
        "tests": [[test.field, test.operator, test.value] for test in pattern.tests],
        "joins": [[join.field, join.operator, join.alias, join.other] for join in pattern.joins],
        "absent": pattern.absent,
    }

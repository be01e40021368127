"""From lines of JSON on standard input to firings of durable-rules on standard output.

It runs in a process of its own (`python -m reglament.events.sandbox_worker`), so that a crash of
the library's C code costs a rebuild and nothing else. Inside it: a host without threads, facts
and no events, no timers, no `none` but the last, a join that closes every joined pattern (the
library reads past the end of a false one), and sessions closed by a rule of last priority.
"""

from __future__ import annotations

import json
import sys
import warnings
from collections.abc import Callable, Iterable
from importlib import import_module
from typing import Any, Final

from reglament.model.reactions import FieldOperator

NAME: Final = "r"
LAST: Final = 999
# Equality is the plain form of the library; the others are its operators.
_WORD: Final = {
    FieldOperator.IS_NOT: "$neq",
    FieldOperator.LESS_THAN: "$lt",
    FieldOperator.AT_MOST: "$lte",
    FieldOperator.MORE_THAN: "$gt",
    FieldOperator.AT_LEAST: "$gte",
}


class Engine:
    """One host with one set of rules; firings gather in `fired` while a fact is told."""

    def __init__(self, rules: list[dict[str, Any]]) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            # Late: only this process loads the C code.
            engine: Any = import_module("durable.engine")

        class QuietHost(engine.Host):  # type: ignore[misc]
            """The library's own starts ten threads a second and cannot stop."""

            def _run(self) -> None:
                pass

        self.unhandled = engine.MessageNotHandledException
        self.fired: list[tuple[str, list[int]]] = []
        self.wrong: list[str] = []
        self.host = QuietHost()
        self.host.register_rulesets({NAME: self._definition(rules)})

    def tell(self, session: int, fact: dict[str, Any], transient: bool) -> list[Any]:
        """What fires on the fact. Raises whatever the library raises."""
        sid = str(session)
        message = {**fact, "sid": sid, "g": 1, "session": session}
        self.fired, self.wrong = [], []
        try:
            self.host.assert_fact(NAME, dict(message))
        except self.unhandled:
            return []
        if transient:
            self.host.retract_fact(NAME, dict(message))
        self._refuse_swallowed(sid)
        return sorted(self.fired)

    def close(self, session: int) -> None:
        """Forget the session, by the rule made for it: the host's own call crashes."""
        message = {"kind": "close", "seq": 0, "sid": str(session), "g": 1, "session": session}
        self.host.assert_fact(NAME, message)

    def _refuse_swallowed(self, sid: str) -> None:
        """The library keeps an action's exception in the session's state and goes on."""
        state = self.host.get_state(NAME, sid)
        if self.wrong or (state or {}).get("exception"):
            raise RuntimeError("; ".join(self.wrong) or str(state["exception"]))

    def _definition(self, rules: list[dict[str, Any]]) -> dict[str, Any]:
        made = {
            f"r{number}": {
                "all": [_pattern(one) for one in rule["patterns"]],
                "run": self._action(rule["id"], _aliases(rule["patterns"])),
                "pri": min(number, LAST - 1),
            }
            for number, rule in enumerate(rules)
        }
        close = {"all": [{"m": {"kind": "close"}}], "run": _forget, "pri": LAST}
        return {**made, "close": close}

    def _action(self, rule: str, aliases: list[str]) -> Callable[[Any], None]:
        """One positional argument: with two the library would think it asynchronous."""

        def act(c: Any) -> None:
            try:
                facts = [getattr(c, alias) for alias in aliases]
                own = {fact.session for fact in facts}
                # Sessions are told apart by 32 bits of a hash alone.
                if len(own) > 1 or {str(one) for one in own} != {str(c.s.sid)}:
                    self.wrong.append("facts of two sessions met")
                    return
                self.fired.append((rule, [fact.seq for fact in facts]))
            except BaseException as error:
                self.wrong.append(repr(error))

        return act


def _forget(c: Any) -> None:
    c.delete_state()


def _aliases(patterns: Iterable[dict[str, Any]]) -> list[str]:
    return [pattern["alias"] for pattern in patterns if not pattern["absent"]]


def _pattern(pattern: dict[str, Any]) -> dict[str, Any]:
    parts: list[dict[str, Any]] = [{"kind": pattern["kind"]}]
    parts += [_compared(field, operator, value) for field, operator, value in pattern["tests"]]
    joins = pattern["joins"]
    parts += [_compared(field, operator, {alias: of}) for field, operator, alias, of in joins]
    if joins:
        parts.append({"g": {joins[-1][2]: "g"}})
    alias = pattern["alias"] + ("$not" if pattern["absent"] else "")
    return {alias: parts[0] if len(parts) == 1 else {"$and": parts}}


def _compared(field: str, operator: str, value: Any) -> dict[str, Any]:
    word = _WORD.get(FieldOperator(operator))
    return {field: value} if word is None else {word: {field: value}}


def main() -> None:
    """Answer each line with a line until there are no more."""
    engine: Engine | None = None
    for line in sys.stdin:
        asked = json.loads(line)
        try:
            if asked["do"] == "rules":
                engine = Engine(asked["rules"])
                answer: dict[str, Any] = {"ok": []}
            elif engine is None:
                answer = {"error": "no rules yet"}
            elif asked["do"] == "close":
                engine.close(asked["session"])
                answer = {"ok": []}
            else:
                told = asked["facts"]
                answer = {"ok": [engine.tell(asked["session"], *one) for one in told]}
        except Exception as error:
            answer = {"error": f"{type(error).__name__}: {error}"}
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()

"""From effects to a webhook: one POST for each, signed, in order for each subject, never twice.

`httpx` keeps the connection, and its requests can be cut short from outside: however slowly an
answer drips, it has so many seconds. Redirects are not followed: the receiver of an effect is the
one that was named.
"""

from __future__ import annotations

import asyncio
import hmac
import json
import random
import time
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from hashlib import sha256
from typing import Final

import httpx

import reglament
from reglament.events.journal import Effect
from reglament.events.sinks import Handed
from reglament.frozen import frozen
from reglament.messages import Message
from reglament.model.problems import Refused, refusal
from reglament.storage.addresses import scrubbed, shown_address

TOTAL: Final = 30.0
CONNECTING: Final = 10.0
# The rest of an answer is read only so that its connection can be used again.
DRAINING: Final = 1.0
MOST_DRAINED: Final = 1 << 16
FIRST_PAUSE: Final = 1.0
LONGEST_PAUSE: Final = 300.0
LONGEST_ASKED_FOR: Final = 3600.0
# So many subjects put off in a row, and the receiver is taken to be in trouble.
MOST_HELD: Final = 5
TRY_AGAIN: Final = frozenset({408, 425, 429})


@frozen
class HttpAnswer:
    """What the receiver said: a status, and for how long it wants to be left alone."""

    status: int
    pause: float | None


class Unanswered(Exception):
    """The receiver said nothing that is an answer."""


class WebhookSink:
    """A POST for each effect with its key in `Idempotency-Key`. Raises Refused for no address.

    With `key` the body is signed: `Reglament-Signature: t=SECONDS,v1=HEX`, the HMAC SHA-256 by the
    key of the seconds, a dot and the body.
    """

    may_repeat = True

    def __init__(
        self,
        address: str,
        *,
        key: bytes | None = None,
        seconds: float = TOTAL,
        chance: Callable[[], float] = random.random,
    ) -> None:
        self.address = address
        self.url = _url(address)
        self.key = key
        self.seconds = seconds
        self.chance = chance
        self._failures: dict[str, int] = {}
        self._runner = asyncio.Runner()
        self._client: httpx.AsyncClient | None = None

    def send(self, effects: list[Effect]) -> Handed:
        """Post the effects in turn; each is tried once, and those behind a failure wait."""
        handed = Handed()
        for effect in effects:
            subject = str(effect.body.get("subject"))
            if subject in handed.held:
                continue
            try:
                answer = self._runner.run(self._post(effect))
            except Unanswered as unanswered:
                self._leave_alone(handed, str(unanswered), None)
            else:
                self._heed(handed, effect, subject, answer)
            if handed.later:
                break
        return handed

    def close(self) -> None:
        """Let go of the connection."""
        if self._client is not None:
            self._runner.run(self._client.aclose())
        self._runner.close()

    def _heed(self, handed: Handed, effect: Effect, subject: str, answer: HttpAnswer) -> None:
        status = answer.status
        if 200 <= status < 300:
            handed.sent.append(effect)
            self._failures.pop(subject, None)
            self._failures.pop("", None)
        elif 400 <= status < 500 and status not in TRY_AGAIN:
            words = Message("will-not-take", shown=shown_address(self.address), status=status)
            handed.aside.append((effect, words))
            self._failures.pop(subject, None)
        elif 300 <= status < 400:
            self._leave_alone(handed, f"{status}, a redirect, which is not followed", None)
        elif answer.pause is not None:
            self._leave_alone(handed, str(status), answer.pause)
        else:
            handed.held[subject] = self._pause(subject)
            handed.why = f"{shown_address(self.address)}: {status}"
            if len(handed.held) >= MOST_HELD:
                self._leave_alone(handed, str(status), None)

    def _leave_alone(self, handed: Handed, why: str, pause: float | None) -> None:
        handed.later = self._pause("") if pause is None else pause
        handed.why = f"{shown_address(self.address)}: {why}"

    def _pause(self, name: str) -> float:
        """Twice as long after each failure, less some chance, so that not all come at once."""
        failures = self._failures[name] = self._failures.get(name, -1) + 1
        longest = min(LONGEST_PAUSE, FIRST_PAUSE * 2.0 ** min(failures, 20))
        return longest * (0.5 + 0.5 * self.chance())

    async def _post(self, effect: Effect) -> HttpAnswer:
        client = self._kept_client()
        body = (json.dumps(effect.body, ensure_ascii=False) + "\n").encode()
        http_answer: HttpAnswer | None = None
        try:
            async with asyncio.timeout(self.seconds) as deadline:
                posting = client.stream(
                    "POST", self.url, content=body, headers=self._heads(effect, body)
                )
                async with posting as answer:
                    http_answer = HttpAnswer(
                        answer.status_code, _asked_for(answer.headers.get("retry-after"))
                    )
                    deadline.reschedule(asyncio.get_running_loop().time() + DRAINING)
                    await _drain(answer)
        except TimeoutError:
            if http_answer is None:
                raise Unanswered(f"no answer in {self.seconds:g} s") from None
        except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, OSError, ValueError) as error:
            if http_answer is None:
                raise Unanswered(self._told(error)) from None
        assert http_answer is not None
        return http_answer

    def _kept_client(self) -> httpx.AsyncClient:
        if self._client is None:
            timeout = httpx.Timeout(self.seconds, connect=min(CONNECTING, self.seconds))
            self._client = httpx.AsyncClient(timeout=timeout, follow_redirects=False)
        return self._client

    def _heads(self, effect: Effect, body: bytes) -> dict[str, str]:
        heads = {
            "Content-Type": "application/json",
            "Idempotency-Key": effect.key,
            "User-Agent": f"reglament/{reglament.__version__}",
        }
        if self.key is not None:
            heads["Reglament-Signature"] = signature(self.key, body, int(time.time()))
        return heads

    def _told(self, error: Exception) -> str:
        text = scrubbed(str(error), self.address)
        return f"{type(error).__name__}: {text}" if text else type(error).__name__


def signature(key: bytes, body: bytes, seconds: int) -> str:
    """The value of the header: when it was signed, and the HMAC SHA-256 of that and the body."""
    signed = hmac.new(key, f"{seconds}.".encode() + body, sha256).hexdigest()
    return f"t={seconds},v1={signed}"


async def _drain(answer: httpx.Response) -> None:
    size = 0
    async for part in answer.aiter_raw():
        size += len(part)
        if size > MOST_DRAINED:
            return


def _asked_for(told: str | None) -> float | None:
    """The seconds of `Retry-After`, told as a number or as a date (RFC 9110, 10.2.3)."""
    if told is None:
        return None
    try:
        seconds = float(told) if told.strip().isdecimal() and told.isascii() else _until(told)
    except (ValueError, OverflowError, TypeError):
        return None
    return min(LONGEST_ASKED_FOR, max(FIRST_PAUSE, seconds))


def _until(date: str) -> float:
    moment = parsedate_to_datetime(date)
    moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment
    return (moment - datetime.now(UTC)).total_seconds()


def _url(address: str) -> httpx.URL:
    try:
        url = httpx.URL(address)
        is_odd = any(letter.isspace() for letter in address)
        if is_odd or not url.host or not 0 < (url.port or 80) < 65536:
            raise ValueError
        url.host.encode("idna")
    except (httpx.InvalidURL, ValueError, UnicodeError):
        raise no_address(address) from None
    return url


def no_address(address: str) -> Refused:
    """That something is no address of a webhook."""
    message = Message("not-address", address=shown_address(address))
    return refusal("webhook-address", message, Message("write-https-host-path"))

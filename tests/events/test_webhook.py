"""A webhook that misbehaves loses no effect, holds nobody up for long and learns no secret."""

from __future__ import annotations

import hmac
import json
import socket
import time
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

pytest.importorskip("httpx", reason="the extra `webhook`")

from reglament.events.journal import Effect
from reglament.events.webhook import WebhookSink, signature
from reglament.interfaces.cli.watch_command import watch as command
from reglament.model.problems import Refused
from reglament.storage.addresses import scrubbed, shown_address
from support.events import PATIENCE
from support.laws import sample
from support.ports import free_port
from support.receiver import Behave, Server, answer, by_key, dripping, endless, says

SECRET = "Hunter2-token"


@pytest.fixture
def serve(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[Behave], Server]]:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    servers: list[Server] = []

    def start(behave: Behave) -> Server:
        servers.append(Server(behave))
        return servers[-1]

    yield start
    for server in servers:
        server.close()


@pytest.fixture
def sink() -> Iterator[Callable[..., WebhookSink]]:
    made: list[WebhookSink] = []

    def make(address: str, **more: Any) -> WebhookSink:
        made.append(WebhookSink(address, chance=lambda: 1.0, **{"seconds": PATIENCE, **more}))
        return made[-1]

    yield make
    for one in made:
        one.close()


def effects(*keys: str) -> list[Effect]:
    """Effects of the subjects that their keys begin with."""
    return [
        Effect(number, {"key": key, "subject": f"request/{key[0]}", "reaction": "r"})
        for number, key in enumerate(keys)
    ]


def keys(told: list[Effect]) -> list[str]:
    return [effect.key for effect in told]


def test_one_connection_carries_all_effects(serve: Any, sink: Any) -> None:
    server = serve(answer(says(200, body="thank you")))

    handed = sink(server.address).send(effects("a1", "b1", "a2"))

    assert keys(handed.sent) == ["a1", "b1", "a2"]
    assert [one["key"] for one in server.taken] == ["a1", "b1", "a2"]
    assert server.connections == 1


@pytest.mark.parametrize("status", sample([400, 401, 404, 409, 410, 413, 422, 451], 3))
def test_what_is_refused_for_good_is_set_aside_and_the_others_go_on(
    serve: Any, sink: Any, status: int
) -> None:
    server = serve(by_key(a1=says(status)))

    handed = sink(server.address).send(effects("a1", "a2", "b1"))

    assert keys(handed.sent) == ["a2", "b1"]
    ((aside, why),) = handed.aside
    assert aside.key == "a1"
    assert str(status) in why.to("en")
    assert str(status) in why.to("ru")
    assert not handed.held
    assert not handed.later


@pytest.mark.parametrize("status", sample([408, 425, 429, 500, 502, 503], 2))
def test_what_fails_for_now_holds_up_its_own_subject_alone(
    serve: Any, sink: Any, status: int
) -> None:
    server = serve(by_key(a1=says(status)))

    handed = sink(server.address).send(effects("a1", "a2", "b1"))

    assert keys(handed.sent) == ["b1"]
    assert handed.held == {"request/a": 1.0}
    assert [one["key"] for one in server.taken] == ["a1", "b1"]


def test_each_failure_doubles_the_pause_and_success_ends_it(serve: Any, sink: Any) -> None:
    said = {"a1": says(500)}  # by turns of ours: a request may be sent again where a line went dead
    made = sink(serve(lambda *asked: by_key(**said)(*asked)).address)

    pauses = []
    for status in (500, 500, 500, 204, 500):
        said["a1"] = says(status)
        pauses.append(made.send(effects("a1")).held.get("request/a"))

    assert pauses == [1.0, 2.0, 4.0, None, 1.0]


def test_pauses_differ_by_chance(serve: Any) -> None:
    server = serve(answer(says(500)))
    made = WebhookSink(server.address, chance=lambda: 0.5)

    assert made.send(effects("a1")).held == {"request/a": 0.75}
    made.close()


@pytest.mark.parametrize(
    ("asked", "pause"),
    [
        ("7", 7.0),
        ("0", 1.0),
        ("999999999", 3600.0),
        ("Wed, 21 Oct 2015 07:28:00 GMT", 1.0),
        ("Wed, 21 Oct 2199 07:28:00 GMT", 3600.0),
    ],
)
@pytest.mark.parametrize("status", [429, 503])
def test_the_receiver_says_when_to_come_again(
    serve: Any, sink: Any, asked: str, pause: float, status: int
) -> None:
    server = serve(answer(says(status, f"Retry-After: {asked}")))

    handed = sink(server.address).send(effects("a1", "b1"))

    assert (handed.sent, handed.later) == ([], pause)
    assert len(server.taken) == 1


@pytest.mark.parametrize("asked", ["soon", "-5", "1e400", "Wed, 99 Oct 2015 07:28:00 GMT", "٣"])
def test_a_retry_after_that_says_nothing_is_passed_over(serve: Any, sink: Any, asked: str) -> None:
    server = serve(answer(says(503, f"Retry-After: {asked}")))

    assert sink(server.address).send(effects("a1")).held == {"request/a": 1.0}


def test_a_redirect_is_not_followed(serve: Any, sink: Any) -> None:
    other = serve(answer(says(204)))
    server = serve(answer(says(308, f"Location: {other.address}")))

    handed = sink(server.address).send(effects("a1", "b1"))

    assert (handed.sent, handed.aside) == ([], [])
    assert handed.later == 1.0
    assert "308" in handed.why
    assert other.taken == []


WRONG = {
    "no HTTP": b"SSH-2.0-OpenSSH_9.2\r\n\r\n",
    "nothing": b"",
    "a wrong length": b"HTTP/1.1 200 X\r\nContent-Length: -1\r\n\r\n",
    "two lengths": b"HTTP/1.1 200 X\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
    "half a head": b"HTTP/1.1 200 X\r\nContent-Le",
    "a head without end": b"HTTP/1.1 200 X\r\nA: " + b"b" * 200_000,
    "no status": b"HTTP/1.1 abc X\r\n\r\n",
    "nothing but continuing": b"HTTP/1.1 100 Continue\r\n\r\n" * 50,
}


@pytest.mark.parametrize("told", sample([*WRONG.values()], 3), ids=WRONG)
def test_what_is_no_answer_is_tried_again_later(serve: Any, sink: Any, told: bytes) -> None:
    def behave(_: Server, connection: socket.socket, __: object) -> None:
        connection.sendall(told)
        connection.shutdown(socket.SHUT_RDWR)

    handed = sink(serve(behave).address).send(effects("a1", "b1"))

    assert (handed.sent, handed.aside, handed.later) == ([], [], 1.0)
    assert handed.why.startswith("http://127.0.0.1:")


@pytest.mark.slow
def test_however_slowly_an_answer_drips_it_has_so_many_seconds(serve: Any, sink: Any) -> None:
    handed = sink(serve(dripping).address, seconds=1.0).send(effects("a1"))

    assert handed.later == 1.0
    assert "no answer in 1 s" in handed.why


ENDLESS = {
    "by chunks": b"HTTP/1.1 200 X\r\nTransfer-Encoding: chunked\r\n\r\nfffffff\r\n",
    "by length": b"HTTP/1.1 200 X\r\nContent-Length: 99999999999\r\n\r\n",
    "by closing": b"HTTP/1.1 200 X\r\n\r\n",
}


@pytest.mark.parametrize("head", ENDLESS.values(), ids=ENDLESS)
def test_of_an_endless_answer_the_status_is_enough(serve: Any, sink: Any, head: bytes) -> None:
    server = serve(endless(head))

    handed = sink(server.address).send(effects("a1", "b1"))

    assert keys(handed.sent) == ["a1", "b1"]


def test_a_receiver_that_is_not_there_is_tried_later(sink: Any) -> None:
    handed = sink(f"http://127.0.0.1:{free_port()}/{SECRET}?key={SECRET}").send(effects("a1", "b1"))

    assert (handed.sent, handed.later) == ([], 1.0)
    assert SECRET not in handed.why


def test_after_some_failures_the_receiver_is_left_alone(serve: Any, sink: Any) -> None:
    server = serve(answer(says(500)))

    handed = sink(server.address).send(effects(*"abcdefgh"))

    assert len(server.taken) == 5
    assert handed.later == 1.0


def test_bodies_are_signed_when_a_key_is_given(serve: Any, sink: Any) -> None:
    server = serve(answer(says(204)))

    before = int(time.time())
    sink(server.address, key=b"a key of the desk").send(effects("a1"))
    after = time.time()
    sink(server.address).send(effects("b1"))

    signed, plain = server.taken
    told = dict(part.split("=", 1) for part in signed["heads"]["reglament-signature"].split(","))
    what = f"{told['t']}.".encode() + signed["data"]
    assert told["v1"] == hmac.new(b"a key of the desk", what, sha256).hexdigest()
    assert before <= int(told["t"]) <= after
    assert json.loads(signed["data"])["key"] == "a1"
    assert "reglament-signature" not in plain["heads"]
    assert signature(b"k", b"{}", 1) == ("t=1,v1=" + hmac.new(b"k", b"1.{}", sha256).hexdigest())


NO_ADDRESSES = [
    "http://",
    "http:///hook",
    "http:/desk.example",
    "https://desk.example:99999/",
    "http://desk.example:port/",
    "http://[::1",
    "http://desk example/",
    "http://desk.example/\n",
    f"http://user:{SECRET}@:80/",
]


@pytest.mark.parametrize("address", NO_ADDRESSES)
def test_what_is_no_address_is_refused_without_its_secrets(address: str) -> None:
    with pytest.raises(Refused, match="is not an address") as refused:
        WebhookSink(address)
    assert SECRET not in refused.value.to_text("en") + refused.value.to_text("ru")


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("journal.db", "journal.db"),
        ("https://desk.example", "https://desk.example"),
        (f"https://user:{SECRET}@desk.example:8443/{SECRET}", "https://desk.example:8443/…"),
        (f"https://desk.example/?token={SECRET}", "https://desk.example?…"),
        (f"postgresql://me:{SECRET}@db/logs?sslmode=on", "postgresql://me:***@db/logs?…"),
        (f"postgresql:///logs?password={SECRET}", "postgresql:///logs?…"),
        (f"postgresql://me:{SECRET}@[::1/logs", "postgresql://…"),
        ("postgresql://me@db:5432/logs", "postgresql://me@db:5432/logs"),
    ],
)
def test_of_an_address_people_see_no_secret(address: str, shown: str) -> None:
    assert shown_address(address) == shown
    if SECRET in address:
        assert SECRET not in scrubbed(f"cannot reach {address}, {SECRET}", address)


# -- by the command ---------------------------------------------------------------------------

EVENT = (
    '{"id": "e%d", "subject": "request/%s", "event": "created", "at": "2026-03-03T10:00", '
    '"facts": {"requester.kind": "certified_partner", "request.channel": "portal", '
    '"request.service": "training"}}\n'
)


def watched(folder: Path, to: str, *more: str, language: str = "en") -> Any:
    events = folder / "events.jsonl"
    if not events.exists():
        events.write_text("".join(EVENT % (number, f"R-{number}") for number in range(3)))
    arguments = [str(events), "--to", to, "--journal", str(folder / "journal.db")]
    arguments += ["--as-of", "2026-03-20T10:00", "--matcher", "plain", "--lang", language]
    return CliRunner().invoke(command, [*arguments, *more])


def test_what_is_set_aside_is_told_and_sent_again_when_asked(serve: Any, tmp_path: Path) -> None:
    server = serve(answer(says(422), says(204)))

    first = watched(tmp_path, server.address)
    count = len(server.taken)
    second = watched(tmp_path, server.address, language="ru")
    third = watched(tmp_path, server.address, "--retry-aside")

    assert first.exit_code == 1
    assert first.stderr.count("effect set aside, request/R-") == 1
    assert first.stderr.endswith("effects that nobody took: 1; they are in the journal\n")
    assert (second.exit_code, second.stderr) == (
        0,
        "отложено раньше: 1; `--retry-aside` отправит снова\n",
    )
    assert (third.exit_code, third.stderr) == (0, "")
    assert count > 1
    assert [one["key"] for one in server.taken[count:]] == [server.taken[0]["key"]]


def test_effects_left_undelivered_are_told_and_the_status_is_1(tmp_path: Path, serve: Any) -> None:
    server = serve(answer(says(503, "Retry-After: 500")))

    result = watched(tmp_path, server.address.replace("127", f"me:{SECRET}@127"))

    assert result.exit_code == 1
    assert "effects that nobody took: " in result.stderr
    assert SECRET not in result.output + result.stderr


@pytest.mark.parametrize(
    ("to", "more", "words"),
    [
        ("ftp://desk.example/", (), "effects cannot go there"),
        ("http:/desk.example/", (), "is not an address"),
        ("http://127.0.0.1:1/", ("--sign-key", "key"), "less than 16 bytes"),
        ("table", ("--sign-key", "key"), "signs only what goes to a webhook"),
    ],
)
def test_what_cannot_be_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, to: str, more: tuple[str, ...], words: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("key").write_text("short\n")

    result = watched(tmp_path, to, *more)

    assert result.exit_code == 2
    assert words in result.stderr


def test_the_key_may_stand_in_a_file_or_in_the_environment(
    serve: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = serve(answer(says(204)))
    (tmp_path / "key").write_text(f"{SECRET}{SECRET}\n")
    watched(tmp_path, server.address, "--sign-key", str(tmp_path / "key"))

    (one, *_) = server.taken
    told = one["heads"]["reglament-signature"]
    seconds = int(told.partition(",")[0][2:])
    assert told == signature((SECRET * 2).encode(), one["data"], seconds)

    monkeypatch.setenv("REGLAMENT_WEBHOOK_KEY", "short")
    assert watched(tmp_path, server.address).exit_code == 2


def test_a_journal_that_is_none_is_refused_without_its_secrets(tmp_path: Path) -> None:
    (tmp_path / "text").write_text("no database, whoever looks at it " * 100)
    for journal in (str(tmp_path / "text"), f"postgresql://me:{SECRET}@[::1/x"):
        result = watched(tmp_path, "table", "--journal", journal)
        assert result.exit_code == 2
        assert "cannot be used: " in result.stderr
        assert SECRET not in result.output + result.stderr

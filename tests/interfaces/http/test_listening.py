"""Where a service listens, of whichever family, and who can reach that."""

from __future__ import annotations

import socket
from contextlib import ExitStack
from ipaddress import IPv4Address, IPv6Address
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reglament.interfaces.http.listening import bound_at, bound_to, is_loopback, unbracketed
from reglament.model.problems import Refused
from support.cli_runner import run
from support.laws import examples


def _has_ipv6() -> bool:
    with socket.socket(socket.AF_INET6) as tried:
        try:
            tried.bind(("::1", 0))
        except OSError:
            return False
    return True


IPV6 = pytest.mark.skipif(not _has_ipv6(), reason="no IPv6 here")
EVERY = ["127.0.0.1", "0.0.0.0", "localhost"]
SIX = [pytest.param(one, marks=IPV6) for one in ("::1", "[::1]", "::", "[::]", "0:0:0:0:0:0:0:1")]


@examples(100)
@given(st.ip_addresses())
def test_only_this_machine_reaches_its_loopback_addresses(told: IPv4Address | IPv6Address) -> None:
    is_own = told.exploded.startswith("127.") or told == IPv6Address("::1")
    spelt = [str(told), told.exploded] + [f"[{told}]"] * (told.version == 6)
    assert [is_loopback(one) for one in spelt] == [is_own] * len(spelt)


@examples(30)
@given(st.ip_addresses(network="127.0.0.0/8") | st.just(IPv6Address("::1")))
def test_every_one_of_them_is_known(told: IPv4Address | IPv6Address) -> None:
    assert is_loopback(str(told))


@pytest.mark.parametrize(
    "host", ["0.0.0.0", "::", "[::]", "[127.0.0.1]", "", "0", "127.1", "example.org", "::1%"]
)
def test_what_may_be_more_than_this_machine_takes_a_token(host: str) -> None:
    assert not is_loopback(host)
    refused = run("serve", "--host", host, "--lang", "en")
    assert refused.exit_code == 2
    assert f"`{host}` can be reached from other machines" in refused.stderr


@pytest.mark.parametrize("host", [*EVERY, *SIX])
def test_an_address_of_either_family_can_be_had_until_somebody_has_it(host: str) -> None:
    with ExitStack() as stack:
        first = [stack.enter_context(one) for one in bound_at(host, 0)]
        assert first
        address: Any = first[0].getsockname()
        first[0].listen()
        with pytest.raises(Refused) as refused:
            bound_at(host, address[1])
    (problem,) = refused.value.problems
    assert problem.code == "address-unusable"
    assert f"`{host}`: Address already in use" in problem.message.to("en")
    for one in bound_at(host, address[1]):
        one.close()


@pytest.mark.parametrize("host", ["127.0.0.1", pytest.param("::1", marks=IPV6)])
def test_processes_share_an_address_of_either_family(host: str) -> None:
    (held,) = bound_at(host, 0)
    family, address = held.family, held.getsockname()
    held.close()
    with bound_to(family, address) as one, bound_to(family, address) as other:
        assert one.getsockname() == other.getsockname() == address


@pytest.mark.parametrize(
    "host", ["no-such-host.invalid", "a..b", "x" * 64 + ".org", "[::1", "é" * 70]
)
@pytest.mark.parametrize(
    ("language", "said"), [("en", "cannot listen on"), ("ru", "открыть нельзя")]
)
def test_a_host_that_there_is_not_is_told(host: str, language: str, said: str) -> None:
    with pytest.raises(Refused) as refused:
        bound_at(host, 8080)
    assert said in refused.value.problems[0].message.to(language)  # type: ignore[arg-type]


def test_the_brackets_of_an_address_are_no_part_of_it() -> None:
    assert [unbracketed(one) for one in ("[::1]", "::1", "[a]", "a")] == ["::1", "::1", "[a]", "a"]

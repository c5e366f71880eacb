import pytest
from django.test import RequestFactory
from pytest_django.fixtures import Settings

from ancrage.web.client import UNKNOWN, client_ip, comes_from_this_machine, subscriber_of

TYPED, SEEN, PROXY = "203.0.113.66", "198.51.100.7", "10.0.0.2"


@pytest.mark.parametrize(
    ("proxies", "forwarded", "remote", "expected"),
    [
        (0, None, SEEN, SEEN),
        # Without a proxy of ours, the header is the client's own invention.
        (0, TYPED, SEEN, SEEN),
        (1, SEEN, PROXY, SEEN),
        (1, f"{TYPED}, {SEEN}", PROXY, SEEN),
        (2, f"{TYPED}, {SEEN}, {PROXY}", "10.0.0.3", SEEN),
        # Fewer entries than proxies: the request went round them.
        (2, SEEN, PROXY, UNKNOWN),
        (1, None, PROXY, UNKNOWN),
        (1, "n’importe quoi", PROXY, UNKNOWN),
        (0, None, "", UNKNOWN),
        (1, "2001:DB8::1", PROXY, "2001:db8::1"),
    ],
)
def test_client_ip_is_the_one_our_proxies_saw(
    settings: Settings, proxies: int, forwarded: str | None, remote: str, expected: str
) -> None:
    settings.TRUSTED_PROXIES = proxies
    request = RequestFactory().get("/", REMOTE_ADDR=remote)
    if forwarded is not None:
        request.META["HTTP_X_FORWARDED_FOR"] = forwarded

    assert client_ip(request) == expected


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("198.51.100.7", "198.51.100.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("2001:db8:1:2:ffff::", "2001:db8:1:2::"),
    ],
)
def test_subscriber_of_counts_an_ipv6_network_once(address: str, expected: str) -> None:
    assert subscriber_of(address) == expected


@pytest.mark.parametrize(
    ("proxies", "forwarded", "remote", "expected"),
    [
        (0, None, "127.0.0.1", True),
        (0, None, "::1", True),
        (0, None, SEEN, False),
        # A proxy that nobody declared: everybody seems to be here.
        (0, SEEN, "127.0.0.1", False),
        (1, SEEN, "127.0.0.1", False),
        (1, "127.0.0.1", "127.0.0.1", True),
        (1, f"127.0.0.1, {SEEN}", "127.0.0.1", False),
    ],
)
def test_this_machine_is_recognised_and_never_by_mistake(
    settings: Settings, proxies: int, forwarded: str | None, remote: str, expected: bool
) -> None:
    settings.TRUSTED_PROXIES = proxies
    request = RequestFactory().get("/", REMOTE_ADDR=remote)
    if forwarded is not None:
        request.META["HTTP_X_FORWARDED_FOR"] = forwarded

    assert comes_from_this_machine(request) is expected

"""Who is at the other end: an address that a client cannot forge."""

from ipaddress import IPv6Address, IPv6Network, ip_address

from django.conf import settings
from django.http import HttpRequest

# What an address that nobody told is kept as: one bucket, never somebody else's.
UNKNOWN = "0.0.0.0"  # noqa: S104 -- an address written down, not a socket bound
# A subscriber receives a whole /64: counting addresses inside it would count nothing.
IPV6_SUBSCRIBER = 64


def client_ip(request: HttpRequest) -> str:
    """Return the address of the client, seen through our own proxies only.

    Each of the `TRUSTED_PROXIES` proxies appends to X-Forwarded-For the address it saw, so the
    client's is that many entries from the right; whatever stands before was typed by the client.
    """
    proxies = settings.TRUSTED_PROXIES
    seen = request.META.get("REMOTE_ADDR", "")
    if proxies > 0:
        forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
        seen = forwarded[-proxies].strip() if len(forwarded) >= proxies else ""
    try:
        return str(ip_address(seen))
    except ValueError:
        return UNKNOWN


def subscriber_of(address: str) -> str:
    """Return what to count a client by: its IPv4 address, or its IPv6 network."""
    known = ip_address(address)
    if isinstance(known, IPv6Address):
        return str(IPv6Network((known, IPV6_SUBSCRIBER), strict=False).network_address)
    return address


def comes_from_this_machine(request: HttpRequest) -> bool:
    """Say whether the request was typed here. In doubt, it was not.

    Behind a proxy that nobody declared, everybody seems to be on this machine: the header that
    such a proxy adds gives it away.
    """
    if settings.TRUSTED_PROXIES == 0 and "HTTP_X_FORWARDED_FOR" in request.META:
        return False
    return ip_address(client_ip(request)).is_loopback

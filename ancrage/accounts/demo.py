"""The invented people that the sign-in page of the demo offers to play."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.conf import settings


@dataclass(frozen=True)
class DemoAccount:
    """Somebody invented, and what is seen through their eyes."""

    email: str
    name: str
    part: str


_source: Callable[[], Sequence[DemoAccount]] | None = None


def offers_demo_accounts(
    source: Callable[[], Sequence[DemoAccount]],
) -> Callable[[], Sequence[DemoAccount]]:
    """Register the function that names the demo's accounts."""
    global _source
    _source = source
    return source


def demo_accounts() -> Sequence[DemoAccount]:
    """Return the accounts anybody may enter without a password: none outside the demo."""
    if not settings.DEMO or _source is None:
        return ()
    return tuple(_source())

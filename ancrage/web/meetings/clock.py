"""How long a page may compute."""

import time
from collections.abc import Callable

# A real evening takes a second or two, most of it to shorten the walks; a page never waits more.
MOST_SECONDS = 8.0


def stop_after(seconds: float = MOST_SECONDS) -> Callable[[], bool]:
    """Return what says, from now on, whether so many seconds have passed."""
    end = time.monotonic() + seconds
    return lambda: time.monotonic() >= end

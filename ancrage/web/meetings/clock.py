"""How long a page may compute."""

import time
from collections.abc import Callable

# A real evening takes a second or two. What cannot be stopped on the way (reading, checking,
# writing) takes one more at the largest: a page answers within five.
MOST_SECONDS = 4.0


def stop_after(seconds: float = MOST_SECONDS) -> Callable[[], bool]:
    """Return what says, from now on, whether so many seconds have passed."""
    end = time.monotonic() + seconds
    return lambda: time.monotonic() >= end

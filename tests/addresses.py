"""Every address of the site, as its resolver knows them: no list of ours to keep up to date."""

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver

# Views of libraries, which guard themselves: each with the reason it stays out of the matrix.
OUTSIDE = {
    "set_language": "changes a cookie, reads nothing",
}
# Whole sections of libraries, tested by their own journeys in tests/web/accounts; the API has
# its own matrix, in tests/api.
OUTSIDE_PREFIXES = ("account_", "mfa_", "usersessions_", "api-")


def addresses_of_the_site() -> list[tuple[str, URLPattern]]:
    """Return the names of our addresses, with the pattern of each."""
    return [
        (name, pattern)
        for name, pattern in _views(get_resolver().url_patterns)
        if name not in OUTSIDE and not name.startswith(OUTSIDE_PREFIXES)
    ]


def _views(
    patterns: list[URLPattern | URLResolver], namespace: str = ""
) -> Iterator[tuple[str, URLPattern]]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _views(pattern.url_patterns, inner)
        else:
            yield f"{namespace}{pattern.name}", pattern

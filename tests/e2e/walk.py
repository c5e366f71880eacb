"""A walk through the site: every page that a person reaches by its links, once per view."""

import urllib.error
import urllib.request
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urljoin, urlsplit

from django.urls import Resolver404, resolve

from tests.e2e.outline import Outline
from tests.e2e.site import Site

# Two examples of a page are read for their links; one is judged.
EXAMPLES = 2


@dataclass(frozen=True)
class Visit:
    """A page as the server sent it: `view` is its name, `reader` an address or «visitor»."""

    reader: str
    view: str
    url: str
    status: int
    html: str
    policy: str

    @cached_property
    def outline(self) -> Outline:
        return Outline(self.html)


def walk(site: Site, email: str | None) -> Iterator[Visit]:
    """Yield the pages an account (None: a visitor) reaches from the home page by links."""
    seen: Counter[str] = Counter()
    known = {f"{site.url}/"}
    waiting = deque(sorted(known))
    while waiting:
        url = waiting.popleft()
        view = _view_of(url)
        if view is None or seen[view] == EXAMPLES:
            continue
        seen[view] += 1
        visit = _get(site, email, view, url)
        if visit is None:
            continue
        if seen[view] == 1:
            yield visit
        for link in visit.outline.links:
            target = urljoin(url, link).partition("#")[0]
            if target.startswith(f"{site.url}/") and target not in known:
                known.add(target)
                waiting.append(target)


def _view_of(url: str) -> str | None:
    try:
        return resolve(urlsplit(url).path).view_name
    except Resolver404:
        return f"(no view) {urlsplit(url).path}"


def _get(site: Site, email: str | None, view: str, url: str) -> Visit | None:
    """Fetch a page; None when it is not one (a download, a feed)."""
    headers = {"Accept-Language": "fr"}
    if email is not None:
        headers["Cookie"] = f"{site.cookie_name}={site.session_key(email)}"
    request = urllib.request.Request(url, headers=headers)
    try:
        answer = urllib.request.urlopen(request, timeout=30)
    except urllib.error.HTTPError as refusal:
        answer = refusal
    with answer:
        if answer.headers.get_content_type() != "text/html":
            return None
        return Visit(
            reader=email or "visitor",
            view=_view_of(answer.url) or view,
            url=answer.url,
            status=answer.status,
            html=answer.read().decode(),
            policy=answer.headers.get("Content-Security-Policy", ""),
        )

"""Saved searches: one's own, and the signed link that stops their mails."""

from dataclasses import dataclass
from datetime import datetime

from django.core.signing import Signer
from django.db.models import QuerySet

from ancrage.kit.links import LinkExpired, unsigned
from ancrage.kit.text import words
from ancrage.matching.models import SavedSearch

_SILENCE = Signer(salt="ancrage.matching.silence")


@dataclass(frozen=True)
class SearchesFilter:
    """What an owner looks for among their searches: words of a name, a post or a structure,
    without accents or case, and how often they are told. Every part is optional."""

    text: str = ""
    frequency: str = ""


def searches_matching(searches: QuerySet[SavedSearch], asked: SearchesFilter) -> list[SavedSearch]:
    """Return the kept ones that are looked for, by name. One query.

    One's own are few (see `MOST_SEARCHES`): their words are compared here, not by the database.
    """
    rows = kept_searches(searches)
    if asked.frequency:
        rows = rows.filter(frequency=asked.frequency)
    return [one for one in rows if _holds(one, words(asked.text))]


def _holds(search: SavedSearch, asked: list[str]) -> bool:
    need = search.need
    told = [search.name]
    if need is not None:
        told += [str(need.profession), need.partner.name, need.commune.name]
    known = words(" ".join(told))
    return all(any(one.startswith(word) for one in known) for word in asked)


def kept_searches(searches: QuerySet[SavedSearch]) -> QuerySet[SavedSearch]:
    """Return those that were not deleted, by name, with what a line prints. One query."""
    return (
        searches.filter(deleted_at__isnull=True)
        .select_related("need__profession", "need__specialty", "need__partner", "need__commune")
        .order_by("name", "pk")
    )


def silence_token(search: SavedSearch) -> str:
    """Return the secret part of the link that stops the mails of a search. It does not expire:
    nobody must be written to against their will because a mail is old."""
    return _SILENCE.sign_object({"search": search.pk, "since": _stamp(search.created_at)})


def silenced_search(token: str) -> SavedSearch:
    """Return the search of a link. Raises LinkForged, LinkExpired (deleted since)."""
    content = unsigned(_SILENCE, token)
    search = SavedSearch.objects.filter(pk=content["search"]).select_related("owner").first()
    # A number is given again by some databases: the moment of the first row tells them apart.
    if search is None or _stamp(search.created_at) != content["since"]:
        raise LinkExpired
    return search


def _stamp(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")

"""Saved searches: one's own, and the signed link that stops their mails."""

from datetime import datetime

from django.core.signing import Signer
from django.db.models import QuerySet

from ancrage.kit.links import LinkExpired, unsigned
from ancrage.matching.models import SavedSearch

_SILENCE = Signer(salt="ancrage.matching.silence")


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

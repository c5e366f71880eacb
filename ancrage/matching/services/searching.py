"""Saved searches: kept, changed, deleted, told of what is new."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ancrage.kit.audit import record
from ancrage.kit.refusals import FieldRefusal
from ancrage.matching.enums import SearchEvent, SearchFrequency, SearchKind
from ancrage.matching.models import SavedSearch
from ancrage.matching.queries.searches import silenced_search
from ancrage.needs.models import Need
from ancrage.privacy.models import DataSubject
from ancrage.privacy.rights import Export, erases, exports

MOST_SEARCHES = 30


class TooManySearches(ValidationError):
    """The account keeps as many searches as it may."""

    def __init__(self) -> None:
        super().__init__(
            _("Vous gardez déjà %(count)s recherches : supprimez-en une d’abord."),
            code="too_many",
            params={"count": MOST_SEARCHES},
        )


class NameTaken(FieldRefusal):
    """Another search of the account has that name."""

    field = "name"
    sentence = gettext_lazy("Une de vos recherches porte déjà ce nom.")


@transaction.atomic
def save_search(
    *,
    need: Need | None,
    words: Mapping[str, str],
    name: str,
    frequency: SearchFrequency | str,
    by: Any,
    now: datetime,
) -> SavedSearch:
    """Keep a search for `by`: profiles for `need`, or without one the needs that match them.

    `words` are those of the address (`words_of`). Raises `TooManySearches`, `NameTaken`.
    """
    if SavedSearch.objects.filter(owner=by, deleted_at__isnull=True).count() >= MOST_SEARCHES:
        raise TooManySearches
    search = SavedSearch(
        owner=by,
        kind=SearchKind.NEEDS if need is None else SearchKind.PROFILES,
        need=need,
        name=name.strip(),
        query=urlencode(words),
        frequency=frequency,
        created_at=now,
        seen_at=now,
        told_at=now,
    )
    _write(search)
    _tell(search, SearchEvent.SAVED, by=by, now=now)
    return search


@transaction.atomic
def change_search(
    *,
    search: SavedSearch,
    name: str,
    frequency: SearchFrequency | str,
    by: Any,
    now: datetime,
) -> SavedSearch:
    """Name a search otherwise, or be told of it more or less often. Raises `NameTaken`."""
    if frequency != search.frequency and search.frequency == SearchFrequency.NEVER:
        # What was new while nothing was asked is not told.
        search.told_at = now
    search.name, search.frequency = name.strip(), frequency
    _write(search)
    _tell(search, SearchEvent.CHANGED, by=by, now=now)
    return search


@transaction.atomic
def delete_search(*, search: SavedSearch, by: Any, now: datetime) -> None:
    """Put a search away; `restore_search` brings it back within a day."""
    SavedSearch.objects.filter(pk=search.pk).update(deleted_at=now)
    _tell(search, SearchEvent.DELETED, by=by, now=now)


@transaction.atomic
def restore_search(*, search: SavedSearch, by: Any, now: datetime) -> None:
    """Bring a deleted search back. Raises `NameTaken` if its name was given to another since."""
    search.deleted_at = None
    _write(search)
    _tell(search, SearchEvent.RESTORED, by=by, now=now)


def see_search(*, search: SavedSearch, now: datetime) -> None:
    """Note that its owner opened a search."""
    SavedSearch.objects.filter(pk=search.pk).update(seen_at=now)


@transaction.atomic
def silence_search(*, token: str, now: datetime) -> SavedSearch:
    """Stop the mails of a search, by the link that each of them carries. Safe to repeat.

    Raises what `silenced_search` raises.
    """
    search = silenced_search(token)
    if search.frequency != SearchFrequency.NEVER:
        SavedSearch.objects.filter(pk=search.pk).update(frequency=SearchFrequency.NEVER)
        search.frequency = SearchFrequency.NEVER
        _tell(search, SearchEvent.SILENCED, by=search.owner, now=now)
    return search


@transaction.atomic
def record_search_export(*, need: Need, count: int, reason: str, by: Any, now: datetime) -> None:
    """Note that cards ranked for a need left in a file: they name nobody."""
    record(
        action=SearchEvent.EXPORTED,
        target=need,
        by=by,
        now=now,
        scope=f"partner:{need.partner_id}",
        changes={"count": [0, count], "reason": ["", reason]},
    )


@erases("searches")
def erase_searches(*, subject: DataSubject, now: datetime) -> None:
    """Forget the searches that the person kept."""
    if subject.user_id is not None:
        SavedSearch.objects.filter(owner=subject.user_id).delete()


@exports("searches")
def export_searches(*, subject: DataSubject) -> Export:
    """Hand over the searches that the person keeps."""
    rows = SavedSearch.objects.filter(owner=subject.user_id, owner__isnull=False).order_by("pk")
    return Export(
        tables={
            "recherches_enregistrees": [
                {
                    "nom": row.name,
                    "objet": row.kind,
                    "criteres": row.query,
                    "frequence": row.frequency,
                    "enregistree_le": row.created_at.isoformat(),
                    "ouverte_le": row.seen_at.isoformat() if row.seen_at else None,
                }
                for row in rows
            ]
        }
    )


def _write(search: SavedSearch) -> None:
    try:
        with transaction.atomic():
            search.save()
    except IntegrityError:
        alike = SavedSearch.objects.filter(
            owner=search.owner_id, name=search.name, deleted_at__isnull=True
        )
        if not alike.exclude(pk=search.pk).exists():
            raise
        raise NameTaken from None


def _tell(search: SavedSearch, event: SearchEvent, *, by: Any, now: datetime) -> None:
    record(
        action=event,
        target=search,
        by=by,
        now=now,
        changes={"frequency": ["", str(search.frequency)]},
    )

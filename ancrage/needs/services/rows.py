"""Reading a need in order to change it, and what its trace says besides."""

from django.db.models import QuerySet

from ancrage.needs.models import Need
from ancrage.needs.services.errors import NeedGone


def with_all(rows: QuerySet[Need]) -> QuerySet[Need]:
    """Join everything that a need's facts, search column and trace are made of."""
    return rows.select_related(
        "partner",
        "facility",
        "commune",
        "profession",
        "specialty",
        "practice_sheet",
        "publication",
    )


def current_row(need: Need) -> Need:
    """Return the need as it is now, whole. Raises NeedGone."""
    row = with_all(Need.objects.filter(pk=need.pk)).first()
    if row is None:
        raise NeedGone
    return row


def scope_of(need: Need) -> str:
    """Return whose business the need is, as audit lines say it."""
    return f"partner:{need.partner_id}"

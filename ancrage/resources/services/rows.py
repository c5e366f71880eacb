"""Reading a resource in order to change it."""

from django.db.models import QuerySet

from ancrage.resources.models import Resource
from ancrage.resources.services.errors import ResourceGone


def with_all(rows: QuerySet[Resource]) -> QuerySet[Resource]:
    """Join everything that a resource's facts, search column and trace are made of."""
    return rows.select_related("partner", "facility", "commune", "profession")


def current_row(resource: Resource) -> Resource:
    """Return the resource as it is now, whole. Raises ResourceGone."""
    row = with_all(Resource.objects.filter(pk=resource.pk)).first()
    if row is None:
        raise ResourceGone
    return row


def scope_of(resource: Resource) -> str:
    """Return whose business the resource is, as audit lines say it."""
    return f"partner:{resource.partner_id}"

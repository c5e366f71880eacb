"""Whose imports are whose: what the permissions of the apps above are written with."""

from typing import Any

from django.db.models import CharField, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat


def imports_for(kind: str, prefix: str, owners: QuerySet[Any]) -> Q:
    """The imports of that kind whose owner key (« partner:12 ») names one of `owners`."""
    key = Concat(Value(f"{prefix}:"), Cast("pk", CharField()), output_field=CharField())
    return Q(kind=kind, owner_key__in=owners.annotate(owner_key=key).values("owner_key"))

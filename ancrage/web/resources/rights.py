"""What a reader may do with each resource shown, read from the policy in the same query."""

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from ancrage.accounts.policy import permitted
from ancrage.resources.models import Resource

ACTS = ("edit", "publish", "close", "confirm")


def with_rights(resources: QuerySet[Resource], user: Any) -> QuerySet[Any]:
    """Annotate each resource with `may_edit`, `may_publish`, `may_close` and `may_confirm`."""
    every = Resource.objects.all()
    return resources.annotate(
        **{
            f"may_{act}": Exists(
                permitted(user, f"resources.{act}", every).filter(pk=OuterRef("pk"))
            )
            for act in ACTS
        }
    )

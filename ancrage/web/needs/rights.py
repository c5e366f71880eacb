"""What a reader may do with each need shown, read from the policy in the same query."""

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from ancrage.accounts.policy import permitted
from ancrage.needs.models import Need

ACTS = ("edit", "publish", "close", "confirm")


def with_rights(needs: QuerySet[Need], user: Any) -> QuerySet[Any]:
    """Annotate each need with `may_edit`, `may_publish`, `may_close` and `may_confirm`."""
    return needs.annotate(
        **{
            f"may_{act}": Exists(
                permitted(user, f"needs.{act}", needs.model._default_manager.all()).filter(
                    pk=OuterRef("pk")
                )
            )
            for act in ACTS
        }
    )

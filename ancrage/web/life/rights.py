"""What a reader may do with each row shown, read from the policy in the same query."""

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from ancrage.accounts.policy import permitted

ACTS = ("edit", "publish", "close", "confirm")


def with_rights(section: str, rows: QuerySet[Any], user: Any) -> QuerySet[Any]:
    """Annotate each row with `may_edit`, `may_publish`, `may_close` and `may_confirm`.

    `section` is the first word of the permissions: « needs.edit ».
    """
    every = rows.model._default_manager.all()
    return rows.annotate(
        **{
            f"may_{act}": Exists(
                permitted(user, f"{section}.{act}", every).filter(pk=OuterRef("pk"))
            )
            for act in ACTS
        }
    )

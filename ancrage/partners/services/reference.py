"""FINESS categories, brought to the typed table."""

from collections.abc import Hashable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ancrage.kit.reference import Difference, load_rows
from ancrage.partners.models import FacilityCategory
from ancrage.partners.reference import FACILITY_CATEGORIES, SOURCE, VERSION


@transaction.atomic
def load_facility_categories(
    *, by: Any, now: datetime, overwrite: bool = False
) -> list[Difference]:
    """Bring the categories to the table; return what differs.

    Idempotent; deletes nothing; keeps and reports what an administrator changed, unless
    `overwrite`. `by` is who runs the load, kept for the signature every loader has.
    """
    today = timezone.localtime(now).date()
    # What is installed was valid before the platform was: only later rows have a first day.
    is_first = not FacilityCategory.objects.exists()
    return [
        load_rows(
            title=_("Catégories d’établissement"),
            held=FacilityCategory.objects.order_by("pk"),
            key_of=lambda category: category.code,
            wanted=_values(),
            new=FacilityCategory,
            today=today,
            since=None if is_first else today,
            overwrite=overwrite,
        )
    ]


def _values() -> dict[Hashable, Mapping[str, Any]]:
    return {
        row.code: {
            "code": row.code,
            "short": row.short,
            "label_fr": row.label_fr,
            "label_en": row.label_en,
            "source": SOURCE,
            "version": VERSION,
        }
        for row in FACILITY_CATEGORIES
    }

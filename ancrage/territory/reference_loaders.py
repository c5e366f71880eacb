"""What `load_reference` loads from this app."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from ancrage.kit.reference import Difference, FieldChange, register_loader
from ancrage.territory.models import Commune
from ancrage.territory.services import REFERENCES, held_values, load_reference_communes


def load_communes(*, by: Any, now: datetime, overwrite: bool) -> Sequence[Difference]:
    """Load the departments, and the communes of the default territory if the project has them.

    Communes that are there are left as they are, unless `overwrite`: official lists imported
    since are newer than the typed table.
    """
    slug = settings.DEFAULT_TERRITORY
    before = _held(slug)
    saved = load_reference_communes(slug=slug, overwrite=overwrite)
    after = _held(slug)
    changed = [
        FieldChange(code, field, before[code][field], value)
        for code in sorted(before)
        for field, value in after[code].items()
        if before[code][field] != value
    ]
    return [
        Difference(
            title=_("Communes du territoire par défaut"),
            created=tuple(sorted(after.keys() - before.keys())),
            changed=tuple(changed),
            unchanged=saved.unchanged,
        )
    ]


def _held(slug: str) -> Mapping[str, Mapping[str, Any]]:
    table = REFERENCES.get(slug)
    codes = [fact.insee for fact in (*table.COMMUNES, *table.NEIGHBOURS)] if table else []
    communes = Commune.objects.filter(insee__in=codes).order_by("insee")
    return held_values(communes.select_related("epci").prefetch_related("postcodes"))


register_loader("communes", load_communes)

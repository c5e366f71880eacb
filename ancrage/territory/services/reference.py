"""The territories that the project carries itself, for a demonstration or a first look."""

from datetime import datetime
from typing import Any

from django.db import transaction

from ancrage.territory.models import Commune, Territory
from ancrage.territory.reference import pays_de_retz
from ancrage.territory.services.communes import (
    CommuneFacts,
    SavedCommunes,
    save_departments,
    write_communes,
)
from ancrage.territory.services.territories import (
    communes_of_epcis,
    create_territory,
    set_backdrop,
)

REFERENCES = {pays_de_retz.SLUG: pays_de_retz}
"""Slug → table of communes typed with its source."""


@transaction.atomic
def load_reference_communes(*, slug: str, overwrite: bool = False) -> SavedCommunes:
    """Write the departments, and the communes of a reference territory and of its neighbours.

    Safe to repeat. A commune that is there stays as it is, since a newer official list may have
    been imported, unless `overwrite`. No journal: nobody decided anything. For a territory the
    project does not carry, only the departments are written: `import_communes` brings the rest.
    """
    save_departments()
    table = REFERENCES.get(slug)
    if table is None:
        return SavedCommunes(0, 0, 0)
    typed = (*table.COMMUNES, *table.NEIGHBOURS)
    codes = [fact.insee for fact in typed]
    held = set(Commune.objects.filter(insee__in=codes).values_list("insee", flat=True))
    facts = [
        CommuneFacts(
            insee=fact.insee,
            name=fact.name,
            postcodes=fact.postcodes,
            epci_siren=fact.epci,
            epci_name=table.EPCIS[fact.epci],
            population=fact.population,
            latitude=fact.latitude,
            longitude=fact.longitude,
        )
        for fact in typed
        if overwrite or fact.insee not in held
    ]
    saved, _codes = write_communes(facts=facts, source=table.SOURCE, version=table.VINTAGE)
    left = len(typed) - len(facts)
    return SavedCommunes(saved.created, saved.changed, saved.unchanged + left)


@transaction.atomic
def create_reference_territory(
    *, slug: str, by: Any, now: datetime, tagline: str = ""
) -> Territory:
    """Create a territory the project carries, with its communes, and its shore on the map.

    Raises:
        KeyError: the project carries no territory of that slug.
        TerritorySlugTaken: it exists already.
    """
    table = REFERENCES[slug]
    load_reference_communes(slug=slug)
    territory = create_territory(
        slug=slug,
        name=table.NAME,
        tagline=tagline,
        communes=communes_of_epcis(sirens=table.TERRITORY_EPCIS),
        by=by,
        now=now,
    )
    return set_backdrop(
        territory=territory,
        collection=table.backdrop(),
        source=table.BACKDROP_SOURCE,
        by=by,
        now=now,
    )

"""Which territory a command is about."""

from django.core.management.base import CommandError

from ancrage.territory.models import Territory


def chosen_territory(slug: str | None) -> Territory:
    """Return the territory of that slug, or the only one when none is said.

    Raises CommandError, with the slugs known.
    """
    rows = Territory.objects.filter(slug=slug) if slug else Territory.objects.all()
    found = list(rows.order_by("name", "pk"))
    if len(found) != 1:
        known = ", ".join(Territory.objects.order_by("slug").values_list("slug", flat=True))
        raise CommandError(
            f"Dites pour quel territoire : --territory SLUG (connus : {known or 'aucun'})."
        )
    return found[0]

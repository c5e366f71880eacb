"""Which territory a page is about, when a deployment holds several."""

from django.conf import settings
from django.http import HttpRequest

from ancrage.accounts.policy import permitted
from ancrage.partners.permissions import partners_of
from ancrage.territory.models import Territory
from ancrage.territory.permissions import coordinated_by, watched_by

PARAMETER = "territoire"


def territory_of(request: HttpRequest) -> Territory | None:
    """Return the territory of the page: the one asked for, the reader's own, or the first.

    None when the deployment holds no territory yet. An unknown name in the address falls back
    like an absent one: the name of a territory is public, nothing is hidden there.
    """
    visible = permitted(request.user, "territory.view", Territory.objects.all())
    asked = request.GET.get(PARAMETER, "")
    preferred = [asked, *_own_slugs(request), settings.DEFAULT_TERRITORY]
    found = {territory.slug: territory for territory in visible.filter(slug__in=preferred)}
    for slug in preferred:
        if slug in found:
            return found[slug]
    return visible.order_by("name", "pk").first()


def _own_slugs(request: HttpRequest) -> list[str]:
    if not request.user.is_authenticated or request.GET.get(PARAMETER):
        return []
    own = (
        coordinated_by(request.user)
        | watched_by(request.user)
        | Territory.objects.filter(pk__in=partners_of(request.user).values("territory"))
    )
    return list(own.order_by("name", "pk").values_list("slug", flat=True)[:1])

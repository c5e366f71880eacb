"""Which territory a page is about, when a deployment holds several."""

from django.conf import settings
from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.http import Http404, HttpRequest

from ancrage.accounts.policy import NOTHING, permitted
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
    first = Case(
        When(slug=asked, then=Value(0)),
        When(_own(request), then=Value(1)),
        When(slug=settings.DEFAULT_TERRITORY, then=Value(2)),
        default=Value(3),
        output_field=IntegerField(),
    )
    return visible.order_by(first, "name", "pk").first()


def territory_or_404(request: HttpRequest) -> Territory:
    """Return the territory of the page, or answer 404 where there is none yet."""
    territory = territory_of(request)
    if territory is None:
        raise Http404
    return territory


def territory_among(request: HttpRequest, territories: QuerySet[Territory]) -> Territory:
    """Return the territory of the page if it is one of these, else the first of them by name;
    answer 404 where there is none."""
    shown = territory_of(request)
    found = territories.filter(pk=shown.pk).first() if shown else None
    found = found or territories.order_by("name", "pk").first()
    if found is None:
        raise Http404
    return found


def territory_steered(request: HttpRequest) -> Territory:
    """Return the territory of the page, among those that its reader coordinates."""
    return territory_among(
        request, permitted(request.user, "territory.steer", Territory.objects.all())
    )


def _own(request: HttpRequest) -> Q:
    if not request.user.is_authenticated:
        return NOTHING
    user = request.user
    return (
        Q(pk__in=coordinated_by(user).values("pk"))
        | Q(pk__in=watched_by(user).values("pk"))
        | Q(pk__in=partners_of(user).values("territory"))
    )

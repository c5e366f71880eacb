"""The trade of a spouse, beside what the territory publishes: posts, and who employs it."""

from dataclasses import dataclass

from django.db.models import Q

from ancrage.core.accessibility.distances import haversine_km
from ancrage.needs.enums import Audience
from ancrage.needs.models import Need
from ancrage.needs.offers import OfferSearch, offers_matching
from ancrage.needs.permissions import public_offers
from ancrage.partners.models import Partner
from ancrage.territory.models import Territory
from ancrage.welcome.models import LifeProject

MOST_POSTS = 6
MOST_EMPLOYERS = 6


@dataclass(frozen=True)
class SpousePosts:
    """Posts that anybody can read, and structures that publish or published such posts."""

    posts: tuple[Need, ...]
    employers: tuple[Partner, ...]


def posts_for_spouse(*, project: LifeProject, territory: Territory) -> SpousePosts:
    """Return the public offers of the trade of a spouse, the nearest to the place of work first.

    A trade that is no profession of health is looked for by its words. Nothing is looked for
    where no trade is told. Three queries at most.
    """
    if project.spouse_profession_id is None and not project.spouse_trade:
        return SpousePosts((), ())
    search = OfferSearch(
        text="" if project.spouse_profession_id else project.spouse_trade,
        profession=project.spouse_profession,
    )
    here = Q(partner__territory=territory)
    open_posts = list(offers_matching(Need.objects.filter(public_offers(None) & here), search))
    open_posts.sort(key=lambda post: _km(project, post))
    known = Need.objects.filter(here, audience=Audience.PUBLIC, published_at__isnull=False)
    employing = offers_matching(known, search).order_by().values("partner")
    employers = Partner.objects.filter(pk__in=employing, left_at__isnull=True)
    return SpousePosts(
        posts=tuple(open_posts[:MOST_POSTS]),
        employers=tuple(
            employers.select_related("commune").order_by("name", "pk")[:MOST_EMPLOYERS]
        ),
    )


def _km(project: LifeProject, post: Need) -> float:
    place, there = project.workplace, post.commune
    if (
        place is None
        or place.latitude is None
        or place.longitude is None
        or there.latitude is None
        or there.longitude is None
    ):
        return 0.0
    return haversine_km(place.latitude, place.longitude, there.latitude, there.longitude)

"""Which profiles of a territory to compare with a post first, decided in the database."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Case, F, IntegerField, Q, QuerySet, Value, When
from django.db.models.expressions import Combinable

from ancrage.candidates.models import SearchEntry
from ancrage.candidates.queries import CardCriteria
from ancrage.candidates.queries.bits import contract_bits
from ancrage.candidates.queries.cards import card_condition
from ancrage.candidates.queries.search import has_bits, square_km, territories_of_scopes
from ancrage.needs.models import Need
from ancrage.privacy.scopes import Viewer
from ancrage.territory.queries import point_of


@dataclass(frozen=True)
class Span:
    """When a post begins, at the soonest and at the latest, and ends (None: it does not)."""

    begins_on: date
    begins_by: date
    ends_on: date | None


def likeliest_first(
    need: Need, span: Span, criteria: CardCriteria, *, viewer: Viewer
) -> QuerySet[SearchEntry]:
    """Return the search rows of the need's profession in its territory, if the reader acts for
    that territory, but of those who look for no post: those that fewest known conditions keep
    away, then the nearest, first.

    The conditions counted are those that the columns of the search tell: contract, working time,
    dates, distance. What is not said keeps nobody away.
    """
    territory = need.partner.territory_id
    rows = SearchEntry.objects.filter(
        card_condition(criteria),
        territory=territory,
        profession=need.profession_id,
        is_settled=False,
    )
    if territory not in territories_of_scopes(viewer):
        return rows.none()
    blocks: Combinable = (
        _counted(has_bits("contracts", contract_bits([need.contract])))
        + _counted(
            Q(
                fte_min_hundredths__lte=need.fte_hundredths,
                fte_max_hundredths__gte=need.fte_hundredths,
            )
        )
        + _counted(_free(span))
    )
    near = point_of(need.commune)
    if near is None:
        return rows.annotate(blocks=blocks).order_by("blocks", "pk")
    rows = rows.annotate(square_km=square_km(near))
    reached = Q(reach_squared__isnull=True) | Q(square_km__isnull=True)
    blocks += _counted(reached | Q(square_km__lte=F("reach_squared")))
    return rows.annotate(blocks=blocks).order_by(
        "blocks", F("square_km").asc(nulls_last=True), "pk"
    )


def _counted(condition: Q) -> Case:
    return Case(When(condition, then=Value(0)), default=Value(1), output_field=IntegerField())


def _free(span: Span) -> Q:
    begins = Q(available_from__isnull=True) | Q(available_from__lte=span.begins_by)
    # Whoever is free without an end is free to the end of any post.
    stays = Q(available_until__isnull=True)
    if span.ends_on is not None:
        stays |= Q(available_until__gte=max(span.begins_on, span.ends_on))
    return begins & stays

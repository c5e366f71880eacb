"""What the needs of a territory can be measured by, as the board and the overview count them."""

from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from ancrage.kit.freshness import Freshness
from ancrage.needs.enums import CampaignStatus
from ancrage.needs.models import Campaign
from ancrage.needs.queries import answer_rate, is_of_freshness, needs_open_in, total_of
from ancrage.needs.queries.filled import median_days_to_fill, needs_filled_in, needs_published_in
from ancrage.territory.enums import MeasureMoment, MeasurePart, MeasureUnit
from ancrage.territory.measures import (
    Measure,
    Period,
    Reading,
    counted,
    days,
    declare,
    fte,
    nothing,
    share,
)
from ancrage.territory.models import Territory


def _open(territory: Territory, period: Period) -> Reading:
    return counted(total_of(needs_open_in(territory, on=period.today)).needs)


def _posts(territory: Territory, period: Period) -> Reading:
    return counted(total_of(needs_open_in(territory, on=period.today)).positions)


def _fte_missing(territory: Territory, period: Period) -> Reading:
    return fte(total_of(needs_open_in(territory, on=period.today)).fte_hundredths)


def _fresh(territory: Territory, period: Period) -> Reading:
    published = needs_open_in(territory, on=period.today)
    fresh = published.filter(is_of_freshness(Freshness.FRESH, now=period.now))
    return share(fresh.count(), published.count(), none=_g("Aucun besoin n’est publié."))


def _published(territory: Territory, period: Period) -> Reading:
    return counted(
        needs_published_in(territory, since=period.first_moment, until=period.end_moment).count()
    )


def _filled(territory: Territory, period: Period) -> Reading:
    return counted(
        needs_filled_in(territory, since=period.first_moment, until=period.end_moment).count()
    )


def _days_to_fill(territory: Territory, period: Period) -> Reading:
    filled = needs_filled_in(territory, since=period.first_moment, until=period.end_moment)
    return days(
        median_days_to_fill(filled), none=_g("Aucun besoin n’a été pourvu sur la période.")
    )


def _response_rate(territory: Territory, period: Period) -> Reading:
    campaigns = Campaign.objects.filter(
        territory=territory, opened_at__lt=period.end_moment
    ).exclude(status=CampaignStatus.DRAFT)
    last = campaigns.order_by("-reference_day", "-pk").first()
    if last is None:
        return nothing(_g("Aucune campagne n’a été ouverte avant la fin de la période."))
    rate = answer_rate(last)
    return share(rate.submitted, rate.asked, none=_g("La campagne n’a interrogé personne."))


declare(
    Measure(
        key="needs.open",
        name=_("Besoins en cours"),
        definition=_("Besoins publiés que l’on peut encore pourvoir."),
        unit=MeasureUnit.COUNT,
        part=MeasurePart.NEEDS,
        moment=MeasureMoment.READING,
        compute=_open,
    ),
    Measure(
        key="needs.posts",
        name=_("Postes à pourvoir"),
        definition=_("Somme des postes des besoins en cours."),
        unit=MeasureUnit.COUNT,
        part=MeasurePart.NEEDS,
        moment=MeasureMoment.READING,
        compute=_posts,
    ),
    Measure(
        key="needs.fte_missing",
        name=_("Temps de travail à pourvoir"),
        definition=_(
            "Somme, sur les besoins en cours, du nombre de postes multiplié par leur quotité."
        ),
        unit=MeasureUnit.FTE,
        part=MeasurePart.NEEDS,
        moment=MeasureMoment.READING,
        compute=_fte_missing,
    ),
    Measure(
        key="needs.fresh",
        name=_("Besoins à jour"),
        definition=_(
            "Part des besoins en cours que leur structure a publiés ou confirmés depuis assez peu "
            "pour qu’on ne l’interroge pas."
        ),
        unit=MeasureUnit.SHARE,
        part=MeasurePart.NEEDS,
        moment=MeasureMoment.READING,
        compute=_fresh,
    ),
    Measure(
        key="needs.published",
        name=_("Besoins publiés"),
        definition=_("Besoins publiés pour la première fois pendant la période."),
        unit=MeasureUnit.COUNT,
        part=MeasurePart.NEEDS,
        compute=_published,
    ),
    Measure(
        key="needs.filled",
        name=_("Besoins pourvus"),
        definition=_("Besoins déclarés pourvus pendant la période, et qui le sont restés."),
        unit=MeasureUnit.COUNT,
        part=MeasurePart.NEEDS,
        compute=_filled,
    ),
    Measure(
        key="needs.days_to_fill",
        name=_("Délai pour pourvoir"),
        definition=_(
            "Nombre médian de jours entre la publication d’un besoin et le jour où il est pourvu, "
            "pour les besoins pourvus pendant la période."
        ),
        unit=MeasureUnit.DAYS,
        part=MeasurePart.NEEDS,
        compute=_days_to_fill,
    ),
    Measure(
        key="needs.response_rate",
        name=_("Réponses à la dernière campagne"),
        definition=_(
            "Part des structures interrogées qui ont envoyé leur réponse, pour la dernière "
            "campagne de recensement ouverte avant la fin de la période."
        ),
        unit=MeasureUnit.SHARE,
        part=MeasurePart.NEEDS,
        compute=_response_rate,
    ),
)

"""What the needs of a territory can be measured by, as the board and the overview count them."""

from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ancrage.kit.freshness import Freshness
from ancrage.needs.enums import CampaignStatus
from ancrage.needs.models import Campaign, Need
from ancrage.needs.queries import answer_rate, is_of_freshness, needs_open_in, total_of
from ancrage.needs.queries.filled import median_days_to_fill, needs_filled_in, needs_published_in
from ancrage.territory.enums import MeasureCut, MeasureMoment, MeasurePart, MeasureUnit
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
from ancrage.territory.perimeters import Perimeter


def _open_in(where: Perimeter, period: Period) -> QuerySet[Need]:
    return needs_open_in(where.territory, on=period.today).filter(where.holds("commune"))


def _filled_in(where: Perimeter, period: Period) -> QuerySet[Need]:
    filled = needs_filled_in(where.territory, since=period.first_moment, until=period.end_moment)
    return filled.filter(where.holds("commune"))


def _open(where: Perimeter, period: Period) -> Reading:
    return counted(total_of(_open_in(where, period)).needs)


def _posts(where: Perimeter, period: Period) -> Reading:
    return counted(total_of(_open_in(where, period)).positions)


def _fte_missing(where: Perimeter, period: Period) -> Reading:
    return fte(total_of(_open_in(where, period)).fte_hundredths)


def _fresh(where: Perimeter, period: Period) -> Reading:
    published = _open_in(where, period)
    fresh = published.filter(is_of_freshness(Freshness.FRESH, now=period.now))
    return share(fresh.count(), published.count(), none=gettext("Aucun besoin n’est publié."))


def _published(where: Perimeter, period: Period) -> Reading:
    published = needs_published_in(
        where.territory, since=period.first_moment, until=period.end_moment
    )
    return counted(published.filter(where.holds("commune")).count())


def _filled(where: Perimeter, period: Period) -> Reading:
    return counted(_filled_in(where, period).count())


def _days_to_fill(where: Perimeter, period: Period) -> Reading:
    return days(
        median_days_to_fill(_filled_in(where, period)),
        none=gettext("Aucun besoin n’a été pourvu sur la période."),
    )


def _response_rate(where: Perimeter, period: Period) -> Reading:
    campaigns = Campaign.objects.filter(
        territory=where.territory, opened_at__lt=period.end_moment
    ).exclude(status=CampaignStatus.DRAFT)
    last = campaigns.order_by("-reference_day", "-pk").first()
    if last is None:
        return nothing(gettext("Aucune campagne n’a été ouverte avant la fin de la période."))
    rate = answer_rate(last)
    return share(rate.submitted, rate.asked, none=gettext("La campagne n’a interrogé personne."))


declare(
    Measure(
        key="needs.open",
        name=_("Besoins en cours"),
        definition=_("Besoins publiés que l’on peut encore pourvoir."),
        unit=MeasureUnit.COUNT,
        part=MeasurePart.NEEDS,
        moment=MeasureMoment.READING,
        cut=MeasureCut.PLACE,
        compute=_open,
    ),
    Measure(
        key="needs.posts",
        name=_("Postes à pourvoir, toutes dates"),
        definition=_(
            "Somme des postes des besoins en cours, quelle que soit la date de prise de poste ; "
            "la page « Territoire », elle, s’arrête à douze mois."
        ),
        unit=MeasureUnit.COUNT,
        part=MeasurePart.NEEDS,
        moment=MeasureMoment.READING,
        cut=MeasureCut.PLACE,
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
        cut=MeasureCut.PLACE,
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
        cut=MeasureCut.PLACE,
        compute=_fresh,
    ),
    Measure(
        key="needs.published",
        name=_("Besoins publiés"),
        definition=_("Besoins publiés pour la première fois pendant la période."),
        unit=MeasureUnit.COUNT,
        part=MeasurePart.NEEDS,
        cut=MeasureCut.PLACE,
        compute=_published,
    ),
    Measure(
        key="needs.filled",
        name=_("Besoins pourvus"),
        definition=_("Besoins déclarés pourvus pendant la période, et qui le sont restés."),
        unit=MeasureUnit.COUNT,
        part=MeasurePart.NEEDS,
        cut=MeasureCut.PLACE,
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
        cut=MeasureCut.PLACE,
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

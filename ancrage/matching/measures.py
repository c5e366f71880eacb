"""What introductions, the charter and shared posts can be measured by, as their pages do."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ancrage.matching.enums import PostState
from ancrage.matching.models import SharedPost
from ancrage.matching.queries import PostFilter, answers_in, posts_matching
from ancrage.matching.queries.keeping import measures_of
from ancrage.needs.models import Need
from ancrage.needs.queries import total_of
from ancrage.partners.queries import commitments_in, current_charter
from ancrage.territory.enums import MeasureMoment, MeasurePart, MeasureUnit
from ancrage.territory.measures import (
    Measure,
    Period,
    Reading,
    counted,
    declare,
    fte,
    nothing,
    share,
    share_of_people,
)
from ancrage.territory.perimeters import Perimeter


def _charter_kept(where: Perimeter, period: Period) -> Reading:
    charter = current_charter(where.territory)
    if charter is None:
        return nothing(gettext("Aucune charte n’est en vigueur."))
    measured = measures_of(commitments_in(charter), where.territory, now=period.now)
    return share(
        sum(one.is_kept for one in measured),
        len(measured),
        none=gettext("Aucun engagement de la charte ne se mesure."),
    )


def _answered_in_time(where: Perimeter, period: Period) -> Reading:
    answers = answers_in(
        where.territory, on=period.today, since=period.starts, until=period.ends
    ).values()
    return share_of_people(
        sum(one.in_time for one in answers),
        sum(one.expected for one in answers),
        none=gettext("Aucune réponse n’était attendue sur la période."),
    )


def _posts_running(where: Perimeter, _period: Period) -> Reading:
    posts = SharedPost.objects.filter(territory=where.territory)
    return counted(posts_matching(posts, PostFilter(state=PostState.RUNNING)).count())


def _posts_fte(where: Perimeter, _period: Period) -> Reading:
    running = SharedPost.objects.filter(territory=where.territory, state=PostState.RUNNING)
    return fte(total_of(Need.objects.filter(pk__in=running.values("need"))).fte_hundredths)


declare(
    Measure(
        key="charter.kept",
        name=_("Engagements de la charte tenus"),
        definition=_(
            "Part des engagements mesurables de la charte en vigueur dont le seuil est atteint "
            "sur l’ensemble du territoire."
        ),
        unit=MeasureUnit.SHARE,
        part=MeasurePart.PARTNERS,
        moment=MeasureMoment.READING,
        compute=_charter_kept,
    ),
    Measure(
        key="introductions.in_time",
        name=_("Réponses dans le délai de la charte"),
        definition=_(
            "Part des mises en relation acceptées par la personne pendant la période auxquelles "
            "la structure a répondu avant le jour prévu."
        ),
        unit=MeasureUnit.SHARE,
        part=MeasurePart.PEOPLE,
        compute=_answered_in_time,
    ),
    Measure(
        key="shared_posts.running",
        name=_("Postes partagés en cours"),
        definition=_("Postes portés par plusieurs structures, que quelqu’un occupe."),
        unit=MeasureUnit.COUNT,
        part=MeasurePart.SHARED_POSTS,
        moment=MeasureMoment.READING,
        compute=_posts_running,
    ),
    Measure(
        key="shared_posts.fte",
        name=_("Temps de travail en postes partagés"),
        definition=_("Somme des quotités des postes partagés en cours."),
        unit=MeasureUnit.FTE,
        part=MeasurePart.SHARED_POSTS,
        moment=MeasureMoment.READING,
        compute=_posts_fte,
    ),
)

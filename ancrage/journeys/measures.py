"""What people became, as the page of figures counts them: small numbers hidden from everybody."""

from collections import Counter
from decimal import Decimal

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ancrage.candidates.models import Candidate
from ancrage.journeys.models import Journey
from ancrage.journeys.queries import Section, lost_people
from ancrage.journeys.queries.day import open_journeys, section_condition
from ancrage.journeys.queries.figures import FigureFilter, StayLine, stay_lines
from ancrage.journeys.services.arrivals import ArrivalFigures, arrival_figures
from ancrage.journeys.services.figures import (
    Funnel,
    Retention,
    Showing,
    funnel_of,
    people_hired,
    retention_of,
)
from ancrage.partners.models import Partner
from ancrage.territory.enums import MeasureCut, MeasureMoment, MeasurePart, MeasureUnit
from ancrage.territory.measures import (
    Measure,
    Period,
    Reading,
    declare,
    hidden,
    nothing,
    people,
    people_in,
)
from ancrage.territory.perimeters import Perimeter


def funnel_over(where: Perimeter, period: Period) -> Funnel:
    """What became of the people first known during the period, asked once a period."""
    search = FigureFilter(where.territory, since=period.starts, until=period.ends)
    return period.once(
        ("journeys.funnel", where.territory.pk),
        lambda: funnel_of(search, on=period.today, exact=False),
    )


def arrivals_over(where: Perimeter, period: Period) -> ArrivalFigures:
    """What the welcome changed, noted during the period; asked once a period."""
    journeys = Journey.objects.filter(territory=where.territory)
    return period.once(
        ("journeys.arrivals", where.territory.pk),
        lambda: arrival_figures(journeys, since=period.starts, until=period.ends),
    )


def posts_ever(where: Perimeter, period: Period) -> list[StayLine]:
    """The posts that people took in a territory, all years together; asked once."""
    search = FigureFilter(where.territory, confirmed=True)
    return period.ever(("journeys.posts", where.territory.pk), lambda: stay_lines(search))


def _stayed(where: Perimeter, period: Period) -> Retention:
    """How long people stay, all years together."""
    return period.ever(
        ("journeys.stayed", where.territory.pk),
        lambda: retention_of(posts_ever(where, period), showing=Showing(exact=False)),
    )


def _shown(count: int | None) -> Reading:
    return hidden() if count is None else people(count)


def _known(where: Perimeter, period: Period) -> Reading:
    return _shown(funnel_over(where, period).known)


def _accompanied(where: Perimeter, period: Period) -> Reading:
    return _shown(funnel_over(where, period).accompanied)


def _introduced(where: Perimeter, period: Period) -> Reading:
    return _shown(funnel_over(where, period).introduced)


def _hired(where: Perimeter, period: Period) -> Reading:
    return _shown(funnel_over(where, period).hired)


def _started(where: Perimeter, period: Period) -> Reading:
    seats = period.ever(
        ("journeys.seats", where.territory.pk),
        lambda: dict(
            Partner.objects.filter(territory=where.territory).values_list("pk", "commune")
        ),
    )
    hired = people_hired(posts_ever(where, period), since=period.starts, until=period.ends)
    counts: Counter[int | None] = Counter()
    for partner, number in hired.items():
        counts[seats.get(partner) if partner is not None else None] += number
    return people_in(where, period, counts)


def _late(where: Perimeter, period: Period) -> Reading:
    journeys = open_journeys(Journey.objects.filter(territory=where.territory))
    return people(journeys.filter(section_condition(Section.LATE, on=period.today)).count())


def _lost(where: Perimeter, period: Period) -> Reading:
    candidates = Candidate.objects.filter(territory=where.territory)
    return people(lost_people(candidates, on=period.today).count())


def _kept(where: Perimeter, period: Period, *, months: int) -> Reading:
    reading = dict(_stayed(where, period).readings)[months]
    if reading is None:
        return nothing(gettext("Trop peu de personnes suivies si longtemps pour le dire."))
    return Reading(Decimal(round(100 * reading.survival)), denominator=reading.at_risk)


def _kept_6(where: Perimeter, period: Period) -> Reading:
    return _kept(where, period, months=6)


def _kept_12(where: Perimeter, period: Period) -> Reading:
    return _kept(where, period, months=12)


def _kept_24(where: Perimeter, period: Period) -> Reading:
    return _kept(where, period, months=24)


def _arrived(where: Perimeter, period: Period) -> Reading:
    return _shown(arrivals_over(where, period).arrived)


def _lost_because(where: Perimeter, period: Period) -> Reading:
    return _shown(arrivals_over(where, period).lost)


declare(
    Measure(
        key="people.known",
        name=_("Personnes connues"),
        definition=_("Personnes dont le profil a été créé pendant la période."),
        unit=MeasureUnit.PEOPLE,
        part=MeasurePart.PEOPLE,
        compute=_known,
    ),
    Measure(
        key="people.introduced",
        name=_("Personnes mises en relation"),
        definition=_(
            "Parmi les personnes connues pendant la période, celles qui ont depuis accepté d’être "
            "présentées à une structure, ou pris un poste."
        ),
        unit=MeasureUnit.PEOPLE,
        part=MeasurePart.PEOPLE,
        compute=_introduced,
    ),
    Measure(
        key="people.hired",
        name=_("Personnes embauchées"),
        definition=_(
            "Parmi les personnes connues pendant la période, celles qui ont depuis pris un poste."
        ),
        unit=MeasureUnit.PEOPLE,
        part=MeasurePart.PEOPLE,
        compute=_hired,
    ),
    Measure(
        key="journeys.accompanied",
        name=_("Personnes accompagnées"),
        definition=_(
            "Parmi les personnes connues pendant la période, celles qui ont depuis été "
            "accompagnées, mises en relation ou embauchées."
        ),
        unit=MeasureUnit.PEOPLE,
        part=MeasurePart.JOURNEYS,
        compute=_accompanied,
    ),
    Measure(
        key="journeys.started",
        name=_("Prises de poste"),
        definition=_(
            "Personnes qui ont pris un poste pendant la période, connues alors ou avant."
        ),
        unit=MeasureUnit.PEOPLE,
        part=MeasurePart.JOURNEYS,
        cut=MeasureCut.EPCI,
        compute=_started,
    ),
    Measure(
        key="journeys.late",
        name=_("Prochaines actions en retard"),
        definition=_("Parcours ouverts dont la prochaine action, à notre charge, est dépassée."),
        unit=MeasureUnit.PEOPLE,
        part=MeasurePart.JOURNEYS,
        moment=MeasureMoment.READING,
        compute=_late,
    ),
    Measure(
        key="journeys.lost",
        name=_("Personnes perdues de vue"),
        definition=_(
            "Personnes que personne ne suit : sans parcours depuis deux semaines, sans référent, "
            "sans action depuis un mois ou sans nouvelles depuis trois."
        ),
        unit=MeasureUnit.PEOPLE,
        part=MeasurePart.JOURNEYS,
        moment=MeasureMoment.READING,
        compute=_lost,
    ),
    Measure(
        key="journeys.kept_6",
        name=_("Encore en poste à 6 mois, estimation"),
        definition=_(
            "Part estimée (Kaplan-Meier) des personnes encore en poste six mois après leur prise "
            "de poste, toutes années réunies : les personnes dont on est sans "
            "nouvelles comptent tant qu’elles étaient suivies."
        ),
        unit=MeasureUnit.SHARE,
        part=MeasurePart.JOURNEYS,
        moment=MeasureMoment.READING,
        compute=_kept_6,
    ),
    Measure(
        key="journeys.kept_12",
        name=_("Encore en poste à 12 mois, estimation"),
        definition=_(
            "Part estimée (Kaplan-Meier) des personnes encore en poste un an après leur prise de "
            "poste, toutes années réunies : les personnes dont on est sans "
            "nouvelles comptent tant qu’elles étaient suivies."
        ),
        unit=MeasureUnit.SHARE,
        part=MeasurePart.JOURNEYS,
        moment=MeasureMoment.READING,
        compute=_kept_12,
    ),
    Measure(
        key="journeys.kept_24",
        name=_("Encore en poste à 24 mois, estimation"),
        definition=_(
            "Part estimée (Kaplan-Meier) des personnes encore en poste deux ans après leur prise "
            "de poste, toutes années réunies : les personnes dont on est sans "
            "nouvelles comptent tant qu’elles étaient suivies."
        ),
        unit=MeasureUnit.SHARE,
        part=MeasurePart.JOURNEYS,
        moment=MeasureMoment.READING,
        compute=_kept_24,
    ),
    Measure(
        key="journeys.arrived",
        name=_("Venues grâce à l’accueil"),
        definition=_(
            "Arrivées notées pendant la période que l’accueil du foyer a décidées : logement, "
            "garde d’enfants, mobilité, emploi du conjoint…"
        ),
        unit=MeasureUnit.PEOPLE,
        part=MeasurePart.WELCOME,
        compute=_arrived,
    ),
    Measure(
        key="journeys.lost_because",
        name=_("Perdues faute d’accueil"),
        definition=_(
            "Renoncements notés pendant la période que l’accueil du foyer explique : logement, "
            "garde d’enfants, mobilité, emploi du conjoint…"
        ),
        unit=MeasureUnit.PEOPLE,
        part=MeasurePart.WELCOME,
        compute=_lost_because,
    ),
)

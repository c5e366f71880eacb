"""What people became, as the page of figures counts them: small numbers hidden from everybody."""

from decimal import Decimal

from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from ancrage.candidates.models import Candidate
from ancrage.journeys.models import Journey
from ancrage.journeys.queries import Section, day_of_advisor, lost_people
from ancrage.journeys.queries.figures import FigureFilter
from ancrage.journeys.services.arrivals import ArrivalFigures, arrival_figures
from ancrage.journeys.services.figures import Figures, figures_of, people_hired
from ancrage.territory.enums import MeasureMoment, MeasurePart, MeasureUnit
from ancrage.territory.measures import (
    Measure,
    Period,
    Reading,
    declare,
    hidden,
    nothing,
    people,
)
from ancrage.territory.models import Territory


def figures_over(territory: Territory, period: Period) -> Figures:
    """The figures of the people first known during the period, asked once a period."""
    search = FigureFilter(territory, since=period.starts, until=period.ends)
    return period.once(
        ("journeys.figures", territory.pk),
        lambda: figures_of(search, on=period.today, exact=False),
    )


def arrivals_over(territory: Territory, period: Period) -> ArrivalFigures:
    """What the welcome changed, noted during the period; asked once a period."""
    journeys = Journey.objects.filter(territory=territory)
    return period.once(
        ("journeys.arrivals", territory.pk),
        lambda: arrival_figures(journeys, since=period.starts, until=period.ends),
    )


def _ever(territory: Territory, period: Period) -> Figures:
    return period.once(
        ("journeys.ever", territory.pk),
        lambda: figures_of(FigureFilter(territory), on=period.today, exact=False),
    )


def _shown(count: int | None) -> Reading:
    return hidden() if count is None else people(count)


def _known(territory: Territory, period: Period) -> Reading:
    return _shown(figures_over(territory, period).funnel.known)


def _accompanied(territory: Territory, period: Period) -> Reading:
    return _shown(figures_over(territory, period).funnel.accompanied)


def _introduced(territory: Territory, period: Period) -> Reading:
    return _shown(figures_over(territory, period).funnel.introduced)


def _hired(territory: Territory, period: Period) -> Reading:
    return _shown(figures_over(territory, period).funnel.hired)


def _started(territory: Territory, period: Period) -> Reading:
    return people(people_hired(territory, since=period.starts, until=period.ends))


def _late(territory: Territory, period: Period) -> Reading:
    day = day_of_advisor(Journey.objects.filter(territory=territory), on=period.today)
    return people(day.counts[Section.LATE])


def _lost(territory: Territory, period: Period) -> Reading:
    candidates = Candidate.objects.filter(territory=territory)
    return people(lost_people(candidates, on=period.today).count())


def _kept(territory: Territory, period: Period, *, months: int) -> Reading:
    reading = dict(_ever(territory, period).retention.readings)[months]
    if reading is None:
        return nothing(_g("Trop peu de personnes suivies si longtemps pour le dire."))
    return Reading(Decimal(round(100 * reading.survival)), denominator=reading.at_risk)


def _kept_6(territory: Territory, period: Period) -> Reading:
    return _kept(territory, period, months=6)


def _kept_12(territory: Territory, period: Period) -> Reading:
    return _kept(territory, period, months=12)


def _arrived(territory: Territory, period: Period) -> Reading:
    return _shown(arrivals_over(territory, period).arrived)


def _lost_because(territory: Territory, period: Period) -> Reading:
    return _shown(arrivals_over(territory, period).lost)


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
        name=_("Encore en poste à 6 mois"),
        definition=_(
            "Part estimée (Kaplan-Meier) des personnes encore en poste six mois après leur prise "
            "de poste, toutes années réunies."
        ),
        unit=MeasureUnit.SHARE,
        part=MeasurePart.JOURNEYS,
        moment=MeasureMoment.READING,
        compute=_kept_6,
    ),
    Measure(
        key="journeys.kept_12",
        name=_("Encore en poste à 12 mois"),
        definition=_(
            "Part estimée (Kaplan-Meier) des personnes encore en poste un an après leur prise de "
            "poste, toutes années réunies."
        ),
        unit=MeasureUnit.SHARE,
        part=MeasurePart.JOURNEYS,
        moment=MeasureMoment.READING,
        compute=_kept_12,
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

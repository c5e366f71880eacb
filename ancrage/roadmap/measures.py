"""What structures count together on the safety of carers, as their page shows it."""

from collections.abc import Callable

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ancrage.roadmap.enums import SafetyTopic
from ancrage.roadmap.queries.safety import Hidden, Pooled, pooled_over
from ancrage.territory.enums import MeasurePart, MeasureUnit
from ancrage.territory.measures import Measure, Period, Reading, counted, declare, nothing, share
from ancrage.territory.perimeters import Perimeter


def _pooled(where: Perimeter, period: Period, *topics: SafetyTopic) -> list[Pooled]:
    return pooled_over(where.territory, topics, period.starts, period.ends)


def _why(found: Pooled) -> Reading:
    """Why there is no figure: nothing counted, an open collection, or too few to be told."""
    if found.hidden is None:
        return nothing(gettext("Aucun semestre entier de la période n’a de relevé."))
    if found.hidden == Hidden.OPEN:
        return nothing(gettext("La collecte d’un semestre de la période est encore ouverte."))
    return Reading(
        None,
        masked=True,
        note=gettext(
            "Trop peu de réponses, ou un nombre trop petit, sur un semestre de la période."
        ),
    )


def _total(topic: SafetyTopic) -> Callable[[Perimeter, Period], Reading]:
    def compute(where: Perimeter, period: Period) -> Reading:
        (found,) = _pooled(where, period, topic)
        return _why(found) if found.total is None else counted(found.total)

    return compute


def _supported(where: Perimeter, period: Period) -> Reading:
    declared, supported = _pooled(where, period, SafetyTopic.AGGRESSIONS, SafetyTopic.SUPPORTED)
    if declared.total is None or supported.total is None:
        return _why(declared if declared.total is None else supported)
    # Some structures give one number without the other: a share across them would say nothing.
    if supported.answers != declared.answers or supported.total > declared.total:
        return nothing(gettext("Toutes les structures n’ont pas donné les deux nombres."))
    return share(supported.total, declared.total)


declare(
    Measure(
        key="safety.accidents",
        name=_("Accidents du travail déclarés"),
        definition=_(
            "Somme, sur les semestres clos de la période, des accidents comptés par les structures"
            " qui ont répondu au relevé commun."
        ),
        unit=MeasureUnit.COUNT,
        part=MeasurePart.SAFETY,
        compute=_total(SafetyTopic.ACCIDENTS),
    ),
    Measure(
        key="safety.aggressions",
        name=_("Agressions déclarées"),
        definition=_(
            "Somme, sur les semestres clos de la période, des agressions comptées par les"
            " structures qui ont répondu au relevé commun."
        ),
        unit=MeasureUnit.COUNT,
        part=MeasurePart.SAFETY,
        compute=_total(SafetyTopic.AGGRESSIONS),
    ),
    Measure(
        key="safety.supported_share",
        name=_("Agressions suivies d’un accompagnement"),
        definition=_(
            "Part des agressions comptées au relevé commun, sur les semestres clos de la période,"
            " dont la personne s’est vu proposer un accompagnement."
        ),
        unit=MeasureUnit.SHARE,
        part=MeasurePart.SAFETY,
        compute=_supported,
    ),
    Measure(
        key="safety.absence_days",
        name=_("Journées d’absence"),
        definition=_(
            "Somme, sur les semestres clos de la période, des journées d’absence comptées par les"
            " structures qui ont répondu au relevé commun."
        ),
        unit=MeasureUnit.COUNT,
        part=MeasurePart.SAFETY,
        compute=_total(SafetyTopic.ABSENCE_DAYS),
    ),
    Measure(
        key="safety.projects",
        name=_("Projets de qualité de vie et des conditions de travail"),
        definition=_(
            "Somme, sur les semestres clos de la période, des projets menés par les structures qui"
            " ont répondu au relevé commun."
        ),
        unit=MeasureUnit.COUNT,
        part=MeasurePart.SAFETY,
        compute=_total(SafetyTopic.PROJECTS),
    ),
)

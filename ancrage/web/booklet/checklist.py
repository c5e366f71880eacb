"""What to do before coming, on the day, in the first week and in the first month.

Sources: service-public.fr on moving (« Je déménage en France »), read in 2026; code de
l’éducation, L113-1 and L131-1, for school at two and at three.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from ancrage.kit.days import day_in_words
from ancrage.welcome.enums import WelcomeKind
from ancrage.welcome.models import LifeProject

_SCHOOL_MONTHS = 3 * 12


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment of the arrival, its day when it is known, and what to do."""

    title: str
    when: str
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Household:
    """What decides of a line of the list; whoever is not known has a bit of everything."""

    kinds: Sequence[WelcomeKind]
    has_babies: bool = True
    has_pupils: bool = True
    has_spouse: bool = True
    drives: bool = True

    def seeks(self, kind: WelcomeKind) -> bool:
        return kind in self.kinds


def checklist_of(kinds: Sequence[WelcomeKind], project: LifeProject | None) -> tuple[Moment, ...]:
    """Return the list in the order of the days; only what concerns the household, if known."""
    home, arrives = _Household(kinds), None
    if project is not None:
        arrives = project.arrives_on
        home = _Household(
            kinds,
            has_babies=any(age < _SCHOOL_MONTHS for age in project.child_ages),
            has_pupils=any(age >= _SCHOOL_MONTHS for age in project.child_ages),
            has_spouse=project.adults > 1,
            drives=project.has_vehicle is not False,
        )
    return (
        Moment(_("Avant de venir"), _on(arrives, -30, _("à partir du %(day)s")), _before(home)),
        Moment(_("Le jour de l’arrivée"), _on(arrives, 0, _("le %(day)s")), _day(home)),
        Moment(_("La première semaine"), _on(arrives, 7, _("avant le %(day)s")), _week(home)),
        Moment(_("Le premier mois"), _on(arrives, 30, _("avant le %(day)s")), _month(home)),
    )


def _before(home: _Household) -> tuple[str, ...]:
    care = home.has_babies and home.seeks(WelcomeKind.CHILDCARE)
    return _kept(
        (True, _("Confirmer la date et l’heure du premier jour avec votre structure.")),
        (
            home.seeks(WelcomeKind.HOUSING),
            _("Réserver le logement ; demander la garantie Visale avant de signer."),
        ),
        (care, _("Demander une place en crèche, ou le relais petite enfance du secteur.")),
        (
            home.has_pupils,
            _("Inscrire les enfants à l’école, à la mairie, avec le certificat de radiation."),
        ),
        (True, _("Assurer le logement, ouvrir les contrats d’énergie et d’internet.")),
        (True, _("Faire suivre le courrier.")),
    )


def _day(home: _Household) -> tuple[str, ...]:
    return _kept(
        (home.seeks(WelcomeKind.HOUSING), _("Faire l’état des lieux et prendre les clés.")),
        (True, _("Repérer le trajet jusqu’au travail, à l’heure où vous le ferez.")),
    )


def _week(home: _Household) -> tuple[str, ...]:
    work = home.has_spouse and home.seeks(WelcomeKind.SPOUSE_JOB)
    return _kept(
        (
            True,
            _("Remettre à l’employeur RIB, attestation de sécurité sociale et diplômes."),
        ),
        (True, _("Déclarer la nouvelle adresse, en une fois, sur service-public.fr.")),
        (home.has_babies, _("Commencer l’adaptation chez la personne qui garde l’enfant.")),
        (True, _("Choisir un médecin traitant.")),
        (work, _("Voir France Travail ou la coordination pour l’emploi de l’autre adulte.")),
        (
            home.seeks(WelcomeKind.MOBILITY),
            _("Trouver un covoiturage ou une ligne de car pour vos horaires."),
        ),
    )


def _month(home: _Household) -> tuple[str, ...]:
    return _kept(
        (True, _("S’inscrire à l’Ordre du département, pour les professions qui en ont un.")),
        (home.drives, _("Changer l’adresse de la carte grise : c’est dû dans le mois.")),
        (True, _("S’inscrire sur les listes électorales.")),
        (True, _("Demander les aides de ce livret : certaines se demandent vite.")),
        (True, _("Faire le point avec la coordination : ce qui va, ce qui manque.")),
    )


def _kept(*lines: tuple[bool, str]) -> tuple[str, ...]:
    return tuple(text for concerns, text in lines if concerns)


def _on(arrives: date | None, days: int, words: str) -> str:
    if arrives is None:
        return ""
    return words % {"day": day_in_words(arrives + timedelta(days=days))}

"""The record of the impact assessment: purposes from the register, risks and what is done.

A pool with scores is on the CNIL's list of processings that need one (profiles of people for
the management of human resources). The purposes, readers and terms come from the code that
applies them; this file says why they are needed and what each measure is against.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ancrage.privacy.purposes import Purpose
from ancrage.privacy.queries import RULES, Door

DOORS: dict[Door, Promise] = {
    Door.HOME: _("la coordination qui suit la personne"),
    Door.MEMBERS: _("toute structure membre, si la personne l’a accepté"),
    Door.NAMED: _("la structure nommée dans l’accord"),
    Door.PARTY: _("la structure avec qui la personne échange"),
}


@dataclass(frozen=True)
class Risk:
    """A feared event, how grave and likely it stays, and what is done against it."""

    event: Promise
    sources: Promise
    effects: Promise
    measures: Sequence[Promise]
    remaining: Promise


RISKS: tuple[Risk, ...] = (
    Risk(
        event=_("Des données sont vues par qui ne devrait pas"),
        sources=_(
            "recruteur curieux, compte volé, recherche répétée jusqu’à reconnaître quelqu’un"
        ),
        effects=_("l’employeur actuel apprend une recherche d’emploi ; atteinte à la réputation"),
        measures=(
            _("carte sans nom tant que la personne n’a pas accepté, structure par structure"),
            _("une seule fonction décide des champs visibles, selon la finalité"),
            _("résultats de moins de cinq personnes cachés"),
            _("chaque consultation d’une identité est notée et montrée à la personne"),
            _("second facteur pour la coordination et l’administration"),
        ),
        remaining=_("gravité importante, vraisemblance limitée"),
    ),
    Risk(
        event=_("Des données sont modifiées à tort"),
        sources=_("erreur de saisie, homonyme, compte volé"),
        effects=_("une proposition manquée, une autre qui ne convient pas"),
        measures=(
            _("la personne lit, corrige et fait corriger ses données"),
            _("journal de chaque changement, gardé un an"),
            _("aucun refus automatique : une personne décide, et les raisons sont montrées"),
        ),
        remaining=_("gravité limitée, vraisemblance limitée"),
    ),
    Risk(
        event=_("Des données disparaissent, ou reviennent après un effacement"),
        sources=_("panne, rançongiciel, restauration d’une sauvegarde ancienne"),
        effects=_("accompagnement interrompu ; volonté de la personne ignorée"),
        measures=(
            _("sauvegarde chaque nuit, vérifiée par empreintes, essayée chaque trimestre"),
            _("registre des effacements hors de la base, rejoué avant toute remise en service"),
            _("opérations entières ou sans effet, même en cas d’arrêt brutal"),
        ),
        remaining=_("gravité limitée, vraisemblance négligeable"),
    ),
    Risk(
        event=_("Trop de données sont gardées, ou trop longtemps"),
        sources=_("texte libre, oubli, habitude"),
        effects=_("discrimination sur la santé, la famille ou l’origine"),
        measures=(
            _("aucun champ pour la santé, la famille, la nationalité, la naissance ni la photo"),
            _("détection de ces mentions dans les textes libres, avec un conseil à qui écrit"),
            _("effacement à deux ans sans nouvelles, annoncé 30 jours avant"),
            _("un champ personnel sans finalité empêche de construire le programme"),
        ),
        remaining=_("gravité importante, vraisemblance limitée"),
    ),
)


def readers_of(purpose: Purpose) -> list[Promise]:
    """Return who besides the person comes to see the fields of a purpose."""
    return [words for door, words in DOORS.items() if door in RULES[purpose.code]]

"""What the plan room says: proofs, reasons, parts of compatibility."""

from collections.abc import Mapping

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ancrage.events.models import Timetable
from ancrage.events.queries import Named
from ancrage.events.services import Why, WhyNot

PARTS = {
    "mode": gettext_lazy("Mode d’exercice"),
    "distance": gettext_lazy("Distance"),
    "start": gettext_lazy("Date de début"),
    "days": gettext_lazy("Jours de la semaine"),
    "specialty": gettext_lazy("Spécialité"),
    "together": gettext_lazy("Venir ou recevoir à deux"),
}
PART_HELP = {
    "mode": gettext_lazy("Part de ce que cherche l’un que l’autre propose."),
    "distance": gettext_lazy("À vol d’oiseau, par rapport à la distance acceptée."),
    "start": gettext_lazy("Retard de l’un sur la date de l’autre, jusqu’à un an."),
    "days": gettext_lazy("Jours en commun."),
    "specialty": gettext_lazy("La spécialité cherchée est celle de la personne."),
    "together": gettext_lazy("Ne compte que pour qui cherche à deux."),
}
BARRIERS = {
    "no_common_mode": gettext_lazy(
        "Leurs réponses n’ont rien en commun : ce que l’un propose, l’autre ne le cherche pas."
        " Un vœu de l’un des deux suffit à lever l’obstacle."
    ),
    "refused_by_host": gettext_lazy("L’hôte a demandé à ne pas rencontrer cette personne."),
    "refused_by_visitor": gettext_lazy("Cette personne a demandé à ne pas rencontrer l’hôte."),
}
_PROVED = gettext_lazy(
    "Personne ne peut avoir davantage de rencontres sans qu’un autre en ait moins, et aucune"
    " grille aussi juste ne répond mieux aux vœux et à la compatibilité."
)
_FAIR = gettext_lazy(
    "Personne ne peut avoir davantage de rencontres sans qu’un autre en ait moins. Pour les vœux"
    " et la compatibilité, une autre grille ferait peut-être mieux, de %(gap)s au plus."
)
_BOUNDED = gettext_lazy(
    "Le calcul n’a pas pu prouver que cette grille est la meilleure : une autre ferait peut-être"
    " mieux, de %(gap)s au plus pour les vœux et la compatibilité. Moins d’absences, une table ou"
    " un tour de plus aident."
)


def proof_of(timetable: Timetable) -> str:
    """Return what is proved of a version, in one or two plain sentences."""
    sentences = {"optimal": _PROVED, "searched": _PROVED, "fair": _FAIR}
    sentence = sentences.get(timetable.proof, _BOUNDED)
    return str(sentence) % {"gap": share(timetable.gap or 0.0)}


def share(value: float) -> str:
    """« 0,3 % », « moins de 0,01 % »."""
    percent = 100 * value
    if 0 < percent < 0.01:
        return _("moins de 0,01 %%") % {}
    places = 0 if percent == int(percent) else 2
    return _("%(percent)s %%") % {"percent": number_format(percent, decimal_pos=places)}


def reason_of(reason: WhyNot, names: Mapping[int, Named]) -> str:
    """Return why two parties do not meet, in words."""
    if reason.why is Why.HAS_ENOUGH:
        who = ", ".join(names[key].label for key in reason.full if key in names)
        return _("%(who)s : toutes ses rencontres sont déjà prises.") % {"who": who}
    if reason.why is Why.FAIRNESS:
        lost = max(reason.levels)
        return ngettext(
            "Par équité : leur rencontre priverait %(n)d autre personne d’une rencontre garantie.",
            "Par équité : leur rencontre priverait %(n)d autres personnes d’une rencontre"
            " garantie.",
            lost,
        ) % {"n": lost}
    if reason.why is Why.SCORE:
        return _(
            "D’autres rencontres y perdraient plus qu’ils n’y gagneraient : %(points)d points"
            " sur 1 000."
        ) % {"points": reason.score}
    return str(_REASONS[reason.why])


_REASONS = {
    None: gettext_lazy("L’un des deux s’est inscrit après le calcul de cette version."),
    Why.NOT_A_PAIR: gettext_lazy(
        "La paire est refusée, interdite, ou leurs réponses n’avaient rien en commun."
    ),
    Why.NEVER_TOGETHER: gettext_lazy("Ils ne sont jamais libres au même tour."),
    Why.NOTHING: gettext_lazy(
        "Rien ne s’y oppose : une grille aussi bonne les réunirait. Imposez la paire pour"
        " l’obtenir."
    ),
}

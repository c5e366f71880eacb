"""Why an offer answers a need or not, and what would lift what stands in the way, in words."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ancrage.kit.days import day_in_words
from ancrage.web.sheets import euros

TOPICS: Mapping[str, Promise] = {
    "theme": gettext_lazy("le thème"),
    "dates": gettext_lazy("les dates"),
    "area": gettext_lazy("la zone desservie"),
    "journey": gettext_lazy("le trajet"),
    "hours": gettext_lazy("les horaires"),
    "price": gettext_lazy("le prix"),
    "size": gettext_lazy("la taille du logement"),
    "age": gettext_lazy("l’âge des enfants"),
}
"""What a condition is about."""

REASONS: Mapping[str, Promise] = {
    "nothing_asked": gettext_lazy("Rien n’est demandé sur ce point."),
    "same_theme": gettext_lazy("C’est ce que vous cherchez."),
    "other_theme": gettext_lazy("Un autre thème."),
    "free": gettext_lazy("Libre à toutes les dates demandées."),
    "dates_unknown": gettext_lazy("Vos dates ne sont pas toutes dites."),
    "calendar_unknown": gettext_lazy("Le calendrier de l’offre n’est pas connu."),
    "not_free": gettext_lazy("Rien de libre à ces dates."),
    "free_in_part": gettext_lazy("Libre une partie du séjour."),
    "too_few_places": gettext_lazy("Pas assez de places."),
    "served": gettext_lazy("Dessert la commune du travail."),
    "area_unknown": gettext_lazy("La zone desservie ou votre commune n’est pas dite."),
    "not_served": gettext_lazy("Ne dessert pas la commune du travail."),
    "within_reach": gettext_lazy("Dans le trajet accepté."),
    "reach_unknown": gettext_lazy("Le trajet que vous acceptez n’est pas dit."),
    "distance_unknown": gettext_lazy("Le temps de trajet n’est pas connu."),
    "too_far": gettext_lazy("Trop loin pour le trajet accepté."),
    "hours_covered": gettext_lazy("Ouvert à tous vos horaires."),
    "hours_unknown": gettext_lazy("Vos horaires de travail ne sont pas dits."),
    "opening_hours_unknown": gettext_lazy("Les horaires d’ouverture ne sont pas dits."),
    "hours_not_covered": gettext_lazy("N’est pas ouvert à tous vos horaires."),
    "affordable": gettext_lazy("Dans le prix accepté."),
    "budget_unknown": gettext_lazy("Le prix que vous acceptez n’est pas dit."),
    "price_unknown": gettext_lazy("Le prix n’est pas dit."),
    "too_dear": gettext_lazy("Plus cher que le prix accepté."),
    "large_enough": gettext_lazy("Assez grand pour le foyer."),
    "size_unknown": gettext_lazy("Le nombre de personnes accueillies n’est pas dit."),
    "too_small": gettext_lazy("Trop petit pour le foyer."),
    "age_welcome": gettext_lazy("Accueille des enfants de cet âge."),
    "ages_unknown": gettext_lazy("Les âges accueillis ne sont pas dits."),
    "too_young": gettext_lazy("Un enfant est trop jeune."),
    "too_old": gettext_lazy("Un enfant est trop grand."),
}
"""A sentence for each reason that the core gives."""


def lift_in_words(lift: str, values: Sequence[Any]) -> str:
    """What would lift a condition, from the name and the values that the core gives."""
    match lift:
        case "ask_the_person":
            return _("À compléter dans votre projet.")
        case "ask_the_partner":
            return _("À demander au partenaire.")
        case "come_between":
            return _("Possible du %(first)s au %(last)s.") % {
                "first": day_in_words(values[0]),
                "last": day_in_words(values[1]),
            }
        case "ask_for_fewer_places":
            count = values[0]
            return ngettext(
                "Possible pour %(count)d place.", "Possible pour %(count)d places.", count
            ) % {"count": count}
        case "go_further_minutes":
            return _("Possible en acceptant %(minutes)d minutes de trajet.") % {
                "minutes": values[0]
            }
        case "go_further_km":
            return _("Possible en acceptant %(km)d km.") % {"km": values[0]}
        case "cover_elsewhere":
            return _("Il manque %(hours)s par semaine.") % {"hours": hours_long(values[0])}
        case "fund":
            return _("Il manque %(euros)s par mois.") % {"euros": euros(values[0])}
    return ""


def hours_long(minutes: int) -> str:
    """« 2 h », « 1 h 30 », « 45 min »."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return _("%(minutes)d min") % {"minutes": rest}
    if not rest:
        return _("%(hours)d h") % {"hours": hours}
    return _("%(hours)d h %(minutes)02d") % {"hours": hours, "minutes": rest}


def topics_in_words(topics: Sequence[str]) -> str:
    """« les dates et le prix »: in the order of the conditions."""
    ordered = [str(words) for topic, words in TOPICS.items() if topic in topics]
    if len(ordered) < 2:
        return "".join(ordered)
    return _("%(several)s et %(last)s") % {
        "several": ", ".join(ordered[:-1]),
        "last": ordered[-1],
    }

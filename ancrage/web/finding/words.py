"""A fit in words: each condition, why it is so, what would lift it; each part of the score.

The core names reasons by codes; three readers read them: the structure, the coordination and the
person herself, who is told what she may do.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from ancrage.candidates.enums import ProofKind
from ancrage.matching.services.finding import ConditionLine, Explained
from ancrage.professions.enums import ContractKind
from ancrage.web.finding.reasons import REASONS

PERSON, PARTNER, COORDINATION = "person", "partner", "coordination"
TOPICS: Mapping[str, Promise] = {
    "profession": pgettext_lazy("adéquation", "Métier"),
    "right": pgettext_lazy("adéquation", "Droit d’exercer"),
    "proofs": pgettext_lazy("adéquation", "Justificatifs"),
    "dates": pgettext_lazy("adéquation", "Dates"),
    "distance": pgettext_lazy("adéquation", "Trajet"),
    "contract": pgettext_lazy("adéquation", "Contrat"),
    "fte": pgettext_lazy("adéquation", "Temps de travail"),
    "hours": pgettext_lazy("adéquation", "Horaires"),
    "days": pgettext_lazy("adéquation", "Jours"),
}
PARTS: Mapping[str, Promise] = {
    "profession": pgettext_lazy("poids", "Métier et spécialité"),
    "proximity": pgettext_lazy("poids", "Proximité"),
    "timing": pgettext_lazy("poids", "Date de début"),
    "fte": pgettext_lazy("poids", "Temps de travail"),
    "hours": pgettext_lazy("poids", "Horaires"),
    "experience": pgettext_lazy("poids", "Expérience"),
    "skills": pgettext_lazy("poids", "Compétences"),
}
STATES: Mapping[str, tuple[Promise, str]] = {
    "met": (pgettext_lazy("condition", "Remplie"), "success"),
    "to_check": (pgettext_lazy("condition", "À vérifier"), ""),
    "missing": (pgettext_lazy("condition", "Manque"), "warning"),
}
FACTS: Mapping[str, Promise] = {
    "profession": _("le métier"),
    "licences": _("une éventuelle licence de remplacement"),
    "specialty": _("la spécialité"),
    "obtain_diploma": _("le diplôme"),
    "register": _("l’inscription"),
    "availability": _("les dates de disponibilité"),
    "starts_on": _("la date de prise de poste"),
    "ends_on": _("la date de fin"),
    "zones": _("jusqu’où aller"),
    "journey": _("la durée du trajet"),
    "commune": _("le lieu du poste"),
    "contracts": _("les contrats souhaités"),
    "contract": _("le contrat"),
    "fte": _("le temps de travail souhaité"),
    "hours": _("les horaires"),
    "days": _("les jours travaillés"),
}
_HOURS: Mapping[str, Promise] = {
    "days": _("le travail de jour"),
    "nights": _("le travail de nuit"),
    "12h": _("les postes de 12 heures"),
    "weekends": _("le travail le week-end"),
}
# What would lift a condition: for others, then for the person herself.
LIFTS: Mapping[str, tuple[Promise, Promise]] = {
    "train": (
        _("une formation de %(months)s mois y mène"),
        _("une formation de %(months)s mois vous y mène"),
    ),
    "obtain_diploma": (_("obtenir le diplôme"), _("obtenir votre diplôme")),
    "register": (_("faire l’inscription"), _("faire votre inscription")),
    "start_from": (
        _("possible si le poste commence le %(day)s"),
        _("possible si le poste commence le %(day)s"),
    ),
    "end_by": (
        _("possible si le poste se termine le %(day)s"),
        _("possible si le poste se termine le %(day)s"),
    ),
    "obtain": (_("obtenir : %(what)s"), _("obtenir : %(what)s")),
    "renew": (_("renouveler : %(what)s"), _("renouveler : %(what)s")),
    "go_further_minutes": (
        _("si la personne accepte %(count)s minutes de trajet"),
        _("si vous acceptez %(count)s minutes de trajet"),
    ),
    "go_further_km": (
        _("si la personne accepte d’aller à %(count)s km"),
        _("si vous acceptez d’aller à %(count)s km"),
    ),
    "agree_contract": (
        _("si la personne accepte ce contrat : %(what)s"),
        _("si vous acceptez ce contrat : %(what)s"),
    ),
    "lower_fte_to": (
        _("possible à %(count)s %% d’un temps plein"),
        _("possible à %(count)s %% d’un temps plein"),
    ),
    "complete_fte_by": (
        _("avec un autre poste de %(count)s %% d’un temps plein"),
        _("avec un autre poste de %(count)s %% d’un temps plein"),
    ),
    "agree_hours": (
        _("si la personne accepte %(what)s"),
        _("si vous acceptez %(what)s"),
    ),
    "agree_days": (
        _("si la personne accepte de travailler le %(what)s"),
        _("si vous acceptez de travailler le %(what)s"),
    ),
}
# Who is asked for a fact, by whom one reads for.
ASKED: Mapping[tuple[str, str], Promise] = {
    ("ask_the_person", PERSON): _("à préciser dans votre profil : %(what)s"),
    ("ask_the_person", PARTNER): _("à demander à la personne : %(what)s"),
    ("ask_the_person", COORDINATION): _("à demander à la personne : %(what)s"),
    ("ask_the_structure", PERSON): _("à demander à la structure : %(what)s"),
    ("ask_the_structure", PARTNER): _("à préciser dans le besoin : %(what)s"),
    ("ask_the_structure", COORDINATION): _("à demander à la structure : %(what)s"),
}


@dataclass(frozen=True)
class Line:
    """One condition as a page prints it; `tone` is that of its tag."""

    label: Any
    state: Any
    tone: str
    reason: Any
    lifts: str


@dataclass(frozen=True)
class Share:
    """One part of the score: what it is worth, how much it counts, what it brings."""

    label: Any
    value: int
    weight: int
    brings: int
    is_known: bool


@dataclass(frozen=True)
class Why:
    """Why a result stands where it stands."""

    score: int
    lines: tuple[Line, ...]
    shares: tuple[Share, ...]
    missing: int
    to_check: int
    total_weight: int
    points: int


def why_of(one: Explained, side: str) -> Why:
    """Return the reasons of a result, for one of the three readers."""
    shares = tuple(
        Share(PARTS[part.part], part.value, part.weight, part.value * part.weight, part.is_known)
        for part in one.parts
    )
    states = [line.state for line in one.conditions]
    return Why(
        score=one.score,
        lines=tuple(_line(line, side) for line in one.conditions),
        shares=shares,
        missing=states.count("missing"),
        to_check=states.count("to_check"),
        total_weight=sum(share.weight for share in shares),
        points=sum(share.brings for share in shares),
    )


def topics_in(one: Explained, state: str) -> str:
    """« Trajet, contrat »: the conditions in that state, for a file."""
    return ", ".join(str(TOPICS[line.topic]) for line in one.conditions if line.state == state)


def lift_text(lift: str, values: tuple[Any, ...], side: str) -> str:
    """Return one thing to do, in words."""
    if (lift, side) in ASKED:
        return str(ASKED[lift, side]) % {"what": _fact(str(values[0]))}
    return str(LIFTS[lift][side == PERSON]) % _values(lift, values)


def _line(line: ConditionLine, side: str) -> Line:
    label, tone = STATES[line.state]
    lifts = dict.fromkeys(lift_text(lift, values, side) for lift, values in line.lifts)
    return Line(TOPICS[line.topic], label, tone, REASONS[line.reason], " ; ".join(lifts))


def _fact(name: str) -> str:
    return str(FACTS[name]) if name in FACTS else _kind(name)


def _kind(name: str) -> str:
    return str(ProofKind(name).label) if name in ProofKind.values else name


def _values(lift: str, values: tuple[Any, ...]) -> dict[str, Any]:
    if lift == "train":
        return {"months": values[1]}
    if lift == "agree_contract":
        return {"what": ContractKind(values[0]).label}
    if lift == "agree_hours":
        return {"what": ", ".join(str(_HOURS[hour]) for hour in values)}
    if lift == "agree_days":
        return {"what": ", ".join(str(WEEKDAYS[day]) for day in values)}
    first = values[0] if values else ""
    if isinstance(first, date):
        return {"day": date_format(first, "j F Y")}
    if isinstance(first, int):
        return {"count": first}
    return {"what": _kind(str(first))}


def counted(total: int, side: str) -> str:
    """« 12 cartes », « 12 profils », « 12 besoins »."""
    words = {
        PARTNER: ngettext("%(n)d carte", "%(n)d cartes", total),
        COORDINATION: ngettext("%(n)d profil", "%(n)d profils", total),
        PERSON: ngettext("%(n)d besoin", "%(n)d besoins", total),
    }
    return words[side] % {"n": total}

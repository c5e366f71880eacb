"""Profiles in words: what is there, what is missing, how a proof stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ancrage.candidates.enums import ProofState, RppsState
from ancrage.candidates.models import Candidate, Proof
from ancrage.candidates.queries import shortfall_of
from ancrage.candidates.reference import ALERT_DAYS, rule_for
from ancrage.professions.enums import ContractKind

_REASONS = {
    "email": gettext_lazy("même adresse électronique"),
    "phone": gettext_lazy("même téléphone"),
    "name": gettext_lazy("même nom et même métier"),
}
_UNITS = {
    "ects": gettext_lazy("%(count)s crédits ECTS"),
    "months": gettext_lazy("%(count)s mois d’exercice"),
}
_LACKS = {
    "ects": gettext_lazy("il manque %(count)s crédits ECTS"),
    "months": gettext_lazy("il manque %(count)s mois d’exercice"),
}


@dataclass(frozen=True)
class Step:
    """One step of « Mon profil »: its name in addresses, its words, whether it is done."""

    slug: str
    label: str | Promise
    done: bool
    optional: bool = False


@dataclass(frozen=True)
class ShownProof:
    """A proof as a page prints it; `tone` is that of its tag."""

    proof: Proof
    state: str
    tone: str
    detail: str


def steps_of(candidate: Candidate, *, documents: int, proofs: int) -> list[Step]:
    """Return what a profile is made of, and what is already there."""
    wishes = candidate.available_from is not None and bool(candidate.experience)
    return [
        Step("coordonnees", gettext_lazy("Coordonnées et zone"), candidate.commune_id is not None),
        Step("metiers", gettext_lazy("Métiers et diplômes"), True),
        Step("souhaits", gettext_lazy("Souhaits et disponibilité"), wishes),
        Step(
            "employeur",
            gettext_lazy("Employeur actuel"),
            bool(candidate.employer_id or candidate.employer_name),
            optional=True,
        ),
        Step("justificatifs", gettext_lazy("Justificatifs"), proofs > 0),
        Step("documents", gettext_lazy("Documents"), documents > 0),
    ]


def contracts_text(kinds: Sequence[str]) -> str:
    """« CDI, vacation », or « tous »."""
    labels = [str(ContractKind(kind).label) for kind in kinds]
    return ", ".join(labels) if labels else _("Tous les contrats")


def fte_text(candidate: Candidate) -> str:
    """« de 50 % à 80 % », « au moins 50 % », or nothing."""
    low, high = candidate.fte_min_hundredths, candidate.fte_max_hundredths
    if low and high:
        return _("de %(low)s %% à %(high)s %%") % {"low": low, "high": high}
    if low:
        return _("au moins %(low)s %%") % {"low": low}
    return _("au plus %(high)s %%") % {"high": high} if high else ""


def hours_text(candidate: Candidate) -> str:
    """« jour, week-ends », or nothing when not said."""
    said = (
        (candidate.works_days, _("jour")),
        (candidate.works_nights, _("nuit")),
        (candidate.works_12h, _("postes de 12 h")),
        (candidate.works_weekends, _("week-ends")),
    )
    return ", ".join(words for holds, words in said if holds)


def reach_text(candidate: Candidate) -> str:
    """« jusqu’à 20 km, 30 minutes au plus », « dans sa commune », or nothing."""
    parts = []
    if candidate.reach_km == 0:
        parts.append(_("dans sa commune"))
    elif candidate.reach_km is not None:
        parts.append(_("jusqu’à %(km)s km") % {"km": candidate.reach_km})
    if candidate.reach_minutes is not None:
        parts.append(_("%(minutes)s minutes au plus") % {"minutes": candidate.reach_minutes})
    return ", ".join(parts)


def month_text(day: date | None) -> str:
    """« janvier 2027 », or « à convenir »."""
    return date_format(day, "F Y") if day else _("à convenir")


def looking_text(candidate: Candidate, *, is_own: bool) -> str:
    """Say what changes, once the person looks for a post again or for none any more."""
    if candidate.settled_at is not None:
        if is_own:
            return _("C’est noté : vous ne cherchez plus de poste.")
        return _("C’est noté : la personne ne cherche plus de poste.")
    if is_own and candidate.in_pool:
        return _("Vous cherchez de nouveau : votre carte est montrée, sans votre nom.")
    if is_own:
        return _("C’est noté : vous cherchez de nouveau un poste.")
    return _("C’est noté : la personne cherche de nouveau un poste.")


def rpps_tone(state: str) -> str:
    """The tone of the tag beside a number."""
    tones = {RppsState.FOUND: "success", RppsState.OTHER_NAME: "warning", RppsState.ABSENT: ""}
    return tones.get(RppsState(state), "")


def reasons_text(reasons: Sequence[str]) -> str:
    """« même téléphone, même adresse électronique »."""
    return ", ".join(str(_REASONS[reason]) for reason in reasons)


def shown_proof(proof: Proof, *, on: date) -> ShownProof:
    """Return how a proof stands on a day."""
    return ShownProof(proof, *_standing(proof, on=on), detail=_detail(proof))


def _standing(proof: Proof, *, on: date) -> tuple[str, str]:
    if proof.state == ProofState.REFUSED:
        return str(ProofState.REFUSED.label), "error"
    if proof.expires_on is not None and proof.expires_on < on:
        return _("Terminé"), "error"
    if proof.expires_on is not None and (proof.expires_on - on).days <= ALERT_DAYS[0]:
        return _("Se termine bientôt"), "warning"
    tone = "success" if proof.state == ProofState.SEEN else ""
    return str(ProofState(proof.state).label), tone


def _detail(proof: Proof) -> str:
    department = proof.department.code if proof.department else ""
    rule = rule_for(proof.kind, department=department, on=proof.issued_on)
    parts = [str(proof.department)] if proof.department else []
    if rule.unit and proof.amount is not None:
        parts.append(_UNITS[rule.unit] % {"count": proof.amount})
        lacks = shortfall_of(proof)
        if lacks:
            parts.append(_LACKS[rule.unit] % {"count": lacks})
    if proof.note:
        parts.append(proof.note)
    return " · ".join(parts)

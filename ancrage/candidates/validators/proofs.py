"""What a proof may say: coherent with the rule of its kind."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ancrage.candidates.enums import ProofKind
from ancrage.candidates.reference import rule_for

YEARS_BACK = 60
YEARS_AHEAD = 10
_MOST = {"ects": 300, "months": 720}
_AMOUNTS = {
    "ects": _("Indiquez le nombre de crédits ECTS validés."),
    "months": _("Indiquez le nombre de mois d’exercice à temps plein."),
}


def validate_proof(
    *,
    kind: str,
    department: str,
    amount: int | None,
    issued_on: date,
    expires_on: date | None,
    on: date,
) -> None:
    """Refuse a proof that cannot stand. `department` is a code or nothing; `on` is today.

    A proof that attests too little is kept: it is true, it only does not open the right.
    """
    reasons: dict[str, Any] = {}
    if kind not in ProofKind.values:
        raise ValidationError({"kind": _("Choisissez la nature du justificatif.")})
    rule = rule_for(kind, department=department, on=on)
    if issued_on > on:
        reasons["issued_on"] = _("La délivrance est à venir : vérifiez la date.")
    elif issued_on.year < on.year - YEARS_BACK:
        reasons["issued_on"] = _("Cette date est très ancienne : vérifiez l’année.")
    if kind == ProofKind.LOCUM_LICENCE and not department:
        reasons["department"] = _(
            "Indiquez le département de la faculté : c’est son conseil qui délivre la licence."
        )
    if rule.needs_end and expires_on is None and "department" not in reasons:
        reasons["expires_on"] = _("Indiquez la fin de validité écrite sur le justificatif.")
    if expires_on is not None:
        if expires_on < issued_on:
            reasons["expires_on"] = _("La fin de validité précède la délivrance.")
        elif expires_on.year > on.year + YEARS_AHEAD:
            reasons["expires_on"] = _("Cette fin est très lointaine : vérifiez l’année.")
    if rule.unit:
        if amount is None:
            reasons["amount"] = _AMOUNTS[rule.unit]
        elif not 0 <= amount <= _MOST[rule.unit]:
            reasons["amount"] = _("Ce nombre n’est pas possible.")
    elif amount is not None:
        reasons["amount"] = _("Ce justificatif n’atteste pas de quantité.")
    if reasons:
        raise ValidationError(reasons)

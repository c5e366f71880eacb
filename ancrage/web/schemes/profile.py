"""What a profile says that bears on aids: what « mes aides » begins with."""

from typing import Any

from django.utils import timezone

from ancrage.candidates.enums import DiplomaState
from ancrage.candidates.models import Candidate
from ancrage.candidates.queries import main_profession_of
from ancrage.schemes.reference.facts import fact_rows
from ancrage.schemes.services import facts_of_partner

_STUDYING = (DiplomaState.IN_TRAINING, DiplomaState.AIMED_AT)


def told_by(candidate: Candidate) -> dict[str, Any]:
    """Return what the form of « mes aides » holds at first, by name of fact.

    The profile is read by `with_profile`. What it does not say is left open: where the person
    will work, above all, which is not where they live.
    """
    told: dict[str, Any] = {}
    main = main_profession_of(candidate)
    if main is not None and main.profession.code in fact_rows()["metier"].words:
        told["metier"] = main.profession.code
    if main is not None and main.diploma in _STUDYING:
        told["situations"] = ["etudiant"]
    if candidate.employer is not None:
        facts = facts_of_partner(partner=candidate.employer, on=timezone.localdate())
        if "secteur_employeur" in facts:
            told["secteur_employeur"] = facts["secteur_employeur"]
    return told

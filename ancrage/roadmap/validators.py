"""What a roadmap may say: one place for pages and services."""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.utils.translation import gettext_lazy as _

from ancrage.kit.contacts import looks_like_a_person
from ancrage.kit.text import fold
from ancrage.roadmap.enums import IndicatorKind, SafetyTopic

# A date further than that is a slip of the year.
_FIRST_YEAR, _LAST_YEAR = 2000, 2100
_MOST = Decimal(10) ** 11
MOST_COUNTED = 1_000_000
_ALL = 100
# People and things that come whole: the first word of a unit, folded, in the singular.
_COUNTED = frozenset(
    word
    for line in (
        "accident accord action adherent agent agression apprenti apprentie atelier besoin",
        "candidat candidate candidature charte commune contrat convention demande dossier",
        "embauche employeur engagement entree etudiant etudiante evenement formation habitant",
        "habitante immersion infirmier infirmiere inscription logement medecin membre nombre",
        "offre partenaire patient personne place poste prise professionnel professionnelle",
        "projet rencontre reunion salarie salariee soignant soignante sortie stage stagiaire",
        "structure tuteur tutrice visite",
    )
    for word in line.split()
)
# How a person is named, at the head of what should be the name of a body. Folded.
_CIVILITY = re.compile(
    r"(m\.|mr|mme|mlle|monsieur|madame|dr\.?|docteur|docteure|pr\.?|professeure?)\s"
)


def tidy(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Return the facts with spaces trimmed and line ends plain."""
    return {
        name: value.strip().replace("\r\n", "\n") if isinstance(value, str) else value
        for name, value in facts.items()
    }


def validate_day(name: str, day: date | None) -> None:
    """Refuse a day whose year is a slip of the keyboard."""
    if day is not None and not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        raise ValidationError({name: _("Cette date est très loin : vérifiez l’année.")})


def validate_led(owner: Any, outside_body: str) -> None:
    """Refuse an action that nobody carries, or that somebody carries in their own name."""
    if _CIVILITY.match(fold(outside_body)) or "@" in outside_body:
        raise ValidationError(
            {"outside_body": _("Nommez l’organisme, jamais une personne ni son adresse.")}
        )
    if owner is None and not outside_body:
        raise ValidationError(
            {"owner": _("Choisissez la structure pilote, ou nommez l’organisme qui pilote.")}
        )


def validate_origin(facts: Mapping[str, Any]) -> None:
    """Refuse a computed indicator without a measure, a typed one without a source."""
    if facts["kind"] == IndicatorKind.COMPUTED and not facts["measure"]:
        raise ValidationError({"measure": _("Choisissez la mesure que la plateforme calcule.")})
    if facts["kind"] == IndicatorKind.TYPED and not facts["source"]:
        raise ValidationError({"source": _("Dites d’où viennent les valeurs saisies.")})
    if (facts["target"] is None) != (facts["target_on"] is None):
        name = "target" if facts["target"] is None else "target_on"
        raise ValidationError({name: _("Une cible a sa date, et une date sa cible.")})


def validate_value(value: Decimal, *, unit: str = "", field: str = "value") -> None:
    """Refuse a value that is not a number of this world, or that its unit does not allow."""
    if not value.is_finite() or abs(value) >= _MOST:
        raise ValidationError({field: _("Ce nombre n’est pas possible.")})
    if _is_percent(unit) and not 0 <= value <= _ALL:
        raise ValidationError({field: _("Un pourcentage va de 0 à 100.")})
    if _is_counted(unit) and (value < 0 or value != value.to_integral_value()):
        raise ValidationError(
            {
                field: ValidationError(
                    _("Ce qui se compte en « %(unit)s » est un nombre entier, jamais négatif."),
                    params={"unit": unit},
                )
            }
        )


def _is_percent(unit: str) -> bool:
    return fold(unit).startswith(("%", "pour cent", "pourcent"))


def _is_counted(unit: str) -> bool:
    first, *_rest = [*re.split(r"\W+", fold(unit)), ""]
    return first.removesuffix("s") in _COUNTED


def validate_counts(counts: Mapping[str, int | None]) -> None:
    """Refuse a report without a count, or whose counts contradict one another."""
    if all(number is None for number in counts.values()):
        raise ValidationError(_("Donnez au moins un nombre : laissez vide ce que vous ignorez."))
    for topic, number in counts.items():
        if number is not None and not 0 <= number <= MOST_COUNTED:
            raise ValidationError({topic: _("Ce nombre n’est pas possible.")})
    declared, supported = counts[SafetyTopic.AGGRESSIONS], counts[SafetyTopic.SUPPORTED]
    if declared is not None and supported is not None and supported > declared:
        raise ValidationError(
            {
                SafetyTopic.SUPPORTED.value: _(
                    "Il y a plus d’agressions accompagnées que d’agressions déclarées."
                )
            }
        )


def validate_mailbox(address: str) -> None:
    """Refuse an address that is not complete, or that is somebody's rather than a service's."""
    if not address:
        return
    try:
        validate_email(address)
    except ValidationError:
        raise ValidationError(
            {"contact_email": _("Cette adresse n’est pas complète : service@exemple.fr.")}
        ) from None
    if looks_like_a_person(address):
        raise ValidationError(
            {
                "contact_email": _(
                    "Cette adresse semble être celle d’une personne : donnez la boîte d’un"
                    " service."
                )
            }
        )


def validate_link(url: str) -> None:
    """Refuse an address that no browser would open."""
    try:
        URLValidator(schemes=["http", "https"])(url)
    except ValidationError:
        raise ValidationError(
            {"url": _("Cette adresse n’est pas complète : https://exemple.fr/document.")}
        ) from None

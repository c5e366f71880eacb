"""Mailboxes and telephone numbers of services: how they are checked, kept and shown."""

import re

import phonenumbers
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from phonenumbers import NumberParseException, PhoneNumberFormat

from ancrage.kit.text import fold, words

# Words of mailboxes that belong to a function, a place or a team. Folded, singular or plural as
# people write them in the first half of an address.
_FUNCTIONS = frozenset(
    words("""
    accueil adjoint admin administratif administration admissions agence annonce annonces ash
    assistant assistante association asso aide aides cabinet cadre cadres candidat candidats
    candidature candidatures centre ch chef clinique coordinateur coordination communication
    comptabilite conseil contact cpts creche crf culture demande demandes dir direction
    directeur directrice domicile drh dsi ecole ehpad emploi emplois equipe espace esp
    etablissement facturation fam fondation formation foyer garde gcs ghm ght gestion gerant gip
    groupe had hopital hospitalier idec ide ides ifas ifsi infirmier infirmiere infirmieres
    infirmiers info infos informatique interim intercommunal job jobs logement mairie maison
    mas medecin medecine medecins medical mobilite msp noreply offre offres orthophonie
    paie permanence personnel pharmacie planning plateforme pole poste postes presidence projet
    qualite radio radiologie recrut recrute recrutement recrutements referent renfort renforts
    resident residence residences responsable ressource ressources retraite rh sante savs
    secretaire secretariat securite service services siege site soin soignant soignants soins
    ssiad ssr stage stages standard sud nord est ouest technique territoire urgences usld villa
    vacation vacations
    """)
)
_SEPARATORS = re.compile(r"[._\-+]+")


def looks_like_a_person(address: str) -> bool:
    """Say whether a mailbox seems to be somebody's rather than a service's.

    The rule: two names joined by a dot, a dash or an underscore (`prenom.nom@`, `p.nom@`), none
    of which names a function or repeats the domain. A warning may follow, never a refusal.

    >>> looks_like_a_person("camille.exemple@hopital.test")
    True
    >>> looks_like_a_person("recrutement.ehpad@hopital.test")
    False
    """
    local, at, domain = fold(address).partition("@")
    parts = [part.rstrip("0123456789") for part in _SEPARATORS.split(local) if part]
    if not at or len(parts) not in (2, 3) or not all(part.isalpha() for part in parts):
        return False
    of_the_house = set(re.split(r"[^a-z0-9]+", domain))
    return not any(part in _FUNCTIONS or part in of_the_house for part in parts)


def normalise_phone(text: str, *, region: str = "FR") -> str:
    """Return a telephone number as E.164 (`+33240821234`), or an empty text for none.

    Raises ValidationError for what no telephone would ring.
    """
    if not text.strip():
        return ""
    try:
        number = phonenumbers.parse(text, region)
    except NumberParseException:
        number = None
    if number is None or not phonenumbers.is_valid_number(number):
        raise ValidationError(
            _("« %(text)s » n’est pas un numéro de téléphone. Exemple : 02 40 82 12 34."),
            code="phone",
            params={"text": text.strip()[:40]},
        )
    return str(phonenumbers.format_number(number, PhoneNumberFormat.E164))


def display_phone(number: str) -> str:
    """Return a number as people read it: « 02 40 82 12 34 », or « +32 2 123 45 67 » from abroad.

    What is not a number is returned as it is.
    """
    try:
        parsed = phonenumbers.parse(number, "FR")
    except NumberParseException:
        return number
    french = parsed.country_code == 33
    kind = PhoneNumberFormat.NATIONAL if french else PhoneNumberFormat.INTERNATIONAL
    return str(phonenumbers.format_number(parsed, kind))

"""Why the platform holds personal data: the register of processing, as data.

The legal bases are those proposed to the data protection officer of a deployment, who confirms
them; retention is what the purge command applies. Sources: GDPR art. 6, 13, 14 and 30; CNIL
recruitment guide (30 January 2023) for the two years of a talent pool; CNIL developer's guide,
sheet 14, for the year of a journal.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Purpose:
    """One line of the register: what for, on what basis, which data, seen by whom, how long."""

    code: str
    label: Promise
    legal_basis: Promise
    data: Promise
    # Who gave the data: the person, or somebody else who must then be named.
    origin: Promise
    seen_by: Promise
    kept: Promise


_ALL = (
    Purpose(
        code="account",
        label=_("Comptes, sécurité et traçabilité"),
        legal_basis=_("exécution du contrat et intérêt légitime (sécurité)"),
        data=_(
            "nom, prénom, fonction, adresse électronique, mot de passe (empreinte), seconds"
            " facteurs, jetons d’accès, appareils connectés (adresse IP, navigateur), journal des"
            " actions"
        ),
        origin=_("la personne elle-même, ou la structure qui l’a invitée"),
        seen_by=_("la personne, l’administration de la plateforme"),
        kept=_("durée du compte ; sessions 12 heures, courriels envoyés 90 jours, journal un an"),
    ),
    Purpose(
        code="membership",
        label=_("Contacts professionnels des structures"),
        legal_basis=_("intérêt légitime"),
        data=_("rattachement à une structure ou à un territoire, rôle, invitations, signatures"),
        origin=_("la structure ou la coordination du territoire"),
        seen_by=_("les membres de la structure, la coordination du territoire"),
        kept=_("durée du rattachement, puis un an"),
    ),
    Purpose(
        code="contact_request",
        label=_("Réponse à une prise de contact spontanée"),
        legal_basis=_("mesures précontractuelles, à la demande de la personne"),
        data=_("nom, adresse électronique ou téléphone, métier, commune, message"),
        origin=_("la personne elle-même"),
        seen_by=_("la coordination du territoire choisi"),
        kept=_("trois mois après la réponse, un an au plus"),
    ),
)

PURPOSES: Mapping[str, Purpose] = MappingProxyType({purpose.code: purpose for purpose in _ALL})

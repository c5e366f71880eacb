"""Why the platform holds personal data: the register of processing, as data.

The legal bases are those proposed to the data protection officer of a deployment, who confirms
them; retention is what the purge commands apply. Sources: GDPR art. 6, 13, 14 and 30; CNIL
recruitment guide (30 January 2023) for the two years of a talent pool.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Purpose:
    """One line of the register: what for, on what basis, seen by whom, kept how long."""

    code: str
    label: Promise
    legal_basis: Promise
    seen_by: Promise
    kept: Promise


_ALL = (
    Purpose(
        code="account",
        label=_("Comptes, sécurité et traçabilité"),
        legal_basis=_("exécution du contrat et intérêt légitime (sécurité)"),
        seen_by=_("la personne, l’administration de la plateforme"),
        kept=_("durée du compte ; journaux un an"),
    ),
    Purpose(
        code="membership",
        label=_("Contacts professionnels des structures"),
        legal_basis=_("intérêt légitime"),
        seen_by=_("les membres de la structure, la coordination du territoire"),
        kept=_("durée du rattachement, puis un an"),
    ),
    Purpose(
        code="contact_request",
        label=_("Réponse à une prise de contact spontanée"),
        legal_basis=_("mesures précontractuelles, à la demande de la personne"),
        seen_by=_("la coordination du territoire choisi"),
        kept=_("trois mois après la réponse, un an au plus"),
    ),
)

PURPOSES: Mapping[str, Purpose] = MappingProxyType({purpose.code: purpose for purpose in _ALL})

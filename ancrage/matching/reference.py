"""The legal forms of a shared post: who signs, who pays whom, within what limits.

Landmarks for a first choice, each with the text to read. No legal advice: whoever signs has them
checked, and pages say so.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ancrage.matching.enums import Vehicle


@dataclass(frozen=True)
class VehicleFacts:
    """What a legal form implies.

    `has_one_employer`: the lead employs the person, and the others pay it back their share.
    """

    signs: Promise
    pays: Promise
    limits: Promise
    source: Promise
    has_one_employer: bool


VEHICLES: Mapping[Vehicle, VehicleFacts] = MappingProxyType(
    {
        Vehicle.SECONDMENT: VehicleFacts(
            signs=_(
                "L’établissement d’origine et chaque structure d’accueil signent une convention ;"
                " l’agent donne son accord écrit."
            ),
            pays=_(
                "L’établissement d’origine verse la paie ; chaque structure d’accueil lui"
                " rembourse sa part. Le remboursement est obligatoire."
            ),
            limits=_(
                "Pour un agent public, avec son accord. Plusieurs structures d’accueil sont"
                " possibles à la fois."
            ),
            source=_(
                "Code général de la fonction publique, articles L512-6 et suivants ; décret"
                " n° 88-976 du 13 octobre 1988 pour la fonction publique hospitalière."
            ),
            has_one_employer=True,
        ),
        Vehicle.LOAN: VehicleFacts(
            signs=_(
                "Les deux structures signent une convention de prêt ; le salarié signe un avenant."
            ),
            pays=_(
                "L’employeur verse la paie ; chaque structure d’accueil rembourse salaires,"
                " charges et frais, sans marge."
            ),
            limits=_(
                "Pour un salarié de droit privé, avec son accord : son refus ne peut pas lui être"
                " reproché."
            ),
            source=_("Code du travail, articles L8241-1 et L8241-2."),
            has_one_employer=True,
        ),
        Vehicle.EMPLOYER_GROUP: VehicleFacts(
            signs=_(
                "Le groupement, association ou coopérative, signe le contrat de travail ; ses"
                " adhérents signent la convention de mise à disposition."
            ),
            pays=_(
                "Le groupement verse la paie et facture à chaque adhérent sa part. Les adhérents"
                " répondent ensemble des dettes envers les salariés."
            ),
            limits=_(
                "Pour des structures de droit privé ; une collectivité ou un établissement public"
                " n’y entre que dans des limites étroites, à vérifier d’abord."
            ),
            source=_("Code du travail, articles L1253-1 à L1253-23."),
            has_one_employer=True,
        ),
        Vehicle.COOPERATION: VehicleFacts(
            signs=_(
                "Les établissements membres signent la convention ; celle d’un groupement de"
                " coopération sanitaire (GCS) est approuvée par l’agence régionale de santé."
            ),
            pays=_(
                "L’employeur, ou le groupement, verse la paie ; chaque membre contribue pour sa"
                " part, comme la convention le prévoit."
            ),
            limits=_(
                "Entre membres du groupement seulement (GCS, ou groupement hospitalier de"
                " territoire, GHT)."
            ),
            source=_(
                "Code de la santé publique, articles L6133-1 et suivants (GCS), L6132-1 et"
                " suivants (GHT)."
            ),
            has_one_employer=True,
        ),
        Vehicle.SEVERAL_CONTRACTS: VehicleFacts(
            signs=_("Chaque employeur signe son contrat avec la personne."),
            pays=_("Chaque employeur paie sa part, sans refacturation."),
            limits=_(
                "Les durées maximales du travail valent pour le total des emplois. Un agent public"
                " déclare son autre activité, ou en demande l’autorisation, selon sa quotité."
            ),
            source=_(
                "Code du travail, articles L3121-18, L3121-20 et L8261-1 ; Code général de la"
                " fonction publique, articles L123-1 et suivants."
            ),
            has_one_employer=False,
        ),
    }
)
# For a practitioner of a public hospital who works regularly on several sites: amounts by the
# half-days away, a month.
TERRITORIAL_BONUS = _(
    "Prime d’exercice territorial : pour un praticien d’hôpital public qui exerce régulièrement"
    " sur plusieurs sites, de 250 à 1 000 € par mois selon les demi-journées hors de son site"
    " (montants de 2017, à vérifier)."
)

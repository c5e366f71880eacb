"""The themes of data·inclusion that a welcome service may carry.

Source: data·inclusion schema v1 (thematiques), Licence Ouverte 2.0, version 1.0.10 of the schema.
Checked on 2026-11-22.
"""

from collections.abc import Mapping
from types import MappingProxyType

from ancrage.welcome.enums import WelcomeKind

THEMES_BY_KIND: Mapping[WelcomeKind, tuple[str, ...]] = MappingProxyType(
    {
        WelcomeKind.HOUSING: (
            "logement-hebergement--louer-un-logement",
            "logement-hebergement--acheter-un-logement",
            "logement-hebergement--changer-de-logement",
            "logement-hebergement--rechercher-une-solution-dhebergement-temporaire",
            "logement-hebergement--sinformer-sur-les-demarches-liees-a-lacces-au-logement",
        ),
        WelcomeKind.CHILDCARE: (
            "famille--garde-denfants",
            "famille--soutien-a-la-parentalite-et-a-leducation",
        ),
        WelcomeKind.MOBILITY: (
            "mobilite--acceder-a-un-vehicule",
            "mobilite--entretenir-reparer-son-vehicule",
            "mobilite--etre-accompagne-dans-son-parcours-mobilite",
            "mobilite--financer-ma-mobilite",
            "mobilite--mobilite-douce-partagee-collective",
            "mobilite--preparer-un-permis",
        ),
        WelcomeKind.SPOUSE_JOB: (
            "trouver-un-emploi--repondre-a-des-offres-demploi",
            "trouver-un-emploi--faire-des-candidatures-spontanees",
            "preparer-sa-candidature--developper-son-reseau",
            "se-former--trouver-sa-formation",
        ),
        WelcomeKind.SCHOOL: ("remobilisation--activites-sportives-et-culturelles",),
        WelcomeKind.FORMALITIES: (
            "difficultes-administratives-ou-juridiques--accompagnement-aux-demarches-administratives",
            "difficultes-administratives-ou-juridiques--accompagnement-pour-lacces-aux-droits",
            "numerique--acceder-a-des-services-en-ligne",
        ),
    }
)
"""By what somebody needs, the first being the most usual."""

THEMES: frozenset[str] = frozenset(code for codes in THEMES_BY_KIND.values() for code in codes)

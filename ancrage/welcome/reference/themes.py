"""The themes of data·inclusion that a welcome service may carry.

Source: data·inclusion schema v1 (thematiques), Licence Ouverte 2.0, version 1.0.10 of the schema.
Checked on 2026-11-22.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from ancrage.welcome.enums import WelcomeKind
from ancrage.welcome.reference.vocabulary import THEMATICS

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

# A crèche may help parents too: an offer carries any theme of the schema beside its own.
THEMES: frozenset[str] = frozenset(THEMATICS)

# Where no theme is listed above, its category tells what the offer is for.
_KINDS_BY_CATEGORY: Mapping[str, WelcomeKind] = MappingProxyType(
    {
        "logement-hebergement": WelcomeKind.HOUSING,
        "mobilite": WelcomeKind.MOBILITY,
        "trouver-un-emploi": WelcomeKind.SPOUSE_JOB,
        "choisir-un-metier": WelcomeKind.SPOUSE_JOB,
        "preparer-sa-candidature": WelcomeKind.SPOUSE_JOB,
        "se-former": WelcomeKind.SPOUSE_JOB,
        "difficultes-administratives-ou-juridiques": WelcomeKind.FORMALITIES,
        "numerique": WelcomeKind.FORMALITIES,
    }
)


def kind_for(themes: Iterable[str]) -> WelcomeKind | None:
    """Return what an offer of these themes is for: the need most of them speak of.

    Where two are spoken of as much, the first of `WelcomeKind`. None when the themes concern
    nothing that whoever settles here needs.
    """
    found = Counter(kind for theme in themes if (kind := _kind_of(theme)) is not None)
    order = list(WelcomeKind)
    return min(found, key=lambda kind: (-found[kind], order.index(kind)), default=None)


def _kind_of(theme: str) -> WelcomeKind | None:
    for kind, themes in THEMES_BY_KIND.items():
        if theme in themes:
            return kind
    return _KINDS_BY_CATEGORY.get(theme.partition("--")[0])

"""The template of a roadmap: the six axes of the regional one of Normandie.

Source: ARS Normandie, feuille de route régionale « ressources humaines en santé » (projet régional
de santé 2023-2028), the titles of its six axes in our own words. No table of indicators was
published: those suggested here are ours. An indicator whose measure no part declares becomes one
to be typed, from the source it names.
"""

from dataclasses import dataclass

from ancrage.roadmap.enums import Direction, Periodicity


@dataclass(frozen=True)
class SuggestedIndicator:
    """An indicator of the template; `measure` is a key of the registry, or "" for a typed one."""

    title: str
    definition: str
    measure: str = ""
    unit: str = ""
    source: str = "À préciser"
    direction: Direction = Direction.UP
    periodicity: Periodicity = Periodicity.YEAR


@dataclass(frozen=True)
class SuggestedAxis:
    """An axis of the template."""

    title: str
    purpose: str
    indicators: tuple[SuggestedIndicator, ...]


AXES = (
    SuggestedAxis(
        "Informer et orienter vers les métiers du soin",
        "Faire connaître les métiers, ouvrir des découvertes, accueillir celles et ceux qui"
        " changent de voie.",
        (
            SuggestedIndicator(
                "Personnes informées sur les métiers",
                "Personnes rencontrées dans un forum, une classe ou une visite pendant la"
                " période.",
                unit="personnes",
                source="Comptage des organisateurs",
            ),
            SuggestedIndicator(
                "Rencontres organisées",
                "Rencontres de la plateforme tenues pendant la période.",
                measure="events.held",
                unit="rencontres",
            ),
        ),
    ),
    SuggestedAxis(
        "Former et ouvrir des parcours",
        "Ouvrir des places près des lieux de vie, financer, accompagner d’un métier à l’autre.",
        (
            SuggestedIndicator(
                "Places de formation ouvertes",
                "Places des sessions ouvertes qui commencent pendant la période.",
                measure="training.places",
                unit="places",
            ),
            SuggestedIndicator(
                "Personnes entrées en formation",
                "Personnes inscrites à une session commencée pendant la période.",
                measure="training.enrolled",
                unit="personnes",
            ),
        ),
    ),
    SuggestedAxis(
        "Recruter et fidéliser",
        "Pourvoir les postes plus vite, ensemble plutôt que les uns contre les autres, et donner"
        " envie de rester.",
        (
            SuggestedIndicator(
                "Besoins pourvus",
                "Besoins déclarés pourvus pendant la période.",
                measure="needs.filled",
                unit="besoins",
            ),
            SuggestedIndicator(
                "Délai pour pourvoir un besoin",
                "Nombre médian de jours entre la publication d’un besoin et le jour où il est"
                " pourvu.",
                measure="needs.days_to_fill",
                unit="jours",
                direction=Direction.DOWN,
            ),
            SuggestedIndicator(
                "En poste douze mois après",
                "Part des personnes accompagnées encore en poste douze mois après leur arrivée.",
                measure="journeys.kept_12",
                unit="%",
            ),
        ),
    ),
    SuggestedAxis(
        "Améliorer les conditions de travail",
        "Agir sur l’organisation, les horaires, l’accueil des nouveaux, et partager ce qui"
        " marche.",
        (
            SuggestedIndicator(
                "Projets de qualité de vie et des conditions de travail",
                "Projets menés pendant la période par les structures qui ont répondu au relevé.",
                measure="safety.projects",
                unit="projets",
                periodicity=Periodicity.HALF,
            ),
            SuggestedIndicator(
                "Journées d’absence",
                "Somme des journées d’absence déclarées au relevé commun.",
                measure="safety.absence_days",
                unit="journées",
                direction=Direction.DOWN,
                periodicity=Periodicity.HALF,
            ),
        ),
    ),
    SuggestedAxis(
        "Protéger la santé et la sécurité des soignants",
        "Connaître les accidents et les agressions, accompagner chaque personne touchée.",
        (
            SuggestedIndicator(
                "Accidents du travail déclarés",
                "Somme des accidents déclarés au relevé commun.",
                measure="safety.accidents",
                unit="accidents",
                direction=Direction.DOWN,
                periodicity=Periodicity.HALF,
            ),
            SuggestedIndicator(
                "Agressions suivies d’un accompagnement",
                "Part des agressions déclarées au relevé commun qui ont été suivies d’un"
                " accompagnement.",
                measure="safety.supported_share",
                unit="%",
                periodicity=Periodicity.HALF,
            ),
        ),
    ),
    SuggestedAxis(
        "Agir sur la démographie médicale",
        "Faire venir des médecins et des paramédicaux là où l’on en manque, et préparer les"
        " départs.",
        (
            SuggestedIndicator(
                "Installations de médecins généralistes",
                "Médecins généralistes installés sur le territoire pendant la période.",
                unit="médecins",
                source="Conseil départemental de l’Ordre",
            ),
            SuggestedIndicator(
                "Prises de poste",
                "Personnes qui ont pris un poste pendant la période.",
                measure="journeys.started",
                unit="personnes",
            ),
        ),
    ),
)

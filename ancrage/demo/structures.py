"""The invented structures of the demo, in the real communes of the Pays de Retz.

Every name is made up and says « fictif »; sizes set how many needs a structure has.
"""

from typing import NamedTuple

from ancrage.partners.enums import PartnerKind

HOSPITAL = PartnerKind.PUBLIC_HOSPITAL
CARE_HOME = PartnerKind.PUBLIC_CARE_HOME
PRIVATE = PartnerKind.PRIVATE
ASSOCIATION = PartnerKind.ASSOCIATION
PRACTICE = PartnerKind.INDEPENDENT_PRACTICE
TOWN = PartnerKind.LOCAL_AUTHORITY
WELCOME = PartnerKind.WELCOME
AUTHORITY = PartnerKind.AUTHORITY


class Structure(NamedTuple):
    """One structure; sites as (name, FINESS category, INSEE commune), size from 0 to 10."""

    slug: str
    name: str
    kind: PartnerKind
    insee: str
    sites: tuple[tuple[str, str, str], ...] = ()
    size: int = 2
    # Which mix of professions it recruits (see `needs.MIXES`).
    mix: str = "care_home"
    signs: bool = True


STRUCTURES = (
    Structure(
        "hopital-de-la-cote",
        "Hôpital de la Côte (fictif)",
        HOSPITAL,
        "44131",
        (
            ("Hôpital de la Côte, site de Pornic", "355", "44131"),
            ("Hôpital de la Côte, site de Paimbœuf", "355", "44116"),
            ("EHPAD Les Flots", "500", "44131"),
            ("HAD de la Côte", "127", "44131"),
        ),
        size=20,
        mix="hospital",
    ),
    Structure(
        "clinique-des-dunes",
        "Clinique des Dunes (fictive)",
        PRIVATE,
        "44154",
        (("Clinique des Dunes", "109", "44154"),),
        size=7,
        mix="rehabilitation",
    ),
    Structure(
        "ehpad-le-phare",
        "EHPAD Le Phare (fictif)",
        CARE_HOME,
        "44154",
        (("EHPAD Le Phare", "500", "44154"),),
        size=6,
    ),
    Structure(
        "ehpad-les-embruns",
        "EHPAD Les Embruns (fictif)",
        PRIVATE,
        "44154",
        (("EHPAD Les Embruns", "500", "44154"),),
        size=6,
    ),
    Structure(
        "ehpad-la-baie",
        "EHPAD La Baie (fictif)",
        ASSOCIATION,
        "44012",
        (("EHPAD La Baie", "500", "44012"),),
        size=4,
    ),
    Structure(
        "ehpad-du-port",
        "EHPAD du Port (fictif)",
        CARE_HOME,
        "44116",
        (("EHPAD du Port", "500", "44116"),),
        size=5,
    ),
    Structure(
        "ehpad-les-tilleuls",
        "EHPAD Les Tilleuls (fictif)",
        CARE_HOME,
        "44186",
        (("EHPAD Les Tilleuls", "500", "44186"),),
        size=5,
    ),
    Structure(
        "ehpad-la-fontaine",
        "EHPAD La Fontaine (fictif)",
        ASSOCIATION,
        "44187",
        (("EHPAD La Fontaine", "500", "44187"),),
        size=4,
    ),
    Structure(
        "ehpad-le-moulin",
        "EHPAD Le Moulin (fictif)",
        PRIVATE,
        "44005",
        (("EHPAD Le Moulin", "500", "44005"),),
        size=4,
    ),
    Structure(
        "ehpad-les-marais",
        "EHPAD Les Marais (fictif)",
        CARE_HOME,
        "44021",
        (("EHPAD Les Marais", "500", "44021"),),
        size=3,
    ),
    Structure(
        "residence-la-jetee",
        "Résidence La Jetée (fictive)",
        TOWN,
        "44126",
        (("Résidence autonomie La Jetée", "202", "44126"),),
        size=2,
    ),
    Structure(
        "residence-des-pins",
        "Résidence des Pins (fictive)",
        TOWN,
        "44182",
        (("Résidence autonomie des Pins", "202", "44182"),),
        size=2,
    ),
    Structure(
        "ssiad-de-l-estuaire",
        "SSIAD de l’Estuaire (fictif)",
        ASSOCIATION,
        "44187",
        (("SSIAD de l’Estuaire", "354", "44187"),),
        size=4,
        mix="home_care",
    ),
    Structure(
        "ssiad-du-littoral",
        "SSIAD du Littoral (fictif)",
        ASSOCIATION,
        "44131",
        (("SSIAD du Littoral", "354", "44131"),),
        size=4,
        mix="home_care",
    ),
    Structure(
        "aide-a-domicile-du-pays",
        "Aide à domicile du Pays (fictive)",
        ASSOCIATION,
        "44186",
        (("Service autonomie du Pays", "460", "44186"),),
        size=5,
        mix="home_help",
    ),
    Structure(
        "domicile-et-marees",
        "Domicile et Marées (fictif)",
        PRIVATE,
        "44154",
        (("Domicile et Marées", "460", "44154"),),
        size=4,
        mix="home_help",
    ),
    Structure(
        "mas-les-hirondelles",
        "MAS Les Hirondelles (fictive)",
        ASSOCIATION,
        "44145",
        (("MAS Les Hirondelles", "255", "44145"),),
        size=3,
        mix="disability",
    ),
    Structure(
        "foyer-les-ajoncs",
        "Foyer Les Ajoncs (fictif)",
        ASSOCIATION,
        "44061",
        (("EAM Les Ajoncs", "448", "44061"),),
        size=3,
        mix="disability",
    ),
    Structure(
        "esat-du-canal",
        "ESAT du Canal (fictif)",
        ASSOCIATION,
        "44133",
        (("ESAT du Canal", "246", "44133"),),
        size=2,
        mix="disability",
    ),
    Structure(
        "sessad-les-mouettes",
        "SESSAD Les Mouettes (fictif)",
        ASSOCIATION,
        "44131",
        (("SESSAD Les Mouettes", "182", "44131"),),
        size=2,
        mix="children",
    ),
    Structure(
        "msp-de-la-plaine",
        "Maison de santé de la Plaine (fictive)",
        PRACTICE,
        "44126",
        (("Maison de santé de la Plaine", "603", "44126"),),
        size=3,
        mix="practice",
    ),
    Structure(
        "msp-de-saint-pere",
        "Maison de santé de Saint-Père (fictive)",
        PRACTICE,
        "44187",
        (("Maison de santé de Saint-Père", "603", "44187"),),
        size=3,
        mix="practice",
    ),
    Structure(
        "msp-sainte-pazanne",
        "Maison de santé de Sainte-Pazanne (fictive)",
        PRACTICE,
        "44186",
        (("Maison de santé de Sainte-Pazanne", "603", "44186"),),
        size=3,
        mix="practice",
    ),
    Structure(
        "cabinet-du-bourg",
        "Cabinet du Bourg (fictif)",
        PRACTICE,
        "44038",
        size=2,
        mix="practice",
    ),
    Structure(
        "cabinet-des-iles",
        "Cabinet des Îles (fictif)",
        PRACTICE,
        "44136",
        size=1,
        mix="practice",
        signs=False,
    ),
    Structure(
        "cabinet-infirmier-du-retz",
        "Cabinet infirmier du Retz (fictif)",
        PRACTICE,
        "44220",
        size=1,
        mix="nursing_practice",
        signs=False,
    ),
    Structure(
        "centre-de-sante-communal",
        "Centre de santé communal (fictif)",
        TOWN,
        "44005",
        (("Centre de santé communal", "124", "44005"),),
        size=3,
        mix="health_centre",
    ),
    Structure(
        "cpts-du-retz",
        "CPTS du Retz (fictive)",
        ASSOCIATION,
        "44131",
        (("CPTS du Retz", "604", "44131"),),
        size=1,
        mix="coordination",
    ),
    Structure(
        "creche-les-bigorneaux",
        "Crèche Les Bigorneaux (fictive)",
        TOWN,
        "44154",
        size=2,
        mix="nursery",
        signs=False,
    ),
    Structure(
        "pharmacie-du-marche",
        "Pharmacie du Marché (fictive)",
        PRACTICE,
        "44131",
        (("Pharmacie du Marché", "620", "44131"),),
        size=1,
        mix="pharmacy",
        signs=False,
    ),
    Structure(
        "ambulances-de-la-cote",
        "Ambulances de la Côte (fictives)",
        PRIVATE,
        "44182",
        size=2,
        mix="transport",
        signs=False,
    ),
    Structure(
        "dialyse-de-l-estuaire",
        "Dialyse de l’Estuaire (fictive)",
        ASSOCIATION,
        "44154",
        (("Dialyse de l’Estuaire", "141", "44154"),),
        size=2,
        mix="dialysis",
    ),
    Structure(
        "habitat-du-retz",
        "Habitat du Retz (fictif)",
        WELCOME,
        "44131",
        size=0,
        mix="",
        signs=False,
    ),
    Structure(
        "maison-des-petits",
        "Maison des Petits (fictive)",
        WELCOME,
        "44186",
        size=0,
        mix="",
        signs=False,
    ),
    Structure(
        "mobilite-pays-de-retz",
        "Mobilité en Retz (fictive)",
        WELCOME,
        "44021",
        size=0,
        mix="",
        signs=False,
    ),
)

LIVING_AREAS = {
    "Littoral": ("44131", "44012", "44106", "44126", "44136", "44182"),
    "Estuaire": ("44154", "44046", "44116", "44187", "44192", "44061"),
    "Intérieur": (
        "44005",
        "44021",
        "44038",
        "44039",
        "44133",
        "44145",
        "44164",
        "44186",
        "44220",
    ),
}

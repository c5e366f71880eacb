"""What the roadmap of the demo says: actions, indicators, counts, practices. All of it is made up.

Days count from the day on which the demo is loaded.
"""

from typing import NamedTuple

from ancrage.roadmap.enums import ActionState, Direction, Periodicity

COORDINATION = "coordination@demo.example"
HOSPITAL, LIGHTHOUSE, PRACTICES = "hopital-de-la-cote", "ehpad-le-phare", "cpts-du-retz"
HOUSING, HOMES = "habitat-du-retz", "domicile-et-marees"
UP, DOWN = Direction.UP, Direction.DOWN
YEARLY, HALF = Periodicity.YEAR, Periodicity.HALF


class Planned(NamedTuple):
    """One action; days count from now, milestones are (title, due, reached or None)."""

    title: str
    owner: str
    starts: int
    ends: int
    state: ActionState
    milestones: tuple[tuple[str, int, int | None], ...] = ()
    body: str = ""
    partners: tuple[str, ...] = ()
    budget: int | None = None
    funder: str = ""
    reason: str = ""


class Typed(NamedTuple):
    """A typed indicator: values of the last ended periods, the oldest first."""

    title: str
    unit: str
    source: str
    values: tuple[str, ...]
    target: int
    direction: Direction = UP
    periodicity: Periodicity = YEARLY
    action: str = ""


class Computed(NamedTuple):
    """A computed indicator that the template does not suggest."""

    title: str
    measure: str
    target: int | None = None
    direction: Direction = UP


DONE, RUNNING = ActionState.DONE, ActionState.RUNNING
PLANNED, STOPPED = ActionState.PLANNED, ActionState.STOPPED

ACTIONS: tuple[tuple[Planned, ...], ...] = (
    (
        Planned(
            "Forum des métiers du soin à Pornic (fictif)",
            HOSPITAL,
            -330,
            -150,
            DONE,
            (("Salle et exposants retenus", -240, -250), ("Forum tenu", -160, -160)),
            partners=(LIGHTHOUSE, HOMES),
            budget=8500,
            funder="Agence régionale de santé (fictif)",
        ),
        Planned(
            "Immersions de trois jours pour les lycéens (fictif)",
            LIGHTHOUSE,
            -120,
            210,
            RUNNING,
            (("Convention avec deux lycées", -60, -45), ("Vingt immersions faites", 120, None)),
            partners=(HOSPITAL,),
        ),
        Planned(
            "Film « Travailler en Pays de Retz » (fictif)",
            HOMES,
            -200,
            -30,
            RUNNING,
            (("Scénario écrit", -120, -110), ("Film monté", -40, None)),
            budget=12000,
            funder="Conseil départemental (fictif)",
        ),
    ),
    (
        Planned(
            "Une promotion d’aides-soignants à Machecoul (fictif)",
            HOSPITAL,
            -300,
            300,
            RUNNING,
            (("Locaux trouvés", -180, -200), ("Dix candidats confirmés", 30, None)),
            partners=(LIGHTHOUSE, HOMES),
            budget=180_000,
            funder="Conseil régional (fictif)",
        ),
        Planned(
            "Tuteurs formés dans chaque EHPAD (fictif)",
            LIGHTHOUSE,
            -250,
            -20,
            DONE,
            (("Douze tuteurs formés", -60, -70),),
        ),
        Planned(
            "Passerelles vers le métier d’infirmier (fictif)",
            "",
            40,
            500,
            PLANNED,
            (("Accord de l’institut de formation", 90, None),),
            body="Institut de formation en soins infirmiers (fictif)",
            partners=(HOSPITAL,),
        ),
    ),
    (
        Planned(
            "Charte du recrutement signée et suivie (fictif)",
            HOSPITAL,
            -500,
            -240,
            DONE,
            (("Charte publiée", -400, -410),),
        ),
        Planned(
            "Doc’dating deux fois par an (fictif)",
            PRACTICES,
            -400,
            330,
            RUNNING,
            (("Première soirée", -200, -205), ("Bilan de la deuxième soirée", -15, None)),
            budget=24_000,
            funder="Communauté de communes (fictif)",
        ),
        Planned(
            "Accueil du conjoint et logement des arrivants (fictif)",
            HOUSING,
            -280,
            180,
            RUNNING,
            (("Dix logements réservés", -100, -90), ("Guide du nouvel arrivant", 60, None)),
        ),
    ),
    (
        Planned(
            "Journée d’échange sur les horaires (fictif)",
            LIGHTHOUSE,
            -220,
            -100,
            DONE,
            (("Journée tenue", -110, -112),),
            partners=(HOSPITAL, HOMES),
        ),
        Planned(
            "Plannings partagés entre EHPAD (fictif)",
            LIGHTHOUSE,
            -60,
            240,
            RUNNING,
            (("Trois EHPAD volontaires", -10, -12), ("Essai de deux mois", 100, None)),
        ),
        Planned(
            "Crèche à horaires élargis (fictif)",
            "",
            -45,
            400,
            PLANNED,
            (("Étude de besoin", -5, None),),
            body="Communauté d’agglomération (fictif)",
            budget=60_000,
            funder="Caisse d’allocations familiales (fictif)",
        ),
    ),
    (
        Planned(
            "Relevé commun des accidents et des agressions (fictif)",
            HOSPITAL,
            -420,
            320,
            RUNNING,
            (("Définitions communes", -380, -385), ("Troisième semestre relevé", -70, -75)),
            partners=(LIGHTHOUSE, HOMES),
        ),
        Planned(
            "Cellule d’écoute pour les soignants (fictif)",
            HOSPITAL,
            -150,
            150,
            RUNNING,
            (("Numéro ouvert", -60, -55),),
            budget=15_000,
            funder="Agence régionale de santé (fictif)",
        ),
        Planned(
            "Formation « désamorcer la violence » (fictif)",
            HOMES,
            -300,
            -90,
            STOPPED,
            (("Formateur choisi", -200, None),),
            reason="L’organisme retenu a cessé son activité ; à reprendre avec un autre.",
        ),
    ),
    (
        Planned(
            "Maison de stage pour les internes (fictif)",
            PRACTICES,
            -360,
            -10,
            RUNNING,
            (("Maison louée", -250, -240), ("Six internes accueillis", -20, None)),
            budget=40_000,
            funder="Conseil départemental (fictif)",
        ),
        Planned(
            "Trois nouveaux maîtres de stage (fictif)",
            PRACTICES,
            -180,
            200,
            RUNNING,
            (("Deux agréments", -30, -35),),
        ),
        Planned(
            "Consultations avancées à Saint-Père-en-Retz (fictif)",
            HOSPITAL,
            120,
            600,
            PLANNED,
            (("Local trouvé", 200, None),),
        ),
    ),
)
MORE_COMPUTED: tuple[tuple[Computed, ...], ...] = (
    (Computed("Personnes connues de la plateforme", "people.known", 60),),
    (),
    (Computed("Réponses aux campagnes de recensement", "needs.response_rate", 80),),
    (),
    (),
    (
        Computed("Postes partagés en place", "shared_posts.running", 5),
        Computed("Contacts noués aux rencontres", "events.contacts", 100),
    ),
)
SOURCE = "Comptage des organisateurs (fictif)"
TYPED: tuple[tuple[Typed, ...], ...] = (
    (
        Typed(
            "Lycéens accueillis en immersion",
            "lycéens",
            "Lycées partenaires (fictif)",
            ("14", "19"),
            40,
            action=ACTIONS[0][1].title,
        ),
    ),
    (
        Typed("Tuteurs formés", "tuteurs", "EHPAD Le Phare (fictif)", ("5", "12"), 12),
        Typed(
            "Candidats à la promotion d’aides-soignants",
            "candidats",
            "Institut de formation (fictif)",
            ("8", "11", "13"),
            20,
            periodicity=HALF,
            action=ACTIONS[1][0].title,
        ),
    ),
    (
        Typed(
            "Heures d’intérim payées",
            "heures",
            "Services des ressources humaines (fictif)",
            ("9400", "8650", "8120"),
            6000,
            DOWN,
            HALF,
        ),
        Typed(
            "Logements proposés aux arrivants",
            "logements",
            "Habitat du Retz (fictif)",
            ("6", "9"),
            15,
        ),
    ),
    (
        Typed(
            "Structures à planning connu un mois à l’avance",
            "structures",
            "Enquête annuelle (fictif)",
            ("7", "11"),
            20,
        ),
        Typed(
            "Salariés à temps partiel subi",
            "%",
            "Enquête annuelle (fictif)",
            ("18.5", "16"),
            12,
            DOWN,
        ),
    ),
    (
        Typed(
            "Appels à la cellule d’écoute",
            "appels",
            "Hôpital de la Côte (fictif)",
            ("0", "23"),
            60,
            periodicity=HALF,
            action=ACTIONS[4][1].title,
        ),
        Typed(
            "Professionnels formés à la prévention",
            "personnes",
            "Organismes de formation (fictif)",
            ("31",),
            120,
        ),
    ),
    (
        Typed(
            # As the map of demography counts them, on the same invented ages.
            "Médecins généralistes de 60 ans et plus",
            "%",
            "Carte de la démographie (âges fictifs)",
            ("26", "24.4"),
            20,
            DOWN,
        ),
        Typed(
            "Internes accueillis",
            "internes",
            "CPTS du Retz (fictif)",
            ("4", "5", "5"),
            12,
            periodicity=HALF,
        ),
        Typed(
            "Maîtres de stage agréés", "médecins", "Faculté de médecine (fictif)", ("6", "8"), 12
        ),
        Typed(
            "Patients sans médecin traitant",
            "%",
            "Assurance maladie, relevé annuel (fictif)",
            ("13.2", "12.6"),
            9,
            DOWN,
        ),
    ),
)
# Values of the typed indicators that the template suggests; the last of them is overdue.
TEMPLATE_VALUES = {
    "Personnes informées sur les métiers": (SOURCE, "personnes", ("180", "240"), 400),
    "Installations de médecins généralistes": (
        "Conseil de l’Ordre (fictif)",
        "médecins",
        ("2",),
        9,
    ),
}
TEMPLATE_TARGETS = {
    "events.held": 6,
    "training.places": 60,
    "training.enrolled": 40,
    "needs.filled": 120,
    "needs.days_to_fill": 45,
    "journeys.kept_12": 80,
    "safety.projects": 12,
    "safety.accidents": 60,
    "safety.supported_share": 90,
    "journeys.started": 45,
}
# What structures counted in the last three half-years, in the order of the topics.
COUNTED: tuple[tuple[str, tuple[int | None, ...]], ...] = (
    (HOSPITAL, (21, 34, 28, 2900, 4)),
    ("clinique-des-dunes", (9, 12, 9, 820, 2)),
    (LIGHTHOUSE, (8, 6, 6, 640, 3)),
    ("ehpad-les-embruns", (7, 9, 7, 700, 1)),
    ("ehpad-du-port", (6, 5, 3, 560, 2)),
    ("ssiad-du-littoral", (5, 8, 6, 410, None)),
    (HOMES, (11, 14, 9, 1150, 1)),
)
PRACTICES_SHARED = (
    (
        LIGHTHOUSE,
        "Un binôme pendant le premier mois",
        "Chaque nouvelle arrivée travaille un mois avec la même collègue, sur le même horaire. Les"
        " départs pendant la période d’essai ont été divisés par deux en un an (chiffre fictif).",
    ),
    (
        HOSPITAL,
        "Le relevé d’agression en deux minutes",
        "Une fiche d’une page, sur le téléphone du service : le nombre de déclarations a triplé,"
        " et chacune est suivie d’un appel sous quarante-huit heures (pratique fictive).",
    ),
    (
        HOMES,
        "Une voiture de secours pour les tournées",
        "Un véhicule en commun entre deux services : les tournées ne s’arrêtent plus pour une"
        " panne, et le week-end se prend plus facilement (pratique fictive).",
    ),
)

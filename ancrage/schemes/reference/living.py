"""Housing, childcare and getting about: rows 29 to 35 and 43 to 45 of the inventory."""

from datetime import date

from ancrage.schemes.enums import AmountPeriod, Payer, Topic
from ancrage.schemes.reference.common import READ_ON
from ancrage.schemes.reference.shapes import (
    COMMUNE,
    PERSON,
    STRUCTURE,
    AmountRow,
    SchemeRow,
    monthly,
    once,
    yearly,
)

_END_OF_2024 = date(2024, 12, 31)

LIVING = (
    SchemeRow(
        code="visale-30-ans",
        topic=Topic.HOUSING,
        payer=Payer.ACTION_LOGEMENT,
        receivers=(PERSON,),
        label=("Visale, 18 à 30 ans", "Visale guarantee, 18 to 30"),
        content=(
            "Garant gratuit pour louer : jusqu’à 36 mois d’impayés couverts. Les agents publics y "
            "ont droit aussi.",
            "A free guarantor for a tenant: up to 36 unpaid months covered. Public staff qualify "
            "too.",
        ),
        rule="age >= 18\nage <= 30",
        source=(
            "Visale, locataire de 30 ans ou moins",
            "https://www.visale.fr/vos-questions/faq-locataires/locataire-de-30-ans-ou-moins-"
            "suis-je-eligible",
        ),
        checked=READ_ON,
    ),
    SchemeRow(
        code="visale-plus-de-30-ans",
        topic=Topic.HOUSING,
        payer=Payer.ACTION_LOGEMENT,
        receivers=(PERSON,),
        label=("Visale, plus de 30 ans", "Visale guarantee, over 30"),
        content=(
            "Le même garant gratuit pour un salarié du privé ou de l’agriculture : embauché "
            "depuis moins de six mois, muté, titulaire d’une promesse d’embauche de moins de "
            "trois mois, ou dont le salaire net ne dépasse pas 1 710 €. "
            "Loyer de 1 365 € au plus, 1 575 € dans les grandes agglomérations. "
            "Seuils de janvier 2026.",
            "The same free guarantor for a private or farm employee: hired less than six months "
            "ago, transferred, promised a post less than three months ago, or with net pay of "
            "€1,710 at most. Rent of €1,365 at most, €1,575 in large cities. Thresholds of "
            "January 2026.",
        ),
        rule="""age > 30
secteur_employeur parmi {agricole, prive}
une (
  embauche_le > aujourd’hui - 6 mois
  mutation
  promesse_embauche_le > aujourd’hui - 3 mois
  salaire_net <= 1710
)
une (
  loyer <= 1365
  toutes (
    grande_agglomeration
    loyer <= 1575
  )
)""",
        source=(
            "ADIL 36, Visale en 2026",
            "https://www.adil36.org/actualites/juridique-2/visale-202601081110",
        ),
        checked=READ_ON,
    ),
    SchemeRow(
        code="bail-mobilite",
        topic=Topic.HOUSING,
        payer=Payer.LANDLORD,
        receivers=(PERSON,),
        label=("Bail mobilité", "Mobility lease"),
        content=(
            "Location meublée d’un à dix mois, sans dépôt de garantie, pour qui commence une "
            "formation, des études, un stage, un apprentissage, une mutation ou une mission.",
            "A furnished let of one to ten months, without deposit, for someone starting a "
            "course, studies, a placement, an apprenticeship, a transfer or a mission.",
        ),
        rule="""logement_meuble
motifs_bail touche {apprentissage, etudes, formation, mission, mutation, service_civique, stage}
duree_bail_mois >= 1
duree_bail_mois <= 10""",
        source=(
            "Guide du logement 06, bail mobilité",
            "https://www.guidedulogement06.com/logement-temporaire/les-aides-a-la-mobilite/"
            "bail-mobilite/",
        ),
        checked=READ_ON,
    ),
    SchemeRow(
        code="mobili-pass",
        topic=Topic.MOBILITY,
        payer=Payer.ACTION_LOGEMENT,
        receivers=(PERSON,),
        label=("Mobili-Pass", "Mobili-Pass"),
        content=(
            "3 000 à 3 500 €, en subvention et en prêt, pour le salarié d’une entreprise privée "
            "d’au moins dix personnes qui déménage à 70 km ou 1 h 15 de trajet, dans les six mois "
            "de l’embauche, sous plafond de revenus, une fois tous les deux ans.",
            "€3,000 to €3,500, grant and loan, for an employee of a private firm of at least ten "
            "who moves 70 km or 1 h 15 away, within six months of being hired, below an income "
            "ceiling, once in two years.",
        ),
        rule="""secteur_employeur = prive
effectif >= 10
demenage
une (
  distance_domicile_km >= 70
  trajet_min >= 75
)
embauche_le >= aujourd’hui - 6 mois
revenus_sous_plafond
une (
  pas aide_mobilite_recue
  derniere_aide_mobilite_le <= aujourd’hui - 2 ans
)""",
        source=(
            "Formasup Paris, Mobili-Pass",
            "https://formasup-paris.com/pages/aide-mobili-pass",
        ),
        checked=READ_ON,
        amounts=(once(3_000, 3_500),),
    ),
    SchemeRow(
        code="mobili-jeune",
        topic=Topic.HOUSING,
        payer=Payer.ACTION_LOGEMENT,
        receivers=(PERSON,),
        label=("Mobili-Jeune", "Mobili-Jeune"),
        content=(
            "10 à 100 € par mois sur le loyer d’un alternant de moins de 30 ans du secteur privé "
            "non agricole, payé au plus 120 % du SMIC.",
            "€10 to €100 a month towards the rent of a trainee under 30 in the private, non-farm "
            "sector, paid at most 120% of the minimum wage.",
        ),
        rule="""age < 30
contrat parmi {apprentissage, professionnalisation}
secteur_employeur = prive
salaire_part_smic <= 120""",
        source=("Ehrengarth, Mobili-Jeune", "https://ehrengarth.fr/?p=6321"),
        checked=READ_ON,
        amounts=(monthly(10, 100),),
    ),
    SchemeRow(
        code="aide-garde-enfants",
        topic=Topic.CHILDCARE,
        payer=Payer.FRANCE_TRAVAIL,
        receivers=(PERSON,),
        label=("Aide à la garde d’enfants (ex-AGEPI)", "Childcare aid for job seekers (AGE)"),
        content=(
            "Au demandeur d’emploi qui reprend un poste ou une formation et a un enfant de moins "
            "de 12 ans : 416 €, 478,40 € ou 540,80 € pour un, deux ou trois enfants et plus. Elle "
            "n’est plus réservée aux parents seuls. Montants de 2024.",
            "For a job seeker who starts a job or a course and has a child under 12: €416, "
            "€478.40 or €540.80 for one, two, or three children and more. No longer for lone "
            "parents only. Amounts of 2024.",
        ),
        rule="""situations contient demandeur_emploi
reprise_emploi_formation
enfants_moins_12 >= 1
allocation_part_are <= 1,3""",
        source=(
            "Cap Métiers, les aides de France Travail en 2024",
            "https://www.cap-metiers.pro/actualites/57337__-2/Les-aides-France-Travail-pour-"
            "mobilite-garde-enfants-2024.aspx",
        ),
        checked=_END_OF_2024,
        amounts=(
            once(416, label=("un enfant", "one child"), rule="enfants_moins_12 = 1"),
            AmountRow(
                AmountPeriod.ONCE,
                478_40,
                478_40,
                ("deux enfants", "two children"),
                "enfants_moins_12 = 2",
            ),
            AmountRow(
                AmountPeriod.ONCE,
                540_80,
                540_80,
                ("trois enfants et plus", "three children and more"),
                "enfants_moins_12 >= 3",
            ),
        ),
    ),
    SchemeRow(
        code="aide-mobilite-france-travail",
        topic=Topic.MOBILITY,
        payer=Payer.FRANCE_TRAVAIL,
        receivers=(PERSON,),
        label=("Aide à la mobilité de France Travail", "France Travail mobility aid"),
        content=(
            "0,23 € par kilomètre et 6,25 € par repas, jusqu’à 5 200 € par an, si l’aller-retour "
            "dépasse 60 km ou deux heures, pour un CDI ou un CDD d’au moins trois mois. État de "
            "2024.",
            "€0.23 a kilometre and €6.25 a meal, up to €5,200 a year, if the return trip is over "
            "60 km or two hours, for a permanent contract or one of at least three months. As of "
            "2024.",
        ),
        rule="""situations contient demandeur_emploi
une (
  distance_domicile_km > 30
  trajet_min > 60
)
une (
  contrat = cdi
  toutes (
    contrat = cdd
    duree_contrat_mois >= 3
  )
)
allocation_part_are <= 1""",
        source=(
            "UNSA France Travail, l’aide à la mobilité",
            "https://www.unsafrancetravail.fr/post/l-aide-a-la-mobilite-de-france-travail-pour-la-"
            "reprise-d-emploi-ou-l-entree-en-formation",
        ),
        checked=_END_OF_2024,
        amounts=(
            AmountRow(AmountPeriod.UNIT, 23, 23, ("par kilomètre", "a kilometre")),
            AmountRow(AmountPeriod.UNIT, 6_25, 6_25, ("par repas", "a meal")),
            yearly(0, 5_200, label=("plafond", "ceiling")),
        ),
    ),
    SchemeRow(
        code="creche-hospitaliere",
        topic=Topic.CHILDCARE,
        payer=Payer.HOSPITAL,
        receivers=(PERSON,),
        label=("Crèche hospitalière", "Hospital crèche"),
        content=(
            "Environ 130 crèches d’hôpitaux publics, ouvertes d’abord au personnel, parfois de "
            "6 h 30 à 22 h, en semaine seulement.",
            "About 130 crèches of public hospitals, for staff first, sometimes open from 6:30 to "
            "22:00, on weekdays only.",
        ),
        rule="""secteur_employeur = fph
enfants_moins_6 >= 1
place_proposee""",
        source=(
            "Les Pros de la petite enfance, crèches hospitalières",
            "https://www.lesprosdelapetiteenfance.fr/vie-professionnelle/organisation-et-"
            "pratiques-professionnelles/creches-hospitalieres-des-horaires-xxl-un-fonctionnement-"
            "complexe-et-un-desequilibre-financier",
        ),
        checked=READ_ON,
    ),
    SchemeRow(
        code="garde-enfant-caf",
        topic=Topic.CHILDCARE,
        payer=Payer.CAF,
        receivers=(PERSON,),
        label=(
            "Complément de garde de la CAF, majoré en horaires décalés",
            "CAF childcare benefit, raised for unsocial hours",
        ),
        content=(
            "Prise en charge d’une partie du coût de garde d’un enfant de moins de 6 ans ; plus "
            "élevée quand le travail est de nuit ou décalé.",
            "Pays part of the cost of care of a child under 6; more when the work is at night or "
            "at unsocial hours.",
        ),
        rule="enfants_moins_6 >= 1\npaie_garde",
        source=(
            "MNH, horaires décalés : comment faire garder mon enfant",
            "https://www.mnh.fr/actualite/horaires-decales-comment-faire-garder-mon-enfant",
        ),
        checked=READ_ON,
    ),
    SchemeRow(
        code="maison-des-internes",
        topic=Topic.HOUSING,
        payer=Payer.LOCAL_AUTHORITY,
        receivers=(PERSON, STRUCTURE, COMMUNE),
        label=(
            "Maison des internes (hébergement territorial)",
            "Interns’ house (territorial housing)",
        ),
        content=(
            "Maison meublée partagée, à loyer réduit et avec une charte, portée par une commune "
            "ou une intercommunalité et le département, pour des stagiaires (Les Herbiers, 2023 : "
            "trois places).",
            "A furnished shared house, at low rent and under a charter, set up by a commune or a "
            "grouping and the département, for trainees (Les Herbiers, 2023: three places).",
        ),
        rule="""situations touche {etudiant, externe, interne}
place_proposee""",
        source=(
            "Pays des Herbiers, inauguration",
            "http://www.paysdesherbiers.fr/actualites/inauguration/",
        ),
        checked=READ_ON,
    ),
)

"""Studying and placements: rows 10 to 15 and 23 to 25 of the inventory."""

from datetime import date

from ancrage.schemes.enums import Payer, Topic
from ancrage.schemes.reference.common import (
    CENTRE,
    FUTURE_DOCTORS,
    ILE_DE_FRANCE,
    NORMANDY,
    PAYS_DE_LA_LOIRE,
    READ_ON,
)
from ancrage.schemes.reference.shapes import (
    PERSON,
    STRUCTURE,
    Owed,
    SchemeRow,
    half_yearly,
    monthly,
    once,
)

_RAOUL = ("Raoul IMG, indemnités des internes", "https://raoul-img.fr/indemnites/")
_FHF_JUNIOR = (
    "FHF, rémunération de la 4e année de médecine générale",
    "https://www.fhf.fr/expertises/ressources-humaines/developpement-des-competences-formation-"
    "etudiants-en-sante/ajout-dune-4e-annee-au-des-de-medecine-generale-publication-des-textes-"
    "concernant-la-remuneration",
)

STUDIES = (
    SchemeRow(
        code="cesp",
        topic=Topic.STUDIES,
        payer=Payer.CNG,
        receivers=(PERSON,),
        label=(
            "Contrat d’engagement de service public (CESP)",
            "Public service commitment contract (CESP)",
        ),
        content=(
            "1 200 € brut par mois pendant les études, contre autant de temps d’exercice, et deux "
            "ans au moins, en zone sous-dense. À partir de la 4e année ; une loi de 2023 ouvre "
            "les années d’avant.",
            "€1,200 a month before tax during studies, in return for as long in practice, two "
            "years at least, in an underserved zone. From the 4th year; a law of 2023 opens "
            "earlier years.",
        ),
        rule=f"""metier parmi {FUTURE_DOCTORS}
situations touche {{etudiant, externe, interne}}
annee_etudes_medicales >= 4
accepte_engagement""",
        source=(
            "ASP, contrat d’engagement de service public",
            "https://www.asp.gouv.fr/aides/contrat-dengagement-de-service-public-cesp",
        ),
        checked=READ_ON,
        owed=Owed(
            (
                "Autant que la durée de versement, deux ans au moins, en zone sous-dense.",
                "As long as the payments, two years at least, in an underserved zone.",
            ),
            factor=100,
            least=24,
        ),
        amounts=(monthly(1_200),),
    ),
    SchemeRow(
        code="hebergement-interne",
        topic=Topic.HOUSING,
        payer=Payer.UNIVERSITY_HOSPITAL,
        receivers=(PERSON,),
        label=("Indemnité d’hébergement des internes", "Housing allowance for interns"),
        content=(
            "300 € brut par mois à l’interne en stage ambulatoire en ZIP ou en ZAC, s’il n’est ni "
            "logé ni aidé par une collectivité.",
            "€300 a month before tax for an intern on an ambulatory placement in a ZIP or ZAC "
            "zone, neither housed nor helped by a local authority.",
        ),
        rule="""situations contient interne
stage_ambulatoire
zones touche {ZAC, ZIP}
pas loge_par_collectivite""",
        source=_RAOUL,
        checked=READ_ON,
        every=180,
        doubt=(
            "La condition de distance de 30 km a été retirée en novembre 2020 selon certaines "
            "sources ; d’autres la montrent encore.",
            "The 30 km condition was dropped in November 2020 according to some sources; others "
            "still show it.",
        ),
        amounts=(monthly(300),),
    ),
    SchemeRow(
        code="transport-interne",
        topic=Topic.MOBILITY,
        payer=Payer.UNIVERSITY_HOSPITAL,
        receivers=(PERSON,),
        label=("Indemnité de transport des internes", "Travel allowance for interns"),
        content=(
            "130 € brut par mois à l’interne dont le stage est à plus de 15 km du CHU et de son "
            "domicile, sans autre remboursement de trajet.",
            "€130 a month before tax for an intern whose placement is more than 15 km from the "
            "university hospital and from home, with no other travel refund.",
        ),
        rule="""situations contient interne
distance_chu_km > 15
distance_domicile_km > 15
pas autre_aide_transport""",
        source=_RAOUL,
        checked=READ_ON,
        amounts=(monthly(130),),
    ),
    SchemeRow(
        code="hebergement-externe",
        topic=Topic.HOUSING,
        payer=Payer.UNIVERSITY_HOSPITAL,
        receivers=(PERSON,),
        label=("Indemnité d’hébergement des externes", "Housing allowance for medical students"),
        content=(
            "150 € brut par mois à l’étudiant de 2e cycle en stage ambulatoire en ZIP ou en ZAC.",
            "€150 a month before tax for a clinical student on an ambulatory placement in a ZIP "
            "or ZAC zone.",
        ),
        rule="""situations contient externe
stage_ambulatoire
zones touche {ZAC, ZIP}""",
        source=(
            "Le Quotidien du médecin, stage ambulatoire en zones sous-denses",
            "https://cancerologie.lequotidiendumedecin.fr/internes/etudes-medicales/stage-"
            "ambulatoire-en-zones-sous-denses-une-aide-au-logement-de-150-euros-brut-par-mois-"
            "pour-les",
        ),
        checked=READ_ON,
        opens=date(2020, 9, 1),
        amounts=(monthly(150),),
    ),
    SchemeRow(
        code="docteur-junior-zip",
        topic=Topic.STUDIES,
        payer=Payer.UNIVERSITY_HOSPITAL,
        receivers=(PERSON,),
        label=("Indemnité du docteur junior en ZIP", "Junior doctor allowance in a ZIP zone"),
        content=(
            "1 000 € brut par mois au docteur junior qui exerce en zone d’intervention "
            "prioritaire. Ne se cumule pas avec les indemnités d’hébergement et de transport.",
            "€1,000 a month before tax for a junior doctor who practises in a priority zone. Not "
            "to be combined with the housing and travel allowances.",
        ),
        rule="situations contient docteur_junior\nzones contient ZIP",
        source=_FHF_JUNIOR,
        checked=READ_ON,
        opens=date(2026, 11, 1),
        amounts=(monthly(1_000),),
    ),
    SchemeRow(
        code="docteur-junior-activite",
        topic=Topic.STUDIES,
        payer=Payer.UNIVERSITY_HOSPITAL,
        receivers=(PERSON,),
        label=("Prime d’activité du docteur junior", "Junior doctor activity bonus"),
        content=(
            "500 € par semestre au docteur junior qui fait au moins 200 actes par mois en "
            "moyenne.",
            "€500 a semester for a junior doctor who performs at least 200 acts a month on "
            "average.",
        ),
        rule="situations contient docteur_junior\nactes_par_mois >= 200",
        source=_FHF_JUNIOR,
        checked=READ_ON,
        opens=date(2026, 11, 1),
        amounts=(half_yearly(500),),
    ),
    SchemeRow(
        code="cae-normandie",
        topic=Topic.STUDIES,
        payer=Payer.ARS,
        receivers=(PERSON, STRUCTURE),
        label=(
            "Contrat d’allocation d’études, Normandie",
            "Study allowance contract, Normandy",
        ),
        content=(
            "En dernière année d’études, une allocation payée pour moitié par l’ARS à la "
            "signature, le reste par la structure qui signe aussi. Montants nets de 2024.",
            "In the last year of studies, an allowance half paid by the health agency at "
            "signature, the rest by the structure that signs too. Net amounts of 2024.",
        ),
        rule=f"""departement parmi {NORMANDY}
metier parmi {{care_assistant, midwife, nurse, radiographer}}
derniere_annee
contrat_signe_ars
campagne_ouverte""",
        source=(
            "ARS Normandie, contrat d’allocation d’études, campagne 2026",
            "https://www.normandie.ars.sante.fr/contrat-dallocation-etudes-cae-campagne-2026",
        ),
        checked=READ_ON,
        owed=Owed(
            (
                "Dix-huit mois dans la structure qui a signé.",
                "Eighteen months in the structure that signed.",
            ),
            months=18,
        ),
        amounts=(
            once(
                7_000,
                label=("infirmier, manipulateur radio", "nurse, radiographer"),
                rule="metier parmi {nurse, radiographer}",
            ),
            once(9_000, label=("sage-femme", "midwife"), rule="metier = midwife"),
            once(
                5_000,
                label=("aide-soignant", "care assistant"),
                rule="metier = care_assistant",
            ),
        ),
    ),
    SchemeRow(
        code="cae-pays-de-la-loire",
        topic=Topic.STUDIES,
        payer=Payer.ARS,
        receivers=(PERSON, STRUCTURE),
        label=(
            "Contrat d’allocation d’études, Pays de la Loire",
            "Study allowance contract, Pays de la Loire",
        ),
        content=(
            "Allocation payée pour moitié par l’ARS à qui signe, pendant ses études, un contrat "
            "avec une structure sanitaire ou médico-sociale. L’ARS ne met pas en relation. Ne se "
            "cumule pas avec l’apprentissage.",
            "An allowance half paid by the health agency to a student who signs a contract with "
            "a health or care structure. The agency introduces nobody. Not to be combined with "
            "apprenticeship.",
        ),
        rule=f"""departement parmi {PAYS_DE_LA_LOIRE}
metier parmi {{care_and_support_worker, care_assistant, medical_dispatcher, midwife, nurse, \
physiotherapist, radiographer, specialised_educator}}
situations contient etudiant
pas situations contient apprenti
contrat_signe_ars
campagne_ouverte""",
        source=(
            "ARS Pays de la Loire, contrat d’allocation d’études",
            "https://www.pays-de-la-loire.ars.sante.fr/dispositif-de-contrat-dallocation-detudes-1",
        ),
        checked=READ_ON,
        owed=Owed(("Dix-huit mois à temps plein.", "Eighteen months full time."), months=18),
    ),
    SchemeRow(
        code="cae-centre-val-de-loire",
        topic=Topic.STUDIES,
        payer=Payer.ARS,
        receivers=(PERSON, STRUCTURE),
        label=(
            "Contrat d’allocation d’études, Centre-Val de Loire",
            "Study allowance contract, Centre-Val de Loire",
        ),
        content=(
            "5 000 € à qui signe, en fin d’études, un contrat avec une structure de la région.",
            "€5,000 for a student at the end of a course who signs a contract with a structure "
            "of the region.",
        ),
        rule=f"""departement parmi {CENTRE}
situations contient etudiant
contrat_signe_ars
campagne_ouverte""",
        source=(
            "ARS Centre-Val de Loire, campagne 2025",
            "https://www.centre-val-de-loire.ars.sante.fr/index.php/dispositif-de-contrat-"
            "dallocation-detudes-cae-campagne-dappel-candidatures-2025-destination-des",
        ),
        checked=date(2025, 12, 31),
        owed=Owed(("Durée à vérifier au contrat.", "Length to be checked in the contract.")),
        amounts=(once(5_000),),
    ),
    SchemeRow(
        code="cae-ile-de-france",
        topic=Topic.STUDIES,
        payer=Payer.ARS,
        receivers=(PERSON, STRUCTURE),
        label=(
            "Contrat d’allocation d’études, Île-de-France",
            "Study allowance contract, Île-de-France",
        ),
        content=(
            "Allocation à qui signe un contrat avec une structure de la région ; signé un an plus "
            "tôt, à titre d’essai, il engage trente-six mois.",
            "An allowance for a student who signs a contract with a structure of the region; "
            "signed a year early, on trial, it commits for thirty-six months.",
        ),
        rule=f"""departement parmi {ILE_DE_FRANCE}
situations contient etudiant
contrat_signe_ars
campagne_ouverte""",
        source=(
            "ARS Île-de-France, contrat d’allocation d’études",
            "https://www.iledefrance.ars.sante.fr/dispositif-de-contrat-dallocation-detudes",
        ),
        checked=date(2025, 12, 31),
        owed=Owed(
            ("Trente-six mois si signé un an plus tôt.", "Thirty-six months if signed early."), 36
        ),
    ),
)

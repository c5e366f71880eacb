"""Bursaries of local authorities: rows 20 and 36 to 38 of the inventory."""

from datetime import date

from ancrage.schemes.enums import Payer, RepaymentKind, Topic
from ancrage.schemes.reference.common import FUTURE_DOCTORS, READ_ON
from ancrage.schemes.reference.shapes import COMMUNE, PERSON, Owed, SchemeRow, monthly, once

BURSARIES = (
    SchemeRow(
        code="indemnite-etude-collectivite",
        topic=Topic.STUDIES,
        payer=Payer.LOCAL_AUTHORITY,
        receivers=(PERSON, COMMUNE),
        label=(
            "Indemnité d’étude d’une collectivité",
            "Study allowance from a local authority",
        ),
        content=(
            "Une commune, une intercommunalité ou un département peut verser une somme plafonnée "
            "à un étudiant en médecine ou en odontologie qui s’engage à exercer cinq ans dans la "
            "zone. L’aide au logement ou au trajet des internes est autre chose.",
            "A commune, a grouping or a département may pay a capped sum to a medical or dental "
            "student who commits to five years of practice in the zone. Housing or travel help "
            "for interns is separate.",
        ),
        rule=f"""metier parmi {FUTURE_DOCTORS}
situations touche {{etudiant, externe, interne}}
zones touche {{ZAC, ZIP}}
accepte_engagement""",
        source=(
            "ATD 31, les aides communales aux étudiants en médecine",
            "https://www.atd31.fr/fr/base-doc/sante/medecin/les-aides-communales-aux-etudiants-"
            "en-medecine.html",
        ),
        checked=READ_ON,
        owed=Owed(
            ("Cinq ans d’exercice dans la zone.", "Five years of practice in the zone."), 60
        ),
    ),
    SchemeRow(
        code="bourses-sarthe",
        topic=Topic.STUDIES,
        payer=Payer.LOCAL_AUTHORITY,
        receivers=(PERSON,),
        label=("Bourses d’études de la Sarthe", "Sarthe bursaries"),
        content=(
            "Jusqu’à 26 000 € pour un futur généraliste, 25 200 € en odontologie, 12 000 € en "
            "kinésithérapie ; 250 € par stage d’externe.",
            "Up to €26,000 for a future general practitioner, €25,200 in dentistry, €12,000 in "
            "physiotherapy; €250 per clinical placement.",
        ),
        rule="""departement = 72
metier parmi {dentist, general_practitioner, physiotherapist}
situations touche {etudiant, externe, interne}
accepte_engagement""",
        source=(
            "Département de la Sarthe, aides des étudiants en santé",
            "http://www.sarthe.fr/aides-des-etudiants-en-sante",
        ),
        checked=READ_ON,
        owed=Owed(
            (
                "Cinq ans dans le département, trois en kinésithérapie.",
                "Five years in the département, three in physiotherapy.",
            ),
            months=60,
        ),
        amounts=(
            once(
                0,
                26_000,
                label=("médecine générale", "general practice"),
                rule="metier = general_practitioner",
            ),
            once(25_200, label=("odontologie", "dentistry"), rule="metier = dentist"),
            once(
                12_000,
                label=("kinésithérapie", "physiotherapy"),
                rule="metier = physiotherapist",
            ),
        ),
    ),
    SchemeRow(
        code="bourse-vienne",
        topic=Topic.STUDIES,
        payer=Payer.LOCAL_AUTHORITY,
        receivers=(PERSON,),
        label=("Bourse de la Vienne (2009-2017)", "Vienne bursary (2009-2017)"),
        content=(
            "38 400 € contre sept ans d’exercice en zone sous-dense. Close, gardée pour mémoire.",
            "€38,400 for seven years of practice in an underserved zone. Closed, kept on record.",
        ),
        rule=f"""departement = 86
metier parmi {FUTURE_DOCTORS}
accepte_engagement""",
        source=(
            "La Gazette des communes, bourses aux étudiants en médecine",
            "http://www.lagazettedescommunes.com/518413/bourses-aux-etudiants-en-medecine-un-"
            "pari-pour-repeupler-les-deserts-medicaux/",
        ),
        checked=date(2017, 12, 31),
        opens=date(2009, 1, 1),
        closes=date(2017, 12, 31),
        owed=Owed(("Sept ans en zone sous-dense.", "Seven years in an underserved zone."), 84),
        amounts=(once(38_400),),
    ),
    SchemeRow(
        code="bourse-yonne",
        topic=Topic.STUDIES,
        payer=Payer.LOCAL_AUTHORITY,
        receivers=(PERSON,),
        label=("Bourse de l’Yonne aux internes", "Yonne bursary for interns"),
        content=(
            "39 000 € sur trois ans à un interne, et une aide à l’installation, contre cinq ans "
            "dans le département. État de 2017.",
            "€39,000 over three years for an intern, and a settlement aid, for five years in the "
            "département. As of 2017.",
        ),
        rule="""departement = 89
situations contient interne
accepte_engagement""",
        source=(
            "Au fil de l’Yonne, n° 135, mars 2017",
            "http://fr.1001mags.com/parution/-89-au-fil-de-l-yonne/numero-135-mars-2017/"
            "page-10-11-texte-integral",
        ),
        checked=date(2017, 3, 31),
        owed=Owed(("Cinq ans dans le département.", "Five years in the département."), 60),
        amounts=(once(39_000),),
    ),
    SchemeRow(
        code="bourse-manche",
        topic=Topic.STUDIES,
        payer=Payer.LOCAL_AUTHORITY,
        receivers=(PERSON,),
        label=("Bourse de la Manche (2009)", "Manche bursary (2009)"),
        content=(
            "300 € puis 1 000 € par mois contre dix ans d’exercice dans le département.",
            "€300 then €1,000 a month for ten years of practice in the département.",
        ),
        rule=f"""departement = 50
metier parmi {FUTURE_DOCTORS}
accepte_engagement""",
        source=(
            "Destination Santé, le Cotentin investit dans ses futurs médecins",
            "https://destinationsante.com/le-cotentin-investit-dans-ses-futurs-medecins.html",
        ),
        checked=date(2009, 12, 31),
        doubt=(
            "Dispositif de 2009 : rien ne dit qu’il existe encore.",
            "A scheme of 2009: nothing says that it still exists.",
        ),
        owed=Owed(
            ("Dix ans dans le département.", "Ten years in the département."),
            months=120,
            repayment=RepaymentKind.UNKNOWN,
        ),
        amounts=(monthly(300, 1_000),),
    ),
)

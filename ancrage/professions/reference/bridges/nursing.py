"""Bridges to nursing and beyond it: specialised nurses, managers, practices, studies."""

from datetime import date

from ancrage.professions.enums import BridgeCertificate, BridgeFact, BridgeKind, BridgeRhythm
from ancrage.professions.reference.bridges.shapes import (
    BridgeRow,
    certificate,
    fact,
    seniority,
)

_FULL, _SHORT, _RIGHT = BridgeKind.FULL_COURSE, BridgeKind.SHORT_COURSE, BridgeKind.RIGHT
_FULL_TIME, _IN_POST = BridgeRhythm.FULL_TIME, BridgeRhythm.IN_POST
_SELECTED = fact(BridgeFact.SELECTED)
_IPA = "https://bretagne.paps.sante.fr/devenir-infirmiere-de-pratique-avancee-4"
_IBODE = "https://syndicat-infirmier.com/Diplome-IBODE-avec-grade-master-competences-enfin-reconnues.html"
_AGREEMENT = "https://www.fni.fr/exercer-en-liberal/sinstaller/acces-au-conventionnement/"
_MEDICAL_ASSISTANT = "https://anfh.fr/actualites/assistant-medical"
# Three years of studies and a state diploma: those of the list.
_PARAMEDICS = (
    "nurse",
    "physiotherapist",
    "occupational_therapist",
    "psychomotor_therapist",
    "podiatrist",
    "radiographer",
)

TO_NURSE = (
    BridgeRow(
        code="nurse-second-year-from-aide",
        origin="care_assistant",
        target="nurse",
        kind=_FULL,
        rhythm=_FULL_TIME,
        months=27,
        conditions=(
            seniority(36, "care_assistant", window=60),
            _SELECTED,
            fact(BridgeFact.EMPLOYER_AGREES),
            certificate(BridgeCertificate.AFGSU_2),
        ),
        fundings=("study_promotion", "training_plan"),
        note_fr=(
            "Trois mois de préparation (420 h), puis entrée en deuxième année ; en cas d’échec, "
            "entrée en première année."
        ),
        note_en=(
            "Three months of preparation (420 h), then entry to the second year; who fails "
            "enters the first year."
        ),
        source="https://legal.tricoteuses.fr/articles/LEGIARTI000047785188",
    ),
    BridgeRow(
        code="nurse-by-continuing-education",
        origin="",
        target="nurse",
        kind=_FULL,
        rhythm=_FULL_TIME,
        months=36,
        conditions=(seniority(36), fact(BridgeFact.AGE_17), _SELECTED),
        fundings=("study_promotion", "training_plan", "transition_project", "region"),
        note_fr="Trois ans de cotisations à l’inscription ; un tiers des places au moins.",
        note_en="Three years of contributions on application; a third of the places at least.",
        source="https://guide-ifsi-admission.fr/copie-de-6-1-1",
    ),
    BridgeRow(
        code="nurse-apprentice-from-aide",
        origin="care_assistant",
        target="nurse",
        kind=BridgeKind.APPRENTICESHIP,
        rhythm=BridgeRhythm.ALTERNATING,
        months=36,
        conditions=(
            _SELECTED,
            fact(BridgeFact.UNDER_30),
            fact(BridgeFact.EMPLOYER_HIRES),
        ),
        fundings=("apprenticeship",),
        note_fr="Dès la première année pour qui est aide-soignant.",
        note_en="From the first year for care assistants.",
        source=(
            "https://www.soft-learning.com/"
            "comment-integrer-un-cfa-pour-lapprentissage-du-metier-dinfirmier"
        ),
    ),
    BridgeRow(
        code="nurse-apprentice-from-second-year",
        origin="nursing_student_2",
        target="nurse",
        kind=BridgeKind.APPRENTICESHIP,
        rhythm=BridgeRhythm.ALTERNATING,
        months=24,
        conditions=(fact(BridgeFact.UNDER_30), fact(BridgeFact.EMPLOYER_HIRES)),
        fundings=("apprenticeship",),
        note_fr="Contrat d’un à deux ans ; environ deux postes de 12 heures par mois.",
        note_en="A contract of one to two years; about two 12-hour shifts a month.",
        source=(
            "https://static1.infirmiers.com/etudiants/"
            "lapprentissage-infirmier-une-formation-directement-sur-le-terrain"
        ),
    ),
    BridgeRow(
        code="nurse-from-health-first-year",
        origin="health_first_year",
        target="nurse",
        kind=_FULL,
        rhythm=_FULL_TIME,
        months=36,
        at_most=True,
        conditions=(fact(BridgeFact.ECTS_60), fact(BridgeFact.UNIVERSITY_ADMITS)),
        note_fr="L’université décide au cas par cas, parfois d’une entrée en deuxième année.",
        note_en="The university decides case by case, sometimes on entry to the second year.",
        source=(
            "https://www.cidj.com/s-orienter/apres-le-bac/passerelles-entre-etudes-de-sante-et-"
            "diplome-paramedical-changer-de-voie-c-est-possible"
        ),
    ),
)

FROM_NURSE = (
    BridgeRow(
        code="advanced-practice",
        origin="nurse",
        target="advanced_practice_nurse",
        kind=_FULL,
        rhythm=_FULL_TIME,
        months=24,
        conditions=(
            seniority(36, "nurse"),
            fact(BridgeFact.ORDER_REGISTRATION),
            fact(BridgeFact.UNIVERSITY_ADMITS),
            fact(BridgeFact.DOCTOR_IN_TEAM),
        ),
        fundings=("study_promotion", "training_plan", "independent_fund"),
        note_fr=(
            "Master de 120 crédits. Les trois ans à temps plein sont exigés pour exercer ; des "
            "appels de l’ARS peuvent aider."
        ),
        note_en=(
            "A master’s degree of 120 credits. The three full-time years are required to "
            "practise; calls of the regional health agency can help."
        ),
        source=_IPA,
    ),
    BridgeRow(
        code="nurse-anaesthetist",
        origin="nurse",
        target="nurse_anaesthetist",
        kind=_FULL,
        rhythm=_FULL_TIME,
        months=24,
        conditions=(seniority(24, "nurse"), _SELECTED),
        fundings=("study_promotion",),
        note_fr="Concours ; le budget de l’ANFH ne suffit pas toujours.",
        note_en="A competition; the budget of ANFH is not always enough.",
        source="http://questions.assemblee-nationale.fr/q16/16-562QE.htm",
    ),
    *BridgeRow(
        code="theatre-nurse",
        origin="",
        target="theatre_nurse",
        kind=_FULL,
        rhythm=BridgeRhythm.ALTERNATING,
        months=24,
        conditions=(_SELECTED,),
        fundings=("study_promotion", "training_plan"),
        in_force_from=date(2020, 10, 1),
        note_fr="Quatre semestres, 120 crédits ; aucune ancienneté demandée depuis octobre 2020.",
        note_en="Four semesters, 120 credits; no seniority asked since October 2020.",
        source=_IBODE,
    ).from_each("nurse", "midwife"),
    BridgeRow(
        code="theatre-nurse-by-experience",
        origin="nurse",
        target="theatre_nurse",
        kind=BridgeKind.BY_EXPERIENCE,
        rhythm=_IN_POST,
        months=18,
        conditions=(fact(BridgeFact.IN_THEATRE), fact(BridgeFact.VAE_ADMISSIBLE)),
        fundings=("experience_support",),
        kept_alone=100,
        note_fr="Ouverte depuis 2014. Durée indicative.",
        note_en="Open since 2014. Indicative length.",
        source=_IBODE,
    ),
    BridgeRow(
        code="theatre-acts",
        origin="nurse",
        target="theatre_acts_nurse",
        kind=_RIGHT,
        rhythm=_IN_POST,
        months=0,
        conditions=(fact(BridgeFact.IN_THEATRE),),
        kept_alone=100,
        note_fr="Mesure transitoire du décret 2024-954, sur autorisation.",
        note_en="Transitional measure of decree 2024-954, on authorisation.",
        source=(
            "https://fhf.fr/expertises/ressources-humaines/personnel-non-medical/parution-du-"
            "decret-permettant-aux-ide-titre-transitoire-et-sur-autorisation-la-pratique-des-actes"
        ),
    ),
    *BridgeRow(
        code="paediatric-nurse",
        origin="",
        target="paediatric_nurse",
        kind=_FULL,
        rhythm=_FULL_TIME,
        months=12,
        hours=1500,
        conditions=(_SELECTED,),
        fundings=("study_promotion", "region"),
        note_fr="650 h de cours, 140 h de travaux et 710 h de stage ; aucune ancienneté demandée.",
        note_en="650 h of lessons, 140 h of tutorials, 710 h of placement; no seniority asked.",
        source=("https://intercariforef.org/formations/24_8577724_1569345/printable/customprint"),
    ).from_each("nurse", "midwife"),
    BridgeRow(
        code="health-manager",
        origin="nurse",
        target="health_manager",
        kind=_FULL,
        rhythm=_FULL_TIME,
        months=10,
        conditions=(seniority(48, "nurse"), _SELECTED),
        fundings=("study_promotion", "training_plan"),
        note_fr="Quatre ans d’exercice (source de 2017), souvent « faisant fonction » d’abord.",
        note_en="Four years of practice (source of 2017), often acting as manager first.",
        source="https://espaceinfirmier.fr/profession/etudes/devenir-cadre-de-sante/ifcs-mode-d-emploi",
    ),
    *(
        BridgeRow(
            code=f"caferuis-{origin.replace('_', '-')}",
            origin=origin,
            target="caferuis",
            kind=_FULL,
            rhythm=_IN_POST,
            months=24,
            at_most=True,
            hours=400,
            conditions=(seniority(months, origin),),
            fundings=("training_plan",),
            kept_alone=100,
            note_fr="400 h de cours réparties sur 24 mois au plus.",
            note_en="400 h of lessons over 24 months at most.",
            source=source,
        )
        for origin, months, source in (
            *(
                (
                    origin,
                    24,
                    "https://directions.fr/Piloter/ressources-humaines/Dossiers/Dossier-special-"
                    "2017-2049693/Aux-cadres-intermediaires-le-Caferuis-160205W",
                )
                for origin in ("nurse", "physiotherapist", "occupational_therapist")
            ),
            *(
                (origin, 48, "https://www.arafdes.fr/formationcaferuis")
                for origin in ("instructor_educator", "social_family_technician")
            ),
        )
    ),
)

PRACTICES_AND_STUDIES = (
    *BridgeRow(
        code="medical-assistant",
        origin="",
        target="medical_assistant",
        kind=_SHORT,
        rhythm=_IN_POST,
        months=0,
        fundings=("training_plan",),
        kept_alone=100,
        note_fr=(
            "Le diplôme suffit pour commencer ; formation d’adaptation à suivre ensuite, en deux "
            "ans depuis la convention de 2024 (trois auparavant)."
        ),
        note_en=(
            "The diploma is enough to begin; an adaptation course follows, within two years "
            "since the agreement of 2024 (three before)."
        ),
        source=_MEDICAL_ASSISTANT,
    ).from_each("nurse", "care_assistant", "childcare_assistant"),
    BridgeRow(
        code="medical-assistant-certificate",
        origin="medical_secretary",
        target="medical_assistant",
        kind=_SHORT,
        rhythm=BridgeRhythm.ALTERNATING,
        months=12,
        at_most=True,
        hours=279,
        fundings=("training_plan",),
        kept_alone=100,
        in_force_to=date(2030, 6, 25),
        note_fr="CQP de la branche (RNCP 40913), 279 h ; l’organisme fixe le calendrier.",
        note_en="Branch certificate (RNCP 40913), 279 h; the school sets the calendar.",
        source="https://ccn-cabinets-medicaux.fr/cqp-assistant-medical-rncp-40913",
    ),
    BridgeRow(
        code="independent-nurse",
        origin="nurse",
        target="independent_nurse",
        kind=_RIGHT,
        rhythm=_IN_POST,
        months=0,
        conditions=(
            seniority(24, "nurse", window=72),
            fact(BridgeFact.ORDER_REGISTRATION),
        ),
        kept_alone=100,
        note_fr="24 mois (3 200 h) en six ans ; les aides dépendent de la zone.",
        note_en="24 months (3,200 h) in six years; aids depend on the zone.",
        source=_AGREEMENT,
    ),
    BridgeRow(
        code="locum-nurse",
        origin="nurse",
        target="locum_nurse",
        kind=_RIGHT,
        rhythm=_IN_POST,
        months=0,
        conditions=(
            seniority(18, "nurse", window=72),
            fact(BridgeFact.ORDER_REGISTRATION),
        ),
        kept_alone=100,
        note_fr="18 mois (2 400 h) en six ans.",
        note_en="18 months (2,400 h) in six years.",
        source=_AGREEMENT,
    ),
    *(
        BridgeRow(
            code=f"health-studies-{origin.replace('_', '-')}",
            origin=origin,
            target="health_studies",
            kind=_RIGHT,
            rhythm=_FULL_TIME,
            months=0,
            conditions=(seniority(24, origin), fact(BridgeFact.UNIVERSITY_ADMITS)),
            intakes=(9,),
            note_fr=(
                "Dossier au plus tard le 31 mars, deux candidatures au plus, peu de places. Les "
                "études qui suivent durent plusieurs années."
            ),
            note_en=(
                "File by 31 March, two attempts at most, few places. The studies that follow "
                "last several years."
            ),
            source=(
                "http://www.santementale.fr/actualites/"
                "une-infirmiere-peut-entrer-directement-en-2e-ou-3e-annee-de-medecine.html"
            ),
        )
        for origin in _PARAMEDICS
    ),
    BridgeRow(
        code="intern-supervisor",
        origin="general_practitioner",
        target="intern_supervisor",
        kind=_SHORT,
        rhythm=_IN_POST,
        months=1,
        at_most=True,
        conditions=(seniority(36, "general_practitioner"), fact(BridgeFact.FACULTY_AGREES)),
        kept_alone=100,
        note_fr="Trois ans d’exercice, agrément de la faculté et formation à la pédagogie.",
        note_en="Three years of practice, agreement of the faculty and a teaching course.",
        source=(
            "https://www.martinique.paps.sante.fr/index.php/"
            "devenir-maitre-de-stage-et-accueillir-des-stagiaires-59"
        ),
    ),
)

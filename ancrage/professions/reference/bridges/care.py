"""Bridges to everyday care, ambulances and emergency dispatch."""

from datetime import date

from ancrage.professions.enums import BridgeCertificate, BridgeFact, BridgeKind, BridgeRhythm
from ancrage.professions.reference.bridges.shapes import (
    BridgeRow,
    certificate,
    fact,
    seniority,
    title,
)

_FULL, _PARTIAL = BridgeKind.FULL_COURSE, BridgeKind.PARTIAL_COURSE
_FULL_TIME, _IN_POST = BridgeRhythm.FULL_TIME, BridgeRhythm.IN_POST
_SELECTED = fact(BridgeFact.SELECTED)
_AGE_17 = fact(BridgeFact.AGE_17)
# Services and home help whose years count for the entry without selection.
_CLOSE_TO_CARE = (
    "hospital_orderly",
    "care_basics",
    "home_care_assistant",
    "family_life_assistant",
    "care_and_support_worker",
)
_PAID = ("study_promotion", "training_plan", "reconversion", "region")
_ETAMPES = (
    "https://www.eps-etampes.fr/ifsi-ifas/institut-de-formation-daide-soignant/"
    "linscription-a-linstitut/les-pre-requis/"
)
_EQUIVALENCES = (
    "https://www.lemediasocial.fr/"
    "aide-soignant-precisions-sur-les-equivalences-permettant-d-obtenir-le-deas_9jijv5"
)
_GHSV = "https://ifsi.ghsv.org/duree-de-la-formation/"
_RODEZ = "https://www.ch-rodez.fr/conditions-dadmission/"
_DEPENDS = "La durée dépend des blocs déjà acquis : 44 semaines au plus."
_DEPENDS_EN = "The length depends on the blocks already held: 44 weeks at most."

WITHOUT_SELECTION = (
    *BridgeRow(
        code="aide-after-a-year",
        origin="",
        target="care_assistant",
        kind=_FULL,
        rhythm=_FULL_TIME,
        months=11,
        hours=1540,
        conditions=(seniority(12, *_CLOSE_TO_CARE),),
        fundings=_PAID,
        note_fr="Sans sélection : un an de travail à temps plein, en santé ou à domicile.",
        note_en="Without selection: a year of full-time work, in health or in home care.",
        source=_RODEZ,
    ).from_each("hospital_orderly", "care_basics", "home_care_assistant"),
    *BridgeRow(
        code="aide-after-70-hours",
        origin="",
        target="care_assistant",
        kind=_FULL,
        rhythm=_FULL_TIME,
        months=11,
        hours=1540,
        conditions=(fact(BridgeFact.COURSE_70_HOURS), seniority(6, *_CLOSE_TO_CARE)),
        fundings=_PAID,
        note_fr="Sans sélection : formation de 70 heures et six mois de travail.",
        note_en="Without selection: the 70-hour course and six months of work.",
        source="https://anfh.fr/node/46249",
    ).from_each("hospital_orderly", "care_basics"),
)

TO_CARE_ASSISTANT = (
    BridgeRow(
        code="aide-by-selection",
        origin="",
        target="care_assistant",
        kind=_FULL,
        rhythm=_FULL_TIME,
        months=11,
        hours=1540,
        conditions=(_AGE_17, _SELECTED),
        fundings=(*_PAID, "job_centre"),
        intakes=(9,),
        note_fr=(
            "Dossier et entretien de 15 à 20 minutes ; dépôt au plus tard le 10 juin pour la "
            "rentrée de septembre. Niveau B2 en français pour les personnes étrangères."
        ),
        note_en=(
            "File and an interview of 15 to 20 minutes; by 10 June for the September intake. "
            "Level B2 in French for foreign applicants."
        ),
        source="https://anfh.fr/actualites/deas-et-deap-nouvelles-modifications-des-conditions-d-acces-aux-formations",
    ),
    BridgeRow(
        code="aide-by-apprenticeship",
        origin="",
        target="care_assistant",
        kind=BridgeKind.APPRENTICESHIP,
        rhythm=BridgeRhythm.ALTERNATING,
        months=18,
        conditions=(fact(BridgeFact.EMPLOYER_HIRES),),
        fundings=("apprenticeship",),
        note_fr="Choisie par un employeur, la personne entre sans sélection et hors quota.",
        note_en="Chosen by an employer, one enters without selection, beyond the quota.",
        source=_GHSV,
    ),
    *BridgeRow(
        code="aide-by-experience",
        origin="",
        target="care_assistant",
        kind=BridgeKind.BY_EXPERIENCE,
        rhythm=_IN_POST,
        months=18,
        conditions=(
            seniority(12, "hospital_orderly", "care_basics", "care_assistant"),
            fact(BridgeFact.VAE_ADMISSIBLE),
        ),
        fundings=("experience_support",),
        kept_alone=100,
        note_fr=(
            "Sur des fonctions d’aide-soignant. Durée indicative : souvent plus longue, avec des "
            "validations partielles. L’année d’exercice (1 607 h) est encore demandée par les "
            "pages lues ; à vérifier."
        ),
        note_en=(
            "On the duties of a care assistant. Indicative length: often longer, with partial "
            "results. The pages read still ask for a year of practice (1,607 h): to be checked."
        ),
        source="https://ifso-asso.org/la-vae-aide-soignant-en-2025",
    ).from_each("hospital_orderly", "care_basics"),
    *(
        BridgeRow(
            code=f"aide-from-{origin.replace('_', '-')}",
            origin=origin,
            target="care_assistant",
            kind=_PARTIAL,
            rhythm=_FULL_TIME,
            months=11,
            at_most=True,
            conditions=(_SELECTED,),
            fundings=fundings,
            note_fr=_DEPENDS,
            note_en=_DEPENDS_EN,
            source=source,
            in_force_from=since,
        )
        for origin, source, fundings, since in (
            ("care_and_support_worker", _ETAMPES, _PAID, None),
            ("childcare_assistant", "https://ifas-sables.fr/conditions-d-admission", _PAID, None),
            ("ambulance_driver", _EQUIVALENCES, _PAID, date(2025, 12, 5)),
            ("medical_dispatcher", _GHSV, _PAID, None),
            ("family_life_assistant", _ETAMPES, _PAID, None),
            ("care_baccalaureate", _EQUIVALENCES, ("region", "apprenticeship"), None),
        )
    ),
    BridgeRow(
        code="aide-from-nursing-student",
        origin="nursing_student_2",
        target="care_assistant",
        kind=BridgeKind.RIGHT,
        rhythm=_IN_POST,
        months=0,
        conditions=(fact(BridgeFact.ECTS_48), certificate(BridgeCertificate.AFGSU_2)),
        kept_alone=100,
        note_fr="Le diplôme est délivré sur demande.",
        note_en="The diploma is delivered on request.",
        source="https://legal.tricoteuses.fr/articles/JORFARTI000045159684",
    ),
)

IN_CARE = (
    BridgeRow(
        code="childcare-from-aide",
        origin="care_assistant",
        target="childcare_assistant",
        kind=_PARTIAL,
        rhythm=_FULL_TIME,
        months=11,
        at_most=True,
        conditions=(_SELECTED,),
        fundings=("study_promotion", "training_plan"),
        note_fr="Parcours allégé par le diplôme d’aide-soignant ; l’institut dit sa durée.",
        note_en="Shortened by the care assistant diploma; the school confirms the length.",
        source="http://www.devenir-auxiliaire-puericulture.fr/formation-cursus-partiel.php",
    ),
    *BridgeRow(
        code="asg",
        origin="",
        target="gerontology_assistant",
        kind=BridgeKind.SHORT_COURSE,
        rhythm=_IN_POST,
        months=12,
        at_most=True,
        hours=140,
        conditions=(fact(BridgeFact.WITH_ALZHEIMER), fact(BridgeFact.EMPLOYER_AGREES)),
        fundings=("training_plan",),
        kept_alone=100,
        note_fr="140 heures sans dispense, en 12 mois au plus ; prime versée dans la fonction.",
        note_en="140 hours without exemption, within 12 months; a bonus goes with the duties.",
        source=(
            "https://directions.fr/Fiches-metiers/categorie/2018/4/L-assistant-de-soins-"
            "en-gerontologie-soutient-les-malades-d-Alzheimer-159031W"
        ),
    ).from_each("care_assistant", "care_and_support_worker", "home_care_assistant"),
    BridgeRow(
        code="support-worker",
        origin="",
        target="care_and_support_worker",
        kind=_FULL,
        rhythm=BridgeRhythm.ALTERNATING,
        months=18,
        at_most=True,
        hours=1407,
        conditions=(_SELECTED,),
        fundings=("training_plan", "region", "apprenticeship"),
        note_fr="Sans diplôme requis ; entretien de 30 minutes. De 12 à 18 mois.",
        note_en="No diploma required; an interview of 30 minutes. From 12 to 18 months.",
        source="http://cerpe.info/formation/accompagnant-educatif-et-social",
    ),
    BridgeRow(
        code="care-home-basics",
        origin="",
        target="care_basics",
        kind=BridgeKind.SHORT_COURSE,
        rhythm=_FULL_TIME,
        months=3,
        hours=302,
        conditions=(fact(BridgeFact.JOB_SEEKER),),
        fundings=("job_centre",),
        note_fr="Immersion, puis 232 h et 70 h ; un contrat de six mois au moins suit.",
        note_en="Immersion, then 232 h and 70 h; a contract of six months at least follows.",
        source=(
            "https://ash.tm.fr/hebdo/3194/inspirations-dici/"
            "loir-et-cher-repondre-a-la-penurie-de-soignants-en-ehpad-632128.php"
        ),
    ),
    BridgeRow(
        code="orderly-by-short-course",
        origin="",
        target="hospital_orderly",
        kind=BridgeKind.SHORT_COURSE,
        rhythm=_FULL_TIME,
        months=2,
        conditions=(fact(BridgeFact.JOB_SEEKER),),
        fundings=("job_centre",),
        note_fr="Bases de l’aide au grand âge en six semaines, avec promesse d’embauche.",
        note_en="The basics of care of the elderly in six weeks, with a promise of hiring.",
        source=(
            "https://www.geroscopie.fr/-un-metier-pour-nous--des-formations-courtes-"
            "pour-les-demandeurs-d-emploi--idm-47-ids-26410"
        ),
    ),
)

TRANSPORT_AND_DISPATCH = (
    BridgeRow(
        code="ambulance-from-assistant",
        origin="ambulance_assistant",
        target="ambulance_driver",
        kind=_FULL,
        rhythm=_FULL_TIME,
        months=6,
        hours=801,
        conditions=(
            seniority(1, "ambulance_assistant", window=36),
            fact(BridgeFact.DRIVING_LICENCE),
            fact(BridgeFact.FIT_TO_DRIVE),
            _SELECTED,
        ),
        fundings=("training_plan", "transition_project", "apprenticeship"),
        in_force_from=date(2022, 4, 11),
        note_fr="Depuis 2022 : 556 h de cours et 245 h de stage (d’anciennes pages disent 630 h).",
        note_en="Since 2022: 556 h of lessons and 245 h of placement (old pages say 630 h).",
        source="https://legal.tricoteuses.fr/articles/JORFARTI000045593355",
    ),
    *(
        BridgeRow(
            code=f"dispatcher-{code}",
            origin="",
            target="medical_dispatcher",
            kind=_FULL,
            rhythm=_FULL_TIME,
            months=11,
            hours=1470,
            conditions=(condition, fact(BridgeFact.AGE_18), _SELECTED),
            fundings=("study_promotion", "training_plan", "apprenticeship"),
            note_fr="42 semaines.",
            note_en="42 weeks.",
            source=("https://juriblio.fr/arretes/arrete-du-19-juillet-2019/173010872/titre-ier"),
        )
        for code, condition in (
            ("with-baccalaureate", title("baccalaureate", "care_baccalaureate")),
            ("after-three-years", seniority(36)),
        )
    ),
)

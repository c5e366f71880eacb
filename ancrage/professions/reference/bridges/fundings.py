"""Who can pay for a course, with the service owed afterwards."""

from datetime import date

from ancrage.professions.enums import BridgeFact, EmployerSector
from ancrage.professions.reference.bridges.shapes import FundingRow, fact

_ANFH = "https://anfh.fr/corse/services-aux-etablissements/les-etudes-promotionnelles"
_RECONVERSION = "https://www.geroscopie.fr/reconversion-axess-alerte-sur-les-projets-de-decret-idm-27-ids-33878"
_OPCO = "https://www.opco-sante.fr/atpro-et-opco-sante-optimisez-vos-financements-pour-la-formation-professionnelle"
_APPRENTICE = "https://ifsi.ghsv.org/duree-de-la-formation/"
_SCHOOLS = (
    "https://hopitaux-montsaintmichel.fr/professionnel-etudiant/etudiants/"
    "linstitut-de-formation-ifsi-ifas"
)
_JOB_SEEKER = (
    "https://www.geroscopie.fr/-un-metier-pour-nous--des-formations-courtes-"
    "pour-les-demandeurs-d-emploi--idm-47-ids-26410"
)
_VAE = "https://anfh.fr/actualites/vae-diplomes-du-secteur-sanitaire"
_FIF_PL = "https://bretagne.paps.sante.fr/devenir-infirmiere-de-pratique-avancee-4"

EMPLOYERS = (
    EmployerSector.HOSPITAL_SERVICE,
    EmployerSector.OTHER_PUBLIC,
    EmployerSector.PRIVATE,
)

FUNDINGS = (
    FundingRow(
        code="study_promotion",
        label_fr="Étude promotionnelle (fonction publique hospitalière)",
        label_en="Study promotion (public hospital service)",
        sectors=(EmployerSector.HOSPITAL_SERVICE,),
        conditions=(fact(BridgeFact.EMPLOYER_AGREES),),
        kept=100,
        owed_times=3,
        owed_most=60,
        note_fr=(
            "À demander avant les résultats de la sélection. Le service dû se fait dans la "
            "fonction publique hospitalière ; l’employeur n’est pas tenu de nommer dans le "
            "nouveau grade."
        ),
        note_en=(
            "To be asked for before the results of the selection. The service owed is done in "
            "the public hospital service; the employer need not appoint to the new grade."
        ),
        source=_ANFH,
    ),
    FundingRow(
        code="reconversion",
        label_fr="Période de reconversion (employeur privé)",
        label_en="Retraining period (private employer)",
        sectors=(EmployerSector.PRIVATE,),
        conditions=(fact(BridgeFact.EMPLOYER_AGREES),),
        kept=100,
        rest=None,
        in_force_from=date(2026, 1, 1),
        note_fr=(
            "Succède à la Pro-A et à Transco (loi du 24 octobre 2025). De 6 à 12 mois le plus "
            "souvent, 24 au plus ; le plafond payé est à vérifier auprès de l’OPCO."
        ),
        note_en=(
            "Follows Pro-A and Transco (law of 24 October 2025). Mostly 6 to 12 months, 24 at "
            "most; the ceiling paid is to be checked with the sector’s fund (OPCO)."
        ),
        source=_RECONVERSION,
    ),
    FundingRow(
        code="transition_project",
        label_fr="Projet de transition professionnelle (PTP)",
        label_en="Career transition project (PTP)",
        sectors=(EmployerSector.PRIVATE,),
        conditions=(fact(BridgeFact.FUND_ACCEPTS),),
        kept=100,
        note_fr="Dossier déposé auprès de Transitions Pro, dans la région ; le salaire est gardé.",
        note_en="Filed with the region’s Transitions Pro body; the pay is kept.",
        source=_OPCO,
    ),
    FundingRow(
        code="training_plan",
        label_fr="Plan de formation de l’employeur",
        label_en="Employer’s training plan",
        sectors=EMPLOYERS,
        conditions=(fact(BridgeFact.EMPLOYER_AGREES),),
        kept=100,
        note_fr="Payé par l’employeur, souvent avec l’OPCO ou l’ANFH.",
        note_en="Paid by the employer, often with the sector’s fund (OPCO or ANFH).",
        source="https://anfh.fr/node/46249",
    ),
    FundingRow(
        code="apprenticeship",
        label_fr="Contrat d’apprentissage",
        label_en="Apprenticeship contract",
        conditions=(fact(BridgeFact.EMPLOYER_HIRES),),
        note_fr="Le salaire dépend de l’âge et de l’année ; non cumulable avec un CAE.",
        note_en="The pay depends on age and year; not together with a study contract (CAE).",
        source=_APPRENTICE,
    ),
    FundingRow(
        code="region",
        label_fr="Région",
        label_en="Regional council",
        sectors=(EmployerSector.JOBLESS,),
        note_fr="Prend en charge le coût de la formation ; le revenu garde d’autres sources.",
        note_en="Covers the cost of the course; the income has other sources.",
        source=_SCHOOLS,
    ),
    FundingRow(
        code="job_centre",
        label_fr="France Travail",
        label_en="France Travail (job centre)",
        sectors=(EmployerSector.JOBLESS,),
        conditions=(fact(BridgeFact.JOB_SEEKER),),
        note_fr="Préparation avant ou après l’embauche, selon le projet.",
        note_en="Preparation before or after hiring, depending on the project.",
        source=_JOB_SEEKER,
    ),
    FundingRow(
        code="experience_support",
        label_fr="Accompagnement VAE (ANFH, OPCO ou France VAE)",
        label_en="Support for validation of experience (ANFH, OPCO or France VAE)",
        kept=100,
        note_fr="Le public passe par l’employeur et l’ANFH, les autres par France VAE.",
        note_en="Public staff go through their employer and ANFH, the others through France VAE.",
        source=_VAE,
    ),
    FundingRow(
        code="independent_fund",
        label_fr="FIF-PL (exercice libéral)",
        label_en="FIF-PL (fund of independent professionals)",
        sectors=(EmployerSector.SELF_EMPLOYED,),
        conditions=(fact(BridgeFact.FUND_ACCEPTS),),
        rest=None,
        source=_FIF_PL,
    ),
)

"""Titles that bridges lead from or to and that are no profession of the list."""

from ancrage.professions.reference.bridges.shapes import TitleRow

TITLES = (
    TitleRow(
        code="baccalaureate",
        label_fr="Baccalauréat",
        label_en="Baccalaureate (end of secondary school)",
    ),
    TitleRow(
        code="care_baccalaureate",
        label_fr="Bac professionnel ASSP ou SAPAT",
        label_en="Vocational baccalaureate in care (ASSP or SAPAT)",
    ),
    TitleRow(
        code="care_basics",
        label_fr="Agent formé aux soins en EHPAD, sans diplôme",
        label_en="Care home worker trained in the basics, without a diploma",
    ),
    TitleRow(
        code="gerontology_assistant",
        label_fr="Assistant de soins en gérontologie (ASG)",
        label_en="Dementia care assistant (ASG)",
    ),
    TitleRow(
        code="medical_assistant",
        label_fr="Assistant médical (cabinet)",
        label_en="Medical assistant (practice)",
    ),
    TitleRow(
        code="caferuis",
        label_fr="Responsable d’unité d’intervention sociale (CAFERUIS)",
        label_en="Social care unit manager (CAFERUIS)",
    ),
    TitleRow(
        code="nursing_student_2",
        label_fr="Étudiant infirmier admis en deuxième année",
        label_en="Nursing student admitted to the second year",
    ),
    TitleRow(
        code="health_first_year",
        label_fr="PASS ou L.AS, 60 crédits validés",
        label_en="First year of health studies (PASS or L.AS, 60 credits)",
    ),
    TitleRow(
        code="health_studies",
        label_fr="Étudiant en deuxième ou troisième année de santé",
        label_en="Student in the second or third year of health studies",
    ),
    TitleRow(
        code="theatre_acts_nurse",
        label_fr="Infirmier autorisé à des actes de bloc (mesure transitoire)",
        label_en="Nurse allowed some operating theatre acts (transitional)",
    ),
    TitleRow(
        code="locum_nurse",
        label_fr="Infirmier remplaçant en libéral",
        label_en="Locum nurse in independent practice",
    ),
    TitleRow(
        code="independent_nurse",
        label_fr="Infirmier libéral conventionné",
        label_en="Independent nurse under the national agreement",
    ),
    TitleRow(
        code="intern_supervisor",
        label_fr="Maître de stage des universités (MSU)",
        label_en="University supervisor of interns (MSU)",
    ),
)

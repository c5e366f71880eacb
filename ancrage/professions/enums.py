"""How professions are grouped, how one enters them, and under what ties they are practised."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Registration(TextChoices):
    """Who registers the professional before the first day of work."""

    ORDER = "order", _("Inscription à l’Ordre")
    ARS = "ars", _("Enregistrement par l’ARS (RPPS)")
    REGULATED = "regulated", _("Diplôme réglementé, sans inscription")
    NONE = "none", _("Aucune inscription connue")


class Family(TextChoices):
    """Large groups, in the order lists show them."""

    MEDICAL = "medical", _("Médecins, pharmaciens, sages-femmes")
    NURSING = "nursing", _("Soins infirmiers et encadrement")
    CARE = "care", _("Soins du quotidien et service")
    REHABILITATION = "rehabilitation", _("Rééducation et psychologie")
    TECHNICAL = "technical", _("Médico-technique et transport sanitaire")
    SOCIAL = "social", _("Social et éducatif")
    HOME = "home", _("Aide à domicile")
    ADMINISTRATION = "administration", _("Administration et direction")


class ProfessionEvent(TextChoices):
    """What the journal tells of professions: the actions of its lines."""

    LOADED = "professions.load", _("Nomenclature des métiers rechargée")
    BRIDGES_LOADED = "professions.load_bridges", _("Passerelles entre métiers rechargées")
    RULE_WRITTEN = "professions.write_rule", _("Règle de passerelle écrite")
    RULE_CHANGED = "professions.change_rule", _("Règle de passerelle modifiée")
    RULE_CHECKED = "professions.check_rule", _("Source d’une passerelle relue")
    RULE_CLOSED = "professions.close_rule", _("Règle de passerelle close")
    RULE_REOPENED = "professions.reopen_rule", _("Règle de passerelle rouverte")
    RULE_UNDONE = "professions.undo_rule", _("Modification d’une passerelle annulée")
    EDITED = "professions.edit", _("Métier modifié")
    RETIRED = "professions.retire", _("Métier retiré des listes")
    REINSTATED = "professions.reinstate", _("Métier remis dans les listes")
    ALIAS_ADDED = "professions.add_alias", _("Écriture d’un métier apprise")
    ALIAS_CLOSED = "professions.close_alias", _("Écriture d’un métier oubliée")
    SPECIALTY_RETIRED = "professions.retire_specialty", _("Spécialité retirée des listes")
    SPECIALTY_REINSTATED = (
        "professions.reinstate_specialty",
        _("Spécialité remise dans les listes"),
    )


class SpecialtyGroup(TextChoices):
    """Large groups of specialties, in the order lists show them."""

    MEDICINE = "medicine", _("Spécialités médicales")
    SURGERY = "surgery", _("Spécialités chirurgicales")
    BIOLOGY = "biology", _("Biologie et génétique")
    DENTAL = "dental", _("Chirurgie dentaire")
    NURSING = "nursing", _("Pratique avancée infirmière")


class AliasKind(TextChoices):
    """What a known writing of a profession is; the reader of spellings announces it so."""

    LABEL = "label", _("Libellé officiel")
    ABBREVIATION = "abbreviation", _("Abréviation")
    WORDING = "wording", _("Appellation")
    CODE = "code", _("Code ROME")
    PRACTITIONER = "practitioner", _("Nom de spécialiste")
    DISCIPLINE = "discipline", _("Discipline")


class ContractKind(TextChoices):
    """Under what tie the person would work."""

    CIVIL_SERVANT = "civil_servant", _("Fonction publique (titulaire, mutation)")
    CDI = "cdi", _("CDI")
    CDD = "cdd", _("CDD")
    VACATION = "vacation", _("Vacation")
    APPRENTICESHIP = "apprenticeship", _("Apprentissage")
    LOCUM = "locum", _("Remplacement libéral")
    ASSOCIATE = "associate", _("Collaboration libérale")
    PARTNER_DOCTOR = "partner_doctor", _("Association")
    SUCCESSOR = "successor", _("Succession")
    SALARIED = "salaried", _("Exercice salarié (médecin)")
    JUNIOR_DOCTOR = "junior_doctor", _("Accueil d’un docteur junior")


# Ties that make sense for an independent practice: they open the practice sheet.
PRACTICE_CONTRACTS = frozenset(
    {
        ContractKind.LOCUM,
        ContractKind.ASSOCIATE,
        ContractKind.PARTNER_DOCTOR,
        ContractKind.SUCCESSOR,
        ContractKind.JUNIOR_DOCTOR,
    }
)


# --- Bridges between professions ---------------------------------------------------------------


class BridgeKind(TextChoices):
    """By what kind of course, or without one, a bridge is crossed."""

    FULL_COURSE = "full_course", _("Formation complète")
    PARTIAL_COURSE = "partial_course", _("Formation partielle, avec des blocs acquis")
    APPRENTICESHIP = "apprenticeship", _("Apprentissage")
    BY_EXPERIENCE = "by_experience", _("Validation des acquis de l’expérience (VAE)")
    SHORT_COURSE = "short_course", _("Formation courte")
    RIGHT = "right", _("Droit ouvert sans nouvelle formation")


class BridgeRhythm(TextChoices):
    """How the course goes with a post."""

    FULL_TIME = "full_time", _("À temps plein")
    ALTERNATING = "alternating", _("En alternance")
    IN_POST = "in_post", _("En restant en poste")


class EmployerSector(TextChoices):
    """Whom a person works for: it decides who may pay for a course."""

    HOSPITAL_SERVICE = "hospital_service", _("Fonction publique hospitalière")
    OTHER_PUBLIC = "other_public", _("Autre employeur public")
    PRIVATE = "private", _("Employeur privé")
    SELF_EMPLOYED = "self_employed", _("Exercice libéral")
    JOBLESS = "jobless", _("Sans emploi")


class ConditionKind(TextChoices):
    """What a bridge, or who pays for it, may ask."""

    SENIORITY = "seniority", _("Ancienneté")
    TITLE = "title", _("Titre ou diplôme")
    CERTIFICATE = "certificate", _("Attestation en cours de validité")
    FACT = "fact", _("Fait à vérifier")


class BridgeCertificate(TextChoices):
    """Papers with an end that a course asks for on its first day."""

    AFGSU_1 = "afgsu_1", _("AFGSU niveau 1")
    AFGSU_2 = "afgsu_2", _("AFGSU niveau 2")


class FactTopic(TextChoices):
    """Who tells a fact: an employer, a jury, the person."""

    AGREEMENT = "agreement", _("Accord à obtenir")
    SELECTION = "selection", _("Sélection à passer")
    REQUIREMENT = "requirement", _("Condition personnelle")


class BridgeFact(TextChoices):
    """Facts that only somebody can tell: as long as nobody has, they are to check."""

    EMPLOYER_AGREES = "employer_agrees", _("L’employeur donne son accord")
    EMPLOYER_HIRES = "employer_hires", _("Un employeur signe le contrat d’apprentissage")
    FUND_ACCEPTS = "fund_accepts", _("L’organisme qui paie accepte le dossier")
    FACULTY_AGREES = "faculty_agrees", _("La faculté donne son agrément")
    DOCTOR_IN_TEAM = "doctor_in_team", _("Une équipe avec un médecin accueille la personne")
    SELECTED = "selected", _("Admission à l’issue de la sélection")
    UNIVERSITY_ADMITS = "university_admits", _("L’université admet le dossier")
    VAE_ADMISSIBLE = "vae_admissible", _("La demande de VAE est jugée recevable")
    AGE_17 = "age_17", _("Avoir 17 ans à l’entrée en formation")
    AGE_18 = "age_18", _("Avoir 18 ans à l’entrée en formation")
    UNDER_30 = "under_30", _("Avoir moins de 30 ans, sauf exceptions")
    JOB_SEEKER = "job_seeker", _("Être inscrit·e à France Travail")
    DRIVING_LICENCE = "driving_licence", _("Permis B hors période probatoire")
    FIT_TO_DRIVE = "fit_to_drive", _("Aptitude médicale à la conduite, délivrée en préfecture")
    ORDER_REGISTRATION = "order_registration", _("Inscription à l’Ordre")
    COURSE_70_HOURS = "course_70_hours", _("Formation de 70 heures à l’accompagnement suivie")
    ECTS_48 = (
        "ects_48",
        _("48 crédits de formation infirmière, dont 15 de stage et les unités demandées"),
    )
    ECTS_60 = "ects_60", _("60 crédits validés en PASS ou en L.AS")
    WITH_ALZHEIMER = "with_alzheimer", _("En poste auprès de personnes malades d’Alzheimer")
    IN_THEATRE = "in_theatre", _("Exercice au bloc opératoire")


TOPICS_OF_FACTS = {
    BridgeFact.EMPLOYER_AGREES: FactTopic.AGREEMENT,
    BridgeFact.EMPLOYER_HIRES: FactTopic.AGREEMENT,
    BridgeFact.FUND_ACCEPTS: FactTopic.AGREEMENT,
    BridgeFact.FACULTY_AGREES: FactTopic.AGREEMENT,
    BridgeFact.DOCTOR_IN_TEAM: FactTopic.AGREEMENT,
    BridgeFact.SELECTED: FactTopic.SELECTION,
    BridgeFact.UNIVERSITY_ADMITS: FactTopic.SELECTION,
    BridgeFact.VAE_ADMISSIBLE: FactTopic.SELECTION,
}


def topic_of(fact: str) -> FactTopic:
    """Return who tells a fact: the person, unless it is said otherwise."""
    return TOPICS_OF_FACTS.get(BridgeFact(fact), FactTopic.REQUIREMENT)

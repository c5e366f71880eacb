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

"""The kinds of structure and of membership."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from ancrage.accounts.enums import Role


class PartnerKind(TextChoices):
    """What kind of body recruits, welcomes or watches."""

    PUBLIC_HOSPITAL = "public_hospital", _("Établissement public de santé")
    PUBLIC_CARE_HOME = "public_care_home", _("Établissement médico-social public")
    PRIVATE = "private", _("Établissement privé")
    ASSOCIATION = "association", _("Association")
    INDEPENDENT_PRACTICE = "independent_practice", _("Cabinet ou exercice coordonné")
    LOCAL_AUTHORITY = "local_authority", _("Collectivité locale")
    WELCOME = "welcome", _("Partenaire d’accueil (logement, garde, mobilité)")
    AUTHORITY = "authority", _("Autorité ou institution")


# Bodies whose posts must be published on the State's common site (décret 2018-1351).
PUBLIC_EMPLOYERS = frozenset(
    {PartnerKind.PUBLIC_HOSPITAL, PartnerKind.PUBLIC_CARE_HOME, PartnerKind.LOCAL_AUTHORITY}
)


class MemberRole(TextChoices):
    """What a person does for a structure: the role it gives."""

    EMPLOYER = Role.EMPLOYER.value, _("Recrutement et ressources humaines")
    WELCOME_PARTNER = Role.WELCOME_PARTNER.value, _("Accueil (logement, garde, mobilité)")


class CheckState(TextChoices):
    """What is known of an identifier: a doubtful one is kept, shown and never corrected."""

    VALID = "valid", _("vérifié")
    WARN = "warn", _("à vérifier")
    INVALID = "invalid", _("invalide")
    UNVERIFIED = "unverified", _("non vérifié")


class CommitmentKind(TextChoices):
    """Commitments whose keeping the platform measures, and those kept on one's honour."""

    ANSWER_DELAY = "answer_delay", _("Répondre aux candidats dans un délai (jours)")
    PAY_SHOWN = "pay_shown", _("Afficher une fourchette de rémunération (% des besoins)")
    NEEDS_FRESH = "needs_fresh", _("Tenir ses besoins à jour (% des besoins)")
    NO_POACHING = "no_poaching", _("Ne pas démarcher les salariés d’un autre membre")
    LOCUM_GRID = "locum_grid", _("Appliquer la grille commune de rémunération des remplaçants")
    OTHER = "other", _("Autre engagement")


class PartnerEvent(TextChoices):
    """What the history of a structure tells: the actions of its audit lines."""

    CREATED = "partner.created", _("Structure créée")
    EDITED = "partner.edited", _("Fiche modifiée")
    PERIMETER_SET = "partner.perimeter_set", _("Communes desservies modifiées")
    LEFT = "partner.left", _("Départ de la structure")
    REJOINED = "partner.rejoined", _("Retour de la structure")
    SITE_ADDED = "facility.added", _("Site ajouté")
    SITE_ATTACHED = "facility.attached", _("Site rattaché")
    SITE_EDITED = "facility.edited", _("Site modifié")
    SITE_CLOSED = "facility.closed", _("Site fermé")
    SITE_REOPENED = "facility.reopened", _("Site rouvert")
    SITE_IMPORTED = "facility.imported", _("Site mis à jour par un import")
    UNIT_ADDED = "care_unit.added", _("Service ajouté")
    UNIT_RENAMED = "care_unit.renamed", _("Service renommé")
    UNIT_REMOVED = "care_unit.removed", _("Service retiré")
    MEMBER_INVITED = "member.invited", _("Invitation envoyée")
    INVITATION_RESENT = "member.invitation_resent", _("Invitation renvoyée")
    INVITATION_CANCELLED = "member.invitation_cancelled", _("Invitation annulée")
    MEMBER_JOINED = "member.joined", _("Arrivée d’un membre")
    MEMBER_CHANGED = "member.changed", _("Droits d’un membre modifiés")
    MEMBER_REMOVED = "member.removed", _("Départ d’un membre")
    CHARTER_SIGNED = "charter.signed", _("Charte signée")


class CharterEvent(TextChoices):
    """What the audit lines of a charter tell."""

    DRAFTED = "charter.drafted", _("Projet de charte ouvert")
    EDITED = "charter.edited", _("Projet de charte modifié")
    DISCARDED = "charter.discarded", _("Projet de charte abandonné")
    PUBLISHED = "charter.published", _("Charte publiée")

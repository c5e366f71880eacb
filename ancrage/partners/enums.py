"""The kinds of structure and of membership."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


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
    """What a person does for a structure."""

    EMPLOYER = "employer", _("Recrutement et ressources humaines")
    WELCOME_PARTNER = "welcome_partner", _("Accueil (logement, garde, mobilité)")


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

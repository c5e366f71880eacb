"""The vocabulary of aid schemes: who pays, what for, in what shape, and where."""

from collections.abc import Mapping
from types import MappingProxyType

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Payer(TextChoices):
    """Who pays, or grants."""

    HEALTH_INSURANCE = "health_insurance", _("Assurance maladie")
    ARS = "ars", _("Agence régionale de santé")
    STATE = "state", _("État")
    CNG = "cng", _("Centre national de gestion")
    UNIVERSITY_HOSPITAL = "university_hospital", _("CHU de rattachement")
    HOSPITAL = "hospital", _("Hôpital public")
    EMPLOYER = "employer", _("Employeur et son fonds de formation")
    LOCAL_AUTHORITY = "local_authority", _("Commune, intercommunalité ou département")
    ACTION_LOGEMENT = "action_logement", _("Action Logement")
    FRANCE_TRAVAIL = "france_travail", _("France Travail")
    CAF = "caf", _("Caisse d’allocations familiales")
    LANDLORD = "landlord", _("Propriétaire du logement")
    UNREAD = "unread", _("Payeur à vérifier")


class Topic(TextChoices):
    """What an aid helps with, in the order in which lists show it."""

    SETTLING = "settling", _("S’installer et exercer")
    STUDIES = "studies", _("Étudier, faire un stage")
    TRAINING = "training", _("Se former, changer de métier")
    CAREER = "career", _("Travailler à l’hôpital")
    HOUSING = "housing", _("Se loger")
    CHILDCARE = "childcare", _("Faire garder ses enfants")
    MOBILITY = "mobility", _("Se déplacer, déménager")
    TAX = "tax", _("Impôts et taxes")


class Receiver(TextChoices):
    """Who may use an aid: receive it, or set it up."""

    PERSON = "person", _("Une personne")
    STRUCTURE = "structure", _("Une structure ou un cabinet")
    COMMUNE = "commune", _("Une commune ou une intercommunalité")


class AmountPeriod(TextChoices):
    """How often an amount is paid."""

    ONCE = "once", _("une fois")
    MONTH = "month", _("par mois")
    SEMESTER = "semester", _("par semestre")
    YEAR = "year", _("par an")
    UNIT = "unit", _("à l’unité")
    RATE = "rate", _("en pourcentage")


class RepaymentKind(TextChoices):
    """What is paid back by someone who leaves before the end of a commitment."""

    NONE = "none", _("Aucun remboursement")
    PRO_RATA = "pro_rata", _("Remboursement au prorata du temps restant")
    WHOLE = "whole", _("Remboursement entier")
    UNKNOWN = "unknown", _("Remboursement à vérifier")


class Zone(TextChoices):
    """The official zonings on which aids depend."""

    ZIP = "ZIP", _("Zone d’intervention prioritaire (ZIP)")
    ZAC = "ZAC", _("Zone d’action complémentaire (ZAC)")
    ZAR = "ZAR", _("Zone d’accompagnement régional (ZAR)")
    QPV = "QPV", _("Quartier prioritaire de la politique de la ville (QPV)")
    FRR = "FRR", _("France ruralités revitalisation (FRR)")
    ZRR = "ZRR", _("Ancienne zone de revitalisation rurale (ZRR)")


# A district is a part of a commune: being in the commune says nothing of the address.
PARTIAL_ZONES = frozenset({Zone.QPV})


# A commune lies in one of them at most: they rank the same need.
OF_DOCTORS = (Zone.ZIP, Zone.ZAC)


class FactNature(TextChoices):
    """What a fact is; the values are those of `core.eligibility`."""

    FLAG = "flag", _("oui ou non")
    NUMBER = "number", _("nombre")
    DAY = "day", _("date")
    CHOICE = "choice", _("un choix")
    SET = "set", _("plusieurs choix")


class Verdict(TextChoices):
    """What a rule answers; the values are what links and files write."""

    YES = "yes", pgettext_lazy("réponse", "Oui")
    TO_CHECK = "to_check", pgettext_lazy("réponse", "À vérifier")
    NO = "no", pgettext_lazy("réponse", "Non")


class AidState(TextChoices):
    """Where a request for an aid stands."""

    ASKED = "asked", pgettext_lazy("demande d’aide", "Demandée")
    GRANTED = "granted", pgettext_lazy("demande d’aide", "Accordée")
    PAID = "paid", pgettext_lazy("demande d’aide", "Versée")
    REFUSED = "refused", pgettext_lazy("demande d’aide", "Refusée")
    CLOSED = "closed", pgettext_lazy("demande d’aide", "Classée")


AID_MOVES: Mapping[AidState, frozenset[AidState]] = MappingProxyType(
    {
        AidState.ASKED: frozenset({AidState.GRANTED, AidState.REFUSED, AidState.CLOSED}),
        AidState.GRANTED: frozenset({AidState.PAID, AidState.CLOSED}),
        AidState.PAID: frozenset({AidState.CLOSED}),
        # A refusal may be appealed against.
        AidState.REFUSED: frozenset({AidState.ASKED, AidState.CLOSED}),
        AidState.CLOSED: frozenset(),
    }
)
# Something is owed in return from then on.
COMMITTED_STATES = frozenset({AidState.GRANTED, AidState.PAID})


class AidEvent(TextChoices):
    """What the journal tells of requests. It names nobody, and quotes no note."""

    ASKED = "aid_requests.ask", _("Aide demandée")
    MOVED = "aid_requests.move", _("Suite d’une demande d’aide notée")
    UNDONE = "aid_requests.undo", _("Suite d’une demande d’aide reprise")
    EDITED = "aid_requests.edit", _("Demande d’aide modifiée")
    EXPORTED = "aid_requests.export", _("Demandes d’aides exportées")


class SchemeEvent(TextChoices):
    """What the journal tells of aid schemes: the actions of its lines."""

    CREATED = "scheme.created", _("Aide ajoutée à l’inventaire")
    EDITED = "scheme.edited", _("Aide modifiée")
    RULE_ADDED = "scheme.rule_added", _("Nouvelle règle d’une aide")
    CHECKED = "scheme.checked", _("Aide vérifiée à sa source")
    CLOSED = "scheme.closed", _("Aide close")
    REOPENED = "scheme.reopened", _("Aide rouverte")
    UNDONE = "scheme.undone", _("Dernier changement d’une aide repris")
    AMOUNTS_SET = "scheme.amounts", _("Montants d’une aide modifiés")
    CASE_ADDED = "scheme.case_added", _("Cas d’essai ajouté à une aide")
    CASE_REMOVED = "scheme.case_removed", _("Cas d’essai d’une aide retiré")
    CASE_RESTORED = "scheme.case_restored", _("Cas d’essai d’une aide remis")
    LOADED = "schemes.loaded", _("Inventaire des aides rechargé")
    ZONINGS_SAVED = "zonings.saved", _("Zonages importés")
    ZONINGS_WITHDRAWN = "zonings.withdrawn", _("Zonages retirés")

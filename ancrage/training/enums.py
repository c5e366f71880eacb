"""The vocabulary of training: what is taught, how a run goes, who follows it, who pays."""

from collections.abc import Mapping
from types import MappingProxyType

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class CourseKind(TextChoices):
    """What kind of course it is."""

    DIPLOMA = "diploma", _("Diplôme ou titre complet")
    BLOCK = "block", _("Bloc ou module d’un diplôme")
    SHORT = "short", _("Formation courte")
    VAE = "vae", _("Accompagnement à la VAE")
    PREPARATION = "preparation", _("Préparation à un concours ou à une sélection")


class Rhythm(TextChoices):
    """How the hours are spread."""

    FULL_TIME = "full_time", _("Temps plein")
    PART_TIME = "part_time", _("Temps partiel")
    ALTERNATION = "alternation", _("Alternance avec un employeur")
    SPACED = "spaced", _("Journées espacées")


class Modality(TextChoices):
    """Where one follows it."""

    ON_SITE = "on_site", _("Sur place")
    REMOTE = "remote", _("À distance")
    MIXED = "mixed", _("En partie à distance")


class RunState(TextChoices):
    """Where a run stands."""

    # Possible: nobody is promised anything; the planner says whether to open it.
    PLANNED = "planned", _("Possible")
    OPEN = "open", _("Inscriptions ouvertes")
    CONFIRMED = "confirmed", _("Confirmée")
    RUNNING = "running", _("En cours")
    DONE = "done", _("Terminée")
    CANCELLED = "cancelled", _("Annulée")


RUN_TRANSITIONS: Mapping[RunState, frozenset[RunState]] = MappingProxyType(
    {
        RunState.PLANNED: frozenset({RunState.OPEN, RunState.CANCELLED}),
        RunState.OPEN: frozenset({RunState.CONFIRMED, RunState.CANCELLED}),
        RunState.CONFIRMED: frozenset({RunState.RUNNING, RunState.CANCELLED}),
        RunState.RUNNING: frozenset({RunState.DONE, RunState.CANCELLED}),
        RunState.DONE: frozenset(),
        RunState.CANCELLED: frozenset(),
    }
)
# What anybody may read about.
PUBLIC_RUN_STATES = frozenset(
    {RunState.OPEN, RunState.CONFIRMED, RunState.RUNNING, RunState.DONE, RunState.CANCELLED}
)
# One may still ask for a place, before the deadline.
ENTERABLE_STATES = frozenset({RunState.OPEN, RunState.CONFIRMED})
# Somebody still prepares or gives it.
LIVE_RUN_STATES = frozenset(
    {RunState.PLANNED, RunState.OPEN, RunState.CONFIRMED, RunState.RUNNING}
)


class CancelReason(TextChoices):
    """Why a run does not take place."""

    TOO_FEW = "too_few", _("Trop peu d’inscrits")
    NO_TEACHER = "no_teacher", _("Pas d’intervenant disponible")
    NO_FUNDING = "no_funding", _("Financement refusé")
    NO_PLACE = "no_place", _("Pas de lieu disponible")
    MOVED = "moved", _("Remplacée par une autre session")
    MISTAKE = "mistake", _("Créée par erreur")


class WishState(TextChoices):
    """Where a wish for a course stands."""

    OPEN = "open", _("En attente d’une session")
    SERVED = "served", _("Place trouvée")
    WITHDRAWN = "withdrawn", _("Retiré")


class WishPriority(TextChoices):
    """How much the coordination wants a wish served; what each is worth to the planner."""

    NORMAL = "normal", _("Normale")
    HIGH = "high", _("Haute")
    HIGHEST = "highest", _("Très haute")


PRIORITY_POINTS: Mapping[str, int] = MappingProxyType(
    {WishPriority.NORMAL: 1, WishPriority.HIGH: 2, WishPriority.HIGHEST: 4}
)


class EnrolmentState(TextChoices):
    """Where a person stands with a run."""

    ASKED = "asked", _("Place demandée")
    WAITING = "waiting", _("Sur liste d’attente")
    ACCEPTED = "accepted", _("Place accordée, à confirmer")
    ENROLLED = "enrolled", pgettext_lazy("enrolment", "Inscription confirmée")
    ATTENDED = "attended", _("Formation suivie")
    DROPPED = "dropped", _("Abandon")
    REFUSED = "refused", _("Demande refusée")
    WITHDRAWN = "withdrawn", _("Renoncement")


ENROLMENT_TRANSITIONS: Mapping[EnrolmentState, frozenset[EnrolmentState]] = MappingProxyType(
    {
        EnrolmentState.ASKED: frozenset(
            {
                EnrolmentState.ACCEPTED,
                EnrolmentState.WAITING,
                EnrolmentState.REFUSED,
                EnrolmentState.WITHDRAWN,
            }
        ),
        EnrolmentState.WAITING: frozenset(
            {EnrolmentState.ACCEPTED, EnrolmentState.REFUSED, EnrolmentState.WITHDRAWN}
        ),
        EnrolmentState.ACCEPTED: frozenset(
            {EnrolmentState.ENROLLED, EnrolmentState.REFUSED, EnrolmentState.WITHDRAWN}
        ),
        EnrolmentState.ENROLLED: frozenset(
            {EnrolmentState.ATTENDED, EnrolmentState.DROPPED, EnrolmentState.WITHDRAWN}
        ),
        EnrolmentState.ATTENDED: frozenset(),
        EnrolmentState.DROPPED: frozenset(),
        EnrolmentState.REFUSED: frozenset(),
        EnrolmentState.WITHDRAWN: frozenset(),
    }
)
# Each of these takes one of the places.
HOLDING_STATES = frozenset(
    {EnrolmentState.ACCEPTED, EnrolmentState.ENROLLED, EnrolmentState.ATTENDED}
)
# A person has at most one of these in a run.
LIVING_STATES = HOLDING_STATES | {EnrolmentState.ASKED, EnrolmentState.WAITING}
# Whoever is called at a session.
CALLED_STATES = frozenset(
    {EnrolmentState.ENROLLED, EnrolmentState.ATTENDED, EnrolmentState.DROPPED}
)
# What the person does by themselves; the rest is the provider's or the coordination's.
OWN_STEPS = frozenset({EnrolmentState.ENROLLED, EnrolmentState.WITHDRAWN})


class DropReason(TextChoices):
    """Why somebody stops, says no or is refused. Nothing of health or family is asked."""

    FULL = "full", _("Session complète")
    CONDITIONS = "conditions", _("Conditions d’accès non remplies")
    FUNDING = "funding", _("Financement refusé")
    HOURS = "hours", _("Horaires ou dates")
    DISTANCE = "distance", _("Trajets")
    JOB = "job", _("Poste trouvé")
    OTHER_COURSE = "other_course", _("Autre formation")
    CONTENT = "content", _("La formation ne convient pas")
    RUN_CANCELLED = "run_cancelled", _("Session annulée")
    UNKNOWN = "unknown", _("Raison non dite")


class Presence(TextChoices):
    """Whether somebody was there at a session."""

    PRESENT = "present", _("Présent")
    LATE = "late", _("En retard")
    EXCUSED = "excused", _("Absence excusée")
    ABSENT = "absent", _("Absent")


class Result(TextChoices):
    """What the course ends in."""

    PASSED = "passed", _("Réussite complète")
    PARTIAL = "partial", _("Réussite partielle")
    FAILED = "failed", _("Échec")


class Payer(TextChoices):
    """Who may pay a course, and the pay during it."""

    OPCO_SANTE = "opco_sante", _("OPCO Santé")
    OPCO_EP = "opco_ep", _("OPCO des entreprises de proximité")
    OPCO_COHESION = "opco_cohesion", _("Uniformation (cohésion sociale)")
    ANFH = "anfh", _("ANFH (fonction publique hospitalière)")
    CNFPT = "cnfpt", _("CNFPT (collectivités)")
    REGION = "region", _("Région")
    FRANCE_TRAVAIL = "france_travail", _("France Travail")
    TRANSITIONS_PRO = "transitions_pro", _("Transitions Pro")
    EMPLOYER = "employer", _("Employeur")
    CPF = "cpf", _("Compte personnel de formation (CPF)")
    ARS = "ars", _("Agence régionale de santé")
    PERSON = "person", _("La personne elle-même")


class FundingState(TextChoices):
    """Where a request for money stands."""

    TO_SEND = "to_send", _("À déposer")
    SENT = "sent", _("Déposé")
    GRANTED = "granted", _("Accordé")
    PARTLY = "partly", _("Accordé en partie")
    REFUSED = "refused", _("Refusé")
    PAID = "paid", _("Payé")
    ABANDONED = "abandoned", _("Sans suite")


FUNDING_TRANSITIONS: Mapping[FundingState, frozenset[FundingState]] = MappingProxyType(
    {
        FundingState.TO_SEND: frozenset({FundingState.SENT, FundingState.ABANDONED}),
        FundingState.SENT: frozenset(
            {
                FundingState.GRANTED,
                FundingState.PARTLY,
                FundingState.REFUSED,
                FundingState.ABANDONED,
            }
        ),
        FundingState.GRANTED: frozenset({FundingState.PAID, FundingState.ABANDONED}),
        FundingState.PARTLY: frozenset({FundingState.PAID, FundingState.ABANDONED}),
        FundingState.REFUSED: frozenset(),
        FundingState.PAID: frozenset(),
        FundingState.ABANDONED: frozenset(),
    }
)
ANSWERED_WITH_MONEY = frozenset({FundingState.GRANTED, FundingState.PARTLY, FundingState.PAID})


class PlanState(TextChoices):
    """Where a computation of the runs to open stands."""

    WAITING = "waiting", _("En attente")
    RUNNING = "running", _("Calcul en cours")
    DONE = "done", _("Terminé")
    STOPPED = "stopped", _("Arrêté")


PLAN_UNDER_WAY = frozenset({PlanState.WAITING, PlanState.RUNNING})


class PlanProof(TextChoices):
    """What is known of a plan."""

    PROVED = "proved", _("Le meilleur possible, c’est prouvé")
    BOUNDED = "bounded", _("Proche du meilleur : l’écart possible est indiqué")


class WhyClosed(TextChoices):
    """Why a possible run is not opened by a plan."""

    FEW = "few", _("Trop peu de personnes pourraient venir")
    DEAR = "dear", _("Plus chère que tout le budget")
    OUTBID = "outbid", _("Ses personnes, ou son budget, servent mieux ailleurs")


class WhyNotSent(TextChoices):
    """Why a wish is not served by a plan."""

    ELSEWHERE = "elsewhere", _("Suit une autre session")
    NO_RUN = "no_run", _("Aucune session possible à portée, aux mois souhaités")
    CLOSED = "closed", _("Aucune session qui convienne n’ouvre")
    FULL = "full", _("Les sessions qui conviennent sont pleines")


class WhyMissing(TextChoices):
    """Why a need stays uncovered by a plan."""

    NO_RUN = "no_run", _("Aucune session ne finit à temps")
    FEW = "few", _("Trop peu de personnes formées à temps")


class TrainingEvent(TextChoices):
    """What the journal tells of training. It names nobody."""

    PROVIDER_SET = "training.provider_set", _("Organisme de formation déclaré")
    COURSE_CREATED = "training.course_created", _("Formation ajoutée au catalogue")
    COURSE_EDITED = "training.course_edited", _("Formation modifiée")
    COURSE_ARCHIVED = "training.course_archived", _("Formation retirée du catalogue")
    COURSE_RESTORED = "training.course_restored", _("Formation remise au catalogue")
    RUN_CREATED = "training.run_created", _("Session ajoutée")
    RUN_EDITED = "training.run_edited", _("Session modifiée")
    RUN_MOVED = "training.run_moved", _("État d’une session changé")
    RUN_UNDONE = "training.run_undone", _("Changement d’état d’une session annulé")
    SESSION_ADDED = "training.session_added", _("Séance ajoutée")
    SESSION_REMOVED = "training.session_removed", _("Séance retirée")
    ATTENDANCE_KEPT = "training.attendance", _("Feuille de présence remplie")
    WISH_MADE = "training.wish_made", _("Souhait de formation noté")
    WISH_EDITED = "training.wish_edited", _("Souhait de formation modifié")
    WISH_MOVED = "training.wish_moved", _("Suite d’un souhait de formation")
    ENROLMENT_ASKED = "training.enrolment_asked", _("Place demandée")
    ENROLMENT_MOVED = "training.enrolment_moved", _("Suite d’une inscription")
    ENROLMENT_UNDONE = "training.enrolment_undone", _("Suite d’une inscription annulée")
    RESULT_SET = "training.result", _("Résultat noté")
    FUNDING_OPENED = "training.funding_opened", _("Dossier de financement ouvert")
    FUNDING_EDITED = "training.funding_edited", _("Dossier de financement modifié")
    FUNDING_MOVED = "training.funding_moved", _("Suite d’un dossier de financement")
    PLAN_ASKED = "training.plan_asked", _("Plan des sessions demandé")
    PLAN_DONE = "training.plan_done", _("Plan des sessions calculé")
    PLAN_STOPPED = "training.plan_stopped", _("Plan des sessions arrêté")
    PLAN_ACCEPTED = "training.plan_accepted", _("Session ouverte d’après le plan")
    EXPORTED = "training.exported", _("Inscriptions exportées")
    WISHES_EXPORTED = "training.wishes_exported", _("Souhaits de formation exportés")
    ERASED = "training.erased", _("Formations d’une personne effacées")

"""The vocabulary of meeting events: from the announcement to what came of the evening."""

from collections.abc import Mapping
from types import MappingProxyType

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class EventKind(TextChoices):
    """What sort of meeting it is."""

    DOCDATING = "docdating", _("Doc’dating")
    JOB_DATING = "job_dating", _("Job dating")
    DISCOVERY = "discovery", _("Journée de découverte")


class EventState(TextChoices):
    """Where an event stands."""

    DRAFT = "draft", _("En préparation")
    OPEN = "open", _("Inscriptions ouvertes")
    # Registrations are over, wishes go on until their term; the timetable is made, or is out.
    CLOSED = "closed", _("Inscriptions closes")
    RUNNING = "running", _("En cours")
    OVER = "over", _("Terminé")
    CANCELLED = "cancelled", _("Annulé")


TRANSITIONS: Mapping[EventState, frozenset[EventState]] = MappingProxyType(
    {
        EventState.DRAFT: frozenset({EventState.OPEN, EventState.CANCELLED}),
        EventState.OPEN: frozenset({EventState.CLOSED, EventState.CANCELLED, EventState.DRAFT}),
        EventState.CLOSED: frozenset({EventState.OPEN, EventState.RUNNING, EventState.CANCELLED}),
        # Started by mistake: back to where it was, as long as no meeting was held.
        EventState.RUNNING: frozenset({EventState.OVER, EventState.CLOSED}),
        EventState.OVER: frozenset({EventState.RUNNING}),
        EventState.CANCELLED: frozenset({EventState.DRAFT}),
    }
)

# What visitors may read about.
PUBLIC_STATES = frozenset(
    {EventState.OPEN, EventState.CLOSED, EventState.RUNNING, EventState.OVER}
)


class SideRole(TextChoices):
    """Who stays at a table, who goes from table to table."""

    HOST = "host", _("Reste à sa table")
    VISITOR = "visitor", _("Change de table")


class QuestionKind(TextChoices):
    """How a question is answered."""

    TEXT = "text", _("Texte court")
    LONG_TEXT = "long_text", _("Texte long")
    CHOICE = "choice", _("Un choix")
    CHOICES = "choices", _("Plusieurs choix")
    YES_NO = "yes_no", _("Oui ou non")
    NUMBER = "number", _("Nombre")
    DATE = "date", _("Date")
    COMMUNE = "commune", _("Commune")
    LINK = "link", _("Lien vers une vidéo ou un site")


class Meaning(TextChoices):
    """What an answer says, whatever the words of the question: what compatibility reads.

    The same meaning asked on both sides is compared; PLACE on one side goes with REACH on the
    other.
    """

    NONE = "", _("Pour information")
    # Locum, collaboration, succession, trainee supervision…
    MODE = "mode", _("Mode d’exercice recherché ou proposé")
    PLACE = "place", _("Commune du lieu d’exercice, ou de résidence")
    REACH = "reach", _("Distance acceptée (km)")
    SPECIALTY = "specialty", _("Spécialité")
    START = "start", _("À partir de quand")
    DAYS = "days", _("Jours de la semaine")
    LICENCE = "licence", _("Licence de remplacement")
    # Two professionals who look for one place: never a question about the family.
    TOGETHER = "together", _("Venir ou recevoir à deux professionnels")


class CompatibilityPart(TextChoices):
    """What the compatibility of two parties is made of: the parts of `core.affinity`."""

    MODE = "mode", _("Mode d’exercice")
    DISTANCE = "distance", _("Distance")
    START = "start", _("Date de début")
    DAYS = "days", _("Jours")
    SPECIALTY = "specialty", _("Spécialité")
    TOGETHER = "together", _("Venir à deux")


class PartyKind(TextChoices):
    """Who sits or moves together: a meeting brings two parties face to face."""

    SINGLE = "single", _("Seul·e")
    TEAM = "team", _("Équipe à une même table")
    COUPLE = "couple", _("Personnes qui se déplacent ensemble")


class RegistrationState(TextChoices):
    """Whether somebody has a place."""

    WAITING = "waiting", _("Liste d’attente")
    REGISTERED = "registered", _("Inscription enregistrée")
    # Said so from the mail of the evening before.
    CONFIRMED = "confirmed", _("Présence confirmée")
    CANCELLED = "cancelled", _("Désistement")


# Those who hold a place.
PLACED_STATES = frozenset({RegistrationState.REGISTERED, RegistrationState.CONFIRMED})


class RegistrationOrigin(TextChoices):
    """How somebody was registered."""

    PUBLIC = "public", _("Page publique")
    ORGANISER = "organiser", _("Saisie par l’organisation")
    IMPORT = "import", _("Reprise d’un fichier")
    WALK_IN = "walk_in", _("Sur place")


class Presence(TextChoices):
    """Where somebody is on the evening, as the organisers note it."""

    ARRIVED = "arrived", _("Sur place")
    EXPECTED = "expected", _("Attendu·e")
    LEFT = "left", _("Parti·e")
    # Gave their place up, before or on the evening.
    ABSENT = "absent", _("Ne vient pas")
    WAITING = "waiting", _("Liste d’attente")


PRESENCE_MOVES: Mapping[Presence, frozenset[Presence]] = MappingProxyType(
    {
        Presence.EXPECTED: frozenset({Presence.ARRIVED, Presence.ABSENT}),
        Presence.WAITING: frozenset({Presence.ARRIVED, Presence.ABSENT}),
        # Back to expected: the arrival was noted by mistake.
        Presence.ARRIVED: frozenset({Presence.LEFT, Presence.EXPECTED}),
        Presence.LEFT: frozenset({Presence.ARRIVED}),
        Presence.ABSENT: frozenset({Presence.ARRIVED, Presence.EXPECTED}),
    }
)


class RoundState(TextChoices):
    """Where a round of the evening stands."""

    OVER = "over", _("Terminé")
    CURRENT = "current", _("En cours")
    COMING = "coming", _("À venir")
    DROPPED = "dropped", _("Supprimé")


class News(TextChoices):
    """What a participant is told by mail."""

    REGISTERED = "registered", _("Inscription")
    WAITING = "waiting", _("Liste d’attente")
    PROMOTED = "promoted", _("Place donnée")
    CANCELLED = "cancelled", _("Désistement")
    EVE = "eve", _("Rappel de la veille")
    SAME_DAY = "same_day", _("Rappel du jour même")
    LINK = "link", _("Lien envoyé à nouveau")
    CALLED_OFF = "called_off", _("Événement annulé")
    BACK_ON = "back_on", _("Événement rétabli")


class WishKind(TextChoices):
    """What a party wishes about another."""

    WANTED = "wanted", _("Souhait")
    REFUSED = "refused", _("À ne pas rencontrer")


class RuleKind(TextChoices):
    """What the organiser imposes on a pair."""

    LOCKED = "locked", _("Imposée")
    FORBIDDEN = "forbidden", _("Interdite")


class TimetableStatus(TextChoices):
    """Where a computation stands."""

    WAITING = "waiting", _("En attente")
    RUNNING = "running", _("En cours")
    DONE = "done", _("Calculé")
    FAILED = "failed", _("Impossible")


class Interest(TextChoices):
    """The private answer after a meeting. Never shown to the other side."""

    YES = "yes", _("Oui")
    PERHAPS = "perhaps", _("Peut-être")
    NO = "no", _("Non")


class ContactOutcome(TextChoices):
    """What a contact became, as one side tells it."""

    NOTHING_YET = "nothing_yet", _("Rien pour le moment")
    IN_TOUCH = "in_touch", _("Nous sommes en contact")
    LOCUM = "locum", _("Remplacement fait ou prévu")
    COLLABORATION = "collaboration", _("Collaboration")
    ASSOCIATION = "association", _("Association ou reprise")
    SUPERVISION = "supervision", _("Accueil d’un docteur junior")
    HIRED = "hired", _("Embauche")
    GAVE_UP = "gave_up", _("Sans suite")


# What counts as a result, from the lightest to the most lasting.
RESULTS = (
    ContactOutcome.LOCUM,
    ContactOutcome.SUPERVISION,
    ContactOutcome.HIRED,
    ContactOutcome.COLLABORATION,
    ContactOutcome.ASSOCIATION,
)


class EventAction(TextChoices):
    """What the journal tells of events. It names nobody."""

    CREATED = "events.create", _("Événement créé")
    CHANGED = "events.change", _("Événement modifié")
    MOVED = "events.move", _("Événement : changement d’état")
    DELETED = "events.delete", _("Événement supprimé")
    REGISTERED = "events.register", _("Inscription enregistrée")
    EDITED = "events.edit_registration", _("Inscription modifiée par l’organisation")
    REGROUPED = "events.regroup", _("Groupe réuni, séparé ou modifié")
    MERGED = "events.merge_registrations", _("Inscriptions en double réunies")
    DISTINCT = "events.tell_registrations_apart", _("Inscriptions semblables : deux personnes")
    ALIKE = "events.compare_registrations_again", _("Inscriptions semblables : à revoir")
    CANCELLED = "events.cancel_registration", _("Désistement enregistré")
    CONFIRMED = "events.confirm_presence", _("Présence confirmée par la personne")
    ANSWERED = "events.change_answers", _("Réponses de l’inscription modifiées")
    PROMOTED = "events.promote", _("Place donnée depuis la liste d’attente")
    WISHED = "events.wish", _("Vœux enregistrés")
    RULED = "events.rule", _("Paire imposée, interdite ou rendue")
    PLANNED = "events.plan", _("Grille de passage calculée")
    PUBLISHED = "events.publish", _("Grille de passage publiée")
    ARRIVED = "events.check_in", _("Arrivée notée")
    LEFT = "events.leave", _("Départ noté")
    ROUND_STARTED = "events.start_round", _("Tour commencé")
    ROUND_ENDED = "events.end_round", _("Tour terminé")
    OPENED = "events.open_contact", _("Contact ouvert")
    EXPORTED = "events.export", _("Participants exportés")

"""The sentences of a report: French, whatever the language of the page, and agreeing in number.

A report is a document that a territory signs, in the language it reports in: its sentences are
written here whole, not translated. Where a figure is masked or missing, the sentence says so or
is left out; it never leaves a hole.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils import translation

from ancrage.kit.days import day_in_words
from ancrage.territory.enums import MeasurePart, MeasureUnit
from ancrage.territory.measures import Reading, measure, number_of, value_in_words

LANGUAGE = "fr"
_NBSP = "\u00a0"
_SINGULAR_BELOW = 2


def agree(number: Decimal | int, one: str, many: str) -> str:
    """Return a number and its noun, which agree: « 0 poste », « 1 poste », « 2 postes »."""
    shown = number_of(Decimal(number), MeasureUnit.COUNT)
    return f"{shown}{_NBSP}{one if number < _SINGULAR_BELOW else many}"


def period_in_words(starts: date, ends: date) -> str:
    """« du 1er janvier au 31 décembre 2026 »."""
    first = day_in_words(starts)
    if starts.year == ends.year:
        first = first.removesuffix(f"{starts.year}").rstrip("\u00a0 ")
    return f"du {first} au {day_in_words(ends)}"


@dataclass(frozen=True)
class Told:
    """The readings of a period and of the one before, by key of measure."""

    now: Mapping[str, Reading]
    before: Mapping[str, Reading]
    # Of a part of the territory: measures that are told of the whole only are not there.
    of_part: bool = False
    # The day of reading, in words: that of what only holds at one moment.
    on: str = ""

    @property
    def dated(self) -> str:
        """« Au 22 novembre 2026 »: when what only holds at one moment was read."""
        return f"Au {self.on}" if self.on else "Au moment du calcul"

    def value(self, key: str) -> Decimal | None:
        """The value, None when it is masked, missing or no longer measured."""
        reading = self.now.get(key)
        return None if reading is None else reading.value

    def words(self, key: str) -> str:
        """The value with its unit; empty where there is none."""
        value = self.value(key)
        return "" if value is None else value_in_words(value, measure(key).unit)

    def compared(self, key: str) -> str:
        """« , contre 12 la période précédente » where both are known, else nothing."""
        then = self.before.get(key)
        if self.value(key) is None or then is None or then.value is None:
            return ""
        if then.value == self.value(key):
            return ", comme à la période précédente"
        unit = measure(key).unit
        shown = (
            number_of(then.value, unit)
            if unit in (MeasureUnit.COUNT, MeasureUnit.PEOPLE)
            else value_in_words(then.value, unit)
        )
        return f", contre {shown} à la période précédente"


def sentences_of(part: MeasurePart, told: Told) -> list[str]:
    """Return what a part says of itself, the figures it lacks left out."""
    with translation.override(LANGUAGE):
        found = [one for one in _PARTS[part](told) if one]
    return found or ["Les nombres de cette partie sont trop petits pour être dits."]


def summary_of(told: Told) -> list[str]:
    """Return the few sentences that somebody in a hurry reads."""
    with translation.override(LANGUAGE):
        found = [
            _needs_flow(told),
            _needs_stock(told),
            _hired(told),
            _kept(told),
            _events(told),
        ]
    return [one for one in found if one]


def _needs_flow(told: Told) -> str:
    published, filled = told.value("needs.published"), told.value("needs.filled")
    if published is None or filled is None:
        return ""
    if not published and not filled:
        return "Pendant la période, aucun besoin n’a été publié ni pourvu."
    first = agree(published, "besoin a été publié", "besoins ont été publiés")
    second = agree(filled, "besoin a été pourvu", "besoins ont été pourvus")
    return f"Pendant la période, {first} et {second}{told.compared('needs.filled')}."


def _needs_stock(told: Told) -> str:
    needs, posts = told.value("needs.open"), told.value("needs.posts")
    if not needs or posts is None:
        return f"{told.dated}, aucun besoin n’est en cours." if needs == 0 else ""
    first = agree(needs, "besoin est en cours", "besoins sont en cours")
    second = agree(posts, "poste", "postes")
    return (
        f"{told.dated}, {first}, soit {second} et {told.words('needs.fte_missing')}"
        f"{_NBSP}à pourvoir."
    )


def _needs(told: Told) -> list[str]:
    delay, fresh = told.words("needs.days_to_fill"), told.words("needs.fresh")
    answers = told.now.get("needs.response_rate")
    return [
        _needs_flow(told),
        f"La moitié des besoins pourvus l’ont été en {delay} ou moins"
        f"{told.compared('needs.days_to_fill')}."
        if delay
        else "",
        _needs_stock(told),
        f"{fresh} de ces besoins sont à jour." if fresh else "",
        f"{agree(answers.numerator or 0, 'structure a répondu', 'structures ont répondu')} à la "
        f"dernière campagne de recensement, sur {answers.denominator} interrogées."
        if answers is not None and answers.denominator
        else "",
    ]


def _partners(told: Told) -> list[str]:
    members = told.value("partners.members")
    signed, kept = told.now.get("partners.charter_signed"), told.now.get("charter.kept")
    shared = told.value("resources.shared")
    return [
        ""
        if members is None
        else f"{agree(members, 'structure y a son siège', 'structures y ont leur siège')}."
        if told.of_part
        else f"La plateforme réunit {agree(members, 'structure', 'structures')}.",
        f"{agree(signed.numerator or 0, 'structure a signé', 'structures ont signé')} la charte "
        f"en vigueur, sur {signed.denominator}."
        if signed is not None and signed.denominator
        else ""
        if told.of_part
        else "Aucune charte n’est en vigueur.",
        f"Sur {agree(kept.denominator, 'engagement mesurable', 'engagements mesurables')}, "
        f"{agree(kept.numerator or 0, 'est tenu', 'sont tenus')} par l’ensemble du territoire."
        if kept is not None and kept.denominator
        else "",
        f"{agree(shared, 'ressource est partagée', 'ressources sont partagées')} entre structures."
        if shared
        else "",
    ]


def _hired(told: Told) -> str:
    known, hired = told.value("people.known"), told.value("people.hired")
    if known is None:
        return ""
    first = agree(known, "personne s’est fait connaître", "personnes se sont fait connaître")
    compared = told.compared("people.known")
    if hired is None:
        return (
            f"{first}{compared}\u00a0; trop peu ont pris un poste pour que leur nombre soit dit."
        )
    second = (
        agree(hired, "a depuis pris un poste", "ont depuis pris un poste")
        if hired
        else "aucune n’a encore pris de poste"
    )
    return f"{first}{compared}\u00a0; {second}."


def _people(told: Told) -> list[str]:
    introduced = told.value("people.introduced")
    in_time = told.words("introductions.in_time")
    return [
        _hired(told),
        f"{agree(introduced, 'personne a été mise', 'personnes ont été mises')} en relation avec "
        "une structure."
        if introduced is not None
        else "",
        f"Les structures ont répondu dans le délai de la charte à {in_time} des mises en relation."
        if in_time
        else "",
    ]


def _kept(told: Told) -> str:
    year = told.words("journeys.kept_12")
    if not year:
        return ""
    return f"Un an après leur prise de poste, on estime que {year} des personnes sont encore là."


def _journeys(told: Told) -> list[str]:
    accompanied, started = told.value("journeys.accompanied"), told.value("journeys.started")
    half, late = told.words("journeys.kept_6"), told.value("journeys.late")
    lost = told.value("journeys.lost")
    return [
        f"{agree(accompanied, 'personne a été accompagnée', 'personnes ont été accompagnées')}"
        f"{told.compared('journeys.accompanied')}."
        if accompanied is not None
        else "",
        f"{agree(started, 'personne a pris un poste', 'personnes ont pris un poste')} pendant la "
        f"période{told.compared('journeys.started')}."
        if started is not None
        else "",
        f"Six mois après leur prise de poste, on estime que {half} des personnes sont encore là."
        if half
        else "",
        _kept(told),
        f"{agree(late, 'prochaine action est en retard', 'prochaines actions sont en retard')}."
        if late is not None
        else "",
        f"{agree(lost, 'personne est perdue de vue', 'personnes sont perdues de vue')}."
        if lost is not None
        else "",
    ]


def _events(told: Told) -> str:
    held, contacts = told.value("events.held"), told.value("events.contacts")
    if held is None:
        return ""
    if not held:
        return "Aucune rencontre n’a eu lieu pendant la période."
    first = agree(held, "rencontre a eu lieu", "rencontres ont eu lieu")
    if not contacts:
        return f"{first}{told.compared('events.held')}."
    opened = agree(contacts, "contact s’est ouvert", "contacts se sont ouverts")
    return f"{first}{told.compared('events.held')}\u00a0; {opened}."


def _all_events(told: Told) -> list[str]:
    hosts, visitors = told.value("events.hosts"), told.value("events.visitors")
    lasting = told.value("events.lasting")
    return [
        _events(told),
        f"{agree(hosts, 'hôte', 'hôtes')} et {agree(visitors, 'visiteur', 'visiteurs')} sont "
        "venus."
        if hosts and visitors
        else "",
        f"{agree(lasting, 'contact est devenu', 'contacts sont devenus')} un emploi, une "
        "collaboration ou une association."
        if lasting
        else "",
    ]


def _welcome(told: Told) -> list[str]:
    sent, granted = told.value("welcome.requests"), told.words("welcome.granted")
    delay = told.words("welcome.days_to_answer")
    came, lost = told.value("journeys.arrived"), told.value("journeys.lost_because")
    return [
        f"{agree(sent, 'demande a été envoyée', 'demandes ont été envoyées')} aux partenaires de "
        f"l’accueil{told.compared('welcome.requests')}."
        if sent
        else "Aucune demande n’a été envoyée aux partenaires de l’accueil."
        if sent == 0
        else "",
        f"{granted} de ces demandes sont accordées." if granted else "",
        f"La moitié des réponses sont venues en {delay} ou moins." if delay else "",
        f"{agree(came, 'personne est venue', 'personnes sont venues')} grâce à l’accueil de leur "
        "foyer."
        if came
        else "",
        f"{agree(lost, 'personne a renoncé', 'personnes ont renoncé')} faute d’accueil."
        if lost
        else "",
    ]


def _training(told: Told) -> list[str]:
    places, enrolled = told.value("training.places"), told.value("training.enrolled")
    filled, passed = told.words("training.filled"), told.words("training.passed")
    return [
        f"{agree(places, 'place a été ouverte', 'places ont été ouvertes')} en formation"
        f"{told.compared('training.places')}"
        + (f", dont {filled} sont prises." if filled else ".")
        if places
        else "Aucune place de formation n’a été ouverte pendant la période.",
        f"{agree(enrolled, 'personne y est inscrite', 'personnes y sont inscrites')}."
        if enrolled
        else "",
        f"{passed} des résultats connus sont des réussites complètes." if passed else "",
    ]


def _schemes(told: Told) -> list[str]:
    asked, granted = told.value("schemes.asked"), told.value("schemes.granted")
    paid, silent = told.words("schemes.paid"), told.value("schemes.silent")
    return [
        f"{agree(asked, 'aide a été demandée', 'aides ont été demandées')}"
        f"{told.compared('schemes.asked')}."
        if asked is not None
        else "",
        f"{agree(granted, 'aide a été accordée', 'aides ont été accordées')}."
        if granted is not None
        else "",
        f"{paid} ont été versés." if told.value("schemes.paid") else "",
        f"{agree(silent, 'demande attend', 'demandes attendent')} une réponse depuis trente jours "
        "ou plus."
        if silent
        else "",
    ]


def _posts(told: Told) -> list[str]:
    running = told.value("shared_posts.running")
    if not running:
        return ["Aucun poste partagé n’est en cours."]
    first = agree(running, "poste partagé est en cours", "postes partagés sont en cours")
    return [f"{first}, pour {told.words('shared_posts.fte')}."]


def _safety(told: Told) -> list[str]:
    accidents, aggressions = told.value("safety.accidents"), told.value("safety.aggressions")
    days, supported = told.value("safety.absence_days"), told.words("safety.supported_share")
    return [
        f"Les structures qui ont répondu comptent {agree(accidents, 'accident', 'accidents')} du "
        f"travail{told.compared('safety.accidents')}."
        if accidents is not None
        else "Les relevés communs des structures ne donnent pas de total à dire sur la période.",
        f"Elles ont déclaré {agree(aggressions, 'agression', 'agressions')}"
        + (f", dont {supported} ont été suivies d’un accompagnement." if supported else ".")
        if aggressions is not None
        else "",
        f"Elles ont compté {agree(days, 'journée', 'journées')} d’absence"
        f"{told.compared('safety.absence_days')}."
        if days is not None
        else "",
    ]


def _demography(told: Told) -> list[str]:
    under = told.words("demography.under_2_5")
    mean = told.value("demography.apl")
    read = told.now.get("demography.apl") or told.now.get("demography.under_2_5")
    dated = f" ({read.vintage})" if read is not None and read.vintage else ""
    return [
        f"{under} des habitants vivent dans une commune où l’accessibilité aux médecins "
        f"généralistes est inférieure à 2,5 consultations par an{dated}."
        if under
        else "",
        f"En moyenne, l’accessibilité est de {number_of(mean, MeasureUnit.COUNT)}{_NBSP}"
        f"consultations par habitant et par an{dated}."
        if mean is not None
        else "",
    ]


_PARTS = {
    MeasurePart.NEEDS: _needs,
    MeasurePart.PARTNERS: _partners,
    MeasurePart.PEOPLE: _people,
    MeasurePart.JOURNEYS: _journeys,
    MeasurePart.EVENTS: _all_events,
    MeasurePart.WELCOME: _welcome,
    MeasurePart.TRAINING: _training,
    MeasurePart.SCHEMES: _schemes,
    MeasurePart.SHARED_POSTS: _posts,
    MeasurePart.SAFETY: _safety,
    MeasurePart.DEMOGRAPHY: _demography,
}

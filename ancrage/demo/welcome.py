"""The welcome of the demo: rooms, cots, cars and advice of invented partners, with their days.

Everything goes through the services that the pages call; dates are told from `now`.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.utils import timezone

from ancrage.accounts.models import User
from ancrage.demo.people import PEOPLE
from ancrage.partners.models import Partner
from ancrage.resources import services as resources
from ancrage.resources.enums import ResourceKind as Kind
from ancrage.resources.models import Resource
from ancrage.territory.models import Commune
from ancrage.welcome import services as welcome
from ancrage.welcome.enums import WelcomeKind as For
from ancrage.welcome.services import Period, TermsFacts

# Internships of summer and of winter, as month and day.
SUMMER, WINTER = ((5, 1), (10, 31)), ((11, 2), (4, 30))


@dataclass(frozen=True)
class Offer:
    """One offer. `seasons` and the places of each; `always`: places open for a year from today."""

    structure: str
    kind: Kind
    title: str
    description: str
    insee: str
    terms: TermsFacts
    seasons: tuple[tuple[tuple[tuple[int, int], tuple[int, int]], int], ...] = ()
    always: int = 0
    reference: str = field(default="")


OFFERS = (
    Offer("habitat-du-retz", Kind.HOUSING, "Six chambres meublées pour internes, Pornic",
          "Maison partagée à quinze minutes à pied de l’hôpital : chambre fermant à clé, cuisine "
          "commune, wifi, local à vélos.", "44131",
          TermsFacts(kind=For.HOUSING, price_cents=28_000, price_note="charges comprises",
                     holds=1, address="Maison des internes, quartier de la gare"),
          seasons=((SUMMER, 6), (WINTER, 4))),
    Offer("habitat-du-retz", Kind.HOUSING, "Deux T3 meublés pour une famille, Pornic",
          "Deux chambres, jardin partagé, bail mobilité de un à dix mois, le temps de trouver.",
          "44131",
          TermsFacts(kind=For.HOUSING, price_cents=68_000, price_note="charges comprises",
                     holds=4), always=2),
    Offer("habitat-du-retz", Kind.HOUSING, "Studio meublé, Paimbœuf",
          "Vingt-deux mètres carrés dans le bourg, à cinq minutes du site hospitalier.", "44116",
          TermsFacts(kind=For.HOUSING, price_cents=36_000, price_note="hors électricité",
                     holds=2), seasons=((WINTER, 1),)),
    Offer("habitat-du-retz", Kind.HOUSING, "Chambre chez l’habitant, Sainte-Pazanne",
          "Chez un couple de retraités, petit déjeuner compris, gare à dix minutes à pied.",
          "44186",
          TermsFacts(kind=For.HOUSING, price_cents=24_000, holds=1), seasons=((SUMMER, 1),)),
    Offer("habitat-du-retz", Kind.SERVICE, "Trouver un logement durable",
          "Un rendez-vous, par téléphone ou sur place : parc social réservé aux soignants, "
          "bailleurs privés, Visale, état des lieux.", "44131",
          TermsFacts(kind=For.HOUSING, has_places=False, price_cents=0, comes_to_you=True)),
    Offer("maison-des-petits", Kind.CHILDCARE, "Crèche en horaires décalés, Sainte-Pazanne",
          "Douze berceaux, dont trois gardés pour les soignants du territoire.", "44186",
          TermsFacts(kind=For.CHILDCARE, opening_hours="Mo-Fr 06:00-22:00",
                     age_from_months=3, age_to_months=47,
                     price_note="selon le quotient familial"), always=3),
    Offer("maison-des-petits", Kind.CHILDCARE, "Accueil du samedi et des jours fériés",
          "Équipe réduite, repas fourni, sur réservation.", "44186",
          TermsFacts(kind=For.CHILDCARE, opening_hours="Sa 06:30-20:30; PH 07:00-19:00",
                     age_from_months=6, age_to_months=72,
                     price_note="selon le quotient familial"), always=4),
    Offer("maison-des-petits", Kind.SERVICE, "Assistantes maternelles volontaires pour la nuit",
          "Mise en relation avec des assistantes maternelles agréées qui acceptent les nuits.",
          "44131",
          TermsFacts(kind=For.CHILDCARE, has_places=False, opening_hours="24/7",
                     age_from_months=3, age_to_months=132, comes_to_you=True)),
    Offer("mobilite-pays-de-retz", Kind.VEHICLE, "Voitures à louer à petit prix, Pornic",
          "Citadines, de la semaine au trimestre, assurance comprise, pour prendre un poste.",
          "44131",
          TermsFacts(kind=For.MOBILITY, price_cents=18_000, price_note="assurance comprise"),
          always=4),
    Offer("mobilite-pays-de-retz", Kind.SERVICE, "Points de covoiturage et équipages",
          "Des équipages pour les prises de poste de 6 h 45 et les sorties de 21 h, depuis six "
          "points du territoire.", "44021",
          TermsFacts(kind=For.MOBILITY, has_places=False, price_cents=0)),
    Offer("mobilite-pays-de-retz", Kind.SERVICE, "Passer le permis en prenant son poste",
          "Association d’aide au permis : accompagnement, simulateur, avance de frais.", "44021",
          TermsFacts(kind=For.MOBILITY, has_places=False, price_note="participation selon revenus",
                     opening_hours="Mo-Fr 09:00-12:30,14:00-18:00")),
    Offer("mobilite-pays-de-retz", Kind.VEHICLE, "Vélos électriques prêtés un mois",
          "Le temps d’essayer son trajet : casque, antivol, sacoches.", "44186",
          TermsFacts(kind=For.MOBILITY, price_cents=1_500), always=8),
    Offer("habitat-du-retz", Kind.SERVICE, "École, activités, médecin : s’installer en famille",
          "Une conseillère fait le tour des inscriptions avec vous.", "44131",
          TermsFacts(kind=For.SCHOOL, has_places=False, price_cents=0, comes_to_you=True)),
    Offer("habitat-du-retz", Kind.SERVICE, "Emploi du conjoint ou de la conjointe",
          "Un rendez-vous avec un réseau d’employeurs locaux et de France Travail.", "44131",
          TermsFacts(kind=For.SPOUSE_JOB, has_places=False, price_cents=0)),
    Offer("habitat-du-retz", Kind.SERVICE, "Inscription à l’Ordre, carte de professionnel, impôts",
          "Les formalités d’une installation ou d’une arrivée, dans l’ordre.", "44131",
          TermsFacts(kind=For.FORMALITIES, has_places=False, price_cents=0, comes_to_you=True)),
)  # fmt: skip


def load_welcome(
    built: dict[str, Partner], users: dict[str, User], *, now: datetime
) -> list[Resource]:
    """Share what is in `OFFERS`, with its terms and its calendar; return the offers in order."""
    communes = {commune.insee: commune for commune in Commune.objects.order_by("insee")}
    hands = {person.structure: users[person.email] for person in PEOPLE if person.structure}
    return [
        _share(
            offer,
            built[offer.structure],
            communes[offer.insee],
            by=hands.get(offer.structure),
            rank=rank,
            now=now,
        )
        for rank, offer in enumerate(OFFERS, start=1)
    ]


def _share(
    offer: Offer, partner: Partner, commune: Commune, *, by: User | None, rank: int, now: datetime
) -> Resource:
    shared = now - timedelta(days=4 + rank, minutes=rank)
    resource = resources.create_resource(
        partner=partner,
        kind=offer.kind,
        title=offer.title,
        commune=commune,
        available_from=timezone.localdate(shared),
        reference=f"ACC-{rank:02d}",
        description=offer.description,
        contact_email=f"accueil@{offer.structure}.example",
        publish=True,
        by=by,
        now=shared,
    )
    terms = welcome.set_terms(resource=resource, by=by, now=shared, **offer.terms)
    periods = _periods(offer, today=timezone.localdate(now))
    if periods:
        welcome.set_calendar(
            terms=terms, periods=periods, revision=terms.calendar_revision, by=by, now=shared
        )
    return resource


def _periods(offer: Offer, *, today: date) -> list[Period]:
    """The seasons under way and to come for a year and a half, or a year from today."""
    if offer.always:
        return [Period(today, today + timedelta(days=365), offer.always)]
    horizon = today + timedelta(days=540)
    found = []
    for (first, last), places in offer.seasons:
        for year in range(today.year - 1, today.year + 3):
            starts_on = date(year, *first)
            ends_on = date(year + (last < first), *last)
            if ends_on >= today and starts_on <= horizon:
                found.append(Period(starts_on, ends_on, places))
    return sorted(found)

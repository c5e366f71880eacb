"""Build the demo: a territory, its structures and people, needs, resources. Same seed, same demo.

Everything goes through the services that the pages call, so that the demo cannot show what the
platform cannot do. Dates are told from `now`: the demo is always of today.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from django.db import transaction
from django.db.models import F

from ancrage.accounts import services as accounts
from ancrage.accounts.enums import Role
from ancrage.accounts.models import User
from ancrage.demo.aids import load_aids
from ancrage.demo.arrivals import load_arrivals
from ancrage.demo.campaigns import load_campaigns
from ancrage.demo.candidates import load_candidates
from ancrage.demo.careers import load_careers
from ancrage.demo.demography import load_demography, load_scenarios, load_set, load_study
from ancrage.demo.events import load_events
from ancrage.demo.introductions import load_introductions
from ancrage.demo.journeys import load_journeys
from ancrage.demo.life_projects import load_life_projects
from ancrage.demo.needs import load_needs
from ancrage.demo.people import PASSWORD, PEOPLE, Person
from ancrage.demo.reports import load_reports
from ancrage.demo.resources import load_resources
from ancrage.demo.rights import load_rights
from ancrage.demo.roadmap import load_roadmap
from ancrage.demo.searches import load_searches
from ancrage.demo.shared_posts import load_shared_posts
from ancrage.demo.structures import LIVING_AREAS, STRUCTURES, Structure
from ancrage.demo.training import load_training
from ancrage.demo.welcome import load_welcome
from ancrage.kit.models import OutboxTask
from ancrage.partners import services as partners
from ancrage.partners.enums import CommitmentKind, MemberRole
from ancrage.partners.models import Charter, FacilityCategory, Partner
from ancrage.partners.services import CommitmentText
from ancrage.territory import services as territories
from ancrage.territory.enums import Office
from ancrage.territory.models import Commune, Territory
from ancrage.territory.reference import pays_de_retz

SEED = 20260924

TAGLINE = (
    "Vingt et une communes entre Loire et Océan, une même équipe pour trouver votre poste, "
    "votre logement et votre place."
)
CHARTER_PREAMBLE = (
    "Les structures signataires recrutent ensemble. Elles renoncent à se disputer les mêmes "
    "personnes et se doivent les unes aux autres des règles simples, mesurées par la plateforme."
)
COMMITMENTS = (
    CommitmentText(CommitmentKind.ANSWER_DELAY, "Répondre à chaque candidat sous dix jours.", 10),
    CommitmentText(
        CommitmentKind.PAY_SHOWN, "Afficher une fourchette de rémunération sur nos besoins.", 80
    ),
    CommitmentText(CommitmentKind.NEEDS_FRESH, "Tenir nos besoins à jour chaque mois.", 90),
    CommitmentText(
        CommitmentKind.NO_POACHING,
        "Ne pas démarcher les salariés d’un autre membre du territoire.",
        None,
    ),
)


class DemoAlreadyLoaded(Exception):
    """The territory of the demo exists: nothing was changed."""


@dataclass(frozen=True)
class Loaded:
    """What was built."""

    structures: int
    people: int
    needs: int
    resources: int
    candidates: int
    introductions: int
    journeys: int
    requests: int
    aids: int
    events: int
    shared_posts: int


@transaction.atomic
def load_demo(*, now: datetime) -> Loaded:
    """Build the whole demo at once, or nothing.

    Raises:
        DemoAlreadyLoaded: it is there already.
    """
    if Territory.objects.filter(slug=pays_de_retz.SLUG).exists():
        raise DemoAlreadyLoaded
    draws = Random(SEED)  # noqa: S311 - the same demo every time, no secret
    began = now - timedelta(days=600)
    territory = _territory(now=began)
    users = {person.email: _person(person, territory, now=began) for person in PEOPLE}
    built = {
        structure.slug: _structure(structure, territory, now=began + timedelta(days=7 * rank))
        for rank, structure in enumerate(STRUCTURES)
    }
    for person in PEOPLE:
        if person.structure:
            _join(person, users[person.email], built[person.structure], now=began)
    _sign(_charter(territory, now=began + timedelta(days=30)), built, users, draws, now=now)
    count = load_needs(built, users, draws=draws, now=now)
    load_campaigns(territory, built, users, draws=draws, now=now)
    shared = load_resources(built, users, draws=draws, now=now)
    profiles = load_candidates(territory, users, built, draws=draws, now=now)
    introduced = load_introductions(territory, users, draws=draws, now=now)
    accompanied = load_journeys(territory, users, now=now)
    followed = load_aids(territory, built, users, now=now)
    load_searches(territory, users, now=now)
    load_training(territory, built, users, now=now)
    asked = load_rights(territory, users, now=now)
    offers = load_welcome(built, users, now=now)
    load_life_projects(territory, users, offers, now=now)
    load_arrivals(territory, users["coordination@demo.example"], now=now)
    met = load_events(territory, users, now=now)
    posts = load_shared_posts(built, by=users["coordination@demo.example"], now=now)
    load_demography(now=began)
    load_study(territory, users["institution@demo.example"], now=now - timedelta(days=20))
    load_scenarios(territory, users["institution@demo.example"], now=now)
    load_set(territory, users["institution@demo.example"], now=now)
    load_careers(territory, built, users["coordination@demo.example"], now=now)
    load_roadmap(territory, built, users, now=now)
    # After all that they count.
    load_reports(territory, users["coordination@demo.example"], now=now)
    _read_old_letters(now=now)
    return Loaded(
        structures=len(built),
        people=len(users),
        needs=count,
        resources=shared,
        candidates=profiles,
        introductions=introduced,
        journeys=accompanied,
        requests=asked,
        aids=followed,
        events=met,
        shared_posts=posts,
    )


def _territory(*, now: datetime) -> Territory:
    territory = territories.create_reference_territory(
        slug=pays_de_retz.SLUG, tagline=TAGLINE, by=None, now=now
    )
    for name, codes in LIVING_AREAS.items():
        territories.create_living_area(
            territory=territory,
            name=name,
            communes=territories.communes_with_codes(codes=codes),
            by=None,
            now=now,
        )
    return territory


def _person(person: Person, territory: Territory, *, now: datetime) -> User:
    user = accounts.open_account(
        email=person.email,
        first_name=person.first_name,
        last_name=person.last_name,
        job_title=person.job_title,
        password=PASSWORD,
        is_fictional=True,
        by=None,
        now=now,
    )
    offices = {Role.COORDINATOR: Office.COORDINATOR, Role.INSTITUTION: Office.INSTITUTION}
    if person.role in offices:
        territories.grant_office(
            user=user, territory=territory, office=offices[person.role], by=None, now=now
        )
    if person.role is Role.ADMIN:
        accounts.grant_administration(user=user, by=None, now=now)
    return user


def _structure(structure: Structure, territory: Territory, *, now: datetime) -> Partner:
    communes = {commune.insee: commune for commune in Commune.objects.order_by("insee")}
    categories = {row.code: row for row in FacilityCategory.objects.order_by("code")}
    partner = partners.create_partner(
        territory=territory,
        kind=structure.kind,
        name=structure.name,
        commune=communes[structure.insee],
        contact_email=f"recrutement@{structure.slug}.example",
        presentation="Structure inventée pour la démonstration.",
        is_fictional=True,
        by=None,
        now=now,
    )
    for name, category, insee in structure.sites:
        partners.add_facility(
            partner=partner,
            name=f"{name} (fictif)",
            commune=communes[insee],
            category=categories.get(category),
            by=None,
            now=now,
        )
    return partner


def _join(person: Person, user: User, partner: Partner, *, now: datetime) -> None:
    roles = {
        Role.EMPLOYER: MemberRole.EMPLOYER,
        Role.WELCOME_PARTNER: MemberRole.WELCOME_PARTNER,
    }
    partners.add_member(
        partner=partner,
        user=user,
        role=roles[person.role],
        is_manager=person.is_manager,
        may_sign=person.may_sign,
        by=None,
        now=now,
    )


def _charter(territory: Territory, *, now: datetime) -> Charter:
    draft = partners.start_draft(territory=territory, by=None, now=now)
    written = partners.write_draft(
        charter=draft,
        revision=draft.revision,
        title="Charte du recrutement en Pays de Retz",
        preamble=CHARTER_PREAMBLE,
        commitments=COMMITMENTS,
        by=None,
        now=now,
    )
    return partners.publish_charter(charter=written, revision=written.revision, by=None, now=now)


def _sign(
    charter: Charter,
    built: dict[str, Partner],
    users: dict[str, User],
    draws: Random,
    *,
    now: datetime,
) -> None:
    """Let the people who may sign do it, for the structures that do."""
    signing = {structure.slug for structure in STRUCTURES if structure.signs}
    for person in PEOPLE:
        if person.may_sign and person.structure in signing:
            partners.sign_charter(
                charter=charter,
                partner=built[person.structure],
                signatory=f"{person.first_name} {person.last_name}",
                capacity=person.job_title,
                by=users[person.email],
                now=now - timedelta(days=draws.randint(60, 300)),
            )


def _read_old_letters(*, now: datetime) -> None:
    """Count the letters of the past as sent on their day: nobody receives them all today."""
    old = OutboxTask.objects.filter(done_at__isnull=True, run_at__lt=now - timedelta(days=7))
    old.update(done_at=F("run_at"), payload={})

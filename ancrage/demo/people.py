"""The invented people of the demo: one for each kind of reader, each marked as fictitious."""

from collections.abc import Sequence
from typing import NamedTuple

from ancrage.accounts.demo import DemoAccount, offers_demo_accounts
from ancrage.accounts.enums import Role
from ancrage.accounts.models import User


class Person(NamedTuple):
    """Somebody to play: `structure` is the slug of the one they act for, if any."""

    email: str
    first_name: str
    last_name: str
    job_title: str
    role: Role
    structure: str = ""
    is_manager: bool = False
    may_sign: bool = False


PEOPLE = (
    Person(
        "coordination@demo.example",
        "Anne",
        "Moreau (fictive)",
        "Chargée de mission",
        Role.COORDINATOR,
    ),
    Person(
        "rh@hopital.demo.example",
        "Karim",
        "Hervé (fictif)",
        "Responsable des ressources humaines",
        Role.EMPLOYER,
        "hopital-de-la-cote",
        is_manager=True,
    ),
    Person(
        "direction@hopital.demo.example",
        "Soizic",
        "Aubert (fictive)",
        "Directrice",
        Role.EMPLOYER,
        "hopital-de-la-cote",
        is_manager=True,
        may_sign=True,
    ),
    Person(
        "direction@phare.demo.example",
        "Hugo",
        "Mercier (fictif)",
        "Directeur",
        Role.EMPLOYER,
        "ehpad-le-phare",
        is_manager=True,
        may_sign=True,
    ),
    Person(
        "accueil@habitat.demo.example",
        "Nolwenn",
        "Richard (fictive)",
        "Chargée de logement",
        Role.WELCOME_PARTNER,
        "habitat-du-retz",
        is_manager=True,
        may_sign=True,
    ),
    Person(
        "institution@demo.example",
        "Idriss",
        "Benali (fictif)",
        "Chargé de mission, agence régionale",
        Role.INSTITUTION,
    ),
    Person(
        "professionnelle@demo.example",
        "Camille",
        "Le Goff (fictive)",
        "Infirmière",
        Role.CANDIDATE,
    ),
    Person(
        "administration@demo.example",
        "Théo",
        "Garnier (fictif)",
        "Exploitation de la plateforme",
        Role.ADMIN,
    ),
)

# Long enough for the rules of passwords; public, since the demo is on one's own machine.
PASSWORD = "ancrage-demo-2026"  # noqa: S105


@offers_demo_accounts
def demo_accounts() -> Sequence[DemoAccount]:
    """Those of `PEOPLE` whose account the demo has opened, in order."""
    opened = set(
        User.objects.filter(
            email__in=[person.email for person in PEOPLE], is_active=True
        ).values_list("email", flat=True)
    )
    return [
        DemoAccount(
            email=person.email,
            name=f"{person.first_name} {person.last_name}",
            part=f"{person.role.label} · {person.job_title}",
        )
        for person in PEOPLE
        if person.email in opened
    ]

"""What some people of the demo told for the bridges, and a care assistant who looks further.

Orderlies, care assistants and nurses, in the order in which they came. Invented.
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from ancrage.accounts import services as accounts
from ancrage.accounts.enums import Role
from ancrage.candidates import services as candidates
from ancrage.candidates.enums import CandidateStatus, DiplomaState, ProofKind
from ancrage.candidates.models import Candidate
from ancrage.demo.people import PASSWORD, Person
from ancrage.partners.models import Partner
from ancrage.professions.enums import EmployerSector
from ancrage.territory.models import Territory

CARE_ASSISTANT = Person(
    "soignante@demo.example", "Maëlle", "Robin (fictive)", "Aide-soignante", Role.CANDIDATE
)
SECOND_YEAR = "nurse-second-year-from-aide"
# By profession, what people told in turn: months worked, sector, answers.
_TOLD: Mapping[str, tuple[tuple[int, EmployerSector | None, dict[str, bool]], ...]] = {
    "hospital_orderly": (
        # Not admitted to the three-year course: becomes a nurse by way of care assistant.
        (
            20,
            EmployerSector.HOSPITAL_SERVICE,
            {"selected@nurse-by-continuing-education": False, "age_17": True},
        ),
        (8, EmployerSector.PRIVATE, {"course_70_hours": True, "age_17": True}),
        (40, None, {}),
        (3, EmployerSector.PRIVATE, {"age_17": True}),
    ),
    "care_assistant": (
        (44, EmployerSector.HOSPITAL_SERVICE, {f"selected@{SECOND_YEAR}": True}),
        (14, EmployerSector.PRIVATE, {f"employer_agrees@{SECOND_YEAR}": True}),
        (90, EmployerSector.PRIVATE, {f"employer_agrees@{SECOND_YEAR}": False}),
    ),
    "nurse": (
        (30, EmployerSector.HOSPITAL_SERVICE, {"order_registration": True}),
        (60, EmployerSector.PRIVATE, {"order_registration": True, "doctor_in_team": True}),
    ),
}


def load_careers(
    territory: Territory, built: Mapping[str, Partner], coordinator: Any, *, now: datetime
) -> int:
    """Write the facts; return how many people told some."""
    count = 0
    for code, stories in _TOLD.items():
        for candidate, (months, sector, words) in zip(
            _holders(territory, code), stories, strict=False
        ):
            _tell(candidate, code, months, sector, words, by=coordinator, now=now)
            count += 1
    assistant = list(_holders(territory, "care_assistant"))[len(_TOLD["care_assistant"])]
    _play(assistant, built["hopital-de-la-cote"], now=now)
    return count + 1


def _holders(territory: Territory, code: str) -> list[Candidate]:
    """The people met and not yet introduced to anybody, who hold a profession."""
    return list(
        Candidate.objects.filter(
            territory=territory,
            status=CandidateStatus.ACTIVE,
            settled_at__isnull=True,
            subject__user__isnull=True,
            subject__limited_at__isnull=True,
            introductions__isnull=True,
            merged_into__isnull=True,
            professions__profession__code=code,
            professions__diploma=DiplomaState.HELD,
            professions__is_main=True,
        ).order_by("pk")[: len(_TOLD[code]) + 1]
    )


def _tell(
    candidate: Candidate,
    code: str,
    months: int,
    sector: EmployerSector | None,
    words: dict[str, bool],
    *,
    by: Any,
    now: datetime,
) -> None:
    candidates.tell_career(
        candidate=candidate,
        revision=0,
        sector=sector or "",
        practices=[{"title": code, "months": months, "until": None}],
        words=words,
        by=by,
        now=now,
    )


def _play(candidate: Candidate, hospital: Partner, *, now: datetime) -> None:
    """Give an account to a care assistant of the hospital, whose first-aid paper has ended."""
    user = accounts.open_account(
        email=CARE_ASSISTANT.email,
        first_name=CARE_ASSISTANT.first_name,
        last_name=CARE_ASSISTANT.last_name,
        job_title=CARE_ASSISTANT.job_title,
        password=PASSWORD,
        is_fictional=True,
        by=None,
        now=now,
    )
    candidates.claim_candidate(candidate=candidate, user=user, now=now)
    changed = candidates.change_profile(
        candidate=candidate,
        revision=Candidate.objects.get(pk=candidate.pk).revision,
        first_name=user.first_name,
        last_name=user.last_name,
        employer=hospital,
        by=user,
        now=now,
    )
    today: date = timezone.localdate(now)
    candidates.add_proof(
        candidate=changed,
        kind=ProofKind.AFGSU_2,
        issued_on=today - timedelta(days=1500),
        expires_on=today - timedelta(days=39),
        by=user,
        now=now,
    )
    _tell(
        changed,
        "care_assistant",
        50,
        None,
        {f"selected@{SECOND_YEAR}": True},
        by=user,
        now=now,
    )

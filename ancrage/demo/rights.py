"""What people of the demo ask for their data: agreements taken back, rights, one incident."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

from ancrage.accounts.models import User
from ancrage.candidates.enums import CandidateStatus
from ancrage.candidates.models import Candidate
from ancrage.candidates.queries import candidate_of
from ancrage.matching.enums import OPEN_STATES
from ancrage.matching.models import Introduction
from ancrage.privacy import services as privacy
from ancrage.privacy.enums import (
    BreachRisk,
    ConsentChannel,
    RequestChannel,
    RequestKind,
    RequestStatus,
)
from ancrage.privacy.models import DataSubject
from ancrage.privacy.scopes import viewer_of
from ancrage.territory.models import Territory

_PERSON = "professionnelle@demo.example"
# Whose card was shown, and is no longer.
_LEAVE_THE_POOL = 9
# Kind of right → days since it was asked, and the answer given, if any.
_ASKED = (
    (RequestKind.ACCESS, RequestChannel.EMAIL, 6, ""),
    (RequestKind.RECTIFICATION, RequestChannel.PHONE, 19, ""),
    (RequestKind.PORTABILITY, RequestChannel.LETTER, 41, ""),
    (RequestKind.ACCESS, RequestChannel.VISIT, 75, "Copie remise en main propre, signée."),
    (RequestKind.OBJECTION, RequestChannel.EMAIL, 120, "Carte retirée du vivier le jour même."),
    (RequestKind.RECTIFICATION, RequestChannel.PHONE, 160, "Téléphone corrigé, confirmé de vive"
     " voix."),
)  # fmt: skip


def load_rights(territory: Territory, users: Mapping[str, User], *, now: datetime) -> int:
    """Let people of the demo use their rights; return how many requests the desk holds."""
    by = users["coordination@demo.example"]
    people = _quiet_people(territory, now=now)
    for rank in range(_LEAVE_THE_POOL):
        _leave_the_pool(next(people), by=by, now=now - timedelta(days=3 + 6 * rank))
    for kind, channel, days, answer in _ASKED:
        _ask(next(people), kind, channel, answer, by=by, asked=now - timedelta(days=days))
    paused = next(people)
    privacy.limit_subject(subject=paused, by=by, now=now - timedelta(days=10))
    privacy.note_own_act(
        subject=paused,
        kind=RequestKind.LIMITATION,
        answer="Profil mis en pause par la personne.",
        by=None,
        now=now - timedelta(days=10),
    )
    privacy.erase_subject(subject=next(people), by=by, now=now - timedelta(days=33), asked=True)
    _incident(users["administration@demo.example"], now=now)
    _looked_at(users, now=now)
    # Somebody silent for nearly two years came on the list of those to tell.
    privacy.expire_subjects(now=now - timedelta(days=9))
    return len(_ASKED) + 2


def _quiet_people(territory: Territory, *, now: datetime) -> Iterator[DataSubject]:
    """People of the pool whom nothing under way concerns, and who came long enough ago."""
    busy = Introduction.objects.filter(state__in=sorted(OPEN_STATES)).values("candidate")
    rows = Candidate.objects.filter(
        territory=territory,
        status=CandidateStatus.ACTIVE,
        in_pool=True,
        subject__user__isnull=True,
        created_at__lt=now - timedelta(days=180),
    ).exclude(pk__in=busy)
    found = list(rows.select_related("subject").order_by("pk"))
    return (candidate.subject for candidate in found)


def _leave_the_pool(subject: DataSubject, *, by: User, now: datetime) -> None:
    privacy.withdraw_consent(
        subject=subject,
        purpose="talent_pool",
        scope="",
        channel=ConsentChannel.PHONE,
        proof="Dit au téléphone (démonstration)",
        by=by,
        now=now,
    )


def _ask(
    subject: DataSubject, kind: str, channel: str, answer: str, *, by: User, asked: datetime
) -> None:
    request = privacy.file_request(
        subject=subject,
        home=subject.home,
        kind=kind,
        channel=channel,
        details="Demande inventée pour la démonstration.",
        by=by,
        now=asked,
    )
    if answer:
        privacy.close_request(
            request=request,
            status=RequestStatus.DONE,
            answer=answer,
            by=by,
            now=asked + timedelta(days=9),
        )


def _incident(by: User, *, now: datetime) -> None:
    """A letter to the wrong structure, seen the next day, told to the authority, settled."""
    found = now - timedelta(days=96)
    facts = "Un courriel avec trois cartes nommées est parti à une autre structure (fictif)."
    breach = privacy.log_breach(
        discovered_at=found, facts=facts, by=by, now=found + timedelta(hours=2)
    )
    privacy.assess_breach(
        breach=breach,
        risk=BreachRisk.RISK,
        people_count=3,
        facts=facts,
        effects="Trois personnes identifiées par une structure qu’elles n’avaient pas choisie.",
        measures="Suppression demandée et confirmée par écrit ; envois relus à deux.",
        by=by,
        now=found + timedelta(hours=20),
    )
    privacy.notify_authority(
        breach=breach,
        notified_at=found + timedelta(hours=26),
        reference="FICTIF-0001",
        late_reason="",
        by=by,
        now=found + timedelta(hours=26),
    )
    privacy.tell_people(
        breach=breach,
        told_at=found + timedelta(hours=30),
        silence_reason="",
        by=by,
        now=found + timedelta(hours=30),
    )
    privacy.close_breach(breach=breach, by=by, now=found + timedelta(days=9))


def _looked_at(users: Mapping[str, User], *, now: datetime) -> None:
    """Who has looked at the profile of the account that plays a person."""
    candidate = candidate_of(users[_PERSON])
    if candidate is None:
        return
    for email, purpose, hours in (
        ("coordination@demo.example", "support", 11 * 24),
        ("rh@hopital.demo.example", "identity", 5),
    ):
        privacy.trace_access(
            subject=candidate.subject,
            viewer=viewer_of(users[email]),
            purpose=purpose,
            fields=["first_name", "last_name", "phone"],
            now=now - timedelta(hours=hours),
        )

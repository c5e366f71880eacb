"""Telling people, in time, that a proof is about to end."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from typing import cast

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from ancrage.candidates.models import Proof
from ancrage.candidates.queries.proofs import proofs_ending
from ancrage.candidates.reference import ALERT_DAYS
from ancrage.kit.mail import queue_mail
from ancrage.territory.models import Territory
from ancrage.territory.queries import coordinators_of


@dataclass(frozen=True)
class Alerted:
    """How many proofs were told about, and how many mails were queued."""

    proofs: int = 0
    mails: int = 0


@transaction.atomic
def alert_ending_proofs(*, now: datetime) -> Alerted:
    """Tell each holder 60, 30 and 7 days before a proof ends, and their coordination once a day.

    Safe to repeat: each step of each proof is told once, even if a day of the command was missed.
    """
    today = timezone.localdate(now)
    told: Counter[Territory] = Counter()
    mails = 0
    for proof in proofs_ending(on=today):
        # The question asked for those that end.
        days_left = (cast(date, proof.expires_on) - today).days
        step = min(days for days in ALERT_DAYS if days >= days_left)
        if not _take_step(proof, step):
            continue
        told[proof.candidate.territory] += 1
        mails += _tell_holder(proof, step, days_left=days_left, now=now)
    for territory, count in sorted(told.items(), key=lambda pair: pair[0].pk):
        mails += _tell_coordination(territory, count, now=now)
    return Alerted(proofs=sum(told.values()), mails=mails)


def _take_step(proof: Proof, step: int) -> bool:
    waits = Q(alerted_days__isnull=True) | Q(alerted_days__gt=step)
    return bool(Proof.objects.filter(waits, pk=proof.pk).update(alerted_days=step))


def _tell_holder(proof: Proof, step: int, *, days_left: int, now: datetime) -> int:
    candidate = proof.candidate
    if not candidate.email:
        return 0
    return queue_mail(
        key=f"proof:{proof.pk}:ends-in:{step}",
        to=candidate.email,
        template="candidates/email/proof_ending",
        context={
            "name": candidate.full_name,
            "proof": proof.get_kind_display(),
            "expires_on": proof.expires_on,
            "days_left": days_left,
        },
        language=candidate.language,
        now=now,
    )


def _tell_coordination(territory: Territory, count: int, *, now: datetime) -> int:
    """Say how many, never whose: the mail may be read anywhere."""
    return sum(
        queue_mail(
            key=f"proofs-ending:{territory.pk}:{timezone.localdate(now)}:to:{user.pk}",
            to=user.email,
            template="candidates/email/proofs_ending",
            context={"territory_name": territory.name, "count": count},
            language=user.language,
            now=now,
        )
        for user in coordinators_of(territory)
    )

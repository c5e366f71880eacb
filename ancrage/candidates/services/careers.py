"""What a person tells for the bridges: kept with the profile, changed by them or for them."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, TypedDict

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ancrage.candidates.enums import CandidateEvent
from ancrage.candidates.models import Candidate, Career
from ancrage.candidates.services.errors import ProfileChangedMeanwhile
from ancrage.candidates.services.profiles import current_candidate
from ancrage.kit.audit import record
from ancrage.privacy.services import touch_subject
from ancrage.professions.enums import BridgeFact, EmployerSector
from ancrage.professions.models import ProfessionBridge, Qualification

MOST_MONTHS = 600
"""Fifty years of work: more is a slip of the pen."""


class PracticeFacts(TypedDict):
    """Full-time months in a profession, told in one go until a day (None: it goes on)."""

    title: str
    months: int
    until: date | None


@transaction.atomic
def tell_career(
    *,
    candidate: Candidate,
    revision: int,
    by: Any,
    now: datetime,
    sector: str = "",
    practices: Sequence[PracticeFacts] = (),
    titles: Sequence[str] = (),
    words: Mapping[str, bool] | None = None,
) -> Career:
    """Write down what a person tells for the bridges; whatever is left out is not known.

    `revision` is that of the facts as they were read, 0 before any.

    Raises:
        ValidationError: reasons by field: an unknown title or fact, months out of bounds, work
            that ends in the future.
        ProfileChangedMeanwhile: somebody told other facts since.
        ProfileGone, SubjectFrozen: the profile is nobody's any more, or frozen.
    """
    row = current_candidate(candidate)
    known = Career.objects.filter(candidate=row).first() or Career(candidate=row, revision=0)
    if known.revision != revision:
        raise ProfileChangedMeanwhile
    today = timezone.localdate(now)
    told = {
        "sector": _sector(sector),
        "practices": _practices(practices, today),
        "titles": _titles(titles),
        "words": _words(words or {}),
    }
    changed = [name for name, value in told.items() if getattr(known, name) != value]
    if not changed and known.pk:
        return known
    for name in changed:
        setattr(known, name, told[name])
    known.told_on, known.revision = today, revision + 1
    known.save()
    # Which facts, never what was answered.
    record(
        action=CandidateEvent.CAREER_TOLD,
        target=row,
        by=by,
        now=now,
        scope=row.subject.home,
        changes={"fields": ["", ", ".join(sorted(changed))]},
    )
    if by is not None and by.pk == row.subject.user_id:
        touch_subject(subject=row.subject, now=now)
    return known


def _sector(sector: str) -> str:
    if sector and sector not in EmployerSector.values:
        raise ValidationError({"sector": _("Choisissez un secteur de la liste.")})
    return sector


def _practices(practices: Sequence[PracticeFacts], today: date) -> list[dict[str, Any]]:
    _refuse_unknown("practices", {one["title"] for one in practices})
    for one in practices:
        if not 0 <= one["months"] <= MOST_MONTHS:
            raise ValidationError(
                {
                    "practices": _("Écrivez un nombre de mois de 0 à %(most)s.")
                    % {"most": MOST_MONTHS}
                }
            )
        if one["until"] is not None and one["until"] > today:
            raise ValidationError(
                {"practices": _("Ce travail ne peut pas avoir pris fin dans l’avenir.")}
            )
    return [
        {
            "title": one["title"],
            "months": one["months"],
            "until": one["until"].isoformat() if one["until"] else None,
        }
        for one in sorted(practices, key=lambda one: one["title"])
    ]


def _titles(titles: Sequence[str]) -> list[str]:
    _refuse_unknown("titles", set(titles))
    return sorted(set(titles))


def _refuse_unknown(field: str, codes: set[str]) -> None:
    known = set(Qualification.objects.filter(code__in=codes).values_list("code", flat=True))
    if codes - known:
        raise ValidationError({field: _("Ce titre ou diplôme n’est pas dans la liste.")})


def _words(words: Mapping[str, bool]) -> dict[str, bool]:
    """Keep the answers to facts that exist, of bridges that exist."""
    of_bridges = {key.partition("@")[2] for key in words} - {""}
    bridges = set(
        ProfessionBridge.objects.filter(code__in=of_bridges).values_list("code", flat=True)
    )
    for key in words:
        fact, _at, bridge = key.partition("@")
        if fact not in BridgeFact.values or (bridge and bridge not in bridges):
            raise ValidationError({"words": _("Cette question n’est plus posée.")})
    return dict(sorted(words.items()))

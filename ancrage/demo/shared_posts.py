"""The shared posts of the demo: one running, one that waits for an agreement, one proposed.

And fractions that nobody has put together yet, for whoever tries the detection: two open ones,
and one that would complete a part-time that a structure keeps. Invented.
"""

from datetime import datetime, timedelta
from typing import NamedTuple

from django.utils import timezone

from ancrage.accounts.models import User
from ancrage.demo.calendar import at_work
from ancrage.matching.enums import Vehicle
from ancrage.matching.models import SharedPost
from ancrage.matching.services import posts
from ancrage.needs import services as needs
from ancrage.needs.enums import NeedReason
from ancrage.needs.models import Need
from ancrage.partners.models import Partner
from ancrage.professions.enums import ContractKind
from ancrage.professions.models import Profession


class _Fraction(NamedTuple):
    """A part-time need: whose, of which profession, how much, on which days."""

    structure: str
    profession: str
    fte: int
    days: str


_RUNNING = (
    _Fraction("clinique-des-dunes", "occupational_therapist", 60, "123"),
    _Fraction("mas-les-hirondelles", "occupational_therapist", 40, "45"),
)
_WAITING = (
    _Fraction("hopital-de-la-cote", "psychomotor_therapist", 50, "123"),
    _Fraction("ehpad-le-phare", "psychomotor_therapist", 50, "345"),
)
_PROPOSED = (
    _Fraction("ehpad-les-embruns", "psychologist", 40, "12"),
    _Fraction("foyer-les-ajoncs", "psychologist", 30, "34"),
    _Fraction("esat-du-canal", "psychologist", 20, "5"),
)
_ALONE = (
    _Fraction("hopital-de-la-cote", "dietitian", 50, "123"),
    _Fraction("ehpad-le-phare", "dietitian", 40, "345"),
)
# Somebody works the first three days there already; the other part is open.
_KEPT = _Fraction("ehpad-les-embruns", "speech_therapist", 50, "123")
_COMPLEMENT = (_Fraction("hopital-de-la-cote", "speech_therapist", 40, "45"),)
_MINUTES = 25
_DESCRIPTION = "Un temps partiel dans une équipe qui accueille volontiers un poste partagé."


def load_shared_posts(built: dict[str, Partner], *, by: User, now: datetime) -> int:
    """Write the files at their steps, and return how many."""
    long_ago = at_work(now - timedelta(days=80), latest=now)
    running = _opened(_RUNNING, built, Vehicle.SEVERAL_CONTRACTS, by=by, now=long_ago)
    for days, part in enumerate(running.parts.order_by("pk"), start=3):
        then = at_work(long_ago + timedelta(days=days), latest=now)
        posts.answer_part(part=part, agrees=True, by=by, now=then)
    running = SharedPost.objects.select_related("lead", "territory").get(pk=running.pk)
    signed = at_work(long_ago + timedelta(days=20), latest=now)
    posts.sign_post(post=running, signed_on=timezone.localdate(signed), by=by, now=signed)
    started = at_work(long_ago + timedelta(days=45), latest=now)
    posts.start_post(post=running, by=by, now=started)

    lately = at_work(now - timedelta(days=5), latest=now)
    waiting = _opened(_WAITING, built, Vehicle.SECONDMENT, by=by, now=lately)
    first = waiting.parts.order_by("pk")[0]
    answered = at_work(lately + timedelta(days=2), latest=now)
    posts.answer_part(part=first, agrees=True, by=by, now=answered)

    _opened(_PROPOSED, built, None, by=by, now=at_work(now - timedelta(days=2), latest=now))
    _published(_ALONE, built, by=by, now=at_work(now - timedelta(days=9), latest=now))
    then = at_work(now - timedelta(days=8), latest=now)
    _published(_COMPLEMENT, built, by=by, now=then)
    _keep(_KEPT, built[_KEPT.structure], by=by, now=then)
    return SharedPost.objects.count()


def _keep(one: _Fraction, partner: Partner, *, by: User, now: datetime) -> None:
    """Declare a part-time whose holder would like more hours."""
    facility = partner.facilities.select_related("commune").order_by("pk").first()
    posts.declare_part_time(
        partner=partner,
        facility=facility,
        commune=facility.commune if facility else partner.commune,
        profession=Profession.objects.get(code=one.profession),
        fte_hundredths=one.fte,
        slots=_weeks((one,))[0].split(),
        starts_on=timezone.localdate(now) + timedelta(days=20),
        wished_least=80,
        wished_most=100,
        by=by,
        now=now,
    )


def _opened(
    fractions: tuple[_Fraction, ...],
    built: dict[str, Partner],
    vehicle: Vehicle | None,
    *,
    by: User,
    now: datetime,
) -> SharedPost:
    """Open the file of these fractions; with a legal form, ask their employers."""
    rows = _published(fractions, built, by=by, now=now)
    post = posts.open_shared_post(
        parts=[
            posts.PartToOpen(need, week)
            for need, week in zip(rows, _weeks(fractions), strict=True)
        ],
        travel=_MINUTES * (len(rows) - 1),
        by=by,
        now=now,
    )
    if vehicle is None or post.lead is None or post.starts_on is None:
        return post
    terms = {part.pk: posts.PartTerms(part.cost_percent) for part in post.parts.all()}
    posts.set_terms(
        post=post,
        revision=post.revision,
        vehicle=vehicle,
        lead=post.lead,
        starts_on=post.starts_on,
        parts=terms,
        by=by,
        now=now,
    )
    posts.ask_employers(post=post, by=by, now=now)
    return post


def _published(
    fractions: tuple[_Fraction, ...], built: dict[str, Partner], *, by: User, now: datetime
) -> list[Need]:
    rows = []
    professions = {row.code: row for row in Profession.objects.order_by("pk")}
    for one, week in zip(fractions, _weeks(fractions), strict=True):
        partner = built[one.structure]
        facility = partner.facilities.select_related("commune").order_by("pk").first()
        commune = facility.commune if facility else partner.commune
        if commune is None:
            message = f"{one.structure} has no commune"
            raise ValueError(message)
        need = needs.create_need(
            partner=partner,
            facility=facility,
            commune=commune,
            profession=professions[one.profession],
            contract=ContractKind.CDI,
            starts_on=timezone.localdate(now) + timedelta(days=40),
            reference=f"PARTAGE-{one.profession[:8].upper()}",
            fte_hundredths=one.fte,
            reason=NeedReason.CREATION,
            works_days=True,
            description=_DESCRIPTION,
            contact_email=f"recrutement@{one.structure}.example",
            by=by,
            now=now,
            publish=True,
        )
        slots = [f"{day}{half}" for day in one.days for half in "ma"]
        posts.say_week(need=need, slots=slots, needed=len(week.split()), by=by, now=now)
        rows.append(need)
    return rows


def _weeks(fractions: tuple[_Fraction, ...]) -> list[str]:
    """The slots that each takes: a half-day for ten hundredths, none of them twice."""
    taken: set[str] = set()
    weeks = []
    for one in fractions:
        free = [slot for day in one.days for half in "ma" if (slot := f"{day}{half}") not in taken]
        week = free[: one.fte // 10]
        taken |= set(week)
        weeks.append(" ".join(week))
    return weeks

"""The two hundred needs of the demo, drawn from what each kind of structure lacks."""

from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from django.utils import timezone

from ancrage.accounts.models import User
from ancrage.demo.calendar import draw_publication, draw_start
from ancrage.demo.mixes import DESCRIPTIONS, MIXES, UNITS, Lack
from ancrage.demo.people import PEOPLE
from ancrage.demo.structures import STRUCTURES, Structure
from ancrage.needs import services as needs
from ancrage.needs.enums import Audience, NeedReason, StartPrecision, Urgency, WithdrawReason
from ancrage.needs.models import Need
from ancrage.needs.services import PracticeFacts
from ancrage.partners.models import Facility, Partner
from ancrage.professions.enums import PRACTICE_CONTRACTS, ContractKind
from ancrage.professions.models import Profession

NEEDS = 200
SUMMER_MONTHS = frozenset({6, 7, 8})


def load_needs(
    built: dict[str, Partner], users: dict[str, User], *, draws: Random, now: datetime
) -> int:
    """Write `NEEDS` needs, most of them open, some filled, paused or still drafts."""
    professions = {row.code: row for row in Profession.objects.order_by("pk")}
    hands = {person.structure: users[person.email] for person in PEOPLE if person.structure}
    recruiting = [structure for structure in STRUCTURES if structure.size]
    sizes = [structure.size for structure in recruiting]
    for rank in range(NEEDS):
        # Each recruits at least once before the sizes decide.
        structure = (
            recruiting[rank]
            if rank < len(recruiting)
            else draws.choices(recruiting, weights=sizes)[0]
        )
        _need(
            rank,
            structure,
            built[structure.slug],
            by=hands.get(structure.slug),
            professions=professions,
            draws=draws,
            now=now,
        )
    # As every night on a running platform: no post whose end is past stays open.
    needs.expire_past_needs(now=now)
    return NEEDS


def _need(
    rank: int,
    structure: Structure,
    partner: Partner,
    *,
    by: User | None,
    professions: dict[str, Profession],
    draws: Random,
    now: datetime,
) -> None:
    lacks = MIXES[structure.mix]
    lack = draws.choices(lacks, weights=[lack.weight for lack in lacks])[0]
    contract = draws.choice(lack.contracts)
    start = draw_start(timezone.localdate(now), summer=lack.summer, draws=draws)
    published = draw_publication(start, now=now, draws=draws)
    sites: list[Facility | None] = [*partner.facilities.order_by("pk")]
    facility = draws.choice(sites or [None])
    commune = facility.commune if facility else partner.commune
    if commune is None:
        message = f"{structure.slug} has no commune"
        raise ValueError(message)
    facts = _facts(rank, structure, lack, contract, start, draws, today=timezone.localdate(now))
    need = needs.create_need(
        partner=partner,
        facility=facility,
        commune=commune,
        profession=professions[lack.profession],
        contract=contract,
        starts_on=start,
        practice=_practice(lack, contract, draws),
        by=by,
        now=published,
        publish=draws.random() > 0.03,
        **facts,
    )
    _live(need, start=start, published=published, by=by, draws=draws, now=now)


def _facts(
    rank: int,
    structure: Structure,
    lack: Lack,
    contract: ContractKind,
    start: date,
    draws: Random,
    *,
    today: date,
) -> dict[str, Any]:
    in_summer = start.month in SUMMER_MONTHS
    facts: dict[str, Any] = {
        "reference": f"{structure.slug[:12].upper().rstrip('-')}-{rank + 1:03d}",
        "unit": draws.choice(UNITS.get(structure.mix, ("",))),
        "positions": draws.choices((1, 2, 3, 4), (70, 18, 8, 4))[0],
        "fte_hundredths": draws.choices((100, 80, 75, 50, 60), (62, 14, 8, 10, 6))[0],
        "reason": _reason(contract, in_summer=in_summer, draws=draws),
        "start_precision": _precision(start, today, draws),
        "urgency": draws.choices(list(Urgency), (15, 50, 25, 10))[0],
        "works_days": True,
        "works_nights": lack.nights and draws.random() < 0.35,
        "works_12h": lack.nights and draws.random() < 0.3,
        "works_weekends": draws.random() < 0.5,
        "housing_offered": in_summer and draws.random() < 0.5,
        "description": " ".join(draws.sample(DESCRIPTIONS, 2)),
        "contact_email": f"recrutement@{structure.slug}.example",
        "audience": Audience.PUBLIC if draws.random() < 0.88 else Audience.MEMBERS,
    }
    if contract in {ContractKind.CDD, ContractKind.LOCUM, ContractKind.VACATION}:
        facts["ends_on"] = start + timedelta(days=draws.choice((30, 61, 91, 182)))
    if lack.pay is not None and draws.random() < 0.8:
        low, high = lack.pay
        facts |= {
            "pay_min_cents": low * 100,
            "pay_max_cents": high * 100,
            "pay_period": lack.period,
            "pay_note": "brut",
        }
    return facts


def _precision(start: date, today: date, draws: Random) -> StartPrecision:
    if start <= today and draws.random() < 0.5:
        return StartPrecision.ASAP
    return draws.choices((StartPrecision.DAY, StartPrecision.MONTH), (80, 20))[0]


def _reason(contract: ContractKind, *, in_summer: bool, draws: Random) -> NeedReason:
    if in_summer and contract is ContractKind.CDD:
        return NeedReason.SUMMER
    if contract is ContractKind.SUCCESSOR:
        return NeedReason.RETIREMENT
    return draws.choice(
        (
            NeedReason.DEPARTURE,
            NeedReason.RETIREMENT,
            NeedReason.LEAVE,
            NeedReason.CREATION,
            NeedReason.VACANCY,
        )
    )


def _practice(lack: Lack, contract: ContractKind, draws: Random) -> PracticeFacts | None:
    if lack.profession != "general_practitioner" or contract not in PRACTICE_CONTRACTS:
        return None
    return PracticeFacts(
        patients=draws.randrange(800, 1850, 50),
        days="lundi, mardi, jeudi, vendredi matin",
        home_visits_per_week=draws.randint(2, 12),
        rent_cents=draws.choice((30000, 40000, 55000)),
        partners_count=draws.randint(1, 5),
        legal_form="SCM",
        secretariat="sur place, le matin ; à distance, l’après-midi",
        retrocession_percent=80 if contract is ContractKind.LOCUM else None,
        room_for_couple=draws.random() < 0.3,
    )


def _live(
    need: Need, *, start: date, published: datetime, by: User | None, draws: Random, now: datetime
) -> None:
    """Give the need a life: filled, withdrawn, paused, confirmed or forgotten."""
    if need.published_at is None:
        return
    since = max((now - published).days, 1)
    then = now - timedelta(days=draws.randint(0, min(since, 60)), minutes=1)
    fate = draws.random()
    passed = start < timezone.localdate(now)
    if fate < (0.62 if passed else 0.1):
        needs.fill_need(need=need, by=by, now=then)
    elif fate < (0.68 if passed else 0.13):
        needs.withdraw_need(need=need, reason=draws.choice(list(WithdrawReason)), by=by, now=then)
    elif fate < (0.71 if passed else 0.17):
        needs.pause_need(need=need, by=by, now=then)
    elif fate < 0.93:
        needs.confirm_need(
            need=need, by=by, now=now - timedelta(days=draws.randint(0, min(since - 1, 28)))
        )

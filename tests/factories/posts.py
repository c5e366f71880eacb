"""Shared posts, as rows: the services are for the tests that are about them."""

from datetime import date

from ancrage.matching.enums import PartAnswer, PostState, Vehicle
from ancrage.matching.models import (
    PostRun,
    RetainedPartTime,
    SharedPost,
    SharedPostMove,
    SharedPostPart,
)
from ancrage.needs.models import Need
from ancrage.partners.models import Partner
from ancrage.territory.models import Territory
from tests.factories.moments import NOW
from tests.factories.needs import NeedFactory

STARTS_ON = date(2027, 3, 1)


def fractions_of(
    *partners: Partner, ftes: tuple[int, ...] = (60, 40), **facts: object
) -> list[Need]:
    """One published part-time need of each structure, of one profession and one place."""
    first, *others = partners
    need = NeedFactory(partner=first, published=True, fte_hundredths=ftes[0], **facts)
    alike = {"profession": need.profession, "commune": need.commune, "published": True, **facts}
    return [
        need,
        *(
            NeedFactory(partner=partner, fte_hundredths=fte, **alike)
            for partner, fte in zip(others, ftes[1:], strict=True)
        ),
    ]


def shared_post(*needs: Need, asked: bool = False) -> SharedPost:
    """A file of these needs, led by the structure of the first; `asked`: employers were."""
    lead = needs[0].partner
    state = PostState.STUDIED if asked else PostState.PROPOSED
    post = SharedPost.objects.create(
        territory=lead.territory,
        profession=needs[0].profession,
        lead=lead,
        starts_on=STARTS_ON,
        state=state,
        vehicle=Vehicle.SECONDMENT if asked else "",
        state_since=NOW,
        opened_at=NOW,
    )
    for need in needs:
        SharedPostPart.objects.create(
            post=post,
            need=need,
            partner=need.partner,
            fte=need.fte_hundredths,
            cost_percent=need.fte_hundredths,
            week="1m 1a 2m",
            answer=PartAnswer.ASKED if asked else PartAnswer.NOT_ASKED,
            asked_at=NOW if asked else None,
        )
    SharedPostMove.objects.create(post=post, after=PostState.PROPOSED, at=NOW)
    if asked:
        SharedPostMove.objects.create(post=post, before="proposed", after=state, at=NOW)
    return post


def detection(territory: Territory, *needs: Need, **facts: object) -> PostRun:
    """A detection that found one post of these needs."""
    parts = [
        {
            "ref": str(need.pk),
            "copy": 1,
            "kept": False,
            "fte": need.fte_hundredths,
            "week": f"{rank}m {rank}a",
            "days": 1,
            "missing": 80 - need.fte_hundredths,
        }
        for rank, need in enumerate(needs, start=1)
    ]
    row = {
        "parts": parts,
        "fte": sum(need.fte_hundredths for need in needs),
        "travel": 20,
        "km": 15,
        "longest": 20,
        "start": STARTS_ON.isoformat(),
        "days": len(needs),
        "on_the_road": 0,
        "locked": False,
    }
    known = {
        "status": "done",
        "asked_at": NOW,
        "done_at": NOW,
        "travel_limit": 45,
        "fte_least": 80,
        "fte_most": 100,
        "found": [row],
        "fte": row["fte"],
        "bound_fte": row["fte"],
        "is_optimal": True,
    }
    return PostRun.objects.create(territory=territory, **known | facts)


def part_time(need: Need, partner: Partner, **facts: object) -> RetainedPartTime:
    """A half-time that `partner` keeps, of the profession and the place of a need; its holder
    wishes for 80 to 100 %."""
    known = {
        "profession": need.profession,
        "commune": need.commune,
        "fte_hundredths": 50,
        "slots": "1m 1a 2m 2a 3m",
        "starts_on": date(2026, 11, 2),
        "wished_least": 80,
        "wished_most": 100,
        "changed_at": NOW,
    }
    return RetainedPartTime.objects.create(partner=partner, **known | facts)

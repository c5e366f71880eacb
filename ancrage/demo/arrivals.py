"""What the welcome changed in the demo: who came thanks to it, who was lost for want of it."""

from datetime import datetime

from ancrage.accounts.models import User
from ancrage.journeys import services as journeys
from ancrage.journeys.enums import ArrivalKind
from ancrage.journeys.models import Journey
from ancrage.matching.enums import IntroductionState
from ancrage.matching.models import Introduction
from ancrage.territory.models import Territory
from ancrage.welcome.enums import WelcomeKind as For

# In turn, the latest introductions first: themes of who came, and of who did not.
_ARRIVED = (
    *((For.HOUSING,), (For.HOUSING, For.SPOUSE_JOB), (For.HOUSING,), (For.CHILDCARE,)),
    *((For.HOUSING, For.CHILDCARE), (For.HOUSING,), (For.MOBILITY,), (For.HOUSING,)),
)
_LOST = ((For.HOUSING,), (For.CHILDCARE,), (For.HOUSING,), (For.SPOUSE_JOB,), (For.HOUSING,))


def load_arrivals(territory: Territory, by: User, *, now: datetime) -> None:
    """Note the outcomes beside introductions that ended; their households are gone since."""
    for kind, state, noted in (
        (ArrivalKind.ARRIVED, IntroductionState.HIRED, _ARRIVED),
        (ArrivalKind.LOST, IntroductionState.CLOSED, _LOST),
    ):
        known = Journey.objects.filter(territory=territory).values("candidate")
        ended = Introduction.objects.filter(state=state, candidate__in=known).order_by("-pk")
        for introduction, themes in zip(ended[: len(noted)], noted, strict=False):
            journey = Journey.objects.filter(candidate=introduction.candidate_id).latest("pk")
            journeys.note_arrival(
                journey=journey,
                kind=kind,
                themes=themes,
                introduction=introduction,
                by=by,
                now=now,
            )

"""Requests and offers drawn at random, small enough to be tried by hand, and half forgotten."""

import itertools
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import strategies as st

from ancrage.core.welcome import Offer, Opening, Place, Reach, Request, Span, hours_offered

ORIGIN = date(2027, 5, 1)
COMMUNES = ("44131", "44154", "44126")
PLACES = {
    "44131": Place("44131", 47.1224, -2.0518),
    "44154": Place("44154", 47.2380, -2.1517),
    "44126": Place("44126", 47.1950, -1.7430),
}
TABLE = {
    (one, other): 15 + 10 * abs(i - j)
    for i, one in enumerate(COMMUNES)
    for j, other in enumerate(COMMUNES)
    if i != j
}


def day(number: int) -> date:
    """Return the day so many days after the first of the tests."""
    return ORIGIN + timedelta(days=number)


@st.composite
def openings(draw: st.DrawFn, *, last: int = 14) -> tuple[Opening, ...]:
    """Draw stretches of days that do not overlap."""
    cuts = sorted(draw(st.sets(st.integers(0, last), max_size=6)))
    return tuple(
        Opening(day(first), day(past - 1), draw(st.integers(1, 3)))
        for first, past in itertools.pairwise(cuts)
        if draw(st.booleans())
    )


weeks = st.builds(
    hours_offered,
    st.lists(
        st.builds(
            lambda weekday, begins, lasts: Span(weekday, begins * 360, (begins + lasts) * 360),
            st.integers(0, 2),
            st.integers(0, 3),
            st.integers(1, 4),
        ),
        max_size=4,
    ),
)


@st.composite
def offers(draw: st.DrawFn, key: str = "offer") -> Offer:
    """Draw an offer of which all is known."""
    return Offer(
        key,
        themes=frozenset({"rent"}) if draw(st.booleans()) else frozenset({"rent", "care"}),
        openings=draw(openings()),
        area=frozenset(draw(st.sets(st.sampled_from(COMMUNES), max_size=2))),
        place=PLACES[draw(st.sampled_from(COMMUNES))],
        comes_to_you=draw(st.booleans()),
        hours=draw(weeks),
        price=draw(st.integers(0, 4)),
        holds=draw(st.integers(1, 3)),
        age_from=draw(st.integers(0, 12)),
        age_to=draw(st.integers(12, 36)),
    )


@st.composite
def requests(draw: st.DrawFn) -> Request:
    """Draw a request of which all is known."""
    first = draw(st.integers(0, 10))
    return Request(
        "request",
        theme=draw(st.sampled_from(("rent", "care"))),
        starts_on=day(first),
        ends_on=day(first + draw(st.integers(0, 8))),
        places=draw(st.integers(1, 3)),
        people=draw(st.integers(1, 3)),
        near=tuple(PLACES[code] for code in draw(st.sets(st.sampled_from(COMMUNES), min_size=1))),
        reach=Reach(draw(st.sampled_from((None, 10, 20))), draw(st.sampled_from((None, 5, 20)))),
        hours=draw(weeks),
        max_price=draw(st.integers(0, 4)),
        ages=tuple(draw(st.lists(st.integers(0, 40), max_size=2))),
    )


@st.composite
def forgetting(draw: st.DrawFn) -> tuple[dict[str, None], dict[str, None]]:
    """Draw which facts of a request and of an offer nobody has said."""
    asked = st.sets(
        st.sampled_from(("starts_on", "ends_on", "near", "reach", "hours", "max_price"))
    )
    offered = st.sets(
        st.sampled_from(
            ("openings", "area", "place", "hours", "price", "holds", "age_from", "age_to")
        )
    )
    return dict.fromkeys(draw(asked)), dict.fromkeys(draw(offered))


def forget(one: Request | Offer, facts: dict[str, None]) -> Request | Offer:
    """Return a request or an offer with facts unknown."""
    return replace(one, **facts)

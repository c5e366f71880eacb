"""Small networks and people, drawn with all that a rule can ask."""

from datetime import date

from hypothesis import strategies as st

from ancrage.core.bridges.values import (
    ANYBODY,
    NEVER,
    Bridge,
    Certificate,
    Funding,
    Holding,
    Paper,
    Person,
    Practice,
    Sector,
    Seniority,
    Title,
    Topic,
    Word,
    after,
)

START = date(2026, 11, 22)
TITLES = ("a", "b", "c", "goal")
MOST_MONTHS = 90

some_titles = st.frozensets(st.sampled_from(TITLES), min_size=1, max_size=2)
days = st.integers(-20, 60).map(lambda months: after(START, months))
rare_days = st.one_of(st.none(), st.none(), st.none(), days)
conditions = st.one_of(
    st.builds(
        lambda months, names, wider: Seniority(months, names, wider and months + wider - 1),
        st.integers(1, 24),
        st.frozensets(st.sampled_from(TITLES), max_size=2),
        st.none() | st.integers(1, 12),
    ),
    st.builds(Title, some_titles),
    st.just(Certificate("afgsu_2")),
    st.builds(Word, st.sampled_from(Topic), st.sampled_from(("agreed", "licence"))),
)
sectors = st.sampled_from((Sector.HOSPITAL_SERVICE, Sector.PRIVATE, Sector.JOBLESS))
fundings = st.builds(
    Funding,
    key=st.sampled_from(("employer", "region")),
    sectors=st.frozensets(sectors, max_size=2),
    conditions=st.lists(conditions, max_size=1).map(tuple),
    kept=st.sampled_from((None, 50, 100)),
    rest=st.sampled_from((None, 0, 30_000)),
    owed_times=st.sampled_from((0, 3)),
    valid_from=rare_days,
    valid_to=rare_days,
)


@st.composite
def networks(draw, most=8):
    """Bridges between the four titles, in no order."""
    return tuple(_bridge(draw, f"bridge{rank}") for rank in range(draw(st.integers(3, most))))


def _bridge(draw, key):
    source = draw(st.sampled_from((ANYBODY, *TITLES)))
    target = draw(st.sampled_from([title for title in TITLES if title != source]))
    return Bridge(
        key,
        source,
        target,
        draw(st.sampled_from((0, 3, 10, 24))),
        conditions=tuple(draw(st.lists(conditions, max_size=draw(st.sampled_from((0, 1, 2)))))),
        fundings=tuple(draw(st.lists(fundings, max_size=2, unique_by=lambda one: one.key))),
        valid_from=draw(rare_days),
        valid_to=draw(rare_days),
        intakes=draw(st.sampled_from((frozenset(), frozenset(), frozenset({1, 9})))),
        fee=draw(st.sampled_from((None, 0, 50_000))),
        kept_alone=draw(st.sampled_from((0, 0, 100))),
    )


people = st.builds(
    Person,
    key=st.just("p"),
    starts_on=st.just(START),
    titles=st.lists(
        st.builds(Holding, st.sampled_from(TITLES[:3]), st.none() | days, st.booleans()),
        max_size=2,
    ).map(tuple),
    all_titles_told=st.booleans(),
    practices=st.none()
    | st.lists(
        st.builds(
            Practice, st.sampled_from(TITLES[:3]), st.none() | st.integers(0, 30), st.none() | days
        ),
        max_size=2,
    ).map(tuple),
    sector=st.none() | sectors,
    papers=st.lists(
        st.builds(Paper, st.just("afgsu_2"), st.none() | days | st.just(NEVER), st.booleans()),
        max_size=1,
    ).map(tuple),
    words=st.frozensets(
        st.tuples(st.sampled_from(("agreed", "licence")), st.booleans()), max_size=1
    ),
)
chances = st.dictionaries(st.sampled_from(TITLES), st.integers(0, 100), max_size=3)

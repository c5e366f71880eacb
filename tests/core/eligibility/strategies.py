"""Rules and facts drawn at random, over the small vocabulary of the oracle."""

from datetime import timedelta

from hypothesis import strategies as st

from ancrage.core.eligibility.values import AllOf, AnyOf, Check, Members, Not, Op, Today
from tests.core.eligibility.oracle import DOMAINS, TODAY

ORDER = (Op.EQUAL, Op.DIFFERENT, Op.LESS, Op.AT_MOST, Op.MORE, Op.AT_LEAST)
# Each operand splits the values of the oracle's domain.
DAYS = (TODAY, TODAY - timedelta(days=31), Today(), Today(months=-1), Today(days=-31))

checks = st.one_of(
    st.builds(Check, st.sampled_from(["a", "b"])),
    st.builds(Check, st.just("age"), st.sampled_from(ORDER), st.integers(30, 31)),
    st.builds(Check, st.just("on"), st.sampled_from(ORDER), st.sampled_from(DAYS)),
    st.builds(
        Check,
        st.just("job"),
        st.sampled_from([Op.EQUAL, Op.DIFFERENT]),
        st.sampled_from(DOMAINS["job"]),
    ),
    st.builds(
        Check,
        st.just("job"),
        st.just(Op.AMONG),
        st.frozensets(st.sampled_from(DOMAINS["job"]), min_size=1),
    ),
    st.builds(Check, st.just("zones"), st.just(Op.CONTAINS), st.sampled_from(["ZIP", "ZAC"])),
    st.builds(
        Check,
        st.just("zones"),
        st.just(Op.TOUCHES),
        st.frozensets(st.sampled_from(["ZIP", "ZAC"]), min_size=1),
    ),
)


def _groups(inner):
    parts = st.lists(inner, min_size=1, max_size=4).map(tuple)
    return st.one_of(st.builds(AllOf, parts), st.builds(AnyOf, parts), st.builds(Not, inner))


clauses = st.recursive(checks, _groups, max_leaves=10)
rules = st.lists(clauses, min_size=1, max_size=4).map(lambda parts: AllOf(tuple(parts)))


@st.composite
def memberships(draw):
    """What may be known of a set: of each word that it is in, that it is not, or nothing."""
    said = {word: draw(st.sampled_from(["in", "out", None])) for word in ("ZIP", "ZAC")}
    return Members(
        frozenset(word for word, where in said.items() if where == "in"),
        frozenset(word for word, where in said.items() if where == "out"),
        whole=draw(st.booleans()),
    )


facts = st.fixed_dictionaries(
    {},
    optional={
        "a": st.sampled_from([False, True, None]),
        "b": st.booleans(),
        "age": st.sampled_from(DOMAINS["age"]),
        "on": st.sampled_from(DOMAINS["on"]),
        "job": st.sampled_from(DOMAINS["job"]),
        "zones": memberships(),
    },
)

"""People and needs drawn for the properties: fully known first, then partly forgotten."""

import math
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import strategies as st

from ancrage.core.accessibility.distances import haversine_km
from ancrage.core.fit.facts import (
    NEVER,
    Bridge,
    Credential,
    Held,
    Licence,
    Need,
    Person,
    Practice,
    Proof,
    Zone,
)

FIRST_DAY = date(2027, 1, 1)
PLACES = {
    "pornic": (47.1224, -2.0518),
    "paimboeuf": (47.2864, -2.0281),
    "nantes": (47.2173, -1.5534),
}
days = st.integers(0, 5).map(lambda month: FIRST_DAY + timedelta(days=30 * month))
ends = days | st.just(NEVER)
professions = st.sampled_from(["nurse", "care_assistant", "orderly"])
specialties = st.sampled_from(["", "night", "theatre"])
credentials = st.sampled_from([Credential(Held.YES), Credential(Held.NO)])
hours = st.frozensets(st.sampled_from(["day", "night", "12h"]))
weekdays = st.frozensets(st.integers(0, 6))
contracts = st.sampled_from(["cdi", "locum"])
papers = st.sampled_from(["student", "locum_licence"])

practices = st.builds(Practice, professions, specialties, credentials, credentials)
licences = st.builds(
    Licence, papers, professions, specialties, st.frozensets(contracts), days, ends
)


@st.composite
def zones(draw):
    commune = draw(st.sampled_from(sorted(PLACES)))
    minutes = draw(st.none() | st.integers(0, 90))
    kilometres = draw(st.integers(0, 60) if minutes is None else st.none() | st.integers(0, 60))
    return Zone(commune, *PLACES[commune], minutes, kilometres)


@st.composite
def known_people(draw, key="p"):
    least, most = sorted(draw(st.tuples(st.integers(1, 100), st.integers(1, 100))))
    accepted, free = draw(hours), draw(days)
    return Person(
        key=key,
        practices=tuple(draw(st.lists(practices, max_size=2))),
        licences=tuple(draw(st.lists(licences, max_size=2))),
        proofs=tuple(
            Proof(kind, draw(st.booleans()), draw(days), draw(ends))
            for kind in ("first_aid", "honour")
            for _copy in range(draw(st.integers(1, 2)))
        ),
        zones=tuple(draw(st.lists(zones(), max_size=2))),
        available_from=free,
        available_to=draw(ends),
        contracts=draw(st.frozensets(contracts)),
        fte_min=least,
        fte_max=most,
        hours_accepted=accepted,
        hours_refused=frozenset({"day", "night", "12h"}) - accepted,
        days=draw(weekdays),
        years_of_experience=draw(st.integers(0, 10)),
        skills=draw(st.frozensets(st.sampled_from(["palliative", "theatre"]))),
    )


@st.composite
def known_needs(draw, key="n"):
    commune = draw(st.sampled_from(sorted(PLACES)))
    begins = draw(days)
    return Need(
        key=key,
        profession="nurse",
        fte=draw(st.integers(1, 100)),
        specialty=draw(specialties),
        bridges=tuple(
            draw(
                st.lists(
                    st.builds(
                        Bridge,
                        st.sampled_from(["care_assistant", "orderly"]),
                        st.booleans(),
                        st.integers(0, 60),
                    ),
                    max_size=2,
                )
            )
        ),
        diploma_required=draw(st.booleans()),
        registration_required=draw(st.booleans()),
        licences=draw(st.frozensets(papers)),
        proofs=draw(st.frozensets(st.sampled_from(["first_aid", "honour"]))),
        commune=commune,
        latitude=PLACES[commune][0],
        longitude=PLACES[commune][1],
        starts_on=begins,
        latest_start=draw(st.none() | st.just(begins + timedelta(days=45))),
        ends_on=draw(ends.map(lambda day: max(day, begins))),
        contract=draw(contracts),
        hours=draw(hours),
        days=draw(weekdays),
        years_of_experience=draw(st.integers(0, 5)),
        skills=draw(st.frozensets(st.sampled_from(["palliative", "theatre"]))),
    )


@st.composite
def tables(draw):
    """Travel times that somebody could keep to: never faster than 130 km/h in a straight line."""
    return {
        (here, there): math.ceil(haversine_km(*PLACES[here], *PLACES[there]) * 60 / 130)
        + draw(st.integers(0, 60))
        for here in PLACES
        for there in PLACES
        if here != there
    }


@st.composite
def forgotten(draw, person: Person, need: Need, table: dict):
    """The same three, less some facts. A limit of two is a wish, not a fact: both go or none."""
    forgets = st.booleans()

    def less(value, **kept):
        return replace(value, **{name: new for name, new in kept.items() if draw(forgets)})

    unknown = Credential()
    person = less(
        person,
        practices=None,
        licences=None,
        zones=None,
        available_from=None,
        available_to=None,
        contracts=None,
        fte_min=None,
        fte_max=None,
        hours_accepted=frozenset(),
        hours_refused=frozenset(),
        days=None,
        years_of_experience=None,
        skills=None,
    )
    person = replace(
        person,
        practices=person.practices
        and tuple(
            less(p, specialty=None, diploma=unknown, registration=unknown)
            for p in person.practices
        ),
        licences=person.licences
        and tuple(
            less(licence, specialty=None, valid_from=None, valid_to=None)
            for licence in person.licences
        ),
        proofs=tuple(less(proof, valid_from=None, valid_to=None) for proof in person.proofs),
        zones=person.zones
        and tuple(
            replace(zone, **draw(st.sampled_from([{}, {"latitude": None}, {"longitude": None}])))
            if draw(forgets)
            else replace(zone, **({"max_minutes": None, "max_km": None} if draw(forgets) else {}))
            for zone in person.zones
        ),
    )
    lost = draw(st.sampled_from(["", "first_aid", "honour"]))
    person = replace(person, proofs=tuple(p for p in person.proofs if p.kind != lost))
    need = less(
        need,
        diploma_required=None,
        registration_required=None,
        ends_on=None,
        contract=None,
        hours=None,
        days=None,
    )
    if draw(forgets):
        need = replace(need, starts_on=None, latest_start=None)
    if draw(forgets):
        need = replace(need, latitude=None)
    if draw(forgets):
        need = replace(need, commune="")
    return person, need, {pair: time for pair, time in table.items() if draw(forgets)}

"""Each condition, by example; then all of them against the oracle, known and half forgotten."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ancrage.core.fit.answers import Condition, Lift, Reason, Topic, Unblock
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
from ancrage.core.fit.scoring import fit
from ancrage.core.kleene import State
from tests.core.fit.invented import forgotten, known_needs, known_people, tables
from tests.core.fit.oracle import is_met

START, END = date(2027, 3, 1), date(2027, 8, 31)
YES, NO = Credential(Held.YES), Credential(Held.NO)
NURSE = Practice("nurse", "", YES, YES)
POST = Need(
    "post",
    "nurse",
    fte=80,
    registration_required=True,
    commune="44131",
    latitude=47.1224,
    longitude=-2.0518,
    starts_on=START,
    ends_on=END,
    contract="cdd",
    hours=frozenset({"night"}),
    days=frozenset({5}),
)
PERSON = Person(
    "person",
    practices=(NURSE,),
    licences=(),
    zones=(Zone("44154", 47.2380, -2.1517, max_minutes=30, max_km=20),),
    available_from=date(2027, 1, 1),
    available_to=NEVER,
    contracts=frozenset({"cdd"}),
    fte_min=50,
    fte_max=100,
    hours_accepted=frozenset({"night"}),
    days=frozenset(range(7)),
)
TABLE = {("44154", "44131"): 22}
STUDENT = Licence("student", "nurse", "", frozenset(), date(2027, 1, 1), NEVER)
MET, TO_CHECK, MISSING = State.MET, State.TO_CHECK, State.MISSING


def conditions_of(person: Person, need: Need, table) -> tuple[Condition, ...]:
    return fit(person, need, minutes=table).conditions


def asked(of: Lift, *facts: str) -> tuple[Unblock, ...]:
    return tuple(Unblock(of, (fact,)) for fact in facts)


def the_person(*facts: str) -> tuple[Unblock, ...]:
    return asked(Lift.ASK_THE_PERSON, *facts)


def the_structure(*facts: str) -> tuple[Unblock, ...]:
    return asked(Lift.ASK_THE_STRUCTURE, *facts)


def answer(topic: Topic, table=TABLE, need=None, **person):
    """What one topic answers for our person and our post, with these facts changed."""
    conditions = conditions_of(replace(PERSON, **person), replace(POST, **(need or {})), table)
    found = next(condition for condition in conditions if condition.topic is topic)
    return found.state, found.reason, found.unblocks


def test_conditions_of_who_fits_in_all():
    assert conditions_of(PERSON, POST, TABLE) == (
        Condition(Topic.PROFESSION, MET, Reason.SAME_PROFESSION, ()),
        Condition(Topic.RIGHT, MET, Reason.TITLE_HELD, ()),
        Condition(Topic.PROOFS, MET, Reason.NOTHING_ASKED, ()),
        Condition(Topic.DATES, MET, Reason.AVAILABLE, ()),
        Condition(Topic.DISTANCE, MET, Reason.WITHIN_REACH, ()),
        Condition(Topic.CONTRACT, MET, Reason.CONTRACT_WANTED, ()),
        Condition(Topic.FTE, MET, Reason.FTE_WANTED, ()),
        Condition(Topic.HOURS, MET, Reason.HOURS_ACCEPTED, ()),
        Condition(Topic.DAYS, MET, Reason.DAYS_FREE, ()),
    )


def test_conditions_of_somebody_unknown_are_all_to_check():
    post = replace(POST, proofs=frozenset({"first_aid"}))

    states = {c.topic: c.state for c in conditions_of(Person("nobody"), post, {})}

    assert states == dict.fromkeys(Topic, TO_CHECK)


@pytest.mark.parametrize(
    ("practices", "need", "expected"),
    [
        (None, {}, (TO_CHECK, Reason.PROFESSION_UNKNOWN, the_person("profession"))),
        ((), {}, (MISSING, Reason.OTHER_PROFESSION, ())),
        ((NURSE,), {"specialty": "theatre"}, (MISSING, Reason.OTHER_SPECIALTY, ())),
        (
            (replace(NURSE, specialty=None),),
            {"specialty": "theatre"},
            (TO_CHECK, Reason.SPECIALTY_UNKNOWN, the_person("specialty")),
        ),
        (
            (Practice("care_assistant"),),
            {"bridges": (Bridge("care_assistant", months=36), Bridge("nurse_abroad", True))},
            (MISSING, Reason.OTHER_PROFESSION, (Unblock(Lift.TRAIN, ("care_assistant", 36)),)),
        ),
        (
            (Practice("care_assistant"),),
            {"bridges": (Bridge("care_assistant", True), Bridge("care_assistant", months=3))},
            (MET, Reason.DIRECT_BRIDGE, ()),
        ),
    ],
)  # fmt: skip
def test_profession(practices, need, expected):
    assert answer(Topic.PROFESSION, practices=practices, need=need) == expected


def test_profession_held_by_licence():
    found = answer(
        Topic.PROFESSION,
        practices=(),
        licences=(STUDENT,),
        need={"licences": frozenset({"student"})},
    )

    assert found == (MET, Reason.BY_LICENCE, ())


@pytest.mark.parametrize(
    ("diploma", "registration", "need", "expected"),
    [
        (YES, Credential(), {}, (TO_CHECK, Reason.REGISTRATION_UNKNOWN, the_person("register"))),
        (YES, NO, {}, (MISSING, Reason.NOT_REGISTERED, (Unblock(Lift.REGISTER, ("nurse",)),))),
        (YES, NO, {"registration_required": False}, (MET, Reason.TITLE_HELD, ())),
        (
            YES, NO, {"registration_required": None},
            (TO_CHECK, Reason.REQUIREMENT_UNKNOWN, the_structure("register")),
        ),
        (NO, YES, {"diploma_required": False}, (MET, Reason.TITLE_HELD, ())),
        (NO, YES, {}, (MISSING, Reason.NO_DIPLOMA, (Unblock(Lift.OBTAIN_DIPLOMA, ("nurse",)),))),
        (Credential(), YES, {}, (TO_CHECK, Reason.DIPLOMA_UNKNOWN, the_person("obtain_diploma"))),
        (
            Credential(Held.EXPECTED, date(2027, 7, 15)), YES, {},
            (MISSING, Reason.DIPLOMA_EXPECTED, (Unblock(Lift.START_FROM, (date(2027, 7, 15),)),)),
        ),
        (
            Credential(Held.EXPECTED, START), YES, {},
            (TO_CHECK, Reason.DIPLOMA_EXPECTED, (Unblock(Lift.OBTAIN_DIPLOMA, ("nurse",)),)),
        ),
        (
            Credential(Held.EXPECTED), YES, {},
            (TO_CHECK, Reason.DIPLOMA_EXPECTED, (Unblock(Lift.OBTAIN_DIPLOMA, ("nurse",)),)),
        ),
    ],
)  # fmt: skip
def test_right_by_title(diploma, registration, need, expected):
    practice = Practice("nurse", "", diploma, registration)

    assert answer(Topic.RIGHT, practices=(practice,), need=need) == expected


@pytest.mark.parametrize(
    ("licence", "need", "expected"),
    [
        (STUDENT, {}, (MET, Reason.BY_LICENCE, ())),
        (replace(STUDENT, kind="other"), {}, (MISSING, Reason.OTHER_PROFESSION, ())),
        (
            replace(STUDENT, contracts=frozenset({"locum"})), {},
            (MISSING, Reason.LICENCE_FOR_OTHER_CONTRACTS, ()),
        ),
        (
            replace(STUDENT, contracts=frozenset({"locum"})), {"contract": None},
            (TO_CHECK, Reason.CONTRACT_UNKNOWN, the_structure("contract")),
        ),
        (
            replace(STUDENT, valid_to=None), {},
            (TO_CHECK, Reason.LICENCE_DATES_UNKNOWN, the_person("student")),
        ),
        (
            replace(STUDENT, valid_to=date(2027, 4, 1)), {},
            (
                MISSING, Reason.LICENCE_NOT_ON_THESE_DATES,
                (Unblock(Lift.RENEW, ("student", date(2027, 4, 1))),),
            ),
        ),
        (
            replace(STUDENT, valid_from=date(2027, 4, 1), valid_to=None), {},
            (MISSING, Reason.LICENCE_NOT_ON_THESE_DATES, (Unblock(Lift.RENEW, ("student",)),)),
        ),
        (
            replace(STUDENT, valid_to=END), {"ends_on": NEVER},
            (MISSING, Reason.LICENCE_NOT_ON_THESE_DATES, (Unblock(Lift.RENEW, ("student", END)),)),
        ),
    ],
)  # fmt: skip
def test_right_by_licence(licence, need, expected):
    accepted = {"licences": frozenset({"student"}), **need}

    assert answer(Topic.RIGHT, practices=(), licences=(licence,), need=accepted) == expected


def test_right_needs_the_profession_and_the_title_of_one_same_way():
    """A registered nurse of another specialty, and a theatre nurse who is not registered."""
    ways = (NURSE, Practice("nurse", "theatre", YES, NO))

    found = answer(Topic.RIGHT, practices=ways, need={"specialty": "theatre"})

    assert found == (MISSING, Reason.NOT_REGISTERED, (Unblock(Lift.REGISTER, ("nurse",)),))


@pytest.mark.parametrize(
    ("proofs", "expected"),
    [
        ((), (TO_CHECK, Reason.PROOF_UNKNOWN, the_person("first_aid"))),
        (
            (Proof("first_aid", held=False),),
            (MISSING, Reason.PROOF_NOT_HELD, (Unblock(Lift.OBTAIN, ("first_aid",)),)),
        ),
        (
            (Proof("first_aid", True, START, None),),
            (TO_CHECK, Reason.PROOF_DATES_UNKNOWN, the_person("first_aid")),
        ),
        (
            (Proof("first_aid", True, date(2020, 1, 1), date(2024, 1, 1)),),
            (
                MISSING, Reason.PROOF_NOT_ON_THESE_DATES,
                (Unblock(Lift.RENEW, ("first_aid", date(2024, 1, 1))),),
            ),
        ),
        (
            (
                Proof("first_aid", True, date(2020, 1, 1), date(2024, 1, 1)),
                Proof("first_aid", True, date(2025, 1, 1), date(2029, 1, 1)),
            ),
            (MET, Reason.PROOFS_HELD, ()),
        ),
    ],
)  # fmt: skip
def test_proofs(proofs, expected):
    asked_for = {"proofs": frozenset({"first_aid"})}

    assert answer(Topic.PROOFS, proofs=proofs, need=asked_for) == expected


LATE, EARLY = date(2027, 4, 15), date(2027, 6, 30)
UNKNOWN_DATE = (TO_CHECK, Reason.DATES_UNKNOWN, the_person("availability"))


@pytest.mark.parametrize(
    ("person", "need", "expected"),
    [
        ({"available_from": START}, {}, (MET, Reason.AVAILABLE, ())),
        (
            {"available_from": LATE}, {},
            (MISSING, Reason.AVAILABLE_TOO_LATE, (Unblock(Lift.START_FROM, (LATE,)),)),
        ),
        ({"available_from": LATE}, {"latest_start": LATE}, (MET, Reason.AVAILABLE, ())),
        (
            {"available_to": EARLY}, {},
            (MISSING, Reason.LEAVES_TOO_EARLY, (Unblock(Lift.END_BY, (EARLY,)),)),
        ),
        ({"available_from": None}, {}, UNKNOWN_DATE),
        ({}, {"starts_on": None}, (TO_CHECK, Reason.DATES_UNKNOWN, the_structure("starts_on"))),
        (
            {"available_to": END}, {"ends_on": None},
            (TO_CHECK, Reason.DATES_UNKNOWN, the_structure("ends_on")),
        ),
    ],
)  # fmt: skip
def test_dates(person, need, expected):
    assert answer(Topic.DATES, need=need, **person) == expected


HOME = Zone("44154", 47.2380, -2.1517)


@pytest.mark.parametrize(
    ("zones", "table", "need", "expected"),
    [
        (None, TABLE, {}, (TO_CHECK, Reason.DISTANCE_UNKNOWN, the_person("zones"))),
        ((), TABLE, {}, (MISSING, Reason.TOO_FAR, the_person("zones"))),
        ((HOME,), TABLE, {}, (TO_CHECK, Reason.DISTANCE_UNKNOWN, the_person("zones"))),
        ((Zone("44131"),), {}, {}, (MET, Reason.WITHIN_REACH, ())),
        (
            (replace(HOME, max_minutes=20),), TABLE, {},
            (MISSING, Reason.TOO_FAR, (Unblock(Lift.GO_FURTHER_MINUTES, (22,)),)),
        ),
        (
            (replace(HOME, max_minutes=20),), {}, {},
            (TO_CHECK, Reason.DISTANCE_UNKNOWN, the_person("journey")),
        ),
        # Fifteen kilometres in five minutes: nobody can, whatever the table would say.
        (
            (replace(HOME, max_minutes=5),), {}, {},
            (MISSING, Reason.TOO_FAR, (Unblock(Lift.GO_FURTHER_MINUTES, (7,)),)),
        ),
        (
            (replace(HOME, max_km=10),), TABLE, {},
            (MISSING, Reason.TOO_FAR, (Unblock(Lift.GO_FURTHER_KM, (15,)),)),
        ),
        (
            (replace(HOME, max_km=10), replace(HOME, max_km=15)), TABLE, {},
            (MET, Reason.WITHIN_REACH, ()),
        ),
        (
            (replace(HOME, max_km=10, latitude=None),), TABLE, {},
            (TO_CHECK, Reason.DISTANCE_UNKNOWN, the_person("journey")),
        ),
        (
            (replace(HOME, max_km=10),), TABLE, {"commune": "", "latitude": None},
            (TO_CHECK, Reason.DISTANCE_UNKNOWN, the_structure("commune")),
        ),
    ],
)  # fmt: skip
def test_distance(zones, table, need, expected):
    assert answer(Topic.DISTANCE, table, need, zones=zones) == expected


@pytest.mark.parametrize(
    ("topic", "person", "need", "expected"),
    [
        (
            Topic.CONTRACT, {"contracts": None}, {},
            (TO_CHECK, Reason.CONTRACT_UNKNOWN, the_person("contracts")),
        ),
        (
            Topic.CONTRACT, {}, {"contract": None},
            (TO_CHECK, Reason.CONTRACT_UNKNOWN, the_structure("contract")),
        ),
        (
            Topic.CONTRACT, {}, {"contract": "cdi"},
            (MISSING, Reason.OTHER_CONTRACT, (Unblock(Lift.AGREE_CONTRACT, ("cdi",)),)),
        ),
        (Topic.FTE, {"fte_max": None}, {}, (TO_CHECK, Reason.FTE_UNKNOWN, the_person("fte"))),
        (
            Topic.FTE, {"fte_min": 90, "fte_max": None}, {},
            (MISSING, Reason.FTE_TOO_LOW, (Unblock(Lift.COMPLETE_FTE_BY, (10,)),)),
        ),
        (
            Topic.FTE, {"fte_min": None, "fte_max": 60}, {},
            (MISSING, Reason.FTE_TOO_HIGH, (Unblock(Lift.LOWER_FTE_TO, (60,)),)),
        ),
        (
            Topic.HOURS, {}, {"hours": None},
            (TO_CHECK, Reason.HOURS_UNKNOWN, the_structure("hours")),
        ),
        (Topic.HOURS, {}, {"hours": frozenset()}, (MET, Reason.NOTHING_ASKED, ())),
        (
            Topic.HOURS, {}, {"hours": frozenset({"night", "12h"})},
            (TO_CHECK, Reason.HOURS_UNKNOWN, the_person("hours")),
        ),
        (
            Topic.HOURS, {"hours_refused": frozenset({"night"})}, {},
            (MISSING, Reason.HOURS_REFUSED, (Unblock(Lift.AGREE_HOURS, ("night",)),)),
        ),
        (Topic.DAYS, {}, {"days": None}, (TO_CHECK, Reason.DAYS_UNKNOWN, the_structure("days"))),
        (Topic.DAYS, {}, {"days": frozenset()}, (MET, Reason.NOTHING_ASKED, ())),
        (Topic.DAYS, {"days": None}, {}, (TO_CHECK, Reason.DAYS_UNKNOWN, the_person("days"))),
        (
            Topic.DAYS, {"days": frozenset({0, 1})}, {"days": frozenset({1, 6, 5})},
            (MISSING, Reason.DAYS_TAKEN, (Unblock(Lift.AGREE_DAYS, (5, 6)),)),
        ),
    ],
)  # fmt: skip
def test_contract_and_time(topic, person, need, expected):
    assert answer(topic, need=need, **person) == expected


@given(known_people(), known_needs(), tables())
def test_conditions_of_people_fully_known_are_yes_or_no(person, need, table):
    states = {c.topic: c.state for c in conditions_of(person, need, table)}

    assert states == {
        topic: MET if met else MISSING for topic, met in is_met(person, need, table).items()
    }


@given(st.data(), known_people(), known_needs(), tables())
def test_conditions_once_answered_hold_whatever_else_is_learnt(data, person, need, table):
    """Some facts known, then more, then all: what is met or missing is so to the end."""
    more = data.draw(forgotten(person, need, table))
    few = data.draw(forgotten(*more))

    at_first, then = conditions_of(*few), conditions_of(*more)

    for before, after in ((at_first, then), (then, conditions_of(person, need, table))):
        kept = [c.state for c in before if c.state is not TO_CHECK]
        seen = [b.state for a, b in zip(before, after, strict=True) if a.state is not TO_CHECK]
        assert seen == kept


@given(st.data(), known_people(), known_needs(), tables())
def test_conditions_say_whom_to_ask_and_lift_nothing_that_is_met(data, person, need, table):
    for condition in conditions_of(*data.draw(forgotten(person, need, table))):
        assert (condition.state is MET) <= (condition.unblocks == ())
        assert (condition.state is TO_CHECK) <= (condition.unblocks != ())

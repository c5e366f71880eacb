"""The hard conditions of a post, one question each, answered met / missing / to check.

Two of them hang together. PROFESSION asks for somebody of the profession (and specialty) or of one
that bridges to it directly. RIGHT asks for the right to work as such on the dates of the post,
held in one of two ways: by title (diploma and registration) or by a dated licence that the post
accepts. Every practice and every licence of a person is one way into the post; a person enters by
one way, not by the profession of one and the title of another:

    PROFESSION = some way leads to the profession
    RIGHT      = some way leads to the profession and gives the right
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache

from ancrage.core.accessibility.distances import haversine_km
from ancrage.core.fit.answers import (
    Answer,
    Condition,
    Lift,
    Reason,
    Topic,
    Unblock,
    both,
    covers,
    either,
    met,
    no_later,
)
from ancrage.core.fit.facts import (
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
from ancrage.core.kleene import State

FASTEST_KMH = 130
"""Nobody travels faster, as the crow flies: kilometres alone can rule a journey out."""

Minutes = Mapping[tuple[str, str], int]
"""Travel times, from the commune of a person to that of a post."""

NOTHING_ASKED = met(Reason.NOTHING_ASKED)
TOPICS = tuple(Topic)
NO_WAY = Answer(State.MISSING, Reason.OTHER_PROFESSION)


Journey = tuple[int | None, float | None]
"""How far a post is: minutes and kilometres, where known."""


def conditions_of(
    person: Person, need: Need, journeys: Sequence[Journey]
) -> tuple[Condition, ...]:
    """Return the answer of every topic, in the order of the topics.

    The journeys are those of the zones of the person, in their order.
    """
    # The way that leads to the profession gives its reasons for the right.
    ways = sorted(_ways(person, need), key=lambda way: way[0].state)
    answers = (
        either(role for role, _right in ways),
        either(both((right, role)) for role, right in ways),
        _proofs(person, need),
        _dates(person, need),
        _distance(person, need, journeys),
        _contract(person, need),
        _fte(person, need),
        _hours(person, need),
        _days(person, need),
    )
    return tuple(map(_condition, TOPICS, answers))


def _condition(topic: Topic, answer: Answer) -> Condition:
    return Condition(topic, *answer)


# --- Profession and right ----------------------------------------------------------------------


def bridges_by_source(need: Need) -> dict[str, Bridge]:
    """Return the bridge from each profession: of two, the direct one, else the shorter."""
    if not need.bridges:
        return {}
    return {b.source: b for b in sorted(need.bridges, key=lambda b: (b.direct, -b.months))}


def _ways(person: Person, need: Need) -> Iterator[tuple[Answer, Answer]]:
    """For each way into the post: does it lead to the profession, and does it give the right?"""
    if person.practices is None:
        yield (
            _to_ask(Reason.PROFESSION_UNKNOWN, "profession"),
            Answer(State.TO_CHECK, Reason.DIPLOMA_UNKNOWN),
        )
    if person.licences is None and need.licences:
        yield (
            _to_ask(Reason.PROFESSION_UNKNOWN, "licences"),
            Answer(State.TO_CHECK, Reason.LICENCE_DATES_UNKNOWN),
        )
    practices, licences = person.practices or (), person.licences or ()
    for practice in practices:
        if practice.profession == need.profession:
            yield _specialty(practice, need, Reason.SAME_PROFESSION), _title(practice, need)
    bridges = bridges_by_source(need)
    for practice in practices:
        bridge = bridges.get(practice.profession)
        if bridge and bridge.direct:
            yield met(Reason.DIRECT_BRIDGE), _title(practice, need)
    for licence in licences:
        if licence.kind in need.licences and licence.profession == need.profession:
            yield _specialty(licence, need, Reason.BY_LICENCE), _licence(licence, need)
    known = {practice.profession for practice in practices} if bridges else set()
    trainings = sorted((bridges[source].months, source) for source in known & bridges.keys())
    lifts = tuple(Unblock(Lift.TRAIN, (source, months)) for months, source in trainings if months)
    yield Answer(State.MISSING, Reason.OTHER_PROFESSION, lifts), NO_WAY


def _specialty(holder: Practice | Licence, need: Need, good: Reason) -> Answer:
    if not need.specialty or holder.specialty == need.specialty:
        return met(good)
    if holder.specialty is None:
        return _to_ask(Reason.SPECIALTY_UNKNOWN, "specialty")
    return Answer(State.MISSING, Reason.OTHER_SPECIALTY)


def _title(practice: Practice, need: Need) -> Answer:
    return both(
        (
            _credential(
                practice.diploma,
                need.diploma_required,
                need,
                (Reason.DIPLOMA_UNKNOWN, Reason.DIPLOMA_EXPECTED, Reason.NO_DIPLOMA),
                Unblock(Lift.OBTAIN_DIPLOMA, (practice.profession,)),
            ),
            _credential(
                practice.registration,
                need.registration_required,
                need,
                (Reason.REGISTRATION_UNKNOWN, Reason.REGISTRATION_EXPECTED, Reason.NOT_REGISTERED),
                Unblock(Lift.REGISTER, (practice.profession,)),
            ),
        )
    )


def _credential(
    credential: Credential,
    required: bool | None,
    need: Need,
    reasons: tuple[Reason, Reason, Reason],
    obtain: Unblock,
) -> Answer:
    unknown, expected, absent = reasons
    if credential.held is Held.YES or required is False:
        return met(Reason.TITLE_HELD)
    if credential.held is Held.EXPECTED:
        # A result awaited is no result: on time it is still to check, too late it is missing.
        if no_later(credential.on, _last_start(need)) is State.MISSING and credential.on:
            answer = Answer(State.MISSING, expected, (Unblock(Lift.START_FROM, (credential.on,)),))
        else:
            answer = Answer(State.TO_CHECK, expected, (obtain,))
    elif credential.held is Held.NO:
        answer = Answer(State.MISSING, absent, (obtain,))
    else:
        answer = _to_ask(unknown, obtain.lift.value)
    if required is None:
        fact = obtain.lift.value
        return _to_ask(Reason.REQUIREMENT_UNKNOWN, fact, of=Lift.ASK_THE_STRUCTURE)
    return answer


def _licence(licence: Licence, need: Need) -> Answer:
    dated = covers(licence.valid_from, licence.valid_to, need.starts_on, need.ends_on)
    return both(
        (
            _licence_contract(licence, need),
            _validity(
                dated,
                licence,
                Reason.BY_LICENCE,
                Reason.LICENCE_DATES_UNKNOWN,
                Reason.LICENCE_NOT_ON_THESE_DATES,
            ),
        )
    )


def _licence_contract(licence: Licence, need: Need) -> Answer:
    if not licence.contracts or need.contract in licence.contracts:
        return met(Reason.BY_LICENCE)
    if need.contract is None:
        return _to_ask(Reason.CONTRACT_UNKNOWN, "contract", of=Lift.ASK_THE_STRUCTURE)
    return Answer(State.MISSING, Reason.LICENCE_FOR_OTHER_CONTRACTS)


def _validity(
    state: State, paper: Licence | Proof, good: Reason, unknown: Reason, bad: Reason
) -> Answer:
    if state is State.MET:
        return met(good)
    if state is State.TO_CHECK:
        return _to_ask(unknown, paper.kind)
    ends = () if paper.valid_to is None else (paper.valid_to,)
    return Answer(state, bad, (Unblock(Lift.RENEW, (paper.kind, *ends)),))


# --- Proofs and dates --------------------------------------------------------------------------


def _proofs(person: Person, need: Need) -> Answer:
    if not need.proofs:
        return NOTHING_ASKED
    return both(_proof(person, kind, need) for kind in sorted(need.proofs))


def _proof(person: Person, kind: str, need: Need) -> Answer:
    # One valid copy is enough: a renewed paper stands beside the old one.
    copies = [_copy(proof, need) for proof in person.proofs if proof.kind == kind]
    return either(copies) if copies else _to_ask(Reason.PROOF_UNKNOWN, kind)


def _copy(proof: Proof, need: Need) -> Answer:
    if not proof.held:
        return Answer(State.MISSING, Reason.PROOF_NOT_HELD, (Unblock(Lift.OBTAIN, (proof.kind,)),))
    # Asked on the first day; what expires later is renewed in the post.
    state = max(
        no_later(proof.valid_from, need.starts_on), no_later(need.starts_on, proof.valid_to)
    )
    return _validity(
        state,
        proof,
        Reason.PROOFS_HELD,
        Reason.PROOF_DATES_UNKNOWN,
        Reason.PROOF_NOT_ON_THESE_DATES,
    )


def _last_start(need: Need) -> date | None:
    return need.latest_start or need.starts_on


def _dates(person: Person, need: Need) -> Answer:
    begins = no_later(person.available_from, _last_start(need))
    ends = max(
        no_later(need.starts_on, person.available_to), no_later(need.ends_on, person.available_to)
    )
    return both(
        (
            _date(begins, Reason.AVAILABLE_TOO_LATE, Lift.START_FROM, person.available_from, need),
            _date(ends, Reason.LEAVES_TOO_EARLY, Lift.END_BY, person.available_to, need),
        )
    )


def _date(state: State, bad: Reason, lift: Lift, day: date | None, need: Need) -> Answer:
    if state is State.MET:
        return met(Reason.AVAILABLE)
    if day is None:
        return _to_ask(Reason.DATES_UNKNOWN, "availability")
    if state is State.MISSING:
        return Answer(state, bad, (Unblock(lift, (day,)),))
    fact = "ends_on" if need.starts_on else "starts_on"
    return _to_ask(Reason.DATES_UNKNOWN, fact, of=Lift.ASK_THE_STRUCTURE)


# --- Distance ----------------------------------------------------------------------------------


def journeys_of(person: Person, need: Need, minutes: Minutes) -> list[Journey]:
    """Return how far the post is from each zone of the person."""
    return [_journey(zone, need, minutes) for zone in person.zones or ()]


def _journey(zone: Zone, need: Need, minutes: Minutes) -> Journey:
    if zone.commune and zone.commune == need.commune:
        return 0, 0.0
    far = None
    if not (
        zone.latitude is None
        or zone.longitude is None
        or need.latitude is None
        or need.longitude is None
    ):
        far = haversine_km(zone.latitude, zone.longitude, need.latitude, need.longitude)
    return minutes.get((zone.commune, need.commune)), far


def _distance(person: Person, need: Need, journeys: Sequence[Journey]) -> Answer:
    if person.zones is None:
        return _to_ask(Reason.DISTANCE_UNKNOWN, "zones")
    if not person.zones:
        return Answer(State.MISSING, Reason.TOO_FAR, (Unblock(Lift.ASK_THE_PERSON, ("zones",)),))
    return either(
        _reach(zone, need, *journey) for zone, journey in zip(person.zones, journeys, strict=True)
    )


def _reach(zone: Zone, need: Need, time: int | None, far: float | None) -> Answer:
    if time == far == 0:
        return met(Reason.WITHIN_REACH)
    answers = []
    if zone.max_minutes is not None:
        least = math.ceil((far or 0) * 60 / FASTEST_KMH) if time is None else time
        if least > zone.max_minutes:
            answers.append(_too_far(Lift.GO_FURTHER_MINUTES, least))
        else:
            answers.append(_within(time is not None, need))
    if zone.max_km is not None:
        if far is not None and far > zone.max_km:
            answers.append(_too_far(Lift.GO_FURTHER_KM, math.ceil(far)))
        else:
            answers.append(_within(far is not None, need))
    return both(answers) if answers else _to_ask(Reason.DISTANCE_UNKNOWN, "zones")


def _too_far(lift: Lift, least: int) -> Answer:
    return Answer(State.MISSING, Reason.TOO_FAR, (Unblock(lift, (least,)),))


def _within(is_known: bool, need: Need) -> Answer:
    if is_known:
        return met(Reason.WITHIN_REACH)
    if need.commune or need.latitude is not None:
        return _to_ask(Reason.DISTANCE_UNKNOWN, "journey")
    return _to_ask(Reason.DISTANCE_UNKNOWN, "commune", of=Lift.ASK_THE_STRUCTURE)


# --- Contract and time -------------------------------------------------------------------------


def _contract(person: Person, need: Need) -> Answer:
    if person.contracts is None:
        return _to_ask(Reason.CONTRACT_UNKNOWN, "contracts")
    if need.contract is None:
        return _to_ask(Reason.CONTRACT_UNKNOWN, "contract", of=Lift.ASK_THE_STRUCTURE)
    if need.contract in person.contracts:
        return met(Reason.CONTRACT_WANTED)
    lift = Unblock(Lift.AGREE_CONTRACT, (need.contract,))
    return Answer(State.MISSING, Reason.OTHER_CONTRACT, (lift,))


def _fte(person: Person, need: Need) -> Answer:
    least, most = person.fte_min, person.fte_max
    if least is not None and need.fte < least:
        lift = Unblock(Lift.COMPLETE_FTE_BY, (least - need.fte,))
        return Answer(State.MISSING, Reason.FTE_TOO_LOW, (lift,))
    if most is not None and need.fte > most:
        return Answer(State.MISSING, Reason.FTE_TOO_HIGH, (Unblock(Lift.LOWER_FTE_TO, (most,)),))
    if least is None or most is None:
        return _to_ask(Reason.FTE_UNKNOWN, "fte")
    return met(Reason.FTE_WANTED)


def _hours(person: Person, need: Need) -> Answer:
    if need.hours is None:
        return _to_ask(Reason.HOURS_UNKNOWN, "hours", of=Lift.ASK_THE_STRUCTURE)
    if not need.hours:
        return NOTHING_ASKED
    refused = sorted(need.hours & person.hours_refused)
    if refused:
        lift = Unblock(Lift.AGREE_HOURS, tuple(refused))
        return Answer(State.MISSING, Reason.HOURS_REFUSED, (lift,))
    if not need.hours <= person.hours_accepted:
        return _to_ask(Reason.HOURS_UNKNOWN, "hours")
    return met(Reason.HOURS_ACCEPTED)


def _days(person: Person, need: Need) -> Answer:
    if need.days is None:
        return _to_ask(Reason.DAYS_UNKNOWN, "days", of=Lift.ASK_THE_STRUCTURE)
    if not need.days:
        return NOTHING_ASKED
    if person.days is None:
        return _to_ask(Reason.DAYS_UNKNOWN, "days")
    taken = sorted(need.days - person.days)
    if taken:
        return Answer(State.MISSING, Reason.DAYS_TAKEN, (Unblock(Lift.AGREE_DAYS, tuple(taken)),))
    return met(Reason.DAYS_FREE)


@lru_cache(maxsize=512)
def _to_ask(reason: Reason, fact: str, *, of: Lift = Lift.ASK_THE_PERSON) -> Answer:
    return Answer(State.TO_CHECK, reason, (Unblock(of, (fact,)),))

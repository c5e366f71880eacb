"""The conditions in two values, for people and needs of whom everything is known.

Written from the definitions, by sets and for-alls, without the three-valued machinery.
"""

from collections.abc import Mapping

from ancrage.core.accessibility.distances import haversine_km
from ancrage.core.fit.answers import Topic
from ancrage.core.fit.facts import Held, Need, Person


def is_met(person: Person, need: Need, table: Mapping[tuple[str, str], int]) -> dict[Topic, bool]:
    """Say yes or no to every condition."""
    direct = {bridge.source for bridge in need.bridges if bridge.direct}
    roles, rights = set(), set()
    for practice in person.practices:
        entitled = (practice.diploma.held is Held.YES or not need.diploma_required) and (
            practice.registration.held is Held.YES or not need.registration_required
        )
        exact = practice.profession == "nurse" and need.specialty in ("", practice.specialty)
        if exact or practice.profession in direct:
            roles.add(practice)
            rights |= {practice} if entitled else set()
    for licence in person.licences:
        accepted = licence.profession == "nurse" and licence.kind in need.licences
        if accepted and need.specialty in ("", licence.specialty):
            roles.add(licence)
            if (
                not licence.contracts or need.contract in licence.contracts
            ) and licence.valid_from <= need.starts_on <= need.ends_on <= licence.valid_to:
                rights.add(licence)
    first_day = need.starts_on
    held = {
        proof.kind
        for proof in person.proofs
        if proof.held and proof.valid_from <= first_day <= proof.valid_to
    }
    return {
        Topic.PROFESSION: bool(roles),
        Topic.RIGHT: bool(rights),
        Topic.PROOFS: need.proofs <= held,
        Topic.DATES: person.available_from <= (need.latest_start or first_day)
        and max(first_day, need.ends_on) <= person.available_to,
        Topic.DISTANCE: any(_reaches(zone, need, table) for zone in person.zones),
        Topic.CONTRACT: need.contract in person.contracts,
        Topic.FTE: person.fte_min <= need.fte <= person.fte_max,
        Topic.HOURS: not need.hours & person.hours_refused,
        Topic.DAYS: need.days <= person.days,
    }


def _reaches(zone, need, table) -> bool:
    if zone.commune == need.commune:
        return True
    far = haversine_km(zone.latitude, zone.longitude, need.latitude, need.longitude)
    time = table[zone.commune, need.commune]
    return (zone.max_minutes is None or time <= zone.max_minutes) and (
        zone.max_km is None or far <= zone.max_km
    )

"""Which fields of a person a reader sees: the one door to personal data.

Each purpose has its doors, as data. A field is shown for the purpose it is declared for
(`personal` of its model), through one of the doors of that purpose, or to the person.
"""

from collections.abc import Collection, Mapping
from enum import Enum
from types import MappingProxyType

from django.db.models import Q, QuerySet

from ancrage.kit.models import Base
from ancrage.privacy.models import DataSubject
from ancrage.privacy.purposes import purpose_of
from ancrage.privacy.queries.consents import subjects_consenting
from ancrage.privacy.scopes import Viewer


class Door(Enum):
    """A way by which somebody other than the person comes to see."""

    # Those who follow the person: the coordination of their territory.
    HOME = "home"
    # Any member, if the person agreed for everybody.
    MEMBERS = "members"
    # A structure the person agreed to by name.
    NAMED = "named"
    # A structure that is itself one side of the row.
    PARTY = "party"


RULES: Mapping[str, frozenset[Door]] = MappingProxyType(
    {
        "account": frozenset(),
        "membership": frozenset(),
        "contact_request": frozenset({Door.HOME}),
        "talent_pool": frozenset({Door.HOME, Door.MEMBERS}),
        "identity": frozenset({Door.HOME, Door.NAMED}),
        "application": frozenset({Door.HOME, Door.PARTY}),
        "support": frozenset({Door.HOME}),
        # The provider of the course, once the place was asked for or confirmed.
        "training": frozenset({Door.HOME, Door.PARTY}),
        "aids": frozenset({Door.HOME}),
        "current_employer": frozenset({Door.HOME}),
        "directory": frozenset({Door.HOME}),
        # What participants see of one another goes through the event, which both belong to.
        "events": frozenset({Door.HOME}),
        "events_sharing": frozenset({Door.HOME, Door.NAMED}),
        # A partner reads its requests, and of them what it needs to answer.
        "concierge": frozenset({Door.HOME, Door.NAMED}),
        "data_protection": frozenset({Door.HOME}),
    }
)


def visible_fields(
    viewer: Viewer,
    subject: DataSubject,
    model: type[Base],
    purpose: str,
    *,
    party: str = "",
) -> frozenset[str]:
    """Return the fields of `model` that `viewer` may see of `subject` for `purpose`.

    The person sees all of theirs; of a limited or anonymised profile nobody else sees anything.
    `party` is the scope of the structure a row is exchanged with (an introduction's). Raises
    `UnknownPurpose`.
    """
    purpose_of(purpose)
    if viewer.user_pk is not None and viewer.user_pk == subject.user_id:
        return frozenset(model.personal)
    shown = subjects_shown_to(viewer, purpose, party=party).filter(pk=subject.pk)
    if not shown.exists():
        return frozenset()
    return frozenset(field for field, held_for in model.personal.items() if held_for == purpose)


def subjects_shown_to(
    viewer: Viewer, purpose: str, *, party: str = "", among: Collection[int] | None = None
) -> QuerySet[DataSubject]:
    """Return the people whose fields of `purpose` the viewer sees: the same rule, for lists.

    With `among`, those of these people alone, without reading the agreements of all the others.
    """
    purpose_of(purpose)
    condition = Q(pk__in=[])
    for door in RULES[purpose]:
        condition |= _through(door, viewer, purpose, party, among)
    if among is not None:
        condition &= Q(pk__in=among)
    return DataSubject.objects.filter(
        condition, limited_at__isnull=True, anonymised_at__isnull=True
    )


def _through(
    door: Door, viewer: Viewer, purpose: str, party: str, among: Collection[int] | None
) -> Q:
    nobody = Q(pk__in=[])
    if door is Door.HOME:
        return Q(home__in=viewer.scopes)
    if door is Door.MEMBERS:
        return Q(pk__in=subjects_consenting(purpose, among=among)) if viewer.scopes else nobody
    if door is Door.NAMED:
        named = sorted(viewer.scopes)
        return Q(pk__in=subjects_consenting(purpose, *named, among=among)) if named else nobody
    # Door.PARTY: the structure already exchanges with the person, who has confirmed.
    return Q(pending_until__isnull=True) if party in viewer.scopes else nobody

"""Structures: entered, edited, gone and back."""

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from itertools import count
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F, Q, QuerySet
from django.utils.text import slugify

from ancrage.kit.audit import differences, record
from ancrage.kit.text import fold, words
from ancrage.partners.enums import PartnerEvent, PartnerKind
from ancrage.partners.models import Facility, Partner
from ancrage.partners.queries import scope_of
from ancrage.territory.models import Commune, Territory

_SLUG_LENGTH = 80
# Words that stand where a slug stands in the addresses of pages.
_RESERVED_SLUGS = frozenset({"nouvelle", "invitation", "import", "export"})
_EDITABLE = (
    "kind",
    "name",
    "short_name",
    "siren",
    "finess_ej",
    "commune",
    "address",
    "website",
    "contact_email",
    "contact_phone",
    "presentation",
)


class PartnerAlreadyKnown(Exception):
    """A structure of the territory bears that SIREN or FINESS; `partner` is that one."""

    def __init__(self, partner: Partner) -> None:
        super().__init__(partner.pk)
        self.partner = partner


class PartnerChangedMeanwhile(Exception):
    """Somebody saved the sheet after it was opened; `partner` is as they left it."""

    def __init__(self, partner: Partner) -> None:
        super().__init__(partner.pk)
        self.partner = partner


class PartnerAlreadyLeft(Exception):
    """The structure has left the territory already."""


class PartnerNotLeft(Exception):
    """The structure is still a member: there is nothing to undo."""


@transaction.atomic
def create_partner(
    *,
    territory: Territory,
    kind: PartnerKind | str,
    name: str,
    short_name: str = "",
    siren: str = "",
    finess_ej: str = "",
    commune: Commune | None = None,
    address: str = "",
    website: str = "",
    contact_email: str = "",
    contact_phone: str = "",
    presentation: str = "",
    perimeter: Collection[Commune] = (),
    is_fictional: bool = False,
    to_complete: bool = False,
    by: Any,
    now: datetime,
) -> Partner:
    """Enter a structure in a territory and give it the sites known under its FINESS.

    Identifiers come already checked and normalised (see `validators`). Raises
    PartnerAlreadyKnown.
    """
    partner = Partner(
        territory=territory,
        kind=kind,
        name=name,
        short_name=short_name,
        siren=siren,
        finess_ej=finess_ej,
        commune=commune,
        address=address,
        website=website,
        contact_email=contact_email,
        contact_phone=contact_phone,
        presentation=presentation,
        is_fictional=is_fictional,
        to_complete=to_complete,
        joined_at=now,
    )
    _insert(partner)
    partner.perimeter.set(perimeter)
    claimed = claim_sites(partner=partner)
    refresh_search(partner=partner)
    record(
        action=PartnerEvent.CREATED,
        target=partner,
        by=by,
        now=now,
        scope=scope_of(partner),
        changes={
            "name": (None, name),
            "kind": (None, str(kind)),
            **({"facilities": (0, claimed)} if claimed else {}),
        },
    )
    return partner


@transaction.atomic
def edit_partner(
    *, partner: Partner, revision: int, by: Any, now: datetime, **values: Any
) -> Partner:
    """Change the fields named in `values` if the sheet is still at `revision`.

    Returns the structure as it is afterwards. Raises PartnerChangedMeanwhile,
    PartnerAlreadyKnown.
    """
    _refuse_unknown_fields(values)
    current = _at_revision(partner, revision)
    before = {field: getattr(current, field) for field in values}
    changes = differences(before, values)
    for field, value in values.items():
        setattr(current, field, value)
    current.to_complete = False
    current.revision += 1
    try:
        with transaction.atomic():
            current.save(update_fields=[*values, "to_complete", "revision"])
    except IntegrityError as error:
        raise PartnerAlreadyKnown(_twins(current)[0]) from error
    if "finess_ej" in changes:
        claim_sites(partner=current)
    refresh_search(partner=current)
    record(
        action=PartnerEvent.EDITED,
        target=current,
        by=by,
        now=now,
        scope=scope_of(current),
        changes=changes,
    )
    return current


@transaction.atomic
def set_perimeter(
    *,
    partner: Partner,
    communes: Collection[Commune],
    revision: int,
    by: Any,
    now: datetime,
) -> Partner:
    """Say which communes the structure serves; none means those of its sites.

    Raises PartnerChangedMeanwhile.
    """
    current = _at_revision(partner, revision)
    before = sorted(current.perimeter.values_list("insee", flat=True))
    after = sorted(commune.insee for commune in communes)
    current.perimeter.set(communes)
    current.revision += 1
    current.save(update_fields=["revision"])
    record(
        action=PartnerEvent.PERIMETER_SET,
        target=current,
        by=by,
        now=now,
        scope=scope_of(current),
        changes=differences({"perimeter": ", ".join(before)}, {"perimeter": ", ".join(after)}),
    )
    return current


@transaction.atomic
def leave_partner(*, partner: Partner, by: Any, now: datetime) -> None:
    """Take a structure out of its territory; its members lose their access at once.

    Nothing is erased: `rejoin_partner` undoes it. Raises PartnerAlreadyLeft.
    """
    left = Partner.objects.filter(pk=partner.pk, left_at__isnull=True).update(
        left_at=now, revision=F("revision") + 1
    )
    if not left:
        raise PartnerAlreadyLeft
    partner.refresh_from_db()
    record(action=PartnerEvent.LEFT, target=partner, by=by, now=now, scope=scope_of(partner))


@transaction.atomic
def rejoin_partner(*, partner: Partner, by: Any, now: datetime) -> None:
    """Bring back a structure that had left, with its sites and members. Raises PartnerNotLeft."""
    back = Partner.objects.filter(pk=partner.pk, left_at__isnull=False).update(
        left_at=None, revision=F("revision") + 1
    )
    if not back:
        raise PartnerNotLeft
    partner.refresh_from_db()
    record(action=PartnerEvent.REJOINED, target=partner, by=by, now=now, scope=scope_of(partner))


def claim_sites(*, partner: Partner) -> int:
    """Give the structure the sites kept without one under its FINESS; return how many."""
    if not partner.finess_ej:
        return 0
    return Facility.objects.filter(partner__isnull=True, finess_ej=partner.finess_ej).update(
        partner=partner, revision=F("revision") + 1
    )


def refresh_search(*, partner: Partner) -> None:
    """Write again what accent-blind search reads of a structure and of its open sites."""
    sites = Facility.objects.filter(partner=partner, closed_on__isnull=True)
    parts = [
        partner.name,
        partner.short_name,
        partner.siren,
        partner.finess_ej,
        partner.commune.name if partner.commune else "",
        *(
            part
            for site in sites.order_by("pk").values_list("name", "finess_et", "commune__name")
            for part in site
            if part
        ),
    ]
    seen = dict.fromkeys(words(" ".join(parts)))
    Partner.objects.filter(pk=partner.pk).update(search=" ".join(seen))


def hold_partner(*, partner: Partner) -> None:
    """Hold the row of a structure until the transaction ends, on both databases."""
    # A write that changes nothing: select_for_update would do nothing on SQLite.
    Partner.objects.filter(pk=partner.pk).update(revision=F("revision"))


def _at_revision(partner: Partner, revision: int) -> Partner:
    hold_partner(partner=partner)
    current = Partner.objects.select_related("commune", "territory").get(pk=partner.pk)
    if current.revision != revision:
        raise PartnerChangedMeanwhile(current)
    return current


def _refuse_unknown_fields(values: Mapping[str, Any]) -> None:
    unknown = sorted(values.keys() - set(_EDITABLE))
    if unknown:
        message = f"edit_partner() does not change {', '.join(unknown)}"
        raise TypeError(message)


def _twins(partner: Partner) -> QuerySet[Partner]:
    """The other structures of the territory that bear one of its identifiers."""
    same = Q(pk__in=[])
    if partner.siren:
        same |= Q(siren=partner.siren)
    if partner.finess_ej:
        same |= Q(finess_ej=partner.finess_ej)
    others = Partner.objects.filter(same, territory=partner.territory).exclude(pk=partner.pk)
    return others.order_by("pk")


def _insert(partner: Partner) -> None:
    """Save a new structure under the first free slug, whoever else is choosing one meanwhile."""
    slugs = _slugs(partner)
    while True:
        partner.slug = next(slugs)
        try:
            with transaction.atomic():
                partner.save(force_insert=True)
        except IntegrityError as error:
            twin = _twins(partner).first()
            if twin is not None:
                raise PartnerAlreadyKnown(twin) from error
            if not Partner.objects.filter(slug=partner.slug).exists():
                raise
        else:
            return


def _slugs(partner: Partner) -> Iterator[str]:
    """The name as an address, then with a number: the database says which one is free."""
    base = slugify(fold(partner.short_name or partner.name))[: _SLUG_LENGTH - 5].strip("-")
    base = base or "structure"
    if base not in _RESERVED_SLUGS:
        yield base
    yield from (f"{base}-{number}" for number in count(2))

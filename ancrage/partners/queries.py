"""What is asked about structures: the directory, a sheet, the charter and who signed it."""

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from allauth.account.models import EmailAddress
from django.db import models
from django.db.models import (
    Count,
    Exists,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from ancrage.accounts.models import User
from ancrage.kit.models import AuditLine
from ancrage.kit.search import having_words
from ancrage.kit.text import words
from ancrage.partners.enums import PartnerEvent, PartnerKind
from ancrage.partners.models import (
    CareUnit,
    Charter,
    CharterSignature,
    Commitment,
    Facility,
    FacilityCategory,
    Invitation,
    Membership,
    Partner,
)
from ancrage.territory.models import Commune, Territory


class CharterState(models.TextChoices):
    """Where a structure stands with the charter in force."""

    SIGNED = "signed", _("charte signée")
    UNSIGNED = "unsigned", _("charte à signer")


class Presence(models.TextChoices):
    """Whether a structure still takes part."""

    MEMBER = "member", _("membres")
    LEFT = "left", _("parties")
    TO_COMPLETE = "to_complete", _("fiches à compléter")


@dataclass(frozen=True)
class DirectoryFilter:
    """What the reader of the directory asked for; an empty filter asks for every member."""

    text: str = ""
    kind: str = ""
    commune: Commune | None = None
    charter: str = ""
    presence: str = Presence.MEMBER


def scope_of(partner: Partner) -> str:
    """Return the scope of the audit lines that the managers of a structure may read back."""
    return f"partner:{partner.pk}"


def directory(rows: QuerySet[Partner], wanted: DirectoryFilter) -> QuerySet[Partner]:
    """Return the structures among `rows` that match, by name, in one query.

    Each row carries `site_count` (open sites) and `has_signed` (the charter in force).
    """
    found = rows.annotate(
        site_count=_site_count(), has_signed=Exists(_signature_in_force())
    ).select_related("commune", "territory")
    if wanted.presence == Presence.LEFT:
        found = found.filter(left_at__isnull=False)
    else:
        found = found.filter(left_at__isnull=True)
    if wanted.presence == Presence.TO_COMPLETE:
        found = found.filter(to_complete=True)
    if wanted.kind:
        found = found.filter(kind=wanted.kind)
    if wanted.commune is not None:
        found = found.filter(_present_in(wanted.commune))
    if wanted.charter:
        found = found.filter(has_signed=wanted.charter == CharterState.SIGNED)
    return found.filter(having_words(_joined(wanted.text))).order_by("name", "pk")


def communes_with_partners(rows: QuerySet[Partner]) -> QuerySet[Commune]:
    """Return the communes where some of `rows` has its seat or an open site, by name."""
    seats = rows.values("commune")
    sites = Facility.objects.filter(partner__in=rows.values("pk"), closed_on__isnull=True)
    return Commune.objects.filter(Q(pk__in=seats) | Q(pk__in=sites.values("commune"))).order_by(
        "search_name", "pk"
    )


def present_in_communes(
    territory: Territory, communes: Collection[int]
) -> tuple[dict[int, int], dict[int, int]]:
    """Count, by commune, the seats and the open sites of the present members of a territory."""
    members = Partner.objects.filter(territory=territory, left_at__isnull=True)
    seats = members.filter(commune__in=communes).order_by().values("commune")
    sites = Facility.objects.filter(
        partner__in=members.values("pk"), closed_on__isnull=True, commune__in=communes
    )
    return (
        {row["commune"]: row["total"] for row in seats.annotate(total=Count("pk"))},
        {
            row["commune"]: row["total"]
            for row in sites.order_by().values("commune").annotate(total=Count("pk"))
        },
    )


def sites_of(partner: Partner) -> QuerySet[Facility]:
    """Return the sites of a structure with their units, open ones first, in three queries."""
    return (
        Facility.objects.filter(partner=partner)
        .select_related("commune", "category")
        .prefetch_related(
            models.Prefetch("units", queryset=CareUnit.objects.order_by("name", "pk"))
        )
        .order_by(models.F("closed_on").asc(nulls_first=True), "name", "pk")
    )


def communes_served(partner: Partner) -> QuerySet[Commune]:
    """Return the communes a structure serves: those it named, else those of its open sites,
    else that of its seat."""
    named = partner.perimeter.all()
    if named.exists():
        return named.order_by("search_name", "pk")
    sites = Facility.objects.filter(partner=partner, closed_on__isnull=True).values("commune")
    return Commune.objects.filter(Q(pk__in=sites) | Q(pk=partner.commune_id)).order_by(
        "search_name", "pk"
    )


def communes_offered_to(partner: Partner) -> QuerySet[Commune]:
    """Return the communes a structure may say it serves: its territory's and those it named."""
    named = partner.perimeter.values("pk")
    of_territory = partner.territory.communes.values("pk")
    return (
        Commune.objects.filter(Q(pk__in=of_territory) | Q(pk__in=named))
        .select_related("epci")
        .order_by("search_name", "pk")
    )


def members_of(partner: Partner) -> QuerySet[Membership]:
    """Return the present members of a structure with their accounts, managers first."""
    return (
        Membership.objects.filter(partner=partner, ended_at__isnull=True)
        .select_related("user")
        .order_by("-is_manager", "user__last_name", "user__first_name", "pk")
    )


def is_last_manager(membership: Membership) -> bool:
    """Say whether nobody else, with an open account, manages the structure."""
    others = Membership.objects.filter(
        partner=membership.partner_id,
        is_manager=True,
        ended_at__isnull=True,
        user__is_active=True,
    ).exclude(user=membership.user_id)
    return membership.is_manager and not others.exists()


def pending_invitations() -> QuerySet[Invitation]:
    """Return the invitations that were neither used nor cancelled; some may have expired."""
    return Invitation.objects.filter(accepted_at__isnull=True, cancelled_at__isnull=True)


def invitations_of(partner: Partner) -> QuerySet[Invitation]:
    """Return the pending invitations of a structure, the last sent first."""
    return (
        pending_invitations()
        .filter(partner=partner)
        .select_related("invited_by")
        .order_by("-invited_at", "-pk")
    )


def has_verified_email(user: User, email: str) -> bool:
    """Say whether `user` has proved to own that address."""
    return EmailAddress.objects.filter(user=user, email__iexact=email, verified=True).exists()


def history_of(partner: Partner) -> QuerySet[AuditLine]:
    """Return the audit lines of a structure's own sheet, sites, members and signatures."""
    return (
        AuditLine.objects.filter(scope=scope_of(partner), action__in=PartnerEvent.values)
        .select_related("actor")
        .order_by("-at", "-pk")
    )


def facility_categories() -> QuerySet[FacilityCategory]:
    """Return the FINESS categories one can still choose, by label."""
    return FacilityCategory.objects.filter(valid_to__isnull=True).order_by("label_fr", "code")


def current_charter(territory: Territory | int) -> Charter | None:
    """Return the version in force in a territory: the last one published."""
    return (
        Charter.objects.filter(territory=territory, published_at__isnull=False)
        .select_related("territory")
        .order_by("-version")
        .first()
    )


def versions_in(rows: QuerySet[Charter], territory: Territory) -> QuerySet[Charter]:
    """Return the published versions of a territory among `rows`, the one in force first."""
    return (
        rows.filter(territory=territory, published_at__isnull=False)
        .select_related("territory")
        .order_by("-version")
    )


def commitments_in(charter: Charter) -> QuerySet[Commitment]:
    """Return the promises of a version, in order."""
    return Commitment.objects.filter(charter=charter).order_by("position")


def draft_of(territory: Territory) -> Charter | None:
    """Return the version being written in a territory."""
    return (
        Charter.objects.filter(territory=territory, published_at__isnull=True)
        .select_related("territory")
        .first()
    )


@dataclass(frozen=True)
class SignatureLine:
    """A structure of the territory and, once it has signed the version, its signature."""

    partner: Partner
    signature: CharterSignature | None


@dataclass(frozen=True)
class SignatureBook:
    """Who signed one version, who has not: members first, structures gone since apart."""

    charter: Charter
    lines: list[SignatureLine] = field(default_factory=list)
    gone: list[SignatureLine] = field(default_factory=list)

    def without_names(self) -> "SignatureBook":
        """Return the same book as an institution reads it: which structure, and when."""
        for line in [*self.lines, *self.gone]:
            if line.signature is not None:
                line.signature.signatory = line.signature.capacity = ""
        return self

    @property
    def signed(self) -> list[SignatureLine]:
        """The present structures that have signed."""
        return [line for line in self.lines if line.signature is not None]

    @property
    def waiting(self) -> list[SignatureLine]:
        """The present structures that have not signed yet."""
        return [line for line in self.lines if line.signature is None]

    @property
    def expected(self) -> int:
        """How many structures are present."""
        return len(self.lines)


def signature_book(charter: Charter) -> SignatureBook:
    """Return who signed a version, when and in what capacity, in two queries."""
    signatures = {
        signature.partner_id: signature
        for signature in CharterSignature.objects.filter(charter=charter).select_related("partner")
    }
    present = list(
        Partner.objects.filter(territory=charter.territory_id, left_at__isnull=True).order_by(
            "name", "pk"
        )
    )
    here = {partner.pk for partner in present}
    return SignatureBook(
        charter=charter,
        lines=[SignatureLine(partner, signatures.get(partner.pk)) for partner in present],
        gone=[
            SignatureLine(signature.partner, signature)
            for signature in sorted(signatures.values(), key=lambda each: each.partner.name)
            if signature.partner_id not in here
        ],
    )


def signatures_of(partner: Partner) -> QuerySet[CharterSignature]:
    """Return what a structure signed, the last version first."""
    return (
        CharterSignature.objects.filter(partner=partner)
        .select_related("charter")
        .order_by("-charter__version", "pk")
    )


def partner_known_as(text: str, *, territory: Territory | None = None) -> Partner | None:
    """Return the present structure of that slug, FINESS (legal or of a site) or SIREN.

    What a command line or a file uses to name a structure.
    """
    rows = Partner.objects.filter(left_at__isnull=True)
    if territory is not None:
        rows = rows.filter(territory=territory)
    wanted = text.strip()
    if not wanted:
        return None
    sites = Facility.objects.filter(finess_et=wanted.upper()).values("partner")
    named = (
        Q(slug=wanted.lower()) | Q(finess_ej=wanted.upper()) | Q(siren=wanted) | Q(pk__in=sites)
    )
    return rows.filter(named).order_by("pk").first()


def employers_in(territory: Territory) -> QuerySet[Partner]:
    """Return the present structures of a territory where somebody may work, by name."""
    present = Partner.objects.filter(territory=territory, left_at__isnull=True)
    return present.exclude(kind=PartnerKind.AUTHORITY).order_by("name", "pk")


def partner_called(text: str, *, territory: Territory) -> Partner | None:
    """Return the present structure of a territory whose name or short name is `text`.

    Accents, case and punctuation do not count; a part of a name is not the name. One query.
    """
    wanted = words(text)
    if not wanted:
        return None
    present = Partner.objects.filter(territory=territory, left_at__isnull=True).order_by("pk")
    return next(
        (one for one in present if wanted in (words(one.name), words(one.short_name))), None
    )


def _joined(text: str) -> str:
    """A number typed in groups (« 440 000 016 ») as one word, any other text as it is."""
    bare = "".join(text.split())
    return bare if bare.isdecimal() else text


def _site_count() -> Coalesce:
    sites = (
        Facility.objects.filter(partner=OuterRef("pk"), closed_on__isnull=True)
        .order_by()
        .values("partner")
        .annotate(n=Count("pk"))
    )
    return Coalesce(Subquery(sites.values("n")), 0, output_field=IntegerField())


def _last_version(territory: Any) -> Subquery:
    versions = Charter.objects.filter(territory=territory, published_at__isnull=False)
    return Subquery(versions.order_by("-version").values("version")[:1])


def _signature_in_force() -> QuerySet[CharterSignature]:
    return CharterSignature.objects.filter(
        partner=OuterRef("pk"),
        charter__published_at__isnull=False,
        charter__version=_last_version(OuterRef("partner__territory")),
    )


def _present_in(commune: Commune) -> Q:
    sites = Facility.objects.filter(commune=commune, closed_on__isnull=True)
    return Q(commune=commune) | Q(pk__in=sites.values("partner"))

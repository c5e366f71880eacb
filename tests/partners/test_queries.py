"""Questions about structures: what comes back, in which order."""

import pytest

from ancrage.kit.audit import record
from ancrage.partners import queries
from ancrage.partners.enums import PartnerEvent
from ancrage.partners.models import Charter, Partner
from tests.factories import (
    CareUnitFactory,
    CharterFactory,
    CharterSignatureFactory,
    CommitmentFactory,
    CommuneFactory,
    FacilityFactory,
    InvitationFactory,
    MembershipFactory,
    PartnerFactory,
    TerritoryFactory,
    UserFactory,
)
from tests.factories.moments import NOW, TODAY

pytestmark = pytest.mark.django_db


def test_communes_with_partners_are_those_of_seats_and_open_sites() -> None:
    seat, site, closed, elsewhere = (
        CommuneFactory(name=name, search_name=name) for name in ("b", "a", "c", "d")
    )
    partner = PartnerFactory(commune=seat)
    FacilityFactory(partner=partner, commune=site)
    FacilityFactory(partner=partner, commune=closed, closed_on=TODAY)
    PartnerFactory(commune=elsewhere)

    found = queries.communes_with_partners(Partner.objects.filter(pk=partner.pk))

    assert list(found) == [site, seat]


def test_sites_of_puts_open_ones_first_with_their_units(django_assert_num_queries) -> None:
    partner = PartnerFactory()
    closed = FacilityFactory(partner=partner, name="A", closed_on=TODAY)
    later, first = (FacilityFactory(partner=partner, name=name) for name in ("Z", "B"))
    CareUnitFactory(facility=first, name="Second")
    unit = CareUnitFactory(facility=first, name="Premier")
    FacilityFactory()

    with django_assert_num_queries(2):
        found = list(queries.sites_of(partner))
        names = [site.commune.name for site in found]
        units = [list(site.units.all()) for site in found]

    assert (found, len(names)) == ([first, later, closed], 3)
    assert units[0][0] == unit


def test_communes_served_are_named_else_of_sites_else_the_seat() -> None:
    seat, site, named = (
        CommuneFactory(name=name, search_name=name) for name in ("seat", "site", "named")
    )
    partner = PartnerFactory(commune=seat)
    assert list(queries.communes_served(partner)) == [seat]

    FacilityFactory(partner=partner, commune=site)
    FacilityFactory(partner=partner, closed_on=TODAY)
    assert list(queries.communes_served(partner)) == [seat, site]

    partner.perimeter.add(named)
    assert list(queries.communes_served(partner)) == [named]


def test_communes_offered_are_the_territorys_and_those_already_named() -> None:
    inside, named = (CommuneFactory(name=name, search_name=name) for name in ("a", "b"))
    CommuneFactory()
    partner = PartnerFactory(territory=TerritoryFactory(communes=[inside]))
    partner.perimeter.add(named)

    assert list(queries.communes_offered_to(partner)) == [inside, named]


def test_members_of_puts_managers_first_then_names() -> None:
    partner = PartnerFactory()
    last, first = (
        MembershipFactory(partner=partner, user=UserFactory(last_name=name)) for name in "ZB"
    )
    manager = MembershipFactory(partner=partner, manager=True, user=UserFactory(last_name="Y"))
    MembershipFactory(partner=partner, ended_at=NOW)
    MembershipFactory()

    assert list(queries.members_of(partner)) == [manager, first, last]


def test_invitations_of_are_those_still_waiting() -> None:
    partner = PartnerFactory()
    waiting = InvitationFactory(partner=partner)
    InvitationFactory(partner=partner, accepted_at=NOW)
    InvitationFactory(partner=partner, cancelled_at=NOW)
    InvitationFactory()

    assert list(queries.invitations_of(partner)) == [waiting]


def test_history_of_keeps_the_structures_own_events() -> None:
    partner = PartnerFactory()
    scope = queries.scope_of(partner)
    own = record(action=PartnerEvent.EDITED, target=partner, by=None, now=NOW, scope=scope)
    record(action="need.created", target=partner, by=None, now=NOW, scope=scope)
    record(action=PartnerEvent.EDITED, target=partner, by=None, now=NOW, scope="partner:0")

    assert list(queries.history_of(partner)) == [own]


def test_current_charter_is_the_last_published() -> None:
    territory = TerritoryFactory()
    assert queries.current_charter(territory) is None

    CharterFactory(territory=territory, published=True, version=1)
    second = CharterFactory(territory=territory, published=True, version=2)
    draft = CharterFactory(territory=territory, version=3)
    CharterFactory(published=True, version=9)

    assert queries.current_charter(territory) == second
    assert queries.draft_of(territory) == draft
    versions = queries.versions_in(Charter.objects.all(), territory)
    assert [charter.version for charter in versions] == [2, 1]


def test_commitments_in_are_in_order() -> None:
    charter = CharterFactory()
    second, first = (CommitmentFactory(charter=charter, position=rank) for rank in (2, 1))

    assert list(queries.commitments_in(charter)) == [first, second]


def test_signature_book_is_read_in_two_queries(django_assert_num_queries) -> None:
    territory = TerritoryFactory()
    charter = CharterFactory(territory=territory, published=True)
    signed, unsigned = (PartnerFactory(territory=territory, name=name) for name in ("B", "A"))
    gone = PartnerFactory(territory=territory, name="C", left_at=NOW)
    PartnerFactory(territory=territory, name="D", left_at=NOW)
    signature = CharterSignatureFactory(charter=charter, partner=signed)
    old = CharterSignatureFactory(charter=charter, partner=gone)
    CharterSignatureFactory(partner=unsigned)

    with django_assert_num_queries(2):
        book = queries.signature_book(charter)

    line = queries.SignatureLine
    assert book.lines == [line(unsigned, None), line(signed, signature)]
    assert book.gone == [line(gone, old)]
    assert (book.signed, book.waiting) == ([line(signed, signature)], [line(unsigned, None)])
    assert book.expected == 2
    assert list(queries.signatures_of(signed)) == [signature]


def test_signature_book_without_names_holds_none() -> None:
    charter = CharterFactory(published=True)
    for left_at in (None, NOW):
        partner = PartnerFactory(territory=charter.territory, left_at=left_at)
        CharterSignatureFactory(charter=charter, partner=partner)

    PartnerFactory(territory=charter.territory)

    book = queries.signature_book(charter).without_names()

    signatures = [line.signature for line in [*book.signed, *book.gone]]
    assert [(one.signatory, one.capacity) for one in signatures] == [("", ""), ("", "")]


@pytest.mark.parametrize(
    "text", ["hic", " HIC ", "440041531", "732829320", "440001287", " 440001287"]
)
def test_partner_is_known_by_slug_finess_or_siren(text: str) -> None:
    partner = PartnerFactory(slug="hic", finess_ej="440041531", siren="732829320")
    FacilityFactory(partner=partner, finess_et="440001287")
    PartnerFactory()

    assert queries.partner_known_as(text) == partner
    assert queries.partner_known_as(text, territory=partner.territory) == partner
    assert queries.partner_known_as(text, territory=TerritoryFactory()) is None


@pytest.mark.parametrize("text", ["", "  ", "unheard-of", "partie"])
def test_partner_unknown_or_gone_is_none(text: str) -> None:
    PartnerFactory(slug="partie", left_at=NOW)
    PartnerFactory(slug="hic")
    FacilityFactory(partner=None, finess_et="440001287")

    assert queries.partner_known_as(text) is None
    assert queries.partner_known_as("440001287") is None

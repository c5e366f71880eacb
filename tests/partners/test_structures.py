"""Structures: every way out of each service."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from ancrage.kit.models import AuditLine
from ancrage.partners import services
from ancrage.partners.enums import PartnerEvent, PartnerKind
from ancrage.partners.models import Facility, Partner
from tests.factories import (
    CommuneFactory,
    FacilityFactory,
    PartnerFactory,
    TerritoryFactory,
    UserFactory,
)
from tests.factories.moments import NOW

pytestmark = pytest.mark.django_db

SIREN = "264403000"


def lines(partner: Partner) -> list[tuple[str, dict]]:
    rows = AuditLine.objects.filter(scope=f"partner:{partner.pk}").order_by("pk")
    return [(line.action, line.changes) for line in rows]


def create(**values) -> Partner:
    values = {
        "territory": TerritoryFactory(slug="ici"),
        "kind": PartnerKind.PUBLIC_HOSPITAL,
        "name": "Hôpital de l’Île (fictif)",
        "by": None,
        "now": NOW,
        **values,
    }
    return services.create_partner(**values)


def test_create_partner_writes_the_sheet_and_one_audit_line() -> None:
    by = UserFactory()
    commune = CommuneFactory(name="Saint-Père-en-Retz")

    partner = create(siren=SIREN, finess_ej="440041531", commune=commune, by=by)

    partner.refresh_from_db()
    assert partner.slug == "hopital-de-lile-fictif"
    assert partner.joined_at == NOW
    assert partner.search == "hopital de l ile fictif 264403000 440041531 saint pere en retz"
    assert lines(partner) == [
        (
            PartnerEvent.CREATED,
            {"name": [None, "Hôpital de l’Île (fictif)"], "kind": [None, "public_hospital"]},
        )
    ]
    assert AuditLine.objects.get().actor == by


def test_create_partner_finds_a_free_slug() -> None:
    slugs = [create(short_name=name).slug for name in ("HIC", "H.I.C", "Import", "…", "Hic")]

    assert slugs == ["hic", "hic-2", "import-2", "structure", "hic-3"]


def test_create_partner_keeps_a_long_name_within_its_slug() -> None:
    first, second = (create(name="Groupement " * 14) for _ in range(2))

    assert len(first.slug) <= 80
    assert second.slug == f"{first.slug}-2"


def test_create_partner_takes_its_perimeter() -> None:
    communes = CommuneFactory.create_batch(2)

    partner = create(perimeter=communes)

    assert set(partner.perimeter.all()) == set(communes)


@pytest.mark.parametrize("known", [{"siren": SIREN}, {"finess_ej": "440041531"}])
def test_create_partner_refuses_an_identifier_known_in_the_territory(known: dict) -> None:
    first = create(**known)

    with pytest.raises(services.PartnerAlreadyKnown) as refused:
        create(name="Autre", **known)

    assert refused.value.partner == first
    assert Partner.objects.get() == first


def test_create_partner_lets_another_refusal_of_the_database_through() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        create(kind=None)


def test_create_partner_accepts_an_identifier_known_elsewhere() -> None:
    create(siren=SIREN)

    create(siren=SIREN, territory=TerritoryFactory(slug="ailleurs"))

    assert Partner.objects.filter(siren=SIREN).count() == 2


def test_create_partner_receives_the_sites_known_under_its_finess() -> None:
    waiting = FacilityFactory(partner=None, finess_et="440001287", finess_ej="440041531")
    foreign = FacilityFactory(partner=None, finess_et="440000016", finess_ej="440000057")

    partner = create(finess_ej="440041531")

    waiting.refresh_from_db()
    foreign.refresh_from_db()
    assert (waiting.partner, foreign.partner) == (partner, None)
    assert lines(partner)[0][1]["facilities"] == [0, 1]
    partner.refresh_from_db()
    assert "440001287" in partner.search


def test_facility_without_structure_must_bear_a_finess() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        FacilityFactory(partner=None, finess_et="")


def test_edit_partner_changes_what_is_named_and_tells_it() -> None:
    partner = create(name="Ancien nom", to_complete=True)

    edited = services.edit_partner(
        partner=partner, revision=1, name="Nouveau nom", address="1 rue du Port", by=None, now=NOW
    )

    edited.refresh_from_db()
    assert (edited.name, edited.address) == ("Nouveau nom", "1 rue du Port")
    assert (edited.revision, edited.to_complete, edited.slug) == (2, False, partner.slug)
    assert edited.search == "nouveau nom"
    assert lines(partner)[1:] == [
        (
            PartnerEvent.EDITED,
            {"name": ["Ancien nom", "Nouveau nom"], "address": ["", "1 rue du Port"]},
        )
    ]


def test_edit_partner_refuses_a_sheet_changed_meanwhile_and_shows_it() -> None:
    partner = create()
    services.edit_partner(partner=partner, revision=1, name="Par la première", by=None, now=NOW)

    with pytest.raises(services.PartnerChangedMeanwhile) as refused:
        services.edit_partner(partner=partner, revision=1, name="Par l’autre", by=None, now=NOW)

    assert refused.value.partner.name == "Par la première"
    assert Partner.objects.get().name == "Par la première"


def test_edit_partner_refuses_the_siren_of_another() -> None:
    other = create(siren=SIREN)
    partner = create(name="Autre")

    with pytest.raises(services.PartnerAlreadyKnown) as refused:
        services.edit_partner(partner=partner, revision=1, siren=SIREN, by=None, now=NOW)

    assert refused.value.partner == other
    partner.refresh_from_db()
    assert (partner.siren, partner.revision) == ("", 1)


def test_edit_partner_receives_the_sites_of_its_new_finess() -> None:
    waiting = FacilityFactory(partner=None, finess_et="440001287", finess_ej="440041531")
    partner = create()

    services.edit_partner(partner=partner, revision=1, finess_ej="440041531", by=None, now=NOW)

    waiting.refresh_from_db()
    assert waiting.partner == partner


def test_edit_partner_changes_no_other_field() -> None:
    with pytest.raises(TypeError, match="joined_at"):
        services.edit_partner(partner=create(), revision=1, joined_at=NOW, by=None, now=NOW)


def test_set_perimeter_replaces_the_communes() -> None:
    pornic, frossay = CommuneFactory(insee="44131"), CommuneFactory(insee="44061")
    partner = create(perimeter=[pornic])

    services.set_perimeter(partner=partner, communes=[frossay], revision=1, by=None, now=NOW)

    assert list(partner.perimeter.all()) == [frossay]
    assert lines(partner)[1:] == [(PartnerEvent.PERIMETER_SET, {"perimeter": ["44131", "44061"]})]


def test_set_perimeter_refuses_a_sheet_changed_meanwhile() -> None:
    partner = create()
    services.set_perimeter(partner=partner, communes=[], revision=1, by=None, now=NOW)

    with pytest.raises(services.PartnerChangedMeanwhile):
        services.set_perimeter(
            partner=partner, communes=[CommuneFactory()], revision=1, by=None, now=NOW
        )

    assert not partner.perimeter.exists()


def test_leave_then_rejoin_partner() -> None:
    partner = create()

    services.leave_partner(partner=partner, by=None, now=NOW)

    assert Partner.objects.get().left_at == NOW

    services.rejoin_partner(partner=partner, by=None, now=NOW + timedelta(days=1))

    assert Partner.objects.get().left_at is None
    assert [action for action, _changes in lines(partner)] == [
        PartnerEvent.CREATED,
        PartnerEvent.LEFT,
        PartnerEvent.REJOINED,
    ]


def test_leave_partner_twice_is_refused() -> None:
    partner = PartnerFactory(left_at=NOW)

    with pytest.raises(services.PartnerAlreadyLeft):
        services.leave_partner(partner=partner, by=None, now=NOW)

    assert lines(partner) == []


def test_rejoin_partner_that_never_left_is_refused() -> None:
    partner = PartnerFactory()

    with pytest.raises(services.PartnerNotLeft):
        services.rejoin_partner(partner=partner, by=None, now=NOW)

    assert lines(partner) == []


def test_search_reads_open_sites_only() -> None:
    partner = create(name="Maison")
    port = CommuneFactory(name="Le Port")
    FacilityFactory(partner=partner, name="Site Ouvert", commune=port)
    FacilityFactory(partner=partner, name="Site Clos", commune=port, closed_on=NOW.date())

    services.edit_partner(partner=partner, revision=1, address="x", by=None, now=NOW)

    partner.refresh_from_db()
    assert partner.search == "maison site ouvert le port"
    assert Facility.objects.count() == 2

"""Sites and care units: every way out of each service."""

from datetime import date

import pytest

from ancrage.kit.models import AuditLine
from ancrage.partners import services
from ancrage.partners.enums import CheckState, PartnerEvent
from ancrage.partners.models import CareUnit, Facility
from tests.factories import (
    CareUnitFactory,
    CommuneFactory,
    FacilityCategoryFactory,
    FacilityFactory,
    PartnerFactory,
)
from tests.factories.moments import NOW, TODAY

pytestmark = pytest.mark.django_db


def told() -> list[tuple[str, str]]:
    rows = AuditLine.objects.order_by("pk")
    return [(line.action, line.scope) for line in rows]


def test_add_facility_writes_the_site() -> None:
    partner = PartnerFactory(name="Maison", finess_ej="440041531")
    commune, category = CommuneFactory(name="Frossay"), FacilityCategoryFactory()

    site = services.add_facility(
        partner=partner,
        name="EHPAD du Port",
        commune=commune,
        category=category,
        finess_et="440001287",
        siret="73282932000074",
        address="1 quai",
        postcode="44320",
        phone="0240000000",
        latitude=47.2,
        longitude=-1.9,
        opened_on=TODAY,
        by=None,
        now=NOW,
    )

    site.refresh_from_db()
    assert (site.partner, site.commune, site.category) == (partner, commune, category)
    assert (site.finess_et, site.finess_ej, site.revision) == ("440001287", "440041531", 1)
    assert (site.siret, site.siret_state) == ("73282932000074", CheckState.VALID)
    partner.refresh_from_db()
    assert partner.search.endswith("ehpad du port 440001287 frossay")
    assert told() == [(PartnerEvent.SITE_ADDED, f"partner:{partner.pk}")]


def test_add_facility_without_siret_leaves_it_unverified() -> None:
    site = services.add_facility(
        partner=PartnerFactory(), name="Site", commune=CommuneFactory(), by=None, now=NOW
    )

    assert (site.siret, site.siret_state) == ("", CheckState.UNVERIFIED)


def test_add_facility_takes_over_the_one_waiting_without_structure() -> None:
    waiting = FacilityFactory(
        partner=None, finess_et="440001287", siret_raw="2,64403E+13", siret_state=CheckState.WARN
    )
    partner = PartnerFactory()

    site = services.add_facility(
        partner=partner,
        name="Site repris",
        commune=waiting.commune,
        finess_et="440001287",
        siret="73282932000074",
        by=None,
        now=NOW,
    )

    site.refresh_from_db()
    assert (site.pk, site.partner, site.name) == (waiting.pk, partner, "Site repris")
    assert (site.siret, site.siret_raw, site.revision) == ("73282932000074", "", 2)
    assert told() == [(PartnerEvent.SITE_ATTACHED, f"partner:{partner.pk}")]


def test_add_facility_refuses_the_finess_of_another_structures_site() -> None:
    known = FacilityFactory(finess_et="440001287")

    with pytest.raises(services.FacilityAlreadyKnown) as refused:
        services.add_facility(
            partner=PartnerFactory(),
            name="Doublon",
            commune=known.commune,
            finess_et="440001287",
            by=None,
            now=NOW,
        )

    assert refused.value.facility == known
    assert Facility.objects.get() == known


def test_edit_facility_changes_what_is_named() -> None:
    site = FacilityFactory(name="Ancien", siret_raw="2,6E+13", siret_state=CheckState.WARN)

    edited = services.edit_facility(
        facility=site, revision=1, name="Nouveau", siret="73282932000074", by=None, now=NOW
    )

    edited.refresh_from_db()
    assert (edited.name, edited.siret, edited.siret_raw) == ("Nouveau", "73282932000074", "")
    assert (edited.siret_state, edited.revision) == (CheckState.VALID, 2)
    assert AuditLine.objects.get().changes == {
        "name": ["Ancien", "Nouveau"],
        "siret": ["", "73282932000074"],
    }


def test_edit_facility_that_leaves_the_siret_empty_keeps_the_damaged_one_in_sight() -> None:
    site = FacilityFactory(siret_raw="2,6E+13", siret_state=CheckState.WARN)

    services.edit_facility(facility=site, revision=1, siret="", by=None, now=NOW)

    site.refresh_from_db()
    assert (site.siret, site.siret_raw, site.siret_state) == ("", "2,6E+13", CheckState.WARN)


def test_edit_facility_refuses_a_site_changed_meanwhile() -> None:
    site = FacilityFactory(revision=3, name="Par la première")

    with pytest.raises(services.FacilityChangedMeanwhile) as refused:
        services.edit_facility(facility=site, revision=2, name="Par l’autre", by=None, now=NOW)

    assert refused.value.facility.name == "Par la première"
    site.refresh_from_db()
    assert (site.name, site.revision) == ("Par la première", 3)


def test_edit_facility_refuses_the_finess_of_another_site() -> None:
    known = FacilityFactory(finess_et="440001287")
    site = FacilityFactory()

    with pytest.raises(services.FacilityAlreadyKnown) as refused:
        services.edit_facility(facility=site, revision=1, finess_et="440001287", by=None, now=NOW)

    assert refused.value.facility == known


def test_edit_facility_changes_no_other_field() -> None:
    with pytest.raises(TypeError, match="partner"):
        services.edit_facility(
            facility=FacilityFactory(), revision=1, partner=None, by=None, now=NOW
        )


def test_close_then_reopen_facility() -> None:
    site = FacilityFactory()

    closed = services.close_facility(facility=site, closed_on=date(2026, 12, 31), by=None, now=NOW)

    assert closed.closed_on == date(2026, 12, 31)

    opened = services.reopen_facility(facility=site, by=None, now=NOW)

    assert opened.closed_on is None
    assert [action for action, _scope in told()] == [
        PartnerEvent.SITE_CLOSED,
        PartnerEvent.SITE_REOPENED,
    ]
    assert AuditLine.objects.latest("pk").changes == {"closed_on": ["2026-12-31", None]}


def test_close_facility_twice_is_refused() -> None:
    site = FacilityFactory(closed_on=TODAY)

    with pytest.raises(services.FacilityAlreadyClosed):
        services.close_facility(facility=site, closed_on=TODAY, by=None, now=NOW)

    assert told() == []


def test_reopen_facility_that_is_open_is_refused() -> None:
    with pytest.raises(services.FacilityNotClosed):
        services.reopen_facility(facility=FacilityFactory(), by=None, now=NOW)

    assert told() == []


def test_close_facility_without_structure_has_no_scope() -> None:
    site = FacilityFactory(partner=None, finess_et="440001287")

    services.close_facility(facility=site, closed_on=TODAY, by=None, now=NOW)

    assert told() == [(PartnerEvent.SITE_CLOSED, "")]


def test_care_unit_is_added_renamed_and_removed() -> None:
    site = FacilityFactory()

    unit = services.add_care_unit(facility=site, name="Médecine", by=None, now=NOW)
    services.rename_care_unit(unit=unit, name="Médecine A", by=None, now=NOW)
    services.rename_care_unit(unit=unit, name="MÉDECINE A", by=None, now=NOW)

    assert CareUnit.objects.get().name == "MÉDECINE A"

    services.remove_care_unit(unit=unit, by=None, now=NOW)

    assert not CareUnit.objects.exists()
    assert told() == [
        (event, f"partner:{site.partner_id}")
        for event in (
            PartnerEvent.UNIT_ADDED,
            PartnerEvent.UNIT_RENAMED,
            PartnerEvent.UNIT_RENAMED,
            PartnerEvent.UNIT_REMOVED,
        )
    ]


@pytest.mark.parametrize("name", ["Médecine", "MÉDECINE", "medecine"])
def test_care_unit_of_a_name_already_there_is_refused(name: str) -> None:
    site = FacilityFactory()
    CareUnitFactory(facility=site, name="Médecine")
    other = CareUnitFactory(facility=site, name="Chirurgie")

    with pytest.raises(services.CareUnitAlreadyThere):
        services.add_care_unit(facility=site, name=name, by=None, now=NOW)
    with pytest.raises(services.CareUnitAlreadyThere):
        services.rename_care_unit(unit=other, name=name, by=None, now=NOW)

    assert set(CareUnit.objects.values_list("name", flat=True)) == {"Médecine", "Chirurgie"}


def test_care_unit_of_the_same_name_may_stand_on_another_site() -> None:
    CareUnitFactory(name="Médecine")

    services.add_care_unit(facility=FacilityFactory(), name="Médecine", by=None, now=NOW)

    assert CareUnit.objects.filter(name="Médecine").count() == 2

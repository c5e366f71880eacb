from datetime import date, timedelta

import pytest

from ancrage.needs.enums import NeedStatus
from ancrage.needs.models import Need
from ancrage.needs.offers import (
    OfferContact,
    OfferSearch,
    contact_of,
    offer_is_over,
    offers_matching,
)
from ancrage.professions.enums import ContractKind
from ancrage.professions.models import Profession
from tests.factories import CommuneFactory, NeedFactory, PartnerFactory, ProfessionFactory
from tests.factories.moments import NOW

pytestmark = pytest.mark.django_db


def test_offers_matching_nothing_asked_are_all_latest_first():
    older = NeedFactory(published=True, published_at=NOW - timedelta(days=2))
    latest = NeedFactory(published=True)

    assert list(offers_matching(Need.objects.all(), OfferSearch())) == [latest, older]


@pytest.mark.parametrize("text", ["éhpad", "EHPAD flots", "flo", "aide soi"])
def test_offers_matching_text_is_blind_to_accents_case_and_order(text):
    found = NeedFactory(published=True, search="aide soignant ehpad les flots")
    NeedFactory(published=True, search="brancardier hopital")

    assert list(offers_matching(Need.objects.all(), OfferSearch(text=text))) == [found]


@pytest.mark.parametrize("text", ["as", "lots", "ehpad dompteur"])
def test_offers_matching_text_does_not_match_inside_words(text):
    NeedFactory(published=True, search="infirmier bas ehpad les flots")

    assert list(offers_matching(Need.objects.all(), OfferSearch(text=text))) == []


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("AS", ["care_assistant"]),
        ("IDE nuit", ["nurse"]),
        ("infirmières", ["nurse"]),
        ("infirmières, aides-soignantes", ["care_assistant", "nurse"]),
        ("kiné", []),
    ],
)
def test_offers_are_found_by_their_trade_however_it_is_written(text, codes):
    for code in ("nurse", "care_assistant", "social_worker"):
        profession = Profession.objects.get(code=code)
        NeedFactory(
            published=True, profession=profession, search=f"{profession.search} assistante nuit"
        )

    found = offers_matching(Need.objects.all(), OfferSearch(text=text))

    assert sorted(need.profession.code for need in found) == codes


def test_offers_matching_every_condition():
    nurse, vue = ProfessionFactory(), CommuneFactory()
    practice = PartnerFactory(practice=True)
    wanted = NeedFactory(
        published=True,
        profession=nurse,
        commune=vue,
        partner=practice,
        contract=ContractKind.LOCUM,
        housing_offered=True,
        starts_on=date(2027, 3, 1),
    )
    same = {"published": True, "profession": nurse, "commune": vue, "partner": practice}
    for difference in (
        {"contract": ContractKind.CDI},
        {"contract": ContractKind.LOCUM, "housing_offered": False},
        {"contract": ContractKind.LOCUM, "housing_offered": True, "starts_on": date(2027, 5, 1)},
        {"contract": ContractKind.LOCUM, "housing_offered": True, "starts_on": date(2027, 1, 1)},
    ):
        NeedFactory(**same, **difference)
    NeedFactory(published=True)

    found = offers_matching(
        Need.objects.all(),
        OfferSearch(
            profession=nurse,
            communes=[vue.pk],
            contract=ContractKind.LOCUM,
            partner_kind=practice.kind,
            housing=True,
            starts_from=date(2027, 2, 1),
            starts_by=date(2027, 4, 1),
        ),
    )

    assert list(found) == [wanted]


def test_offers_matching_nowhere_is_nothing():
    NeedFactory(published=True)

    assert list(offers_matching(Need.objects.all(), OfferSearch(communes=[]))) == []


def test_offer_over_is_told_from_one_that_never_was():
    filled = NeedFactory(closed=True)
    paused = NeedFactory(paused=True)
    expired = NeedFactory(closed=True, status=NeedStatus.EXPIRED)
    current = NeedFactory(published=True)
    draft = NeedFactory()
    members_only = NeedFactory(closed=True, members_only=True)

    assert [
        offer_is_over(need.pk) for need in (filled, paused, expired, current, draft, members_only)
    ] == [True, True, True, False, False, False]


def test_contact_of_an_offer_is_its_own_or_else_that_of_its_structure():
    partner = PartnerFactory(contact_email="rh@structure.test", contact_phone="+33240820000")
    own = NeedFactory(partner=partner, contact_email="bloc@structure.test", contact_phone="")
    none = NeedFactory(partner=partner, contact_email="", contact_phone="")
    practice = PartnerFactory(contact_email="camille.exemple@cabinet.test", contact_phone="")
    person = NeedFactory(partner=practice, contact_email="", contact_phone="")

    assert [contact_of(offer) for offer in (own, none, person)] == [
        OfferContact("bloc@structure.test", ""),
        OfferContact("rh@structure.test", "+33240820000", of_partner=True),
        OfferContact("", ""),
    ]

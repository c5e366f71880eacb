"""What a booklet lists: hours in a usual week, offers by distance, posts of a spouse's trade."""

from datetime import date

import pytest

from ancrage.welcome import services
from ancrage.welcome.enums import WelcomeKind
from ancrage.welcome.services import Period, usual_hours
from tests.factories import (
    AvailabilityFactory,
    CommuneFactory,
    LifeProjectFactory,
    NeedFactory,
    PartnerFactory,
    ProfessionFactory,
    WelcomeTermsFactory,
)
from tests.factories.moments import NOW

MONDAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("Mo-Fr 06:15-21:00", [((0, 1, 2, 3, 4), ((375, 1260),))]),
        (
            "Mo,We 08:00-12:00,14:00-18:00; Sa 09:00-12:00",
            [((0, 2), ((480, 720), (840, 1080))), ((5,), ((540, 720),))],
        ),
        ("Fr 22:00-06:00", [((4,), ((1320, 1440),)), ((5,), ((0, 360),))]),
        ("24/7", [((0, 1, 2, 3, 4, 5, 6), ((0, 1440),))]),
        ("Aug Mo-Fr 08:00-18:00", []),
    ],
)
def test_usual_hours_put_the_days_of_same_hours_together(text, hours):
    assert usual_hours(text, on=MONDAY) == hours


@pytest.mark.django_db
def test_near_services_are_those_of_the_territory_the_nearest_first(django_assert_num_queries):
    here = CommuneFactory(latitude=47.1, longitude=-2.1)
    partner = PartnerFactory()
    far = WelcomeTermsFactory(
        resource__partner=partner,
        resource__commune=CommuneFactory(latitude=47.2, longitude=-2.1),
    )
    unknown = WelcomeTermsFactory(
        resource__partner=partner,
        resource__commune=CommuneFactory(latitude=None, longitude=None),
        has_places=False,
    )
    same = WelcomeTermsFactory(resource__partner=partner, resource__commune=here)
    AvailabilityFactory(resource=same.resource)
    WelcomeTermsFactory()

    with django_assert_num_queries(3):
        found = services.services_near(
            territory=partner.territory, place=here, kinds=[WelcomeKind.HOUSING], now=NOW
        )

    (near,) = found.values()
    assert [one.terms for one in near] == [same, far, unknown]
    assert [one.km and round(one.km) for one in near] == [0.0, 11, None]
    opened = (Period(date(2027, 5, 1), date(2027, 10, 31), 1),)
    assert [one.free for one in near] == [opened, (), None]


@pytest.mark.django_db
def test_posts_of_a_spouse_are_public_and_the_nearest_first():
    here = CommuneFactory(latitude=47.1, longitude=-2.1)
    there = CommuneFactory(latitude=47.3, longitude=-2.1)
    partner, trade = PartnerFactory(), ProfessionFactory(code="dietitian")
    project = LifeProjectFactory(workplace=here, spouse_profession=trade)
    far = NeedFactory(partner=partner, profession=trade, commune=there, published=True)
    near = NeedFactory(partner=partner, profession=trade, commune=here, published=True)
    NeedFactory(partner=partner, profession=trade, commune=here)
    NeedFactory(profession=trade, published=True)

    found = services.posts_for_spouse(project=project, territory=partner.territory)

    assert found == services.SpousePosts((near, far), (partner,))


@pytest.mark.django_db
def test_spouse_whose_trade_nobody_told_has_no_post(django_assert_num_queries):
    project = LifeProjectFactory()
    territory = PartnerFactory().territory

    with django_assert_num_queries(0):
        found = services.posts_for_spouse(project=project, territory=territory)

    assert found == services.SpousePosts((), ())

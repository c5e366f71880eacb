from datetime import date

import pytest

from ancrage.core.kleene import State
from ancrage.core.welcome import Topic
from ancrage.welcome import services
from ancrage.welcome.enums import WelcomeKind
from ancrage.welcome.models import LifeProject
from tests.factories import (
    AvailabilityFactory,
    CommuneFactory,
    PartnerFactory,
    WelcomeTermsFactory,
)
from tests.factories.moments import NOW

pytestmark = pytest.mark.django_db


def offer(partner, commune, *, opened=True, **facts):
    terms = WelcomeTermsFactory(
        resource__partner=partner, resource__commune=commune, resource__published=True, **facts
    )
    if opened:
        AvailabilityFactory(resource=terms.resource, places=2)
    return terms


@pytest.fixture
def partner():
    return PartnerFactory()


@pytest.fixture
def commune(project):
    return project.workplace


def answers(project, partner, kind=WelcomeKind.HOUSING):
    return services.answers_for(project=project, kind=kind, territory=partner.territory, now=NOW)


def test_room_in_the_commune_of_the_work_answers(project, partner, commune):
    room = offer(partner, commune)
    offer(PartnerFactory(), commune)

    found = answers(project, partner).found

    assert [(fit.offer, fit.state, fit.minutes) for fit in found.fits] == [
        (str(room.resource_id), State.MET, 0)
    ]


def test_offers_of_a_territory_take_a_constant_number_of_queries(
    project, partner, commune, django_assert_num_queries
):
    for _number in range(3):
        offer(partner, commune)

    with django_assert_num_queries(3):
        answers(project, partner)


def test_room_without_a_calendar_is_to_be_asked_about(project, partner, commune):
    offer(partner, commune, opened=False)

    fit = answers(project, partner).found.fits[0]

    assert [one.topic for one in fit.conditions if one.state is State.TO_CHECK] == [Topic.DATES]


def test_nothing_fits_says_what_would_have_to_give_way(project, partner, commune):
    dear = offer(partner, commune, price_cents=60_000)

    told = answers(project, partner)

    assert told.found.fits == ()
    assert [(way.topics, way.offers) for way in told.ways_out] == [
        (frozenset({Topic.PRICE}), (str(dear.resource_id),))
    ]


def test_family_does_not_fit_in_a_room_for_one(project, partner, commune):
    LifeProject.objects.filter(pk=project.pk).update(child_ages=[14])
    project.refresh_from_db()
    offer(partner, commune)

    assert answers(project, partner).found.blocked[0].missing == {Topic.SIZE}


def test_stay_is_cut_over_two_rooms_when_none_is_free_all_along(project, partner, commune):
    spring, summer = offer(partner, commune, opened=False), offer(partner, commune, opened=False)
    AvailabilityFactory(resource=spring.resource, ends_on=date(2027, 6, 30))
    AvailabilityFactory(resource=summer.resource, starts_on=date(2027, 6, 15))

    cut = answers(project, partner).chain

    assert [leg.offer for leg in cut.legs] == [str(spring.resource_id), str(summer.resource_id)]


def test_early_shift_is_shared_between_the_creche_and_somebody_at_home(project, partner, commune):
    LifeProject.objects.filter(pk=project.pk).update(
        child_ages=[14], shifts=[[day, 6 * 60 + 45, 14 * 60 + 15] for day in range(5)]
    )
    project.refresh_from_db()
    facts = {"kind": WelcomeKind.CHILDCARE, "age_from_months": 3, "age_to_months": 36}
    creche = offer(partner, commune, opening_hours="Mo-Fr 07:30-18:30", **facts)
    home = offer(partner, commune, opening_hours="Mo-Fr 06:00-09:00", **facts)

    told = answers(project, partner, WelcomeKind.CHILDCARE)

    assert told.found.fits == ()
    assert told.sharing.offers == tuple(sorted((str(creche.resource_id), str(home.resource_id))))


def test_creche_closed_in_august_is_not_there_all_summer(project, partner, commune):
    LifeProject.objects.filter(pk=project.pk).update(child_ages=[14], shifts=[[0, 540, 600]])
    project.refresh_from_db()
    facts = {"kind": WelcomeKind.CHILDCARE, "age_from_months": 3, "age_to_months": 36}
    offer(partner, commune, opening_hours="Mo-Fr 07:30-18:30; Aug off", **facts)

    fit = answers(project, partner, WelcomeKind.CHILDCARE).found.blocked[0]

    assert fit.missing == {Topic.HOURS}


def test_offer_open_day_and_night_covers_every_hour(project, partner, commune):
    LifeProject.objects.filter(pk=project.pk).update(child_ages=[14], shifts=[[6, 1245, 1845]])
    project.refresh_from_db()
    offer(
        partner,
        CommuneFactory(),
        kind=WelcomeKind.CHILDCARE,
        comes_to_you=True,
        opening_hours="24/7",
        age_from_months=0,
        age_to_months=216,
    )

    assert answers(project, partner, WelcomeKind.CHILDCARE).found.fits[0].state is State.MET

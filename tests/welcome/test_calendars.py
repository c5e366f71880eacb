from datetime import date

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from ancrage.kit.models import AuditLine
from ancrage.welcome import services
from ancrage.welcome.enums import WelcomeKind
from ancrage.welcome.models import Availability, TakenDay, WelcomeTerms
from ancrage.welcome.services import Period, free_by_offer, free_periods
from tests.factories import (
    AvailabilityFactory,
    ResourceFactory,
    WelcomeRequestFactory,
    WelcomeTermsFactory,
)
from tests.factories.moments import NOW

SUMMER = Period(date(2027, 5, 1), date(2027, 10, 31))


def take(terms, on, place=1):
    TakenDay.objects.create(
        resource=terms.resource, on=on, place=place, request=WelcomeRequestFactory()
    )


@pytest.mark.django_db
def test_terms_are_written_then_changed_with_what_was_not_given_kept():
    resource = ResourceFactory(published=True)

    services.set_terms(
        resource=resource, by=None, now=NOW, kind=WelcomeKind.CHILDCARE, age_from_months=3
    )
    services.set_terms(
        resource=resource, by=None, now=NOW, opening_hours="Mo-Fr 06:00-22:00", price_cents=0
    )

    terms = WelcomeTerms.objects.get()
    assert (terms.kind, terms.themes) == (WelcomeKind.CHILDCARE, ["famille--garde-denfants"])
    assert (terms.age_from_months, terms.opening_hours, terms.price_cents) == (
        3,
        "Mo-Fr 06:00-22:00",
        0,
    )
    assert (
        list(AuditLine.objects.values_list("action", "scope"))
        == [("welcome.terms_set", f"partner:{resource.partner_id}")] * 2
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("facts", "field", "sentence"),
    [
        ({"kind": "boat"}, "kind", "Dites à quoi sert cette offre."),
        ({"themes": ["bateau"]}, "themes", "« bateau » n’est pas une thématique connue."),
        (
            {"area": ["44131", "Pornic"]},
            "area",
            "« Pornic » n’est le code ni d’une commune, ni d’un département, ni d’un EPCI.",
        ),
        ({"price_cents": 1_000_001}, "price_cents", "Le prix va de 0 à 10 000 € par mois."),
        ({"age_to_months": 217}, "age_to_months", "L’âge va de 0 à 18 ans."),
        (
            {"age_from_months": 12, "age_to_months": 3},
            "age_to_months",
            "L’âge maximal ne peut pas être sous l’âge minimal.",
        ),
        ({"opening_hours": "tous les jours"}, "opening_hours", "Ces horaires ne se lisent pas."),
    ],
)
def test_terms_that_cannot_stand_say_why_beside_the_field(facts, field, sentence):
    with pytest.raises(ValidationError) as refused:
        services.set_terms(
            resource=ResourceFactory(),
            by=None,
            now=NOW,
            **{"kind": WelcomeKind.HOUSING, **facts},
        )

    assert list(refused.value.message_dict) == [field]
    told = refused.value.message_dict[field][0].replace("\xa0", " ")
    assert told.startswith(sentence)
    assert not WelcomeTerms.objects.exists()


@pytest.mark.django_db
def test_calendar_is_replaced_whole_and_told():
    terms = WelcomeTermsFactory()
    AvailabilityFactory(resource=terms.resource)
    weekend = Period(date(2027, 3, 6), date(2027, 3, 7), 2)

    services.set_calendar(terms=terms, periods=[SUMMER, weekend], revision=1, by=None, now=NOW)

    assert services.calendar_of(terms) == [weekend, SUMMER]
    assert AuditLine.objects.get().changes["calendar"] == [
        "2027-05-01/2027-10-31×1",
        "2027-03-06/2027-03-07×2; 2027-05-01/2027-10-31×1",
    ]
    assert WelcomeTerms.objects.get().calendar_revision == 2


@pytest.mark.django_db
def test_calendar_read_before_another_change_is_refused_and_nothing_is_lost():
    terms = WelcomeTermsFactory()
    services.set_calendar(terms=terms, periods=[SUMMER], revision=1, by=None, now=NOW)

    with pytest.raises(services.CalendarChangedMeanwhile):
        services.set_calendar(terms=terms, periods=[], revision=1, by=None, now=NOW)

    assert services.calendar_of(terms) == [SUMMER]


@pytest.mark.django_db
def test_periods_that_cannot_stand_are_told_by_their_number():
    periods = [
        Period(date(2027, 5, 1), date(2027, 6, 30)),
        Period(date(2027, 7, 2), date(2027, 7, 1)),
        Period(date(2027, 6, 30), date(2027, 6, 30)),
        Period(date(2030, 1, 1), date(2030, 1, 2)),
        Period(date(2027, 9, 1), date(2027, 9, 2), 501),
    ]

    with pytest.raises(ValidationError) as refused:
        services.set_calendar(
            terms=WelcomeTermsFactory(), periods=periods, revision=1, by=None, now=NOW
        )

    assert {number: told[0] for number, told in refused.value.message_dict.items()} == {
        "1": "La fin ne peut pas précéder le début.",
        "2": "Cette période en recouvre une autre : changez ses dates.",
        "3": "Un calendrier s’ouvre trois ans à l’avance au plus.",
        "4": "Le nombre de places va de 1 à 500.",
    }
    assert not Availability.objects.exists()


@pytest.mark.django_db
def test_day_on_which_a_place_is_given_cannot_leave_the_calendar():
    terms = WelcomeTermsFactory()
    AvailabilityFactory(resource=terms.resource)
    take(terms, date(2027, 10, 31))

    with pytest.raises(services.CutsGrantedDays) as refused:
        services.set_calendar(
            terms=terms,
            periods=[Period(date(2027, 5, 1), date(2027, 10, 30))],
            revision=1,
            by=None,
            now=NOW,
        )

    assert refused.value.on == date(2027, 10, 31)
    assert services.calendar_of(terms) == [SUMMER]


@pytest.mark.django_db
def test_what_is_left_of_many_calendars_takes_two_queries(django_assert_num_queries):
    rooms = [WelcomeTermsFactory() for _number in range(3)]
    for terms in rooms[:2]:
        AvailabilityFactory(resource=terms.resource, places=2)
    take(rooms[0], date(2027, 6, 1))

    with django_assert_num_queries(2):
        left = free_by_offer([terms.resource_id for terms in rooms], since=date(2027, 5, 31))

    assert left == {
        rooms[0].resource_id: [
            Period(date(2027, 5, 31), date(2027, 5, 31), 2),
            Period(date(2027, 6, 1), date(2027, 6, 1), 1),
            Period(date(2027, 6, 2), date(2027, 10, 31), 2),
        ],
        rooms[1].resource_id: [Period(date(2027, 5, 31), date(2027, 10, 31), 2)],
    }


@given(
    st.sets(st.integers(1, 28), max_size=6),
    st.dictionaries(st.integers(1, 28), st.integers(1, 3)),
    st.integers(1, 28),
)
def test_what_is_left_is_what_is_open_less_what_is_given_day_by_day(cuts, given_days, since):
    ordered = sorted(cuts)
    periods = [
        Period(date(2027, 2, first), date(2027, 2, past - 1), 3)
        for first, past in zip(ordered[::2], ordered[1::2], strict=False)
        if first < past
    ]
    opened = {
        number: services.calendars.places_on(periods, date(2027, 2, number))
        for number in range(1, 29)
    }
    taken = {number: count for number, count in given_days.items() if opened[number]}

    left = free_periods(
        periods,
        [(date(2027, 2, number), count) for number, count in taken.items()],
        since=date(2027, 2, since),
    )

    for number, places in opened.items():
        expected = places - taken.get(number, 0) if number >= since else 0
        assert services.calendars.places_on(left, date(2027, 2, number)) == expected
    assert left == sorted(left)

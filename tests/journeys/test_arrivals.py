"""Who came thanks to the welcome or was lost for want of it: noted, counted, forgotten."""

import pytest

from ancrage.journeys import services
from ancrage.journeys.enums import ArrivalKind
from ancrage.journeys.models import ArrivalOutcome, Journey
from ancrage.journeys.services.arrivals import IntroductionOfAnother
from ancrage.kit.models import AuditLine
from ancrage.privacy.enums import ConsentChannel
from ancrage.privacy.notices import current_notice
from ancrage.privacy.services import erase_subject, give_consent, withdraw_consent
from ancrage.welcome.enums import WelcomeKind
from tests.factories import IntroductionFactory, JourneyFactory, NeedFactory, TerritoryFactory
from tests.factories.moments import NOW

pytestmark = pytest.mark.django_db


def note(journey, kind=ArrivalKind.ARRIVED, themes=(WelcomeKind.HOUSING,), introduction=None):
    return services.note_arrival(
        journey=journey, kind=kind, themes=themes, introduction=introduction, by=None, now=NOW
    )


def test_outcome_of_an_introduction_is_noted_once_and_the_journal_names_no_theme():
    journey = JourneyFactory()
    met = IntroductionFactory(candidate=journey.candidate, need=NeedFactory(published=True))

    note(journey, introduction=met)
    note(journey, ArrivalKind.LOST, [WelcomeKind.CHILDCARE, WelcomeKind.HOUSING], met)

    outcome = ArrivalOutcome.objects.get()
    assert (outcome.kind, outcome.themes) == ("lost", ["housing", "childcare"])
    lines = AuditLine.objects.filter(action="journeys.arrival")
    assert [line.changes for line in lines] == [{}, {}]


@pytest.mark.parametrize("themes", [[], ["palace"]])
def test_outcome_without_a_theme_is_refused(themes):
    with pytest.raises(services.ThemesMissing):
        note(JourneyFactory(), themes=themes)


def test_introduction_of_somebody_else_is_refused():
    with pytest.raises(IntroductionOfAnother):
        note(JourneyFactory(), introduction=IntroductionFactory(need=NeedFactory(published=True)))


def test_figures_hide_small_numbers_and_other_territories():
    territory = TerritoryFactory()
    journeys = JourneyFactory.create_batch(6, territory=territory)
    for journey in journeys:
        note(journey)
    note(journeys[0], ArrivalKind.LOST, [WelcomeKind.CHILDCARE])
    note(JourneyFactory(), ArrivalKind.LOST, [WelcomeKind.CHILDCARE])

    figures = services.arrival_figures(Journey.objects.filter(territory=territory))

    housing, childcare, *_others = figures.themes
    assert (housing.arrived, housing.lost) == (5, 0)
    assert (childcare.arrived, childcare.lost) == (0, None)
    assert figures.people == 6


def test_outcome_taken_back_is_no_longer_counted():
    services.forget_arrival(outcome=note(JourneyFactory()), by=None, now=NOW)

    assert not ArrivalOutcome.objects.exists()


@pytest.mark.parametrize("way", ["withdrawal", "erasure"])
def test_outcome_goes_with_the_agreement_and_with_the_person(way):
    journey = JourneyFactory()
    subject = journey.candidate.subject
    facts = {"subject": subject, "purpose": "concierge", "scope": "", "by": None, "now": NOW}
    give_consent(notice=current_notice("concierge"), channel=ConsentChannel.SELF, **facts)
    note(journey)

    if way == "erasure":
        erase_subject(subject=subject, by=None, now=NOW, asked=True)
    else:
        withdraw_consent(channel=ConsentChannel.SELF, **facts)

    assert not ArrivalOutcome.objects.exists()

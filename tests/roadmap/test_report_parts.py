"""Reports on a part of a territory: what is told there, what is left to the whole."""

from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from ancrage.journeys.queries.figures import FigureFilter, stay_lines
from ancrage.journeys.services.figures import people_hired
from ancrage.roadmap import services
from ancrage.roadmap.models import Report
from ancrage.roadmap.queries import last_edition_in, public_figures_of
from ancrage.roadmap.services.reports import PartGone
from ancrage.territory.enums import MeasureCut
from ancrage.territory.measures import measures
from ancrage.territory.models import LivingArea
from tests.factories import (
    CommuneFactory,
    EpciFactory,
    JourneyFactory,
    NeedFactory,
    PartnerFactory,
    StayFactory,
    TerritoryFactory,
)
from tests.factories.moments import NOW, TODAY
from tests.factories.roadmap import RoadmapFactory

pytestmark = pytest.mark.django_db

EAST = "epci:200000002"
YEAR = {"starts_on": date(2026, 1, 1), "ends_on": date(2026, 12, 31)}
AFTER = datetime(2027, 1, 4, 9, 30, tzinfo=UTC)


@pytest.fixture
def east():
    return CommuneFactory(epci=EpciFactory(siren="200000002", name="Est"))


@pytest.fixture
def territory(east):
    """Three posts in the west, two in the east, both of a structure of the west."""
    west = CommuneFactory(epci=EpciFactory(siren="200000001", name="Ouest"))
    territory = TerritoryFactory(communes=[west, east])
    partner = PartnerFactory(territory=territory, commune=west)
    NeedFactory(partner=partner, commune=west, published=True, positions=3)
    NeedFactory(partner=partner, commune=east, published=True, positions=2)
    return territory


def open_report(territory, perimeter=EAST, **facts):
    return services.create_report(
        territory=territory,
        perimeter=perimeter,
        by=None,
        now=NOW,
        **{"roadmap": None, **YEAR, **facts},
    )


def values(report):
    return {
        one["key"]: one["value"] for part in report.contents["parts"] for one in part["figures"]
    }


def test_report_of_an_intercommunality_tells_what_stands_there_and_names_the_rest(territory, east):
    report = open_report(territory)

    found = values(report)
    assert report.title == "Rapport d’activité 2026\u00a0: Est"
    assert (found["needs.open"], found["needs.posts"]) == ("1", "2")
    assert found["partners.members"] == "0"
    assert report.contents["perimeter"] == "Est"
    assert report.contents["communes_told"] == [{"label": east.name, "code": east.insee}]
    assert [one["posts"] for one in report.contents["communes"]] == [2]
    whole_only = [one for one in measures() if one.cut == MeasureCut.WHOLE]
    assert report.contents["left_out"] == [str(one.name) for one in whole_only]
    assert not found.keys() & {one.key for one in whole_only}
    assert "people" not in [part["section"] for part in report.contents["parts"]]


def test_report_of_a_living_area_counts_nobody(territory, east):
    area = LivingArea.objects.create(territory=territory, name="Côte")
    area.communes.set([east])

    found = values(open_report(territory, f"area:{area.pk}"))

    assert found["needs.posts"] == "2"
    assert not found.keys() & {one.key for one in measures() if one.cut == MeasureCut.EPCI}


def test_each_part_has_its_report_of_the_months_beside_that_of_the_whole(territory):
    for key in ("", EAST, "epci:200000001"):
        open_report(territory, key)

    with pytest.raises(ValidationError, match="déjà son rapport"):
        open_report(territory)
    assert Report.objects.count() == 3


def test_public_figures_are_those_of_the_whole_territory(territory):
    whole = services.publish_report(report=open_report(territory, ""), by=None, now=AFTER)
    services.publish_report(report=open_report(territory), by=None, now=AFTER)
    services.set_public_figures(territory=territory, keys=["needs.open"], by=None, now=NOW)

    assert last_edition_in(territory) == whole
    assert [one["value"] for one in public_figures_of(territory).figures] == ["2"]


def test_part_tells_no_roadmap_and_one_that_is_gone_is_refused(territory, east):
    with pytest.raises(ValidationError, match="territoire entier"):
        open_report(territory, roadmap=RoadmapFactory(territory=territory))
    with pytest.raises(PartGone):
        open_report(territory, "epci:200000009")
    report = open_report(territory)
    territory.communes.remove(east)
    with pytest.raises(PartGone):
        services.compute_report(report=report, by=None, now=NOW)
    with pytest.raises(IntegrityError):
        Report.objects.filter(pk=report.pk).update(roadmap=RoadmapFactory(territory=territory))


def test_whoever_took_two_posts_is_counted_where_the_first_is(territory, east):
    here = PartnerFactory(territory=territory, commune=east)
    journey = JourneyFactory(candidate__territory=territory, territory=territory, in_post=True)
    StayFactory(journey=journey, partner=here, started_on=date(2026, 2, 1), ended=True)
    StayFactory(journey=journey, started_on=date(2026, 5, 1))
    posts = stay_lines(FigureFilter(territory, confirmed=True))

    def hired(since):
        return people_hired(posts, since=since, until=TODAY)

    assert hired(date(2026, 1, 1)) == {here.pk: 1}
    assert list(hired(date(2026, 3, 1)).values()) == [1]
    assert here.pk not in hired(date(2026, 3, 1))

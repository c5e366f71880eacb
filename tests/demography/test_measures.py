"""What the registry of measures says of access is what the page of communes says."""

from datetime import date
from decimal import Decimal

import pytest

from ancrage.demography.enums import Care, Dataset
from ancrage.demography.services.model import summary_of, territory_model
from ancrage.territory.measures import Period, Reading, measure
from ancrage.territory.perimeters import Perimeter
from tests.demography.land import save_land, territory_of_land
from tests.factories import TerritoryFactory
from tests.factories.moments import NOW

pytestmark = pytest.mark.django_db

YEAR = Period(date(2026, 1, 1), date(2026, 12, 31), NOW)


def read(key, territory):
    return measure(key).read(Perimeter(territory), YEAR)


def test_access_is_measured_as_on_the_page_of_communes():
    territory = territory_of_land()
    save_land()

    model = territory_model(territory=territory, care=Care.GP)
    page = summary_of(model)
    [year] = {one.year for one in model.used if one.dataset == Dataset.ACCESS}
    vintage = f"APL {year}"

    assert read("demography.under_2_5", territory) == Reading(
        Decimal(round(100 * page.under.share)), vintage=vintage
    )
    assert read("demography.apl", territory) == Reading(
        Decimal(str(round(page.mean, 1))), vintage=vintage
    )
    assert 0 < page.under.share < 1


def test_access_that_nobody_loaded_is_told():
    none = Reading(None, note="L’accessibilité publiée n’est pas chargée.")

    assert read("demography.apl", TerritoryFactory()) == none
    assert read("demography.under_2_5", TerritoryFactory()) == none

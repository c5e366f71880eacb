"""FINESS categories: loaded, and what an administrator changed kept."""

import pytest
from django.utils import translation

from ancrage.partners import services
from ancrage.partners.models import FacilityCategory
from ancrage.partners.reference import FACILITY_CATEGORIES
from tests.factories.moments import NOW

pytestmark = pytest.mark.django_db


def load(**options: bool):
    (difference,) = services.load_facility_categories(
        by=None, now=NOW, overwrite=options.get("overwrite", False)
    )
    return difference


def test_categories_are_loaded_once() -> None:
    FacilityCategory.objects.all().delete()

    first, second = load(), load()

    assert len(first.created) == len(FACILITY_CATEGORIES)
    assert (second.created, second.unchanged) == ((), len(FACILITY_CATEGORIES))
    assert FacilityCategory.objects.get(code="500").short == "EHPAD"


def test_label_changed_by_an_administrator_is_kept_unless_overwritten() -> None:
    load()
    FacilityCategory.objects.filter(code="500").update(label_fr="Maison de retraite")

    kept = load()

    assert [change.row for change in kept.kept] == ["500"]
    assert FacilityCategory.objects.get(code="500").label_fr == "Maison de retraite"

    load(overwrite=True)

    assert FacilityCategory.objects.get(code="500").label_fr != "Maison de retraite"


def test_label_follows_the_language_of_the_page() -> None:
    load()
    category = FacilityCategory.objects.get(code="500")

    with translation.override("en"):
        assert str(category) == category.label_en
        assert FacilityCategory(label_fr="Seul").label == "Seul"
    assert str(category) == category.label_fr

import pytest

from ancrage.kit.reference import Difference, FieldChange
from ancrage.territory.models import Commune
from ancrage.territory.reference_loaders import load_communes
from ancrage.territory.services import CommuneFacts, save_communes
from tests.factories.moments import NOW

pytestmark = pytest.mark.django_db


def load(**options):
    return load_communes(by=None, now=NOW, overwrite=options.get("overwrite", False))


def test_load_communes_of_the_default_territory(settings):
    settings.DEFAULT_TERRITORY = "pays-de-retz"
    Commune.objects.all().delete()

    (difference,) = load()

    assert (len(difference.created), difference.changed, difference.unchanged) == (46, (), 0)
    assert load() == [Difference(title="Communes du territoire par défaut", unchanged=46)]


def test_load_communes_overwrites_when_asked_and_says_what(settings):
    settings.DEFAULT_TERRITORY = "pays-de-retz"
    load()
    newer = CommuneFacts("44131", "Pornic", population=18_500)
    save_communes(facts=[newer], source="INSEE", version="2026", by=None, now=NOW)

    (left,) = load()
    (overwritten,) = load(overwrite=True)

    assert (left.changed, left.unchanged) == ((), 46)
    assert overwritten.changed == (FieldChange("44131", "population", 18_500, 17_910),)
    assert overwritten.unchanged == 45


def test_load_communes_without_a_table_of_ours(settings):
    settings.DEFAULT_TERRITORY = "cotentin"

    assert load() == [Difference(title="Communes du territoire par défaut")]

import pytest

from ancrage.kit.search import having_words, used_in, with_words
from ancrage.partners.models import Partner
from ancrage.territory.models import Territory
from tests.factories import PartnerFactory, TerritoryFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def partners():
    PartnerFactory(name="Hôpital", search="hopital de la cote pornic infirmiere")
    PartnerFactory(name="Cabinet", search="cabinet saint pere aide soignante")


def found(text):
    rows = Partner.objects.filter(having_words(text)).order_by("name")
    assert list(with_words(Partner.objects.order_by("name"), text)) == list(rows)
    return [partner.name for partner in rows]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("", ["Cabinet", "Hôpital"]),
        (" , ", ["Cabinet", "Hôpital"]),
        ("HÔP", ["Hôpital"]),
        ("pornic hopital", ["Hôpital"]),
        ("pornic saint", []),
        ("ornic", []),
        ("infirmières", ["Hôpital"]),
        ("aides soignantes", ["Cabinet"]),
        ("infirmières, aides-soignantes", ["Cabinet", "Hôpital"]),
        ("Pornic ou Saint-Père", ["Cabinet", "Hôpital"]),
        ("hôpital du Pornic", ["Hôpital"]),
        ("de", ["Hôpital"]),
        ("des", []),
    ],
)
def test_words_find_what_begins_like_them(text, names):
    assert found(text) == names


def test_column_is_read_as_it_was_written():
    partner = PartnerFactory(search="deux mots")
    bare = PartnerFactory(search="")

    assert Partner.objects.get(pk=partner.pk).search == "deux mots"
    assert Partner.objects.get(pk=bare.pk).search == ""


def test_used_in_returns_what_rows_lead_to():
    territory = Partner.objects.get(name="Hôpital").territory
    TerritoryFactory()

    rows = Partner.objects.filter(name="Hôpital")

    assert list(used_in(Territory, rows, "territory")) == [territory]

"""A list of places as people type it."""

import pytest
from django.core.exceptions import ValidationError

from ancrage.territory.models import Commune
from ancrage.territory.services import communes_named

pytestmark = pytest.mark.django_db


def codes(text: str) -> list[str]:
    return [commune.insee for commune in communes_named(text=text)]


@pytest.mark.parametrize("line", ["Pornic", " pornic ", "44131", "44210 pornic", "PORNIC"])
def test_commune_is_named_by_its_name_or_its_codes(line):
    assert codes(line) == ["44131"]


def test_epci_stands_for_its_communes():
    inside = list(
        Commune.objects.filter(epci__siren="200067346", valid_to=None)
        .order_by("insee")
        .values_list("insee", flat=True)
    )

    assert codes("200067346") == codes("ca pornic agglo pays de retz") == inside
    assert len(inside) > 10


def test_department_stands_for_its_communes():
    inside = set(
        Commune.objects.filter(department__code="44", valid_to=None).values_list(
            "insee", flat=True
        )
    )

    assert set(codes("44")) == set(codes("loire-atlantique")) == inside


def test_places_are_counted_once_and_blank_lines_are_nothing():
    assert codes("Pornic\n\n  \n44131\n") == ["44131"]
    assert codes("") == []


def test_every_line_that_is_not_understood_is_named():
    with pytest.raises(ValidationError) as raised:
        communes_named(text="Pornic\nAtlantide\nSaint")

    first, second = raised.value.messages
    assert first.startswith("«\u00a0Atlantide\u00a0» n’est pas un lieu connu")
    assert second.startswith("«\u00a0Saint\u00a0» désigne plusieurs lieux")


def test_too_many_lines_are_refused():
    with pytest.raises(ValidationError, match="500 lignes"):
        communes_named(text="Pornic\n" * 501)

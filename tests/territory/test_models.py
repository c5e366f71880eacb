import pytest
from django.db import IntegrityError, transaction

from tests.factories import CommuneFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("latitude", "longitude"), [(47.1, None), (None, -2.0), (91.0, 0.0), (47.0, 181.0)]
)
def test_commune_with_half_a_point_or_off_the_globe_is_refused(latitude, longitude):
    with pytest.raises(IntegrityError), transaction.atomic():
        CommuneFactory(insee="44901", latitude=latitude, longitude=longitude)


def test_commune_without_point_is_kept():
    assert CommuneFactory(insee="44901", latitude=None, longitude=None).pk

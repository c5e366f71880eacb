"""Which official files are held, and what they say."""

from functools import lru_cache

from django.db.models import QuerySet

from ancrage.demography.enums import Care, Dataset
from ancrage.demography.models import Vintage
from ancrage.kit.columns import Columns, unpacked

# The columns of a country: some megabytes each.
HELD = 8


def vintages() -> QuerySet[Vintage]:
    """Return the files that are held, without their columns, the latest year first."""
    return Vintage.objects.defer("contents").order_by("dataset", "care", "-year")


def latest(dataset: Dataset, care: Care | None = None) -> Vintage | None:
    """Return the file of the latest year, without its columns."""
    return vintages().filter(dataset=dataset, care=care or "").first()


def columns_of(vintage: Vintage) -> Columns:
    """Return what a file says. The same columns serve every caller: nobody writes in them."""
    return _columns(vintage.pk, vintage.digest)


def columns_held(pk: int, digest: str) -> Columns:
    """Return what the file of that key says, as long as it has not changed.

    Raises:
        Vintage.DoesNotExist: it was forgotten, or another took its place.
    """
    return _columns(pk, digest)


@lru_cache(maxsize=HELD)
def _columns(pk: int, digest: str) -> Columns:
    contents = Vintage.objects.values_list("contents", flat=True).get(pk=pk, digest=digest)
    return unpacked(bytes(contents))

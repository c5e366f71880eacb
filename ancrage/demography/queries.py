"""Which official files are held and what they say; which sets of parameters a territory typed."""

from functools import lru_cache

from django.db.models import Exists, F, OuterRef, QuerySet

from ancrage.demography.enums import Care, Dataset
from ancrage.demography.models import (
    ParameterSet,
    ParameterVersion,
    Scenario,
    SitingStudy,
    Vintage,
)
from ancrage.kit.columns import Columns, unpacked
from ancrage.territory.models import Territory

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


def current_versions(territory: Territory) -> QuerySet[ParameterVersion]:
    """Return the latest version of each set of a territory that is not archived."""
    return ParameterVersion.objects.select_related("of").filter(
        of__territory=territory, of__archived_at__isnull=True, number=F("of__number")
    )


def versions_of(territory: Territory, care: Care) -> QuerySet[ParameterVersion]:
    """Return every version of the sets of a territory, archived ones too."""
    return ParameterVersion.objects.select_related("of").filter(
        of__territory=territory, of__care=care
    )


def with_uses(sets: QuerySet[ParameterSet]) -> QuerySet[ParameterSet]:
    """Say of each set, as `is_used`, whether a result was computed with one of its versions."""
    scenarios = Scenario.objects.filter(version__of=OuterRef("pk"))
    studies = SitingStudy.objects.filter(version__of=OuterRef("pk"))
    return sets.annotate(is_used=Exists(scenarios) | Exists(studies))


def is_used(chosen: ParameterSet) -> bool:
    """Say whether a result was computed with one of the versions of a set."""
    kept = (Scenario, SitingStudy)
    return any(model.objects.filter(version__of=chosen).exists() for model in kept)

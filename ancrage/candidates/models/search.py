"""What the search reads: narrow rows, rewritten by the services at each change of a profile."""

from django.db import models
from django.db.models import Q

from ancrage.candidates.enums import Experience
from ancrage.candidates.models.profiles import Candidate
from ancrage.kit.models import Base
from ancrage.professions.models import Profession
from ancrage.territory.models import Epci, Territory


class SearchEntry(Base):
    """One profession of one active profile, with all that a search filters on.

    Bit sets (`contracts`, `hours`) are those of `queries.bits`. Nothing is here that
    the profile does not say: a test rebuilds every row and compares.
    """

    candidate = models.ForeignKey(
        Candidate, on_delete=models.CASCADE, related_name="search_entries"
    )
    territory = models.ForeignKey(Territory, on_delete=models.CASCADE, related_name="+")
    profession = models.ForeignKey(Profession, on_delete=models.CASCADE, related_name="+")
    is_main = models.BooleanField()
    in_pool = models.BooleanField()
    # Whether the person looks for no post any more: found by name, proposed nowhere.
    is_settled = models.BooleanField()
    # Whether the person is known to be somebody: small numbers are made of those alone.
    counts = models.BooleanField()
    zone = models.ForeignKey(Epci, null=True, on_delete=models.CASCADE, related_name="+")
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    # Square of how far the person goes, in km²; null: no limit said.
    reach_squared = models.FloatField(null=True)
    available_from = models.DateField(null=True)
    # The first of its month: all that a card says of when.
    available_month = models.DateField(null=True)
    available_until = models.DateField(null=True)
    fte_min_hundredths = models.PositiveSmallIntegerField()
    fte_max_hundredths = models.PositiveSmallIntegerField()
    contracts = models.PositiveIntegerField()
    hours = models.PositiveSmallIntegerField()
    experience = models.CharField(max_length=12, choices=Experience.choices, blank=True)
    updated_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["candidate", "profession"], name="search_entry_once")
        ]
        # Whether a row is the main one is a condition of an index: SQLite looks a bare truth up in
        # no column of an index.
        indexes = [
            # Around a place: a profession, a band of latitude, then the longitude in the index.
            models.Index(fields=["profession", "latitude", "longitude"], name="search_around"),
            # Around a place, whatever the profession.
            models.Index(
                fields=["latitude", "longitude"], condition=Q(is_main=True), name="search_near"
            ),
            # In a territory, the last changed first: of a profession, of all of them.
            models.Index(fields=["territory", "profession", "-updated_at"], name="search_latest"),
            models.Index(
                fields=["territory", "-updated_at"], condition=Q(is_main=True), name="search_all"
            ),
            # Cards are counted from the index alone: all that they say stands in it.
            models.Index(
                fields=[
                    *("territory", "profession", "zone", "available_month"),
                    *("experience", "contracts", "candidate", "is_main", "in_pool"),
                    "counts",
                ],
                condition=Q(is_main=True, in_pool=True),
                name="search_pool",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.candidate_id} {self.profession_id}"


class CandidateWord(Base):
    """A folded word by which the coordination finds a profile: name, address, number, commune."""

    personal = {"word": "identity"}

    candidate = models.ForeignKey(Candidate, on_delete=models.CASCADE, related_name="words")
    word = models.CharField(max_length=60)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["word", "candidate"], name="candidate_word_once")
        ]

    def __str__(self) -> str:
        return f"{self.candidate_id}"

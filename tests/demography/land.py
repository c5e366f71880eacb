"""A small land: four communes of a territory, two around it, one too far to count."""

import io
from datetime import UTC, datetime

from ancrage.demography.enums import Care, Dataset
from ancrage.demography.models import Vintage
from ancrage.demography.services import (
    Draft,
    Origin,
    read_access,
    read_people,
    read_places,
    read_professionals,
    read_roads,
    save_vintage,
)
from ancrage.territory.models import Territory
from tests.factories import CommuneFactory, TerritoryFactory

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
ORIGIN = Origin("Source fictive", "Licence Ouverte 2.0", "https://source.example.org/")

# Code, name, latitude, longitude, people. Codes that no commune bears, far from those of the
# reference data.
INSIDE = (
    ("44901", "Port-Fictif", 43.11, 0.10, 14_000),
    ("44902", "Bourg-Fictif", 43.20, 0.16, 4_500),
    ("44903", "Val-Fictif", 43.21, 0.30, 3_000),
    ("44904", "Landes-Fictives", 43.05, 0.25, 800),
)
RING = (
    ("44951", "Ville-Voisine", 43.25, 0.00, 70_000),
    ("44952", "Plaine-Voisine", 43.00, 0.40, 6_000),
)
FAR = ("44999", "Bout-du-Monde", 48.90, 1.00, 9_000)

ACCESS = """code;commune;APL;APL 65 ans et moins;Population standardisée;Population totale
44901;Port-Fictif;4,1;3,6;15000;14000
44902;Bourg-Fictif;2,6;2,4;4600;4500
44903;Val-Fictif;1,9;1,7;2900;3000
44904;Landes-Fictives;NA;NA;NA;NA
44951;Ville-Voisine;3,9;3,5;72000;70000
44952;Plaine-Voisine;2,2;2,0;5900;6000
"""
PROFESSIONALS = """code;effectif;age
44901;10;45
44901;4;63
44901;1;70
44902;2;58
44902;1;64
44951;60;50
44952;3;66
"""


def territory_of_land(slug: str = "pays-fictif") -> Territory:
    """Return the territory, with its communes and its ring as rows."""
    rows = [_commune(*told) for told in INSIDE]
    for told in (*RING, FAR):
        _commune(*told)
    return TerritoryFactory(slug=slug, name="Pays fictif", communes=rows)


def save_land(care: Care = Care.GP) -> None:
    """Keep the two files of the land."""
    save(read_access(_stream(ACCESS), filename="apl.csv", care=care), 2023)
    save(read_professionals(_stream(PROFESSIONALS), filename="bpe.csv", care=care), 2024)


def save(draft: Draft, year: int = 2024, *, replace: bool = False) -> Vintage:
    """Keep one file."""
    return save_vintage(draft=draft, year=year, origin=ORIGIN, by=None, now=NOW, replace=replace)[
        0
    ]


def professionals(text: str, care: Care = Care.GP) -> Draft:
    """Read « code;effectif;age » lines."""
    return read_professionals(_stream(f"code;effectif;age\n{text}"), filename="bpe.csv", care=care)


def other(dataset: Dataset, text: str) -> Draft:
    """Read a file of nobody's."""
    read = {Dataset.PEOPLE: read_people, Dataset.ROADS: read_roads, Dataset.PLACES: read_places}
    return read[dataset](_stream(text), filename="fichier.csv")


def _commune(code: str, name: str, latitude: float, longitude: float, people: int):
    return CommuneFactory(
        insee=code, name=name, latitude=latitude, longitude=longitude, population=people
    )


def _stream(text: str) -> io.BytesIO:
    return io.BytesIO(text.encode())

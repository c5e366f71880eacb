"""The FINESS categories to carry are those of the official list."""

import csv
from pathlib import Path

import pytest

from ancrage.partners.reference import FACILITY_CATEGORIES

OFFICIAL = Path(__file__).parents[3] / "shared/data/finess_categories_etablissement_2021.csv"
# The categories that standards ask for, by code.
TO_CARRY = (
    "101 355 106 292 362 109 128 129 131 141 127 124 603 604 500 202 354 209 460 246 255 437 "
    "448 449 182 620"
)


def test_facility_categories_to_carry_are_there_once():
    codes = [row.code for row in FACILITY_CATEGORIES]

    assert set(TO_CARRY.split()) - set(codes) == set()
    assert len(set(codes)) == len(codes)
    assert len({row.label_fr for row in FACILITY_CATEGORIES}) == len(codes)


@pytest.mark.skipif(not OFFICIAL.exists(), reason="the public file is not here")
def test_facility_categories_are_open_and_in_their_official_sector():
    with OFFICIAL.open(encoding="utf-8", newline="") as file:
        official = {row["code"]: (row["domaine"], row["datefin"]) for row in csv.DictReader(file)}

    assert [
        row.code for row in FACILITY_CATEGORIES if official[row.code] != (row.sector.value, "")
    ] == []

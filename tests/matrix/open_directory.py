"""The directory as open data: everybody reads the same."""

from tests.matrix.world import Row

EVERYBODY = (200,) * 9

MATRIX = {
    "open_directory:page": Row("GET", EVERYBODY),
    "open_directory:json": Row("GET", EVERYBODY),
    "open_directory:zip": Row("GET", EVERYBODY),
}

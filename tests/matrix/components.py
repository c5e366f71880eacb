from tests.matrix.world import Row

EVERYBODY = (200,) * 9

MATRIX = {
    "components:index": Row("GET", EVERYBODY),
    "components:progress": Row("GET", EVERYBODY, make=lambda world: {"done": 20}),
    "components:confirm": Row("GET", EVERYBODY),
    "manifest": Row("GET", EVERYBODY),
    "brand_sheet": Row("GET", EVERYBODY),
    "brand_mark": Row("GET", EVERYBODY),
}

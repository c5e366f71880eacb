"""The inventory of aids: everybody reads it."""

from tests.matrix.world import Row

EVERYBODY = (200,) * 9

MATRIX = {
    "schemes:list": Row("GET", EVERYBODY),
    "schemes:csv": Row("GET", EVERYBODY),
    "schemes:mine": Row("GET", EVERYBODY),
    "schemes:scheme": Row("GET", EVERYBODY, lambda world: {"code": "caim"}),
}

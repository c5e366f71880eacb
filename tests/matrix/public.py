"""The pages that say the same to everybody, and the files that machines read."""

from tests.factories import NeedFactory
from tests.matrix.world import Row, World

EVERYBODY = (200,) * 9


def _offer(world: World) -> dict[str, int]:
    return {"pk": NeedFactory(partner=world.partner, published=True).pk}


def _offer_page(world: World) -> dict[str, object]:
    # The wrong words in the address lead to the right ones, whoever reads.
    return {**_offer(world), "slug": "une-offre"}


def _placed(world: World) -> dict[str, object]:
    world.territory.communes.set([world.partner.commune])
    return {}


MATRIX = {
    "public:accessibility": Row("GET", EVERYBODY),
    "public:legal": Row("GET", EVERYBODY),
    "public:site_map": Row("GET", EVERYBODY),
    "public:sitemap": Row("GET", EVERYBODY),
    "public:robots": Row("GET", EVERYBODY),
    "offers:list": Row("GET", EVERYBODY),
    "offers:csv": Row("GET", EVERYBODY),
    "offers:feed": Row("GET", EVERYBODY),
    "offers:short": Row("GET", (302,) * 9, _offer),
    "offers:offer": Row("GET", (301,) * 9, _offer_page),
    "overview:overview": Row("GET", EVERYBODY),
    "overview:csv": Row("GET", EVERYBODY),
    # The other territory has no commune to draw.
    "overview:map": Row("GET", (200, 200, 200, 200, 200, 404, 200, 200, 200), _placed),
}

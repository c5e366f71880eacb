"""Pages of a list, by `limit` and `offset`, both bounded."""

from ninja import Schema
from ninja.pagination import LimitOffsetPagination
from pydantic import Field

LARGEST_PAGE = 200
FARTHEST = 1_000_000


class Pages(LimitOffsetPagination):
    """100 items a page unless asked otherwise; a number no database holds is refused."""

    class Input(Schema):
        """What the address may ask."""

        limit: int = Field(100, ge=1, le=LARGEST_PAGE)
        offset: int = Field(0, ge=0, le=FARTHEST)

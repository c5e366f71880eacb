"""Pages of a list, by `limit` and `offset`, both bounded."""

from typing import Annotated

from ninja import Schema
from ninja.pagination import LimitOffsetPagination
from pydantic import Field

LARGEST_PAGE = 200
FARTHEST = 1_000_000

OffsetOf = Annotated[int, Field(ge=0, le=FARTHEST)]


class Pages(LimitOffsetPagination):
    """100 items a page unless asked otherwise; a number no database holds is refused."""

    class Input(Schema):
        """What the address may ask."""

        limit: int = Field(100, ge=1, le=LARGEST_PAGE)
        offset: OffsetOf = 0

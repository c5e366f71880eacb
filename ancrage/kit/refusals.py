"""Why a change is refused: a name in the code, a sentence for whoever asked."""

from typing import TYPE_CHECKING, ClassVar

from django.core.exceptions import ValidationError

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


class Refusal(ValidationError):
    """One sentence, and the code by which programs know it."""

    sentence: ClassVar["_StrPromise"]
    known_as: ClassVar[str]

    def __init__(self) -> None:
        super().__init__(self.sentence, code=self.known_as)


class FieldRefusal(ValidationError):
    """One sentence about one field."""

    field: ClassVar[str]
    sentence: ClassVar["_StrPromise"]

    def __init__(self) -> None:
        super().__init__({self.field: self.sentence})

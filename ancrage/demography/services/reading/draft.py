"""A file as it was read."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ancrage.demography.enums import Care, Dataset


@dataclass(frozen=True)
class Draft:
    """A file as it was read.

    Attributes:
        dataset: what it says.
        care: of whom; None: of nobody.
        columns: by name, all as long as one another; codes are texts, the rest numbers.
        remarks: what was mended or noticed.
    """

    dataset: Dataset
    care: Care | None
    columns: dict[str, NDArray[np.generic]]
    remarks: tuple[str, ...]

    @property
    def lines(self) -> int:
        """How many lines were kept."""
        return len(next(iter(self.columns.values())))

"""Columns of a file as one block of bytes, and back."""

import io
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

Columns = Mapping[str, NDArray[np.generic]]


def packed(columns: Columns) -> bytes:
    """Return columns as one compressed block, without anything that could run."""
    block = io.BytesIO()
    np.savez_compressed(block, allow_pickle=False, **columns)
    return block.getvalue()


def unpacked(contents: bytes) -> Columns:
    """Return the columns of a block; nobody writes in them."""
    with np.load(io.BytesIO(contents), allow_pickle=False) as block:
        columns = {name: block[name] for name in block.files}
    for column in columns.values():
        column.flags.writeable = False
    return columns

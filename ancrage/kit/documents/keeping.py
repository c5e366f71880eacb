"""A file is stored with its row, and goes with it."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

from django.db import transaction
from django.db.models.fields.files import FieldFile


@contextmanager
def stored_with_row(file: FieldFile) -> Iterator[None]:
    """Open the transaction that stores `file` and its row: if it fails, neither stays."""
    try:
        with transaction.atomic():
            yield
    except BaseException:
        if file.name:
            file.storage.delete(file.name)
        raise


def delete_with_row(file: FieldFile) -> None:
    """Delete a stored file, if there is one, once the transaction that drops its row holds."""
    if file.name:
        transaction.on_commit(partial(file.storage.delete, file.name))

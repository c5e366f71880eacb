"""Files that people join to a row: what they are, what they say, where they are kept."""

from ancrage.kit.documents.formats import MAX_DOCUMENT_BYTES, DocumentFormat, document_format
from ancrage.kit.documents.keeping import delete_with_row, stored_with_row
from ancrage.kit.documents.words import words_of_document

__all__ = [
    "MAX_DOCUMENT_BYTES",
    "DocumentFormat",
    "delete_with_row",
    "document_format",
    "stored_with_row",
    "words_of_document",
]

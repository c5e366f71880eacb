"""Files that people join: the field that takes them in, and what is read in them."""

from hashlib import sha256
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ancrage.kit.documents import MAX_DOCUMENT_BYTES, document_format, words_of_document
from ancrage.privacy.detectors import detect_forbidden
from ancrage.web.widgets import FileDrop


class DocumentField(forms.FileField):
    """A file of a format that is kept. Cleaned into its content, empty where none was sent."""

    def __init__(self, **kwargs: Any) -> None:
        drop = FileDrop(
            accept=(".pdf", ".jpg", ".jpeg", ".png", ".docx", ".odt"),
            limit=gettext_lazy(
                "PDF, JPEG, PNG, Word (.docx) ou OpenDocument (.odt), 8 Mo au plus."
            ),
        )
        super().__init__(widget=drop, **kwargs)

    def clean(self, data: Any, initial: Any = None) -> bytes:
        """Return the content, read no further than what is accepted."""
        sent = super().clean(data, initial)
        if not sent:
            return b""
        content: bytes = sent.read(MAX_DOCUMENT_BYTES + 1)
        document_format(content)
        return content


def read_document_again(form: Any, name: str) -> None:
    """Ask once to take out what has no place in an office document.

    The same file sent again is taken: the page prints `form.reread`, when there is one, in a
    hidden field named `relu`.
    """
    content: bytes = form.cleaned_data[name]
    digest = sha256(content).hexdigest()
    found = detect_forbidden(words_of_document(content, document_format(content)))
    if found and form.data.get("relu") != digest:
        form.reread = digest
        warning = _(
            "Ce document contient ce que l’on ne garde pas. %(advice)s Joignez-le corrigé, ou le"
            " même une seconde fois."
        )
        form.add_error(name, warning % {"advice": found[0].advice})

import io
import zipfile

import pytest

from ancrage.kit.documents import DocumentFormat, words_of_document


def archive(part: str, markup: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as made:
        made.writestr(part, markup)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("kind", "part", "markup"),
    [
        (
            DocumentFormat.DOCX,
            "word/document.xml",
            "<w:document><w:p><w:r><w:t>Infir</w:t></w:r><w:t>mière</w:t></w:p>"
            "<w:p><w:t>Service d&apos;accueil &amp; soins</w:t></w:p></w:document>",
        ),
        (
            DocumentFormat.ODT,
            "content.xml",
            "<text:h>Infirmière</text:h><text:p>Service d&apos;accueil &amp; soins</text:p>",
        ),
    ],
)
def test_words_of_an_office_document_are_read_without_its_tags(kind, part, markup):
    content = archive(part, markup)

    assert words_of_document(content, kind) == "Infirmière\nService d'accueil & soins"


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"%PDF-1.7 enceinte", DocumentFormat.PDF),
        (b"PK\x03\x04 enceinte", DocumentFormat.DOCX),
        (archive("autre.xml", "enceinte"), DocumentFormat.ODT),
    ],
)
def test_what_is_no_office_document_has_no_words_here(content, kind):
    assert words_of_document(content, kind) == ""

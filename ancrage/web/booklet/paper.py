"""The booklet on paper: the same content, handed to its typst template."""

from dataclasses import asdict
from datetime import datetime

from django.conf import settings
from django.http import HttpResponse
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ancrage.kit.days import day_in_words
from ancrage.kit.pdf import PACKAGE, print_pdf
from ancrage.web.booklet.content import Booklet, Chapter

TEMPLATE = PACKAGE / "web" / "templates" / "booklet" / "booklet.typ"


def printed_booklet(booklet: Booklet, *, now: datetime) -> bytes:
    """Return the PDF of a booklet, in the language in force."""
    data = {
        "for": _("Préparé pour %(name)s") % {"name": booklet.name} if booklet.name else "",
        "made": _("le %(day)s") % {"day": day_in_words(booklet.made_on)},
        "tagline": booklet.territory.tagline,
        "figures": [list(one) for one in booklet.figures],
        "areas": [asdict(one) for one in booklet.areas],
        "contacts": [asdict(one) for one in booklet.contacts],
        "household": [list(one) for one in booklet.household],
        "requests": [asdict(one) for one in booklet.requests],
        "chapters": [_chapter(one) for one in booklet.chapters],
        "aids": [asdict(one) for one in booklet.aids],
        "to_check": [asdict(one) for one in booklet.aids_to_check],
        "checklist": [asdict(one) for one in booklet.checklist],
        "site": settings.SITE_URL,
        "words": _words(),
    }
    return print_pdf(TEMPLATE, data, title=booklet.title, now=now).content


def pdf_answer(content: bytes, booklet: Booklet) -> HttpResponse:
    """Hand the file over; one made for somebody is kept by no cache."""
    name = f"livret-{slugify(booklet.territory.name)}-{get_language()}.pdf"
    response = HttpResponse(content, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "private, no-store" if booklet.name else "no-cache"
    return response


def _chapter(chapter: Chapter) -> dict[str, object]:
    return {
        "title": chapter.title,
        "services": [asdict(one) for one in chapter.services],
        "posts": [asdict(one) for one in chapter.posts],
        "employers": [asdict(one) for one in chapter.employers],
        "more": chapter.more,
    }


def _words() -> dict[str, str]:
    return {
        "project": _("Votre projet"),
        "requests": _("Vos demandes"),
        "territory": _("Le territoire"),
        "contacts": _("À qui s’adresser"),
        "nothing": _("Rien n’est publié sur ce thème aujourd’hui : demandez à la coordination."),
        "posts": _("Postes publiés dans ce métier"),
        "employers": _("Structures qui emploient ce métier"),
        "aids": _("Vos aides"),
        "sure": _("D’après ce que vous avez dit"),
        "to_check": _("À vérifier"),
        "no_aid": _(
            "Aucune aide sûre d’après ce qui est connu : répondez aux questions en ligne."
        ),
        "checklist": _("Pas à pas"),
        "unprintable": _("lettre qu’aucune police ne dessine ici"),
    }

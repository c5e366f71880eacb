"""The charter as it is read: its text, its versions, who signed it."""

from collections.abc import Iterator

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ancrage.accounts.policy import may, permitted
from ancrage.kit.tabular.cells import CellValue
from ancrage.kit.tabular.writing import csv_lines
from ancrage.matching.queries.keeping import Measure, measures_of, unmeasured_in
from ancrage.partners.models import Charter, Partner
from ancrage.partners.permissions import partners_of
from ancrage.partners.queries import (
    SignatureBook,
    SignatureLine,
    commitments_in,
    signature_book,
    versions_in,
)
from ancrage.territory.models import Territory
from ancrage.web.access import acts_on
from ancrage.web.rendering import render_page
from ancrage.web.scope import territory_or_404


@require_safe
@acts_on(Charter, "charter.view")
def current(request: HttpRequest, charters: QuerySet[Charter]) -> HttpResponse:
    """The rules in force, for everybody."""
    return _text_page(request, charters, None)


@require_safe
@acts_on(Charter, "charter.view")
def version(request: HttpRequest, charters: QuerySet[Charter], number: int) -> HttpResponse:
    """A version that was in force, as it was signed."""
    return _text_page(request, charters, number)


@require_safe
@acts_on(Charter, "charter.signatures")
def signatures(request: HttpRequest, charters: QuerySet[Charter]) -> HttpResponse:
    """Who signed the version in force, when, in what capacity; how the territory keeps it."""
    territory = territory_or_404(request)
    charter = versions_in(charters, territory).first()
    if charter is None:
        return render_page(request, "charter/none.html", {"territory": territory})
    commitments = list(commitments_in(charter))
    measures = measures_of(commitments, territory, now=timezone.now())
    context = {
        "territory": territory,
        "charter": charter,
        "book": _book_for(request, charter),
        "tells_who": may(request.user, "charter.signatories"),
        "measures": measures,
        "unmeasured": unmeasured_in(commitments),
        "own": _own_measures(request, measures),
        "may_write": _may_write(request, territory),
    }
    return render_page(request, "charter/signatures.html", context)


@require_safe
@acts_on(Charter, "charter.signatures")
def signatures_csv(
    request: HttpRequest, charters: QuerySet[Charter]
) -> StreamingHttpResponse | HttpResponse:
    """Who signed the version in force, as CSV."""
    charter = versions_in(charters, territory_or_404(request)).first()
    if charter is None:
        raise Http404
    book = _book_for(request, charter)
    header = [_("Structure"), _("Version"), _("Signée le"), _("Par"), _("En qualité de")]
    return StreamingHttpResponse(
        csv_lines(header, _lines(book)),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="charte-signatures.csv"'},
    )


def _text_page(
    request: HttpRequest, charters: QuerySet[Charter], number: int | None
) -> HttpResponse:
    territory = territory_or_404(request)
    versions = list(versions_in(charters, territory))
    wanted = [one for one in versions if number is None or one.version == number]
    may_write = _may_write(request, territory)
    if not wanted and number is not None:
        raise Http404
    if not wanted:
        context = {"territory": territory, "may_write": may_write}
        return render_page(request, "charter/none.html", context)
    context = {
        "territory": territory,
        "charter": wanted[0],
        "is_in_force": wanted[0] == versions[0],
        "commitments": list(commitments_in(wanted[0])),
        "versions": versions,
        "may_write": may_write,
        "may_see_signatures": may(request.user, "charter.signatures"),
    }
    return render_page(request, "charter/text.html", context)


def _may_write(request: HttpRequest, territory: Territory) -> bool:
    rows = Territory.objects.filter(pk=territory.pk)
    return (
        may(request.user, "charter.write")
        and permitted(request.user, "territory.steer", rows).exists()
    )


def _book_for(request: HttpRequest, charter: Charter) -> SignatureBook:
    """The book as this reader may read it: without names where they may not."""
    book = signature_book(charter)
    return book if may(request.user, "charter.signatories") else book.without_names()


def _own_measures(
    request: HttpRequest, measures: list[Measure]
) -> list[tuple[Partner, list[Measure]]]:
    if not request.user.is_authenticated:
        return []
    own = partners_of(request.user).order_by("name", "pk")
    return (
        [(partner, [one.of(partner) for one in measures]) for partner in own] if measures else []
    )


def _lines(book: SignatureBook) -> Iterator[list[CellValue]]:
    for line in [*book.lines, *book.gone]:
        yield _line(book.charter, line)


def _line(charter: Charter, line: SignatureLine) -> list[CellValue]:
    signed = line.signature
    if signed is None:
        return [line.partner.name, charter.version, "", "", ""]
    return [
        line.partner.name,
        charter.version,
        timezone.localdate(signed.signed_at),
        signed.signatory,
        signed.capacity,
    ]

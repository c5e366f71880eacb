"""A study of where to put posts as a file: a table, or a paper to redo it by hand."""

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ancrage import __version__
from ancrage.demography.models import SitingStudy
from ancrage.kit.pdf import print_pdf
from ancrage.web.access import acts_on
from ancrage.web.demography.asked import study_asked
from ancrage.web.demography.siting_words import csv_columns, csv_lines, plans_of
from ancrage.web.demography.study_paper import TEMPLATE, heading_of, paper_of
from ancrage.web.life.files import as_csv
from ancrage.web.throttling import throttled


@require_safe
@acts_on(SitingStudy, "sitings.view")
def study_csv(
    request: HttpRequest, studies: QuerySet[SitingStudy], pk: int
) -> StreamingHttpResponse:
    """All that it takes to redo the study by hand."""
    found = get_object_or_404(studies.select_related("territory"), pk=pk)
    return as_csv(_name(found), csv_columns(), csv_lines(found, plans_of(found)))


@require_safe
@throttled("study_pdf", per="user", rate="60/h")
@acts_on(SitingStudy, "sitings.view")
def study_pdf(request: HttpRequest, studies: QuerySet[SitingStudy], pk: int) -> HttpResponse:
    """The same on paper."""
    found = get_object_or_404(studies.select_related("territory"), pk=pk)
    now = timezone.now()
    model = study_asked(request, found).model
    data = paper_of(found, model, version=__version__, now=now)
    printed = print_pdf(TEMPLATE, data, title=heading_of(found), now=now)
    response = HttpResponse(printed.content, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="{_name(found)}.pdf"'
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _name(found: SitingStudy) -> str:
    return f"{_('ou-placer-des-postes')}-{found.care}-{found.territory.slug}"

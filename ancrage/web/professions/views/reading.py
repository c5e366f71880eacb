"""The nomenclature as everybody reads it: found, exported, one profession in full."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ancrage.accounts.policy import may, permitted
from ancrage.kit.tabular.cells import CellValue
from ancrage.kit.tabular.writing import ColumnToWrite, SheetToWrite, csv_lines, write_xlsx
from ancrage.needs.models import Need
from ancrage.professions.models import Profession, ProfessionAlias
from ancrage.professions.queries import (
    changed_here,
    find_profession,
    professions_found,
    specialties_of,
    writings_of,
)
from ancrage.web.access import acts_on
from ancrage.web.professions.forms import AliasForm, ProfessionSearchForm
from ancrage.web.rendering import render_page
from ancrage.web.throttling import throttled
from ancrage.web.undo import undo_offered

PER_PAGE = 30
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
@throttled("professions", per="user", rate="120/m")
@acts_on(Profession, "professions.view")
def profession_list(request: HttpRequest, professions: QuerySet[Profession]) -> HttpResponse:
    """Search the professions; say how the words typed would be read in a spreadsheet."""
    form = ProfessionSearchForm(request.GET)
    wanted = form.wanted()
    page = Paginator(professions_found(professions, wanted), PER_PAGE).get_page(
        request.GET.get("page")
    )
    offers = _offers_of(request, list(page))
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "form": form,
        "page": page,
        "rows": [(one, offers.get(one.pk, 0), bool(changed_here(one))) for one in page],
        "match": find_profession(wanted.text) if wanted.text else None,
        "query": query.urlencode(),
        "may_edit": may(request.user, "professions.edit"),
    }
    return render_page(request, "professions/list.html", context, fragment="results")


@require_safe
@throttled("professions-export", per="user", rate="20/m")
@acts_on(Profession, "professions.view")
def professions_csv(
    request: HttpRequest, professions: QuerySet[Profession]
) -> StreamingHttpResponse:
    """The professions found, with their codes and sure writings, as CSV."""
    found = professions_found(professions, ProfessionSearchForm(request.GET).wanted())
    return StreamingHttpResponse(
        csv_lines(_header(), _lines(found)),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="metiers.csv"'},
    )


@require_safe
@throttled("professions-export", per="user", rate="20/m")
@acts_on(Profession, "professions.view")
def professions_xlsx(request: HttpRequest, professions: QuerySet[Profession]) -> HttpResponse:
    """The professions found, with their codes and sure writings, as a workbook."""
    found = professions_found(professions, ProfessionSearchForm(request.GET).wanted())
    columns = [ColumnToWrite(title) for title in _header()]
    content = BytesIO()
    write_xlsx(content, [SheetToWrite(_("Métiers"), columns, _lines(found))])
    return HttpResponse(
        content.getvalue(),
        content_type=XLSX,
        headers={"Content-Disposition": 'attachment; filename="metiers.xlsx"'},
    )


@require_safe
@acts_on(Profession, "professions.view")
def sheet(request: HttpRequest, professions: QuerySet[Profession], code: str) -> HttpResponse:
    """One profession: its codes, what people write for it, its specialties."""
    return sheet_page(request, get_object_or_404(professions, code=code))


def sheet_page(
    request: HttpRequest, profession: Profession, form: AliasForm | None = None
) -> HttpResponse:
    """Render the page of a profession; `form` is the one sent back with its errors."""
    known = list(writings_of(profession))
    may_edit = may(request.user, "professions.edit")
    today = timezone.localdate()
    context = {
        "profession": profession,
        "sure": [alias for alias in known if alias.is_certain],
        "doubtful": [alias for alias in known if not alias.is_certain],
        "specialties": list(specialties_of(profession)),
        "offers": _offers_of(request, [profession]).get(profession.pk, 0),
        "changed": bool(changed_here(profession)),
        "may_edit": may_edit,
        "form": form or (AliasForm(profession=profession, today=today) if may_edit else None),
        "undo": undo_offered(request, "professions") if may_edit else None,
    }
    return render_page(
        request, "professions/sheet.html", context, status=422 if form is not None else 200
    )


def _offers_of(request: HttpRequest, shown: list[Profession]) -> dict[int, int]:
    """Count the offers open to everybody, profession by profession."""
    offers = permitted(request.user, "offers.view", Need.objects.filter(profession__in=shown))
    counted = offers.order_by().values("profession").annotate(total=Count("pk"))
    return {row["profession"]: row["total"] for row in counted}


def _header() -> list[str]:
    return [
        *(_("Identifiant"), _("Métier"), _("Pluriel"), _("Famille")),
        *(_("Codes ROME"), _("Codes ANS"), _("Codes PCS-ESE"), _("Code FAP")),
        *(_("Inscription"), _("Précision"), _("Exercice libéral"), _("Écritures reconnues")),
        *(_("Source"), _("Version"), _("Retiré le")),
    ]


def _lines(found: QuerySet[Profession]) -> Iterator[list[CellValue]]:
    sure: dict[int, list[str]] = {}
    aliases = ProfessionAlias.objects.filter(
        profession__in=found.order_by().values("pk"), is_certain=True, valid_to__isnull=True
    )
    for profession, text in aliases.order_by("folded", "pk").values_list("profession", "text"):
        sure.setdefault(profession, []).append(text)
    for one in found:
        yield [
            *(one.code, one.label, one.plural, one.get_family_display()),
            *(_joined(one.rome_codes), _joined(one.ans_codes), _joined(one.pcs_codes)),
            *(one.fap_code, one.get_registration_display(), one.registration_note),
            _("oui") if one.has_practice_sheet else _("non"),
            _joined(sure.get(one.pk, [])),
            *(one.source, one.version, one.valid_to),
        ]


def _joined(texts: list[Any]) -> str:
    return ", ".join(str(text) for text in texts)

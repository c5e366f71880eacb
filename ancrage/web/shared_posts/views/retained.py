"""Part-times that structures keep: found, declared, mended, withdrawn."""

from collections.abc import Iterator, Sequence

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ancrage.accounts.policy import may
from ancrage.kit.tabular.cells import CellValue
from ancrage.kit.tabular.writing import ColumnToWrite
from ancrage.matching.models import RetainedPartTime
from ancrage.matching.queries import part_times_matching
from ancrage.matching.services import posts as services
from ancrage.partners.models import Partner
from ancrage.web.access import acts_on
from ancrage.web.acting import form_page, press, who
from ancrage.web.fields import sent_form
from ancrage.web.life.files import as_csv
from ancrage.web.life.writing import choose_partner, chosen_partner
from ancrage.web.rendering import render_page
from ancrage.web.shared_posts.retained_forms import PartTimeFilterForm, PartTimeForm
from ancrage.web.undo import offer_undo, undo_offered

PER_PAGE = 25
_READ_AND_WRITE = ["GET", "HEAD", "POST"]
_FORM = "shared_posts/retained_form.html"


@require_safe
@acts_on(RetainedPartTime, "retained_part_times.view")
def part_times(request: HttpRequest, rows: QuerySet[RetainedPartTime]) -> HttpResponse:
    """Every part-time one may see, by what changed last, to be searched and exported."""
    form = PartTimeFilterForm(request.GET, rows=rows)
    found = part_times_matching(rows, form.search)
    context = {
        "form": form,
        "page": Paginator(found, PER_PAGE).get_page(request.GET.get("page")),
        "query": request.GET.urlencode(),
        "may_detect": may(request.user, "post_plans.make"),
        "undo_offer": undo_offered(request, "retained"),
    }
    return render_page(request, "shared_posts/retained.html", context, fragment="results")


@require_safe
@acts_on(RetainedPartTime, "retained_part_times.view")
def export_csv(request: HttpRequest, rows: QuerySet[RetainedPartTime]) -> StreamingHttpResponse:
    """What the filters show, one line a part-time."""
    form = PartTimeFilterForm(request.GET, rows=rows)
    columns = [
        ColumnToWrite(_("Métier"), 28),
        ColumnToWrite(_("Structure"), 32),
        ColumnToWrite(_("Établissement"), 32),
        ColumnToWrite(_("Commune"), 24),
        ColumnToWrite(_("Temps de travail (%)"), 10),
        ColumnToWrite(_("Total souhaité, au moins (%)"), 12),
        ColumnToWrite(_("Total souhaité, au plus (%)"), 12),
        ColumnToWrite(_("À partir du"), 12),
    ]
    found = part_times_matching(rows, form.search)
    return as_csv(_("temps-partiels-a-completer"), columns, _lines(found))


@require_http_methods(_READ_AND_WRITE)
@acts_on(Partner, "partners.recruit_for")
def new(request: HttpRequest, partners: QuerySet[Partner]) -> HttpResponse:
    """Declare a part-time, for the structure named in the address or the only one there is."""
    partner = chosen_partner(request, partners)
    if partner is None:
        return choose_partner(request, "shared_posts", partners)
    form = PartTimeForm(sent_form(request), partner=partner)
    return form_page(
        request,
        form,
        lambda _found: services.declare_part_time(partner=partner, **form.facts, **who(request)),
        template=_FORM,
        title=_("Déclarer un temps partiel à compléter"),
        button=_("Déclarer"),
        done=_("Temps partiel déclaré : les prochaines détections en tiendront compte."),
        back=reverse("shared_posts:retained"),
        lead=partner.name,
    )


@require_http_methods(_READ_AND_WRITE)
@acts_on(RetainedPartTime, "retained_part_times.edit")
def edit(request: HttpRequest, rows: QuerySet[RetainedPartTime], pk: int) -> HttpResponse:
    """Say otherwise what a part-time is."""
    row = _row(rows, pk)
    form = PartTimeForm(
        sent_form(request),
        partner=row.partner,
        part_time=row,
        initial=PartTimeForm.initial_of(row),
    )
    return form_page(
        request,
        form,
        lambda _found: services.edit_part_time(part_time=row, **form.facts, **who(request)),
        template=_FORM,
        title=str(row.profession),
        button=_("Enregistrer"),
        done=_("Temps partiel enregistré."),
        back=reverse("shared_posts:retained"),
        lead=row.partner.name,
        more={"part_time": row},
    )


@require_POST
@acts_on(RetainedPartTime, "retained_part_times.edit")
def withdraw(request: HttpRequest, rows: QuerySet[RetainedPartTime], pk: int) -> HttpResponse:
    """Take a part-time out of the detections; the next page offers to take that back."""
    row = _row(rows, pk)

    def act() -> None:
        services.withdraw_part_time(part_time=row, **who(request))
        url = reverse("shared_posts:retained_restore", args=[row.pk])
        offer_undo(request, "retained", _("Temps partiel retiré."), [row.pk], url=url)

    return press(request, act, "", reverse("shared_posts:retained"))


@require_POST
@acts_on(RetainedPartTime, "retained_part_times.edit")
def restore(request: HttpRequest, rows: QuerySet[RetainedPartTime], pk: int) -> HttpResponse:
    """Give a part-time back to the detections."""
    row = _row(rows, pk)
    return press(
        request,
        lambda: services.restore_part_time(part_time=row, **who(request)),
        _("Temps partiel rétabli."),
        reverse("shared_posts:retained"),
    )


def _row(rows: QuerySet[RetainedPartTime], pk: int) -> RetainedPartTime:
    named = rows.select_related(
        "partner__territory", "profession", "specialty", "commune", "facility"
    )
    return get_object_or_404(named, pk=pk)


def _lines(rows: QuerySet[RetainedPartTime]) -> Iterator[Sequence[CellValue]]:
    for row in rows.iterator(chunk_size=200):
        yield (
            str(row.profession),
            row.partner.name,
            row.facility.name if row.facility else "",
            row.commune.name,
            row.fte_hundredths,
            row.wished_least,
            row.wished_most,
            row.starts_on,
        )

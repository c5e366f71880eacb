"""Working conditions and safety: what structures count together, the practices they share."""

from datetime import date

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ancrage.accounts.policy import may_on, permitted
from ancrage.kit.periods import Span, span_of
from ancrage.partners.models import Partner
from ancrage.roadmap import services
from ancrage.roadmap.models import GoodPractice, SafetyReport
from ancrage.roadmap.queries import (
    closed_spans,
    half_years,
    practices_matching,
    reports_of,
    safety_figures,
)
from ancrage.territory.models import Territory
from ancrage.web.access import acts_on
from ancrage.web.acting import form_page, press, who
from ancrage.web.fields import sent_form
from ancrage.web.rendering import render_page
from ancrage.web.roadmap.editing import edit_page
from ancrage.web.roadmap.safety_forms import PracticeForm, PracticeSearchForm, SafetyForm
from ancrage.web.roadmap.views.actions import confirm
from ancrage.web.roadmap.words import half_text
from ancrage.web.scope import territory_among
from ancrage.web.undo import offer_undo, undo_offered

_FORM = ["GET", "HEAD", "POST"]
PER_PAGE = 20
_FIRST_YEAR = 2000


@require_safe
@acts_on(Territory, "safety.view")
def safety(request: HttpRequest, territories: QuerySet[Territory]) -> HttpResponse:
    """The figures of the last half-years, one's own beside them, and what is still to answer."""
    today = timezone.localdate()
    territory = territory_among(request, territories)
    span = _asked_span(request, today)
    own = _own_structures(request, territory)
    answers = list(SafetyReport.objects.filter(partner__in=own, starts_on=span.starts))
    chosen = _chosen(request, own)
    report = next((one for one in answers if chosen and one.partner_id == chosen.pk), None)
    closed = closed_spans(territory)
    context = {
        "territory": territory,
        "span": span,
        "name": half_text(span),
        "half": 1 if span.starts.month == 1 else 2,
        "spans": [
            (_address(one, chosen), half_text(one), one == span) for one in half_years(today)
        ],
        "structures": _choice(span, own, chosen),
        "figures": safety_figures(territory, span, own=report),
        "chosen": chosen,
        "report": report,
        "is_closed": span.starts in closed,
        "answered": _answered(request, territory, span),
        "may_close": may_on(request.user, "safety.close", territory) and span.ends < today,
    }
    return render_page(request, "roadmap/safety.html", context)


@require_http_methods(_FORM)
@acts_on(Partner, "safety.report")
def report(
    request: HttpRequest, partners: QuerySet[Partner], slug: str, year: int, half: int
) -> HttpResponse:
    """What one structure counted over a half-year."""
    partner = get_object_or_404(partners.select_related("territory"), slug=slug)
    span = _half(year, half)
    former = SafetyReport.objects.filter(partner=partner, starts_on=span.starts).first()
    row = former or SafetyReport(partner=partner, starts_on=span.starts, revision=0)

    return edit_page(
        request,
        row,
        SafetyForm.on,
        lambda revision, note, **counts: services.report_safety(
            partner=partner,
            on=span.starts,
            counts=counts,
            note=note,
            revision=revision,
            **who(request),
        ),
        title=_("Relevé du %(period)s") % {"period": half_text(span)},
        done=_("Merci : votre relevé est enregistré."),
        back=f"{reverse('roadmap:safety')}?semestre={span.starts.isoformat()}",
        trail=[(reverse("roadmap:safety"), _("Conditions de travail"))],
        lead=partner.name,
    )


@require_http_methods(_FORM)
@acts_on(Territory, "safety.close")
def close(
    request: HttpRequest, territories: QuerySet[Territory], slug: str, year: int, half: int
) -> HttpResponse:
    """Ask, then end the collection of a half-year."""
    territory = get_object_or_404(territories, slug=slug)
    span = _half(year, half)
    return confirm(
        request,
        lambda: services.close_collection(territory=territory, on=span.starts, **who(request)),
        title=_("Clore la collecte du %(period)s ?") % {"period": half_text(span)},
        consequence=_(
            "Les chiffres du territoire se montrent, et les relevés de ce semestre ne changent"
            " plus."
        ),
        done=_("Collecte close : les chiffres du territoire sont visibles."),
        back=f"{reverse('roadmap:safety')}?semestre={span.starts.isoformat()}",
        label=_("Clore la collecte"),
    )


@require_safe
@acts_on(GoodPractice, "practices.view")
def practices(request: HttpRequest, rows: QuerySet[GoodPractice]) -> HttpResponse:
    """What works in the neighbours' structures."""
    form = PracticeSearchForm(request.GET)
    found = practices_matching(rows, form.text)
    context = {
        "form": form,
        "page": Paginator(found, PER_PAGE).get_page(request.GET.get("page")),
        "mine": set(permitted(request.user, "practices.edit", rows).values_list("pk", flat=True)),
        "own": _own_structures(request, None),
        "undo": undo_offered(request, "practices"),
    }
    return render_page(request, "roadmap/practices.html", context, fragment="results")


@require_http_methods(_FORM)
@acts_on(Partner, "safety.report")
def practice_new(request: HttpRequest, partners: QuerySet[Partner], slug: str) -> HttpResponse:
    """Tell the neighbours what works."""
    partner = get_object_or_404(partners, slug=slug)
    return form_page(
        request,
        PracticeForm(sent_form(request)),
        lambda facts: services.share_practice(partner=partner, **who(request), **facts),
        template="roadmap/act.html",
        title=_("Partager une bonne pratique"),
        button=_("Partager"),
        done=_("Bonne pratique partagée avec le territoire."),
        back=reverse("roadmap:practices"),
        lead=partner.name,
        more={"trail": _practice_trail()},
    )


@require_http_methods(_FORM)
@acts_on(GoodPractice, "practices.edit")
def practice_edit(request: HttpRequest, rows: QuerySet[GoodPractice], pk: int) -> HttpResponse:
    """Change a practice."""
    row = get_object_or_404(rows.select_related("partner"), pk=pk)
    return edit_page(
        request,
        row,
        PracticeForm.on,
        lambda **facts: services.edit_practice(practice=row, **who(request), **facts),
        title=_("Modifier la bonne pratique"),
        done=_("Bonne pratique enregistrée."),
        back=reverse("roadmap:practices"),
        trail=_practice_trail(),
        remove=reverse("roadmap:practice_remove", args=[pk]),
    )


@require_POST
@acts_on(GoodPractice, "practices.edit")
def practice_remove(request: HttpRequest, rows: QuerySet[GoodPractice], pk: int) -> HttpResponse:
    """Put a practice aside; the next page offers to take it back."""
    row = get_object_or_404(rows.select_related("partner"), pk=pk)
    services.remove_practice(practice=row, **who(request))
    back = reverse("roadmap:practice_restore", args=[pk])
    offer_undo(request, "practices", _("Bonne pratique retirée."), [pk], url=back)
    return redirect("roadmap:practices")


@require_POST
@acts_on(Partner, "practices.restore")
def practice_restore(request: HttpRequest, partners: QuerySet[Partner], pk: int) -> HttpResponse:
    """Take back the removal of a practice."""
    row = get_object_or_404(GoodPractice.objects.filter(partner__in=partners), pk=pk)
    return press(
        request,
        lambda: services.restore_practice(practice=row, **who(request)),
        _("Bonne pratique remise."),
        reverse("roadmap:practices"),
    )


def _half(year: int, half: int) -> Span:
    """The half-year of an address; there is none before this century, nor a third of a year."""
    if half not in (1, 2) or not _FIRST_YEAR <= year <= date.max.year:
        raise Http404
    return span_of(date(year, 1 if half == 1 else 7, 1), services.HALF_YEAR)


def _asked_span(request: HttpRequest, today: date) -> Span:
    spans = half_years(today)
    asked = request.GET.get("semestre", "")
    # The last one that is over, unless another is asked for.
    return next((one for one in spans if one.starts.isoformat() == asked), spans[1])


def _address(span: Span, chosen: Partner | None) -> str:
    structure = f"&structure={chosen.slug}" if chosen else ""
    return f"?semestre={span.starts.isoformat()}{structure}"


def _choice(span: Span, own: list[Partner], chosen: Partner | None) -> list[tuple[str, str, bool]]:
    """The structures one answers for, when there are several."""
    several = own if len(own) > 1 else []
    return [(_address(span, one), one.name, one == chosen) for one in several]


def _own_structures(request: HttpRequest, territory: Territory | None) -> list[Partner]:
    rows = permitted(request.user, "safety.report", Partner.objects.all())
    rows = rows.filter(territory=territory) if territory else rows
    return list(rows.order_by("name", "pk"))


def _chosen(request: HttpRequest, own: list[Partner]) -> Partner | None:
    asked = request.GET.get("structure", "")
    return next((one for one in own if one.slug == asked), own[0] if own else None)


def _answered(request: HttpRequest, territory: Territory, span: Span) -> list[str]:
    """Who answered, never what: for the coordination, which reminds the others."""
    if not may_on(request.user, "safety.close", territory):
        return []
    rows = reports_of(territory, span).select_related("partner")
    return sorted(row.partner.name for row in rows)


def _practice_trail() -> list[tuple[str, str]]:
    return [
        (reverse("roadmap:safety"), _("Conditions de travail")),
        (reverse("roadmap:practices"), _("Bonnes pratiques")),
    ]

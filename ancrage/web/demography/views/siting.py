"""Where to put posts: what is asked, and the studies of a territory."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from ancrage.accounts.policy import may, permitted
from ancrage.demography.models import SitingStudy
from ancrage.demography.services import siting as services
from ancrage.territory.models import Territory
from ancrage.web.access import acts_on
from ancrage.web.demography.asked import Asked, asked_of, page_context
from ancrage.web.demography.forms import CareForm
from ancrage.web.demography.siting_forms import SitingForm
from ancrage.web.demography.words import NOT_OPPOSABLE
from ancrage.web.rendering import render_page, wants_fragment
from ancrage.web.throttling import throttled
from ancrage.web.undo import undo_offered

PER_PAGE = 10


@require_safe
@acts_on(Territory, "demography.view")
def siting(request: HttpRequest, territories: QuerySet[Territory]) -> HttpResponse:
    """What to ask, and the studies of the territory."""
    asked = asked_of(request, territories)
    if asked is None:
        return render_page(request, "demography/nowhere.html")
    context = _asking(request, asked, SitingForm.proposed(request.GET, page=asked))
    if not wants_fragment(request):
        context["undo_offer"] = undo_offered(request, "sitings")
    return render_page(request, "demography/siting.html", context, fragment="results")


@throttled("demography.siting_ask", per="user", rate="120/h")
@require_POST
@acts_on(Territory, "demography.simulate")
def siting_ask(request: HttpRequest, territories: QuerySet[Territory]) -> HttpResponse:
    """Answer at once; the proof follows if it takes long."""
    asked = asked_of(request, territories)
    if asked is None:
        raise Http404
    form = SitingForm(request.POST, page=asked)
    if form.is_valid():
        try:
            study = services.ask_study(
                territory=asked.territory,
                care=asked.care,
                asked=form.asked,
                by=request.user,
                now=timezone.now(),
            )
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            return redirect("demography:study", pk=study.pk)
    context = _asking(request, asked, form)
    return render_page(request, "demography/siting.html", context, status=422)


def _asking(request: HttpRequest, asked: Asked, form: SitingForm) -> dict[str, Any]:
    rows = permitted(request.user, "sitings.view", SitingStudy.objects.all())
    rows = rows.filter(territory=asked.territory, care=asked.care).defer(
        "plans", "today", "access"
    )
    page = Paginator(rows.order_by("-asked_at", "-pk"), PER_PAGE).get_page(request.GET.get("page"))
    return page_context(request, asked) | {
        "form": form,
        "page": page,
        "may_ask": may(request.user, "demography.simulate"),
        "care_form": CareForm(asked=asked),
        "not_opposable": NOT_OPPOSABLE,
    }

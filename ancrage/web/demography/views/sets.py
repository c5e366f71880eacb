"""Parameter sets: the list and its file, a new one, one that comes as a file."""

from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ancrage.accounts.policy import may_on
from ancrage.demography.enums import Care
from ancrage.demography.models import ParameterSet
from ancrage.demography.services import sets as services
from ancrage.demography.services.model import (
    SETS_OF,
    KnownSet,
    UnknownSet,
    known_sets,
    set_named,
)
from ancrage.territory.models import Territory
from ancrage.web.access import acts_on
from ancrage.web.acting import show_refusal, who
from ancrage.web.demography.asked import PROFESSION, Asked, asked_of
from ancrage.web.demography.set_forms import (
    ARCHIVED,
    EVERY,
    BringSetForm,
    SetForm,
    SetsForm,
    StartForm,
    blank,
    label_of,
    typed_from,
)
from ancrage.web.demography.set_page import frame_of
from ancrage.web.demography.set_preview import preview_of
from ancrage.web.demography.set_words import list_columns, list_lines
from ancrage.web.demography.tabs import address
from ancrage.web.fields import sent_form
from ancrage.web.life.files import as_csv
from ancrage.web.rendering import render_page
from ancrage.web.throttling import throttled

PER_PAGE = 25


@require_safe
@acts_on(Territory, "demography.view")
def sets(request: HttpRequest, territories: QuerySet[Territory]) -> HttpResponse:
    """The sets that a territory typed, and those of the platform."""
    asked = asked_of(request, territories)
    if asked is None:
        return render_page(request, "demography/nowhere.html")
    form = SetsForm(request.GET)
    page = Paginator(_matching(asked, form), PER_PAGE).get_page(request.GET.get("page"))
    care = form.value(PROFESSION)
    context = frame_of(request, asked) | {
        "form": form,
        "page": page,
        "built_in": [(one, built) for one in Care if care in ("", one) for built in SETS_OF[one]],
        "may_make": may_on(request.user, "demography.simulate", asked.territory),
        "new_href": address("demography:set_new", asked.kept),
        "kept": urlencode(asked.kept),
        "bring_href": address("demography:set_bring", asked.kept),
        "query": request.GET.urlencode(),
    }
    return render_page(request, "demography/sets.html", context, fragment="results")


@require_safe
@acts_on(Territory, "demography.view")
def sets_csv(request: HttpRequest, territories: QuerySet[Territory]) -> StreamingHttpResponse:
    """What the filters show, each set with its values."""
    asked = _asked_or_404(request, territories)
    found = _matching(asked, SetsForm(request.GET))
    name = f"{_('jeux-de-parametres')}-{asked.territory.slug}"
    return as_csv(name, list_columns(), list_lines(found))


@require_http_methods(["GET", "HEAD", "POST"])
@acts_on(Territory, "demography.simulate")
def set_new(request: HttpRequest, territories: QuerySet[Territory]) -> HttpResponse:
    """Type a set, from nothing or from another one; see its decay before it is kept."""
    asked = _asked_or_404(request, territories)
    typed = sent_form(request)
    asks = typed is None and "decay" in request.GET
    start = _start(request, asked)
    form = SetForm(
        request.GET if asks else typed, care=asked.care, initial=_beginning(asked, start)
    )
    if typed is not None and form.is_valid():
        try:
            made = services.make_set(
                territory=asked.territory, care=asked.care, sheet=form.sheet, **who(request)
            )
            return redirect("demography:set", pk=made.pk)
        except ValidationError as refusal:
            show_refusal(refusal, form)
    before = None if start is None else start.facts
    context = _typing(request, asked, form) | {"preview": preview_of(form, before)}
    status = 422 if typed is not None and form.errors else 200
    return render_page(
        request, "demography/set_new.html", context, fragment="preview", status=status
    )


@throttled("demography.set_bring", per="user", rate="60/h", methods=["POST"])
@require_http_methods(["GET", "HEAD", "POST"])
@acts_on(Territory, "demography.simulate")
def set_bring(request: HttpRequest, territories: QuerySet[Territory]) -> HttpResponse:
    """Read a set from a file, and show it typed: nothing is kept before it is saved."""
    asked = _asked_or_404(request, territories)
    form = BringSetForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["fichier"]
        try:
            found = services.read_sheet(file, filename=file.name)
        except services.SheetRefused as refusal:
            form.add_error("fichier", refusal.told)
        else:
            return _brought(request, asked, found)
    context = frame_of(request, asked) | {
        "form": form,
        "back": address("demography:sets", asked.kept),
    }
    status = 422 if form.errors else 200
    return render_page(request, "demography/set_bring.html", context, status=status)


def _brought(request: HttpRequest, asked: Asked, found: services.ReadSheet) -> HttpResponse:
    """Show what a file says as if it had been typed."""
    about = Asked(asked.territory, found.care or asked.care, asked.choices)
    facts = services.facts_of(found.sheet.values)
    initial = typed_from(facts, name=found.sheet.name, note=found.sheet.note)
    form = SetForm(care=about.care, initial=initial)
    context = _typing(request, about, form) | {
        "is_brought": True,
        "preview": preview_of(form, facts),
    }
    return render_page(request, "demography/set_new.html", context)


def _typing(request: HttpRequest, asked: Asked, form: SetForm) -> dict[str, Any]:
    choices = known_sets(asked.territory, asked.care)
    started = {PROFESSION: asked.care.value, "depuis": request.GET.get("depuis", "")}
    return frame_of(request, asked) | {
        "form": form,
        "start": StartForm(initial=started, sets=choices),
        "action": address("demography:set_new", {**asked.kept, PROFESSION: asked.care.value}),
        # A form that is sent to be seen first drops the query of its address.
        "hidden": {**asked.kept, PROFESSION: asked.care.value},
        "back": address("demography:sets", asked.kept),
    }


def _start(request: HttpRequest, asked: Asked) -> KnownSet | None:
    """The set that a new one is copied from; None: it starts from nothing."""
    ref = request.GET.get("depuis", "")
    try:
        return set_named(asked.care, ref, territory=asked.territory) if ref else None
    except UnknownSet:
        return None


def _beginning(asked: Asked, start: KnownSet | None) -> dict[str, Any]:
    """What the form first shows: nothing, or the set it is copied from under another name."""
    if start is None:
        return blank(asked.care)
    name = _("%(name)s, copie") % {"name": label_of(start)}
    return typed_from(start.facts, name=name[:120])


def _matching(asked: Asked, form: SetsForm) -> QuerySet[ParameterSet]:
    found = ParameterSet.objects.filter(territory=asked.territory)
    text, care, state = form.value("q"), form.value(PROFESSION), form.value("etat")
    if text:
        found = found.filter(name__icontains=text)
    if care:
        found = found.filter(care=care)
    if state != EVERY:
        found = found.filter(archived_at__isnull=state != ARCHIVED)
    return found.order_by("care", "name", "pk")


def _asked_or_404(request: HttpRequest, territories: QuerySet[Territory]) -> Asked:
    asked = asked_of(request, territories)
    if asked is None:
        raise Http404
    return asked

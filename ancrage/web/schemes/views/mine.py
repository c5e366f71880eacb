"""« Mes aides »: for oneself, for a person one follows, a structure, a commune, a move."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from ancrage.accounts.policy import permitted
from ancrage.candidates import services as candidate_services
from ancrage.candidates.models import Candidate
from ancrage.candidates.queries import candidate_of, with_profile
from ancrage.partners.models import Partner
from ancrage.privacy.models import DataSubject
from ancrage.privacy.scopes import viewer_of
from ancrage.schemes.enums import Receiver
from ancrage.schemes.models import Scheme
from ancrage.schemes.queries import in_inventory, schemes_in_inventory
from ancrage.schemes.services import compare_communes, facts_of_partner, my_aids
from ancrage.web.access import acts_on
from ancrage.web.rendering import render_page
from ancrage.web.schemes.deciding import by_deciding_fact
from ancrage.web.schemes.forms.facts import MovingForm, MyAidsForm
from ancrage.web.schemes.profile import told_by
from ancrage.web.throttling import throttled

_READ = ("first_name", "last_name", "employer")


@require_safe
@never_cache
@throttled("schemes", per="user", rate="120/m")
@acts_on(Scheme, "schemes.view")
def mine(request: HttpRequest, schemes: QuerySet[Scheme]) -> HttpResponse:
    """What each aid answers to what the address tells, or at first to one's own profile."""
    candidate = candidate_of(request.user) if not request.GET else None
    told = told_by(candidate) if candidate is not None else {}
    context: dict[str, Any] = {
        "prefilled": bool(told),
        "heading": "",
        "ask_url": "schemes:ask",
        "asker": "",
    }
    own = permitted(request.user, "aid_requests.ask", DataSubject.objects.all())
    if not request.user.is_authenticated or not own.filter(user=request.user.pk).exists():
        context["ask_url"] = ""
    return _answers(request, in_inventory(schemes), told, context)


@require_safe
@never_cache
@acts_on(Candidate, "candidates.view")
def for_person(request: HttpRequest, candidates: QuerySet[Candidate], pk: int) -> HttpResponse:
    """The same for a person one follows, from their profile; the reading is noted."""
    candidate = get_object_or_404(with_profile(candidates), pk=pk)
    viewer = viewer_of(request.user)
    seen = candidate_services.fields_seen(candidate=candidate, viewer=viewer)
    candidate_services.note_reading(
        candidate=candidate, viewer=viewer, fields=seen.intersection(_READ), now=timezone.now()
    )
    told = told_by(candidate) if not request.GET else {}
    context = {
        "prefilled": bool(told),
        "heading": str(candidate),
        "ask_url": "schemes:ask_person",
        "asker": candidate.pk,
    }
    return _answers(request, schemes_in_inventory(), told, context)


@require_safe
@never_cache
@acts_on(Partner, "aid_requests.ask_for_structure")
def for_structure(request: HttpRequest, partners: QuerySet[Partner], pk: int) -> HttpResponse:
    """The aids of a structure, from its nature, its sector and its commune."""
    partner = get_object_or_404(partners.select_related("commune__department"), pk=pk)
    known = facts_of_partner(partner=partner, on=timezone.localdate())
    context = {
        "prefilled": True,
        "heading": partner.name,
        "ask_url": "schemes:ask_structure",
        "asker": partner.pk,
    }
    return _answers(
        request, schemes_in_inventory(), {"pour": Receiver.STRUCTURE}, context, known=known
    )


@require_safe
@never_cache
@throttled("schemes", per="user", rate="60/m")
@acts_on(Scheme, "schemes.view")
def moving(request: HttpRequest, schemes: QuerySet[Scheme]) -> HttpResponse:
    """What one wins and loses by moving from a commune to another."""
    candidate = candidate_of(request.user) if not request.GET else None
    form = MovingForm(request.GET or (told_by(candidate) if candidate is not None else {}))
    found = None
    if form.is_told():
        found = compare_communes(
            origin=form.cleaned_data["de"],
            destination=form.cleaned_data["vers"],
            facts=form.facts(),
            on=timezone.localdate(),
            receiver=Receiver.PERSON,
            schemes=in_inventory(schemes),
        )
    return render_page(request, "schemes/moving.html", {"form": form, "found": found})


def _answers(
    request: HttpRequest,
    schemes: QuerySet[Scheme],
    told: Mapping[str, Any],
    context: Mapping[str, Any],
    *,
    known: Mapping[str, Any] | None = None,
) -> HttpResponse:
    data = _data(request.GET, told)
    known = known or {}
    form = MyAidsForm(data, known=known)
    facts = {**known, **form.facts()}
    if not facts and not form.place:
        return render_page(request, "schemes/mine.html", {**context, "form": form, "found": None})
    found = my_aids(
        facts=facts,
        on=timezone.localdate(),
        receiver=form.receiver,
        schemes=schemes,
        commune=form.place,
        asked=frozenset(form.asked),
    )
    asking = MyAidsForm(data, further=found.questions, known=known)
    page = {
        **context,
        "form": asking,
        "found": found,
        "undecided": by_deciding_fact(found.to_check),
        "today": timezone.localdate(),
    }
    return render_page(request, "schemes/mine.html", page)


def _data(sent: QueryDict, told: Mapping[str, Any]) -> QueryDict:
    """Return what was sent, or what is known already as if it had been."""
    if sent and "pour" in told and "pour" not in sent:
        sent = sent.copy()
        sent["pour"] = told["pour"]
    if sent:
        return sent
    data = QueryDict(mutable=True)
    for name, value in told.items():
        data.setlist(name, value if isinstance(value, list) else [value])
    return data

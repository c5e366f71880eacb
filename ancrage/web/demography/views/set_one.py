"""One set of parameters: its values, how close it comes, its versions; who changes it."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.text import slugify
from django.views.decorators.http import require_http_methods, require_safe

from ancrage.accounts.policy import may_on
from ancrage.demography.enums import Care
from ancrage.demography.models import ParameterSet, ParameterVersion
from ancrage.demography.services import sets as services
from ancrage.demography.services.model import SETS_OF, SetFacts
from ancrage.territory.models import Territory
from ancrage.web.access import acts_on
from ancrage.web.acting import show_refusal, who
from ancrage.web.demography.asked import Asked, asked_of
from ancrage.web.demography.set_forms import SetForm, typed_from
from ancrage.web.demography.set_page import (
    asked_for,
    back_to,
    frame_of,
    history_of,
    number_in,
    set_for,
    uses_of,
    values_context,
)
from ancrage.web.demography.set_preview import preview_of
from ancrage.web.demography.set_words import file_columns
from ancrage.web.demography.tabs import address
from ancrage.web.fields import sent_form
from ancrage.web.life.files import as_csv
from ancrage.web.rendering import render_page


@require_safe
@acts_on(ParameterSet, "parameters.view")
def set_page(request: HttpRequest, sets: QuerySet[ParameterSet], pk: int) -> HttpResponse:
    """A version of a set, the latest one unless another is asked for."""
    chosen = set_for(sets, pk)
    version = _version(request, chosen)
    asked = asked_for(request, chosen.territory, Care(chosen.care))
    context = (
        frame_of(request, asked)
        | values_context(asked, services.read_version(version))
        | uses_of(request, version__of=chosen)
        | {
            "chosen": chosen,
            "version": version,
            "is_latest": version.number == chosen.number,
            "version_query": f"?version={version.number}",
            "history": history_of(chosen, version),
            "may_edit": may_on(request.user, "parameters.edit", chosen),
            "back": address("demography:sets", asked.kept),
            "copy_href": _copy_href(asked, version.key),
        }
    )
    return render_page(request, "demography/set.html", context)


@require_safe
@acts_on(Territory, "demography.view")
def set_builtin(request: HttpRequest, territories: QuerySet[Territory], name: str) -> HttpResponse:
    """A set that comes with the platform, on the territory of the reader."""
    asked = _about(request, territories, name)
    parameters = next(one for one in SETS_OF[asked.care] if one.name == name)
    context = (
        frame_of(request, asked)
        | values_context(asked, parameters)
        | uses_of(request, parameters=name, territory=asked.territory)
        | {
            "chosen": None,
            "name": name,
            "may_make": may_on(request.user, "demography.simulate", asked.territory),
            "back": address("demography:sets", asked.kept),
            "copy_href": _copy_href(asked, name),
        }
    )
    return render_page(request, "demography/set.html", context)


@require_safe
@acts_on(Territory, "demography.view")
def set_builtin_csv(
    request: HttpRequest, territories: QuerySet[Territory], name: str
) -> StreamingHttpResponse:
    """The same as a file, to be read, changed and brought back."""
    asked = _about(request, territories, name)
    parameters = next(one for one in SETS_OF[asked.care] if one.name == name)
    return as_csv(
        name, file_columns(), services.rows_of(services.Sheet(name, parameters), asked.care)
    )


@require_safe
@acts_on(ParameterSet, "parameters.view")
def set_csv(request: HttpRequest, sets: QuerySet[ParameterSet], pk: int) -> StreamingHttpResponse:
    """A version as a file: for the commands, or to be brought back."""
    chosen = set_for(sets, pk)
    version = _version(request, chosen)
    sheet = services.Sheet(version.name, services.read_version(version), version.note)
    name = slugify(f"{version.name}-v{version.number}")
    return as_csv(name, file_columns(), services.rows_of(sheet, Care(chosen.care)))


@require_http_methods(["GET", "HEAD", "POST"])
@acts_on(ParameterSet, "parameters.edit")
def set_edit(request: HttpRequest, sets: QuerySet[ParameterSet], pk: int) -> HttpResponse:
    """Type the next version: the one that is there stays."""
    chosen = set_for(sets, pk)
    form, before = _typed(request, chosen)
    if request.method != "POST":
        return _editing(request, chosen, form, before, number=chosen.number)
    number = number_in(request.POST.get("number", ""))
    if form.is_valid():
        try:
            services.revise_set(chosen=chosen, sheet=form.sheet, number=number, **who(request))
            return redirect("demography:set", pk=pk)
        except services.SetMoved:
            context = {"number": chosen.number, "has_moved": True, "status": 409}
            return _editing(request, chosen, form, before, **context)
        except ValidationError as refusal:
            show_refusal(refusal, form)
    return _editing(request, chosen, form, before, number=number, status=422)


def _version(request: HttpRequest, chosen: ParameterSet) -> ParameterVersion:
    asked = request.GET.get("version", "")
    number = number_in(asked) if asked else chosen.number
    rows = chosen.versions.select_related("made_by")
    version: ParameterVersion = get_object_or_404(rows, number=number)
    version.of = chosen
    return version


def _about(request: HttpRequest, territories: QuerySet[Territory], name: str) -> Asked:
    """The territory asked for, and the profession that a set of the platform counts."""
    asked = asked_of(request, territories)
    care = next((one for one in Care if any(s.name == name for s in SETS_OF[one])), None)
    if asked is None or care is None:
        raise Http404
    return Asked(asked.territory, care, asked.choices)


def _copy_href(asked: Asked, ref: str) -> str:
    kept = {**asked.kept, "profession": asked.care.value, "depuis": ref}
    return address("demography:set_new", kept)


def _typed(request: HttpRequest, chosen: ParameterSet) -> tuple[SetForm, SetFacts]:
    """The form of the next version, and the values of the one that is there."""
    version = chosen.versions.get(number=chosen.number)
    version.of = chosen
    before = services.facts_of(services.read_version(version))
    data = sent_form(request)
    if data is None and "decay" in request.GET:
        data = request.GET
    initial = typed_from(before, name=version.name)
    return SetForm(data, care=Care(chosen.care), initial=initial), before


def _editing(
    request: HttpRequest,
    chosen: ParameterSet,
    form: SetForm,
    before: SetFacts,
    *,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    asked = asked_for(request, chosen.territory, Care(chosen.care))
    context = frame_of(request, asked) | {
        "chosen": chosen,
        "form": form,
        "preview": preview_of(form, before),
        "action": request.path,
        "back": back_to(chosen),
        **more,
    }
    return render_page(
        request, "demography/set_edit.html", context, fragment="preview", status=status
    )

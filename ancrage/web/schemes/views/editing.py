"""What coordinators write of an aid: its facts and its amounts."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ancrage.schemes import services
from ancrage.schemes.models import Scheme
from ancrage.schemes.queries import amounts_of, in_inventory
from ancrage.web.access import acts_on, allowed
from ancrage.web.acting import show_refusal
from ancrage.web.conflicts import revision_sent
from ancrage.web.fields import sent_form
from ancrage.web.rendering import render_page
from ancrage.web.schemes.editor import SchemeEditor
from ancrage.web.schemes.forms.editing import AmountFormSet, NewSchemeForm, amounts_shown

_FORM = ["GET", "HEAD", "POST"]


@require_http_methods(_FORM)
@allowed("schemes.edit")
def create(request: HttpRequest) -> HttpResponse:
    """Add an aid to the inventory."""
    form = NewSchemeForm(sent_form(request), initial={"checked_on": timezone.localdate()})
    if form.is_valid():
        try:
            scheme = services.create_scheme(
                **form.cleaned_data, by=request.user, now=timezone.now()
            )
        except ValidationError as refusal:
            show_refusal(refusal, form, field_of=_field_of(refusal))
        else:
            messages.success(
                request, _("L’aide est dans l’inventaire. Essayez maintenant sa règle.")
            )
            return redirect("schemes:rule", scheme.code)
    status = 422 if form.is_bound else 200
    return render_page(request, "schemes/create.html", {"form": form}, status=status)


@require_http_methods(_FORM)
@acts_on(Scheme, "schemes.edit")
def edit(request: HttpRequest, schemes: QuerySet[Scheme], code: str) -> HttpResponse:
    """Correct what an aid says of itself."""
    scheme = get_object_or_404(in_inventory(schemes), code=code)
    editor = SchemeEditor(sent_form(request), scheme=scheme)
    if editor.is_ready():
        try:
            services.edit_scheme(
                scheme=scheme,
                revision=editor.revision,
                by=request.user,
                now=timezone.now(),
                **editor.form.cleaned_data,
            )
        except services.SchemeChangedMeanwhile as changed:
            editor.reconcile(changed)
        except ValidationError as refusal:
            editor.refuse(refusal)
        else:
            messages.success(request, _("L’aide est enregistrée. Les chargements la garderont."))
            return redirect("schemes:scheme", code)
    context = {"scheme": scheme, "editor": editor, "form": editor.form}
    return render_page(request, "schemes/edit.html", context, status=editor.status)


@require_http_methods(_FORM)
@acts_on(Scheme, "schemes.edit")
def amounts(request: HttpRequest, schemes: QuerySet[Scheme], code: str) -> HttpResponse:
    """Correct the amounts of an aid, all at once."""
    scheme = get_object_or_404(in_inventory(schemes), code=code)
    shown = amounts_shown(amounts_of([scheme]).get(scheme.pk, ()))
    lines: Any = AmountFormSet(sent_form(request), initial=shown)
    changed = False
    if request.method == "POST" and lines.is_valid():
        try:
            services.set_amounts(
                scheme=scheme,
                amounts=[form.said for form in lines if form.said is not None],
                revision=revision_sent(request.POST, scheme.revision),
                by=request.user,
                now=timezone.now(),
            )
        except services.SchemeChangedMeanwhile as refusal:
            changed, scheme = True, refusal.current
        else:
            messages.success(request, _("Les montants sont enregistrés."))
            return redirect("schemes:scheme", code)
    status = 409 if changed else 422 if lines.is_bound else 200
    context = {"scheme": scheme, "lines": lines, "changed": changed}
    return render_page(request, "schemes/amounts.html", context, status=status)


def _field_of(refusal: ValidationError) -> dict[str, str]:
    code = getattr(refusal, "code", "")
    fields = {"code": "code", "reserved": "code", "future": "checked_on"}
    return {"": fields.get(code or "", ""), "__all__": ""}

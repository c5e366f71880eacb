"""What administrators correct in the nomenclature: labels, writings, what leaves the lists."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from ancrage.needs.models import Need
from ancrage.needs.queries.board import needs_in_progress
from ancrage.professions import services
from ancrage.professions.models import Profession, ProfessionAlias
from ancrage.professions.queries import find_profession
from ancrage.web.access import acts_on
from ancrage.web.fields import sent_form
from ancrage.web.professions.forms import AliasForm, ProfessionForm
from ancrage.web.professions.views.reading import sheet_page
from ancrage.web.rendering import render_page
from ancrage.web.undo import offer_undo


@require_http_methods(["GET", "HEAD", "POST"])
@acts_on(Profession, "professions.edit")
def edit(request: HttpRequest, professions: QuerySet[Profession], code: str) -> HttpResponse:
    """Correct the labels and the rules of a profession."""
    profession = get_object_or_404(professions, code=code)
    form = ProfessionForm(sent_form(request), instance=profession)
    if request.method == "POST" and form.is_valid():
        try:
            services.edit_profession(
                profession=profession,
                revision=form.cleaned_data["revision"],
                by=request.user,
                now=timezone.now(),
                **form.values(),
            )
        except services.ProfessionChangedMeanwhile as changed:
            form = _outdated(form, changed.profession)
        except services.LabelMeansAnother as refusal:
            form.add_error("label_fr", refusal)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("Le métier est enregistré. Les chargements le garderont."))
            return redirect("professions:sheet", code)
    status = 422 if form.is_bound else 200
    context = {"profession": profession, "form": form}
    return render_page(request, "professions/edit.html", context, status=status)


@require_POST
@acts_on(Profession, "professions.edit")
def alias_add(request: HttpRequest, professions: QuerySet[Profession], code: str) -> HttpResponse:
    """Teach a writing, unless it would make an answer wrong."""
    profession = get_object_or_404(professions, code=code)
    form = AliasForm(request.POST, profession=profession, today=timezone.localdate())
    if form.is_valid():
        try:
            alias = services.add_alias(
                profession=profession, **form.values(), by=request.user, now=timezone.now()
            )
        except ValidationError as refusal:
            form.add_error("text", refusal)
        else:
            said = _("« %(text)s » est apprise : la plateforme la comprend dès maintenant.")
            messages.success(request, said % {"text": alias.text})
            return redirect("professions:sheet", code)
    return sheet_page(request, profession, form)


@require_POST
@acts_on(Profession, "professions.edit")
def alias_close(
    request: HttpRequest, professions: QuerySet[Profession], code: str, pk: int
) -> HttpResponse:
    """Forget a writing; the next page offers to take it back."""
    profession = get_object_or_404(professions, code=code)
    alias = get_object_or_404(ProfessionAlias, profession=profession, pk=pk)
    try:
        services.close_alias(alias=alias, by=request.user, now=timezone.now())
    except services.AliasClosed as refusal:
        messages.info(request, " ".join(refusal.messages))
    else:
        offer_undo(request, "professions", _forgotten(alias), [alias.pk])
    return redirect("professions:sheet", code)


@require_POST
@acts_on(Profession, "professions.edit")
def undo(request: HttpRequest, professions: QuerySet[Profession]) -> HttpResponse:
    """Take back the writing that was just forgotten."""
    rows = ProfessionAlias.objects.filter(profession__in=professions).select_related("profession")
    asked = request.POST.get("rows", "")
    alias = get_object_or_404(rows, pk=int(asked) if asked.isdecimal() else 0)
    try:
        services.add_alias(
            profession=alias.profession,
            specialty=alias.specialty,
            text=alias.text,
            is_certain=alias.is_certain,
            by=request.user,
            now=timezone.now(),
        )
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, _("« %(text)s » est comprise de nouveau.") % {"text": alias})
    return redirect("professions:sheet", alias.profession.code)


@require_http_methods(["GET", "HEAD", "POST"])
@acts_on(Profession, "professions.edit")
def retire(request: HttpRequest, professions: QuerySet[Profession], code: str) -> HttpResponse:
    """Ask, then take a profession out of the lists: its needs keep it."""
    profession = get_object_or_404(professions, code=code)
    if request.method != "POST":
        return _ask_to_retire(request, profession)
    try:
        services.retire_profession(profession=profession, by=request.user, now=timezone.now())
    except services.AlreadyRetired as refusal:
        messages.info(request, " ".join(refusal.messages))
    else:
        messages.success(request, _("Le métier est retiré des listes. Ses besoins le gardent."))
    return redirect("professions:sheet", code)


@require_POST
@acts_on(Profession, "professions.edit")
def reinstate(request: HttpRequest, professions: QuerySet[Profession], code: str) -> HttpResponse:
    """Put a profession back in the lists."""
    profession = get_object_or_404(professions, code=code)
    try:
        services.reinstate_profession(profession=profession, by=request.user, now=timezone.now())
    except services.NotRetired as refusal:
        messages.info(request, " ".join(refusal.messages))
    else:
        messages.success(request, _("Le métier est de nouveau proposé et compris."))
    return redirect("professions:sheet", code)


def _forgotten(alias: ProfessionAlias) -> str:
    """Say what became of a writing: other writings may still explain its words."""
    match = find_profession(alias.text)
    if match.profession == alias.profession:
        said = _("« %(text)s » est oubliée, mais reste comprise. %(reason)s")
        return said % {"text": alias.text, "reason": match.reason}
    return _("« %(text)s » n’est plus comprise.") % {"text": alias.text}


def _outdated(form: ProfessionForm, current: Profession) -> ProfessionForm:
    """Return the form as it was typed, ready to be sent again over the row as it is now."""
    data = form.data.copy()  # type: ignore[attr-defined]
    data["revision"] = current.revision
    again = ProfessionForm(data, instance=current)
    again.add_error(
        None,
        _(
            "Quelqu’un a modifié ce métier pendant votre saisie, que voici. Vérifiez-la, puis"
            " enregistrez de nouveau pour qu’elle remplace la sienne."
        ),
    )
    return again


def _ask_to_retire(request: HttpRequest, profession: Profession) -> HttpResponse:
    count = needs_in_progress(Need.objects.filter(profession=profession)).count()
    kept = ngettext(
        "%(count)d besoin en cours garde ce métier : rien n’est perdu ni fermé ;",
        "%(count)d besoins en cours gardent ce métier : rien n’est perdu ni fermé ;",
        count,
    ) % {"count": count}
    context = {
        "profession": profession,
        "title": _("Retirer « %(profession)s » des listes ?") % {"profession": profession},
        "consequences": [
            _("ce métier n’est plus proposé dans les formulaires, les filtres et les campagnes ;"),
            _("les imports ne le reconnaissent plus : ils demanderont de préciser ;"),
            kept,
            _("les chargements de la nomenclature le laissent retiré."),
        ],
        "note": _("Vous pourrez le remettre dans les listes depuis sa page."),
        "action": reverse("professions:retire", args=[profession.code]),
        "confirm_label": _("Retirer des listes"),
        "cancel_href": reverse("professions:sheet", args=[profession.code]),
    }
    return render(request, "professions/confirm.html", context)

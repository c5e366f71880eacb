"""What is done to a set of parameters: chosen, archived, taken back, deleted."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from ancrage.demography.enums import Care
from ancrage.demography.models import ParameterSet
from ancrage.demography.services import sets as services
from ancrage.web.access import acts_on
from ancrage.web.acting import confirm_page, press, who
from ancrage.web.demography.set_page import asked_for, back_to, set_for
from ancrage.web.demography.tabs import address


@require_POST
@acts_on(ParameterSet, "parameters.edit")
def set_choose(request: HttpRequest, sets: QuerySet[ParameterSet], pk: int) -> HttpResponse:
    """Count with it on all the pages of the territory."""
    chosen = set_for(sets, pk)
    return press(
        request,
        lambda: services.choose_set(chosen=chosen, **who(request)),
        _("Les pages de cette profession comptent désormais avec ce jeu."),
        back_to(chosen),
    )


@require_POST
@acts_on(ParameterSet, "parameters.edit")
def set_unchoose(request: HttpRequest, sets: QuerySet[ParameterSet], pk: int) -> HttpResponse:
    """Count with the set of the platform again."""
    chosen = set_for(sets, pk)
    return press(
        request,
        lambda: services.unchoose_set(chosen=chosen, **who(request)),
        _("Les pages de cette profession comptent de nouveau avec le jeu de la plateforme."),
        back_to(chosen),
    )


@require_POST
@acts_on(ParameterSet, "parameters.edit")
def set_archive(request: HttpRequest, sets: QuerySet[ParameterSet], pk: int) -> HttpResponse:
    """Offer it no more."""
    chosen = set_for(sets, pk)
    return press(
        request,
        lambda: services.archive_set(chosen=chosen, **who(request)),
        _("Archivé : ce jeu n’est plus proposé. Ce qui fut calculé avec lui reste."),
        back_to(chosen),
    )


@require_POST
@acts_on(ParameterSet, "parameters.edit")
def set_restore(request: HttpRequest, sets: QuerySet[ParameterSet], pk: int) -> HttpResponse:
    """Offer it again."""
    chosen = set_for(sets, pk)
    return press(
        request,
        lambda: services.restore_set(chosen=chosen, **who(request)),
        _("Ce jeu est de nouveau proposé."),
        back_to(chosen),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@acts_on(ParameterSet, "parameters.edit")
def set_delete(request: HttpRequest, sets: QuerySet[ParameterSet], pk: int) -> HttpResponse:
    """Ask, then drop a set that nothing was computed with."""
    chosen = set_for(sets, pk)
    if request.method == "POST":
        asked = asked_for(request, chosen.territory, Care(chosen.care))
        try:
            services.delete_set(chosen=chosen, **who(request))
        except services.SetUsed as refusal:
            messages.error(request, " ".join(refusal.messages))
            return redirect(back_to(chosen))
        messages.success(request, _("Jeu supprimé."))
        return redirect(address("demography:sets", asked.kept))
    consequences = [_("toutes ses versions disparaissent")]
    if chosen.is_default:
        consequences.append(_("les pages comptent de nouveau avec le jeu de la plateforme"))
    return confirm_page(
        request,
        title=_("Supprimer le jeu « %(name)s » ?") % {"name": chosen.name},
        consequences=consequences,
        button=_("Supprimer le jeu"),
        back=back_to(chosen),
        note=_("Rien n’a été calculé avec lui. Son fichier CSV permet de le reprendre."),
    )

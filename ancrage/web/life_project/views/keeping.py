"""Opening, changing, closing one's project; withdrawing the agreement it rests on."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from ancrage.privacy.enums import ConsentChannel
from ancrage.privacy.notices import current_notice
from ancrage.privacy.services import give_consent, withdraw_consent
from ancrage.web.access import allowed, reader
from ancrage.web.acting import show_refusal
from ancrage.web.conflicts import revision_sent
from ancrage.web.fields import sent_form
from ancrage.web.life_project.forms import ProjectForm
from ancrage.web.life_project.own import Own, own_of, own_or_404
from ancrage.web.rendering import render_page
from ancrage.welcome import services
from ancrage.welcome.services import PURPOSE

_READ_AND_WRITE = ["GET", "HEAD", "POST"]


@require_http_methods(_READ_AND_WRITE)
@never_cache
@allowed("life_projects.keep_own")
def opening(request: HttpRequest) -> HttpResponse:
    """Agree to what the notice says, and tell what the household needs."""
    own = own_of(request)
    if own is None or (own.project and own.project.closed_at is None):
        return redirect("life_project:own")
    form = _form(request, own)
    lacks = request.method == "POST" and not own.agrees and request.POST.get("accord") != "oui"
    if lacks:
        form.add_error(None, _("Sans votre accord, aucun projet n’est gardé : cochez la case."))
    elif form.is_valid() and _opened(request, own, form):
        messages.success(request, _("Votre projet est ouvert. Voici ce qui y répond."))
        return redirect("life_project:own")
    context = {"form": form, "own": own, "notice": current_notice(PURPOSE), "lacks": lacks}
    return _page(request, "life_project/open.html", context)


@require_http_methods(_READ_AND_WRITE)
@never_cache
@allowed("life_projects.keep_own")
def edit(request: HttpRequest) -> HttpResponse:
    """Change what the household told."""
    own = own_or_404(request)
    project, form = own.open_project, _form(request, own)
    if form.is_valid():
        try:
            services.edit_project(
                project=project,
                revision=revision_sent(request.POST),
                by=reader(request),
                now=timezone.now(),
                **form.facts(),
            )
        except ValidationError as refusal:
            show_refusal(refusal, form)
        else:
            messages.success(request, _("Projet enregistré."))
            return redirect("life_project:own")
    return _page(request, "life_project/edit.html", {"form": form, "project": project})


@require_POST
@allowed("life_projects.keep_own")
def close(request: HttpRequest) -> HttpResponse:
    """Say that nothing more is looked for; to be opened again with a button."""
    project = own_or_404(request).open_project
    services.close_project(project=project, by=reader(request), now=timezone.now())
    messages.success(
        request,
        _("Projet clos : plus personne ne cherche. Il sera effacé dans trois mois."),
    )
    return redirect("life_project:own")


@require_http_methods(_READ_AND_WRITE)
@never_cache
@allowed("life_projects.keep_own")
def withdraw(request: HttpRequest) -> HttpResponse:
    """Withdraw the agreement: the project goes, partners lose access at once."""
    own = own_or_404(request)
    if request.method == "POST":
        withdraw_consent(
            subject=own.person.subject,
            purpose=PURPOSE,
            scope="",
            channel=ConsentChannel.SELF,
            by=reader(request),
            now=timezone.now(),
        )
        messages.success(request, _("Accord retiré : votre projet est effacé."))
        return redirect("life_project:own")
    context = {
        "title": _("Retirer mon accord ?"),
        "consequences": [
            _("votre projet de vie est effacé ;"),
            _("les demandes en cours sont closes, et les places accordées sont rendues ;"),
            _("les partenaires n’ont plus accès à rien."),
        ],
        "note": _("Vos mises en relation et votre profil ne changent pas."),
        "action": reverse("life_project:withdraw"),
        "confirm_label": _("Retirer mon accord"),
        "cancel_href": reverse("life_project:own"),
    }
    return render_page(request, "life_project/withdraw.html", context)


def _form(request: HttpRequest, own: Own) -> ProjectForm:
    return ProjectForm(sent_form(request), territory=own.person.territory, project=own.project)


def _opened(request: HttpRequest, own: Own, form: ProjectForm) -> bool:
    now = timezone.now()
    try:
        # Refused, a project leaves no agreement behind it.
        with transaction.atomic():
            if not own.agrees:
                _agree(request, own, now)
            services.open_project(
                subject=own.person.subject, by=reader(request), now=now, **form.facts()
            )
    except ValidationError as refusal:
        show_refusal(refusal, form)
        return False
    return True


def _agree(request: HttpRequest, own: Own, now: datetime) -> None:
    give_consent(
        subject=own.person.subject,
        purpose=PURPOSE,
        scope="",
        notice=current_notice(PURPOSE),
        channel=ConsentChannel.SELF,
        by=reader(request),
        now=now,
    )


def _page(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    status = 422 if request.method == "POST" else 200
    return render_page(request, template, context, status=status)

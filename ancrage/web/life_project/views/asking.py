"""Asking a partner for one of its offers, and taking the request back."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from ancrage.privacy.enums import ConsentChannel
from ancrage.privacy.notices import current_notice
from ancrage.privacy.queries import consent_holds
from ancrage.privacy.services import give_consent
from ancrage.resources.enums import ResourceStatus
from ancrage.web.access import allowed, reader
from ancrage.web.fields import sent_form
from ancrage.web.life_project.forms import AskForm
from ancrage.web.life_project.own import Own, own_or_404
from ancrage.web.rendering import render_page
from ancrage.web.throttling import throttled
from ancrage.web.undo import offer_undo
from ancrage.web.welcome_answers import says_of
from ancrage.welcome import services
from ancrage.welcome.enums import ClosingReason, WelcomeKind
from ancrage.welcome.models import WelcomeRequest, WelcomeTerms
from ancrage.welcome.services import PURPOSE, scope_of


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@throttled("welcome-ask", per="user", rate="30/h", methods=("POST",))
@allowed("life_projects.keep_own")
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Agree that the partner reads the request, and send it."""
    own = own_or_404(request)
    project, terms = own.open_project, _terms(own, pk)
    partner = terms.resource.partner
    agreed = consent_holds(own.person.subject, PURPOSE, scope_of(partner))
    form = AskForm(sent_form(request), terms=terms, project=project, has_agreed=agreed)
    if form.is_valid():
        sent = _sent(request, own, terms, form)
        if sent is not None:
            offer_undo(
                request,
                "life_project",
                _("Demande envoyée à « %(partner)s ».") % {"partner": partner.name},
                [sent.pk],
                url=reverse("life_project:cancel"),
            )
            return redirect("life_project:own")
    context = {
        "form": form,
        "terms": terms,
        "says": says_of(terms, project.arrives_on or timezone.localdate()),
        "project": project,
        "notice": current_notice(PURPOSE),
    }
    status = 422 if request.method == "POST" else 200
    return render_page(request, "life_project/ask.html", context, status=status)


@require_POST
@allowed("life_projects.keep_own")
def cancel(request: HttpRequest) -> HttpResponse:
    """Take a request back; the places it was given are free again."""
    own = own_or_404(request)
    sent = request.POST.get("demande", "")
    if own.project is None or not sent.isdecimal():
        raise Http404
    row = get_object_or_404(WelcomeRequest, project=own.project, pk=int(sent))
    try:
        services.close_request(
            request=row,
            reason=ClosingReason.NO_LONGER_NEEDED,
            by=reader(request),
            now=timezone.now(),
        )
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, _("Demande annulée."))
    return redirect("life_project:own")


def _terms(own: Own, pk: int) -> WelcomeTerms:
    rows = WelcomeTerms.objects.select_related("resource__partner", "resource__commune")
    return get_object_or_404(
        rows,
        resource=pk,
        resource__status=ResourceStatus.PUBLISHED,
        resource__partner__territory=own.person.territory_id,
        resource__partner__left_at__isnull=True,
    )


def _sent(
    request: HttpRequest, own: Own, terms: WelcomeTerms, form: AskForm
) -> WelcomeRequest | None:
    asked = dict(form.cleaned_data)
    agrees = asked.pop("agreed", False)
    user, now, partner = reader(request), timezone.now(), terms.resource.partner
    try:
        with transaction.atomic():
            if agrees:
                give_consent(
                    subject=own.person.subject,
                    purpose=PURPOSE,
                    scope=scope_of(partner),
                    notice=current_notice(PURPOSE),
                    channel=ConsentChannel.SELF,
                    by=user,
                    now=now,
                )
            return services.send_request(
                project=own.open_project,
                partner=partner,
                resource=terms.resource,
                kind=WelcomeKind(terms.kind),
                by=user,
                now=now,
                **asked,
            )
    except ValidationError as refusal:
        form.add_error(None, refusal)
    return None

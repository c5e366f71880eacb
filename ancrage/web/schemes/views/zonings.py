"""The lists of official zones that are held, side by side; withdrawing one."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from ancrage.accounts.policy import may
from ancrage.schemes import services
from ancrage.schemes.models import Zoning
from ancrage.schemes.queries.zonings import zoning_lists
from ancrage.web.access import acts_on, allowed
from ancrage.web.rendering import render_page


@require_safe
@allowed("zonings.view")
def zonings(request: HttpRequest) -> HttpResponse:
    """What each list says of each zone, its source and its licence."""
    context = {"lists": zoning_lists(), "may_import": may(request.user, "zonings.import")}
    return render_page(request, "schemes/zonings.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@acts_on(Zoning, "zonings.import")
def zoning_withdraw(request: HttpRequest, zonings: QuerySet[Zoning]) -> HttpResponse:
    """Ask, then withdraw a list that should not have been taken in."""
    source = request.GET.get("source", "")
    count = zonings.filter(source=source).count()
    if not count:
        raise Http404
    if request.method == "POST":
        try:
            services.withdraw_zonings(source=source, by=request.user, now=timezone.now())
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
        else:
            messages.success(request, _("La liste est retirée."))
        return redirect("schemes:zonings")
    return render_page(request, "components/confirm_page.html", _question(request, source, count))


def _question(request: HttpRequest, source: str, count: int) -> dict[str, object]:
    lines = ngettext("%(count)d ligne : %(source)s.", "%(count)d lignes : %(source)s.", count)
    return {
        "title": _("Retirer cette liste de zonages ?"),
        "consequences": [
            lines % {"count": count, "source": source},
            _("Les aides et la démographie n’en tiennent plus compte, aussitôt."),
            _("Ce que cette liste avait fait finir recommence."),
        ],
        "note": _("Pour y revenir, importez de nouveau le même fichier."),
        "action": request.get_full_path(),
        "confirm_label": _("Retirer la liste"),
        "cancel_href": reverse("schemes:zonings"),
    }

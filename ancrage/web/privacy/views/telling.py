"""Those whom no mail reaches: told by telephone or by letter that their data will be erased."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from ancrage.privacy import services
from ancrage.privacy.models import DataSubject
from ancrage.privacy.queries import subjects_to_tell
from ancrage.web.access import acts_on
from ancrage.web.fields import sent_form
from ancrage.web.privacy.forms import TellingFilters, TellingForm
from ancrage.web.privacy.telling import lines_of, named_like
from ancrage.web.rendering import render_page

PER_PAGE = 25


@require_safe
@never_cache
@acts_on(DataSubject, "subjects.tell")
def telling_list(request: HttpRequest, subjects: QuerySet[DataSubject]) -> HttpResponse:
    """Who is still to be told, the first to be erased first."""
    form = TellingFilters(request.GET)
    found = named_like(subjects_to_tell(subjects), form.asked())
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    total = page.paginator.count
    context = {
        "form": form,
        "page": page,
        "lines": lines_of(request.user, page, now=timezone.now()),
        "total": ngettext("%(count)d personne", "%(count)d personnes", total) % {"count": total},
        "is_filtered": bool(form.asked()),
    }
    return render_page(request, "privacy/telling_list.html", context, fragment="results")


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@acts_on(DataSubject, "subjects.tell")
def tell(request: HttpRequest, subjects: QuerySet[DataSubject], pk: int) -> HttpResponse:
    """Note how and when somebody was told, or that they want to stay."""
    rows = subjects.filter(anonymised_at__isnull=True, limited_at__isnull=True)
    subject = get_object_or_404(rows, pk=pk)
    if request.method != "POST" and subject.to_tell_since is None:
        return redirect("privacy:telling_list")
    form = TellingForm(sent_form(request), initial={"told_on": timezone.localdate()})
    if form.is_valid():
        try:
            return _noted(request, subject, form)
        except services.NotToTell as refusal:
            messages.info(request, refusal.messages[0])
            return redirect("privacy:telling_list")
        except ValidationError as refusal:
            form.add_error("told_on", refusal)
    (line,) = lines_of(request.user, [subject], now=timezone.now())
    status = 422 if form.errors else 200
    return render_page(request, "privacy/tell.html", {"line": line, "form": form}, status=status)


def _noted(request: HttpRequest, subject: DataSubject, form: TellingForm) -> HttpResponse:
    given, by, now = form.cleaned_data, request.user, timezone.now()
    if given["answer"] == TellingForm.STAYS:
        services.note_stays(subject=subject, channel=given["channel"], by=by, now=now)
        said = _("C’est noté : cette personne veut rester suivie, ses données sont gardées.")
    else:
        told = {name: given[name] for name in ("told_on", "channel")}
        services.note_told(subject=subject, by=by, now=now, **told)
        day = date_format(timezone.localtime(services.end_of(subject)), "DATE_FORMAT")
        said = _("C’est noté. Sans nouvelles d’elle, ses données sont effacées le %(day)s.") % {
            "day": day
        }
    messages.success(request, said)
    return redirect("privacy:telling_list")

"""Taking first contacts away: a reason, and a line that says who and when."""

from collections.abc import Iterator

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ancrage.candidates import services
from ancrage.candidates.models import ContactRequest
from ancrage.candidates.queries import contact_requests_to_answer
from ancrage.kit.contacts import display_phone
from ancrage.kit.tabular.cells import CellValue
from ancrage.web.access import acts_on
from ancrage.web.contacts.forms import ContactFilters
from ancrage.web.fields import sent_form
from ancrage.web.personal_files import MOST_LINES, ExportForm, PersonalTable, personal_file
from ancrage.web.rendering import render_page
from ancrage.web.throttling import throttled


@require_http_methods(["GET", "HEAD", "POST"])
@throttled("contacts-export", per="user", rate="20/h", methods=("POST",))
@acts_on(ContactRequest, "contact_requests.view")
def contact_export(request: HttpRequest, requests: QuerySet[ContactRequest]) -> HttpResponse:
    """Ask why, then hand over what the filters of the address show."""
    found = contact_requests_to_answer(requests, **ContactFilters(request.GET).asked)[:MOST_LINES]
    form = ExportForm(sent_form(request))
    if form.is_valid():
        rows = list(found)
        services.record_contact_export(
            requests=rows, reason=form.cleaned_data["reason"], by=request.user, now=timezone.now()
        )
        title = _("Prises de contact")
        table = PersonalTable(_("prises-de-contact"), title, _columns(), _lines(rows))
        return personal_file(request, table, form)
    context = {"form": form, "count": found.count(), "query": request.GET.urlencode()}
    status = 422 if form.errors else 200
    return render_page(request, "contacts/export.html", context, status=status)


def _columns() -> list[str]:
    return [
        _("Personne"),
        _("Adresse électronique"),
        _("Téléphone"),
        _("Métier"),
        _("Commune"),
        _("Quand"),
        _("Reçue le"),
        _("État"),
    ]


def _lines(rows: list[ContactRequest]) -> Iterator[list[CellValue]]:
    for one in rows:
        yield [
            one.name,
            one.email,
            display_phone(one.phone) if one.phone else "",
            str(one.profession or one.profession_text),
            str(one.commune or ""),
            str(one.get_horizon_display()),
            timezone.localdate(one.created_at),
            str(one.get_status_display()),
        ]

"""My data: what I agreed to, who looked, and my rights, one button each."""

import tempfile
from typing import Any

from django.contrib import messages
from django.contrib.auth import logout
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ancrage.kit.tabular.writing import ColumnToWrite
from ancrage.privacy import services
from ancrage.privacy.enums import ConsentChannel, RequestChannel, RequestKind
from ancrage.privacy.models import DataSubject
from ancrage.privacy.queries import consents_of, looks_at, requests_of
from ancrage.privacy.rights import Export
from ancrage.web.access import acts_on, reader, sensitive, sensitive_file
from ancrage.web.life.files import as_csv
from ancrage.web.portability import data_of
from ancrage.web.privacy.forms import ConsentForm, LookFilters, OwnRequestForm
from ancrage.web.privacy.page import choices_of, erasing, limiting, looks_in_words
from ancrage.web.rendering import render_page
from ancrage.web.throttling import throttled

_PER_PAGE, _SHOWN = 25, 5
# A copy heavier than this is written on the disk while it is sent.
_IN_MEMORY = 5 * 1024 * 1024

Subjects = QuerySet[DataSubject]


@require_safe
@acts_on(DataSubject, "subjects.manage_own")
def mine(request: HttpRequest, subjects: Subjects) -> HttpResponse:
    """Everything on one page; somebody without a profile sees what concerns their account."""
    subject = subjects.filter(user=reader(request)).order_by().first()
    context: dict[str, Any] = {"subject": subject}
    if subject is not None:
        latest = looks_at(subject)
        context |= {
            "choices": choices_of(subject),
            "looks": looks_in_words(latest[:_SHOWN]),
            "look_count": latest.count(),
            "requests": requests_of(subject)[:_SHOWN],
        }
    return render_page(request, "privacy/mine.html", context)


@require_safe
@acts_on(DataSubject, "subjects.manage_own")
def looks(request: HttpRequest, subjects: Subjects) -> HttpResponse:
    """Who looked at my profile, all of it."""
    subject = get_object_or_404(subjects, user=reader(request))
    form = LookFilters(request.GET)
    page = Paginator(looks_at(subject, **form.asked()), _PER_PAGE).get_page(
        request.GET.get("page")
    )
    context = {
        "form": form,
        "page": page,
        "looks": looks_in_words(page.object_list),
        "query": request.GET.urlencode(),
    }
    return render_page(request, "privacy/looks.html", context, fragment="results")


@require_safe
@acts_on(DataSubject, "subjects.manage_own")
def looks_export(request: HttpRequest, subjects: Subjects) -> StreamingHttpResponse:
    """The same as a file, for oneself."""
    subject = get_object_or_404(subjects, user=reader(request))
    found = looks_in_words(looks_at(subject, **LookFilters(request.GET).asked()))
    columns = [
        ColumnToWrite(label)
        for label in (_("Quand"), _("Qui"), _("Pour"), _("Pourquoi"), _("Ce qui a été vu"))
    ]
    lines = ((one.at, one.who, one.whom, str(one.purpose), one.fields) for one in found)
    return as_csv(_("consultations-de-mon-profil"), columns, lines)


@require_POST
@acts_on(DataSubject, "subjects.manage_own")
def consent_give(request: HttpRequest, subjects: Subjects) -> HttpResponse:
    """Agree, on the wording that was on the page."""
    subject = get_object_or_404(subjects, user=reader(request))
    form = _consent_form(request, subject)
    try:
        if not form.is_valid() or form.notice is None:
            raise services.NoticeOutdated
        services.give_consent(
            subject=subject,
            purpose=form.cleaned_data["purpose"],
            scope=form.cleaned_data["scope"],
            notice=form.notice,
            channel=ConsentChannel.SELF,
            by=request.user,
            now=timezone.now(),
        )
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, _("Accord noté. Vous pouvez le retirer ici quand vous voulez."))
    return redirect("privacy:mine")


@require_POST
@acts_on(DataSubject, "subjects.manage_own")
def consent_withdraw(request: HttpRequest, subjects: Subjects) -> HttpResponse:
    """Agree no longer: at once, without a question."""
    subject = get_object_or_404(subjects, user=reader(request))
    form = _consent_form(request, subject)
    if form.is_valid():
        services.withdraw_consent(
            subject=subject,
            purpose=form.cleaned_data["purpose"],
            scope=form.cleaned_data["scope"],
            channel=ConsentChannel.SELF,
            by=request.user,
            now=timezone.now(),
        )
        messages.success(request, _("Accord retiré : plus rien n’est montré à ce titre."))
    else:
        messages.error(request, _("Cet accord ne vous a pas été demandé."))
    return redirect("privacy:mine")


@require_safe
@throttled("export", per="user", rate="20/h")
@acts_on(DataSubject, "subjects.manage_own")
@sensitive_file("privacy:mine")
def export(request: HttpRequest, subjects: Subjects) -> FileResponse:
    """Hand over everything: JSON, CSV and the person's files, in one ZIP."""
    user, now = reader(request), timezone.now()
    subject = get_object_or_404(subjects, user=user)
    account = {name: _rows(value) for name, value in data_of(user, now=now).items()}
    archive = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 -- closed once sent
    services.export_subject(
        subject=subject,
        stream=archive,
        by=user,
        now=now,
        also={"compte": Export(tables=account)},
    )
    archive.seek(0)
    name = f"mes-donnees-{timezone.localdate(now).isoformat()}.zip"
    return FileResponse(archive, as_attachment=True, filename=name)


@require_http_methods(["GET", "HEAD", "POST"])
@acts_on(DataSubject, "subjects.manage_own")
def ask(request: HttpRequest, subjects: Subjects) -> HttpResponse:
    """Ask the coordination for what one cannot do alone."""
    subject = get_object_or_404(subjects, user=reader(request))
    form = OwnRequestForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        filed = services.file_request(
            subject=subject,
            home=subject.home,
            channel=RequestChannel.SELF,
            by=request.user,
            now=timezone.now(),
            **form.cleaned_data,
        )
        day = timezone.localdate(filed.due_at)
        messages.success(
            request,
            _("Demande envoyée. Réponse au plus tard le %(day)s.") % {"day": f"{day:%d/%m/%Y}"},
        )
        return redirect("privacy:mine")
    status = 422 if form.errors else 200
    return render_page(request, "privacy/ask.html", {"form": form}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@acts_on(DataSubject, "subjects.manage_own")
def limit(request: HttpRequest, subjects: Subjects) -> HttpResponse:
    """Hide and freeze one's profile, after a question."""
    user, now = reader(request), timezone.now()
    subject = get_object_or_404(subjects, user=user)
    if request.method == "POST":
        services.limit_subject(subject=subject, by=user, now=now)
        services.note_own_act(
            subject=subject,
            kind=RequestKind.LIMITATION,
            answer=_("Fait par la personne."),
            by=user,
            now=now,
        )
        messages.success(request, _("Votre profil est caché et gelé."))
        return redirect("privacy:mine")
    return _confirm(request, limiting(), "privacy:limit")


@require_POST
@acts_on(DataSubject, "subjects.manage_own")
def lift(request: HttpRequest, subjects: Subjects) -> HttpResponse:
    """Show one's profile again to those one agreed to."""
    subject = get_object_or_404(subjects, user=reader(request))
    services.lift_limit(subject=subject, by=request.user, now=timezone.now())
    messages.success(request, _("Votre profil est de nouveau montré à qui vous l’avez accepté."))
    return redirect("privacy:mine")


@require_http_methods(["GET", "HEAD", "POST"])
@acts_on(DataSubject, "subjects.manage_own")
@sensitive
def erase(request: HttpRequest, subjects: Subjects) -> HttpResponse:
    """Erase one's profile for good, after a question."""
    user = reader(request)
    subject = get_object_or_404(subjects, user=user)
    if request.method == "POST":
        services.erase_subject(subject=subject, by=user, now=timezone.now(), asked=True)
        user.refresh_from_db()
        if user.is_active:
            messages.success(request, _("Votre profil est effacé. Votre compte reste ouvert."))
            return redirect("privacy:mine")
        logout(request)
        messages.success(request, _("Votre profil et votre compte sont effacés."))
        return redirect("web:home")
    return _confirm(request, erasing(), "privacy:erase")


def _consent_form(request: HttpRequest, subject: DataSubject) -> ConsentForm:
    known = [(one.purpose.code, one.scope) for one in consents_of(subject)]
    return ConsentForm(request.POST, known=known)


def _confirm(request: HttpRequest, words: dict[str, Any], url_name: str) -> HttpResponse:
    places = {"action": reverse(url_name), "cancel_href": reverse("privacy:mine")}
    return render_page(request, "privacy/confirm.html", {**words, **places})


def _rows(value: Any) -> list[dict[str, Any]]:
    """The parts of an account's data as tables: a sheet is a table of one row."""
    if isinstance(value, dict):
        return [value]
    return value if isinstance(value, list) else [{"value": value}]

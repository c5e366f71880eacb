"""Everybody's accounts, for administrators."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from ancrage.accounts import services
from ancrage.accounts.models import User
from ancrage.accounts.queries import accounts_matching, security_of, sessions_of
from ancrage.kit.tabular.writing import csv_lines
from ancrage.territory.models import TerritoryRole
from ancrage.territory.services import end_office, grant_office
from ancrage.web.access import acts_on, sensitive, sensitive_file
from ancrage.web.accounts.admin_forms import AccountFilterForm, OfficeForm
from ancrage.web.accounts.directory import roles_in_words, state_of, with_role, with_standing
from ancrage.web.accounts.journal import lines_about
from ancrage.web.accounts.standing import standing_of
from ancrage.web.journal import words_of
from ancrage.web.rendering import render_page
from ancrage.web.throttling import throttled

_PER_PAGE = 25
_LINES_SHOWN = 20


@require_safe
@acts_on(User, "accounts.list")
def user_list(request: HttpRequest, accounts: QuerySet[User]) -> HttpResponse:
    """Find an account by name, address, role or state."""
    form = AccountFilterForm(request.GET)
    found = _asked(accounts, form)
    page = Paginator(found, _PER_PAGE).get_page(request.GET.get("page"))
    rows = [(one, state_of(one), list(roles_in_words(one))) for one in page]
    total = page.paginator.count
    sentence = ngettext("%(count)d compte", "%(count)d comptes", total) % {"count": total}
    context = {"form": form, "page": page, "rows": rows, "total": sentence}
    return render_page(request, "accounts/user_list.html", context, fragment="results")


@require_safe
@throttled("export", per="user", rate="20/h")
@acts_on(User, "accounts.list")
@sensitive_file("accounts:user_list")
def user_export(request: HttpRequest, accounts: QuerySet[User]) -> StreamingHttpResponse:
    """Hand the accounts asked for over as a file."""
    header = [
        *(_("Nom"), _("Prénom"), _("Adresse électronique"), _("Fonction")),
        *(_("Rôles"), _("État"), _("Ouvert le"), _("Dernière connexion")),
    ]
    rows = (
        [
            *(one.last_name, one.first_name, one.email, one.job_title),
            *(", ".join(roles_in_words(one)), str(state_of(one).label)),
            *(timezone.localdate(one.created_at), _day(one.last_login)),
        ]
        for one in _asked(accounts, AccountFilterForm(request.GET)).iterator(chunk_size=500)
    )
    name = f"comptes-{timezone.localdate().isoformat()}.csv"
    return StreamingHttpResponse(
        csv_lines(header, rows),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@require_safe
@acts_on(User, "accounts.list")
def user_sheet(request: HttpRequest, accounts: QuerySet[User], pk: int) -> HttpResponse:
    """One account: what it opens, what protects it, what was done."""
    account = get_object_or_404(accounts, pk=pk)
    return _sheet(request, account, OfficeForm())


@require_POST
@acts_on(User, "accounts.appoint")
@sensitive
def user_appoint(request: HttpRequest, accounts: QuerySet[User], pk: int) -> HttpResponse:
    """Give an office in a territory."""
    account = get_object_or_404(accounts, pk=pk, is_active=True)
    form = OfficeForm(request.POST)
    if form.is_valid():
        try:
            grant_office(user=account, **form.cleaned_data, by=request.user, now=timezone.now())
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("La mission est confiée."))
            return redirect("accounts:user_sheet", account.pk)
    return _sheet(request, account, form, status=422)


@require_POST
@acts_on(TerritoryRole, "territory.appoint")
@sensitive
def user_dismiss(request: HttpRequest, roles: QuerySet[TerritoryRole], pk: int) -> HttpResponse:
    """End an office."""
    role = get_object_or_404(roles.select_related("territory"), pk=pk)
    _attempt(request, end_office, _("La mission est terminée."), role=role)
    return redirect("accounts:user_sheet", role.user_id)


def _changes_account(service: Callable[..., Any], done: Any, permission: str) -> Any:
    """Return the view that has `service` done on one account, then comes back to its sheet."""

    @require_POST
    @acts_on(User, permission)
    @sensitive
    def change(request: HttpRequest, accounts: QuerySet[User], pk: int) -> HttpResponse:
        account = get_object_or_404(accounts, pk=pk)
        _attempt(request, service, done, user=account)
        return redirect("accounts:user_sheet", account.pk)

    return change


user_close = _changes_account(
    services.close_account, gettext_lazy("Le compte est fermé."), "accounts.close"
)
user_reopen = _changes_account(
    services.reopen_account, gettext_lazy("Le compte est rouvert."), "accounts.close"
)
user_remove_second_factors = _changes_account(
    services.remove_second_factors,
    gettext_lazy("Les seconds facteurs sont retirés et les appareils déconnectés."),
    "accounts.close",
)
user_make_admin = _changes_account(
    services.grant_administration,
    gettext_lazy("L’administration est confiée à ce compte."),
    "accounts.appoint",
)
user_unmake_admin = _changes_account(
    services.withdraw_administration,
    gettext_lazy("L’administration est retirée à ce compte."),
    "accounts.appoint",
)


def _attempt(request: HttpRequest, service: Callable[..., Any], done: Any, **what: Any) -> None:
    try:
        service(**what, by=request.user, now=timezone.now())
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, done)


def _asked(accounts: QuerySet[User], form: AccountFilterForm) -> QuerySet[User]:
    asked = form.cleaned_data if form.is_valid() else {}
    found = accounts_matching(accounts, text=asked.get("q", ""), state=asked.get("state", ""))
    return with_standing(with_role(found, asked.get("role", "")))


def _day(moment: Any) -> Any:
    return timezone.localdate(moment) if moment else None


def _sheet(
    request: HttpRequest, account: User, form: OfficeForm, *, status: int = 200
) -> HttpResponse:
    lines = lines_about(account)[:_LINES_SHOWN]
    context = {
        "account": account,
        "state": state_of(account),
        "standing": standing_of(account),
        "security": security_of(account),
        "devices": len(sessions_of(account, now=timezone.now())),
        "lines": [(line, words_of(line.action)) for line in lines],
        "form": form,
        "is_self": account.pk == request.user.pk,
    }
    return render_page(request, "accounts/user_sheet.html", context, status=status)

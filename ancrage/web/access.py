"""The guard of every page: a view says which permission it needs and receives its rows.

A view carries its permission as an attribute; a test walks the URLs and fails on a view
without one. `GuardedByPolicyMiddleware` is the second lock: a view that no visitor may open
asks for a sign-in even if its decorator were forgotten.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from allauth.account.adapter import get_adapter
from allauth.account.decorators import reauthentication_required
from allauth.core.exceptions import ReauthenticationRequired
from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django_htmx.http import HttpResponseClientRedirect

from ancrage.accounts.models import User
from ancrage.accounts.policy import may, open_to_visitors, permitted

View = Callable[..., HttpResponseBase]

PUBLIC = "public"


def acts_on(model: type[Model], permission: str) -> Callable[[View], View]:
    """Guard a view of rows: it gets, after the request, the rows its reader may act on.

    A visitor is asked to sign in where signing in could help; a reader none of whose roles has
    the permission gets 403; a row out of the reader's scope is simply not among the rows (404).
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            refusal = _refuse(request, permission)
            if refusal is not None:
                return refusal
            rows = permitted(request.user, permission, model._default_manager.all())
            return view(request, rows, *args, **kwargs)

        guarded.permission = permission  # type: ignore[attr-defined]
        return guarded

    return decorate


def allowed(permission: str) -> Callable[[View], View]:
    """Guard a view that handles no row of its own (a dashboard, a creation form)."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            refusal = _refuse(request, permission)
            return refusal if refusal is not None else view(request, *args, **kwargs)

        guarded.permission = permission  # type: ignore[attr-defined]
        return guarded

    return decorate


def public(view: View) -> View:
    """Mark a page that says the same to everybody and holds nobody's rows."""
    view.permission = PUBLIC  # type: ignore[attr-defined]
    return view


def of_the_demo(view: View) -> View:
    """Answer that there is no such page anywhere but in the demo; goes above the guard."""

    @wraps(view)
    def shown(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not settings.DEMO:
            raise Http404
        return view(request, *args, **kwargs)

    return shown


def reader(request: HttpRequest) -> User:
    """Return the account behind a request that a guard has let through."""
    return cast(User, request.user)


def sensitive(view: View) -> View:
    """Ask again who one is (password, second factor) unless it was proved minutes ago.

    Goes under the guard; what was typed in a form is kept while the question is asked.
    """
    asked: View = reauthentication_required(app="ancrage.accounts")(view)
    return asked


def sensitive_file(back: str) -> Callable[[View], View]:
    """Be `sensitive`, for a view that hands over a file; `back` names the page its link is on.

    Sent straight to a file, a browser stays on the question it has just answered: once the reader
    has proved who they are, a page offers the file instead.
    """

    def decorate(view: View) -> View:
        asked = sensitive(view)

        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            try:
                return asked(request, *args, **kwargs)
            except ReauthenticationRequired:
                file = urlencode({"de": request.get_full_path()})
                ready = f"{reverse('accounts:file_ready')}?{file}"
                ways = get_adapter().get_reauthentication_methods(request.user)
                question = ways[0]["url"] if ways else reverse("account_reauthenticate")
                return redirect(f"{question}?{urlencode({'next': ready})}")

        guarded.file_from = back  # type: ignore[attr-defined]
        return guarded

    return decorate


def sessionless(view: View) -> View:
    """Mark a page that answers even when sessions cannot be read: health, for supervisors."""
    view.sessionless = True  # type: ignore[attr-defined]
    return view


def _refuse(request: HttpRequest, permission: str) -> HttpResponseBase | None:
    if may(request.user, permission):
        return None
    if request.user.is_authenticated:
        raise PermissionDenied
    return _ask_to_sign_in(request)


def _ask_to_sign_in(request: HttpRequest) -> HttpResponseBase:
    """Lead to the sign-in and back; never put its page inside the region htmx was refreshing."""
    htmx = getattr(request, "htmx", None)
    if htmx:
        page = htmx.current_url_abs_path or "/"
        return HttpResponseClientRedirect(redirect_to_login(page).url)
    return redirect_to_login(request.get_full_path())


class GuardedByPolicyMiddleware(LoginRequiredMiddleware):
    """Ask for a sign-in unless the view's permission is one that visitors may have."""

    def process_view(
        self, request: HttpRequest, view_func: View, view_args: Any, view_kwargs: Any
    ) -> HttpResponseBase | None:
        permission = getattr(view_func, "permission", None)
        if permission is not None and (permission == PUBLIC or open_to_visitors(permission)):
            return None
        return super().process_view(request, view_func, view_args, view_kwargs)

    def handle_no_permission(  # type: ignore[override]
        self, request: HttpRequest, view_func: View
    ) -> HttpResponseBase:
        """Ask for the sign-in as the guards of the views do."""
        return _ask_to_sign_in(request)

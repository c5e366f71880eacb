"""Where a reader lands."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_safe

from ancrage.accounts.enums import Role
from ancrage.accounts.policy import roles_of
from ancrage.web.access import allowed

# The page each role comes for, the busiest role first. A part that is not installed is passed.
_FIRST_PAGES: Sequence[tuple[Role, str]] = (
    (Role.COORDINATOR, "overview:overview"),
    (Role.EMPLOYER, "needs:list"),
    (Role.INSTITUTION, "overview:overview"),
    (Role.ADMIN, "accounts:user_list"),
)


@require_safe
@allowed("accounts.manage_own")
def after_login(request: HttpRequest) -> HttpResponse:
    """Lead a reader who has just signed in to the page their role comes for."""
    roles = roles_of(request.user)
    for role, url_name in _FIRST_PAGES:
        if role in roles:
            try:
                return HttpResponseRedirect(reverse(url_name))
            except NoReverseMatch:
                continue
    return redirect("web:home")

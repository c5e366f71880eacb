"""Where a reader lands."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from ancrage.accounts.enums import Role
from ancrage.accounts.policy import roles_of
from ancrage.web.access import allowed

# The page each role comes for, the busiest role first; others land on the home.
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
    return redirect(next((page for role, page in _FIRST_PAGES if role in roles), "web:home"))

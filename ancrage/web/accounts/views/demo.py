"""The one-click sign-in of the demo."""

from allauth.account.utils import perform_login
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from ancrage.accounts.demo import demo_accounts
from ancrage.accounts.queries import account_of
from ancrage.web.access import public


@public
@require_POST
def demo_sign_in(request: HttpRequest) -> HttpResponse:
    """Enter as one of the invented people of the demo; anywhere else, there is no such page."""
    email = request.POST.get("email", "")
    if not settings.DEMO or email not in {one.email for one in demo_accounts()}:
        raise Http404
    user = account_of(email)
    if user is None or not user.is_fictional:
        raise Http404
    response: HttpResponse = perform_login(request, user, email_verification="none")
    return response

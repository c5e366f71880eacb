"""« Mon compte » : who I am here, and what I may do."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django.views.i18n import set_language

from ancrage.accounts import services
from ancrage.web.access import allowed, public, reader
from ancrage.web.accounts.cookies import remember_language
from ancrage.web.accounts.forms import ProfileForm
from ancrage.web.accounts.standing import standing_of
from ancrage.web.rendering import render_page


@require_http_methods(["GET", "HEAD", "POST"])
@allowed("accounts.manage_own")
def profile(request: HttpRequest) -> HttpResponse:
    """Names, function and language."""
    user = reader(request)
    form = ProfileForm.of(user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.update_profile(user=user, **form.cleaned_data, by=user, now=timezone.now())
        messages.success(request, _("Votre profil est à jour."))
        response = redirect("accounts:profile")
        remember_language(response, user.language)
        return response
    status = 422 if form.errors else 200
    return render_page(request, "accounts/profile.html", {"form": form}, status=status)


@require_safe
@allowed("accounts.manage_own")
def roles(request: HttpRequest) -> HttpResponse:
    """The structures and territories one acts for, and in which capacity."""
    return render_page(request, "accounts/roles.html", {"standing": standing_of(reader(request))})


@public
@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """Change the language of the pages, and remember it for somebody who has an account."""
    response = set_language(request)
    language = request.POST.get("language", "")
    if request.user.is_authenticated and language in dict(settings.LANGUAGES):
        services.choose_language(
            user=reader(request), language=language, by=request.user, now=timezone.now()
        )
    return response

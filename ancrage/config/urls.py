"""The map of the site: French addresses, English names."""

from django.conf import settings
from django.urls import include, path

from ancrage.web.manifest import manifest

urlpatterns = [
    path("compte/", include("allauth.urls")),
    path("langue/", include("django.conf.urls.i18n")),
    path("manifest.webmanifest", manifest, name="manifest"),
    path("structures/", include("ancrage.web.partners.urls")),
    path("", include("ancrage.web.urls")),
]
if settings.SHOW_COMPONENTS:
    urlpatterns += [path("composants/", include("ancrage.web.components.urls"))]

handler400 = "ancrage.web.errors.bad_request"
handler403 = "ancrage.web.errors.permission_denied"
handler404 = "ancrage.web.errors.not_found"
handler500 = "ancrage.web.errors.server_error"

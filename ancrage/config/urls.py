"""The map of the site: French addresses, English names."""

from django.urls import include, path

urlpatterns = [
    path("compte/", include("allauth.urls")),
    path("langue/", include("django.conf.urls.i18n")),
    path("", include("ancrage.web.urls")),
]

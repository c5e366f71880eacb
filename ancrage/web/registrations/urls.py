"""Events announced to everybody, and what one's own link opens."""

from django.urls import path

from ancrage.web.registrations.views import own

app_name = "registrations"

urlpatterns = [
    path("moi/<str:token>/", own.personal, name="personal"),
]

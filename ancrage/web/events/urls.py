"""Events for those who organise them, under `evenements/gestion/`."""

from django.urls import path

from ancrage.web.events.views import home, listing

app_name = "events"

urlpatterns = [
    path("", listing.event_list, name="list"),
    path("<int:pk>/", home.detail, name="detail"),
]

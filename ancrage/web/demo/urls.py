"""The demo's pages of an event, under `evenements/gestion/<pk>/demonstration/`."""

from django.urls import path

from ancrage.web.demo import views

app_name = "demo"

urlpatterns = [
    path("", views.evening, name="evening"),
    path("suite/", views.play, name="play"),
    path("rejouer/", views.replay, name="replay"),
]

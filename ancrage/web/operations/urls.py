"""Addresses for supervisors."""

from django.urls import path

from ancrage.web.operations import views

app_name = "operations"

urlpatterns = [
    path("sante/", views.live, name="live"),
    path("sante/pret/", views.ready, name="ready"),
]

"""The directory of services as open data."""

from django.urls import path

from ancrage.web.open_directory import views

app_name = "open_directory"

urlpatterns = [
    path("", views.page, name="page"),
    path("annuaire.json", views.as_json, name="json"),
    path("annuaire.zip", views.as_zip, name="zip"),
]

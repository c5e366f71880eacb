"""Addresses of the aids."""

from django.urls import path

from ancrage.web.schemes import views

app_name = "schemes"

urlpatterns = [
    path("", views.scheme_list, name="list"),
    path("export.csv", views.schemes_csv, name="csv"),
    path("mes-aides/", views.mine, name="mine"),
    path("<slug:code>/", views.scheme, name="scheme"),
]

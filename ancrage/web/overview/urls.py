"""« Où, quand, quels métiers ? » and its files."""

from django.urls import path

from ancrage.web.overview import views

app_name = "overview"

urlpatterns = [
    path("", views.overview, name="overview"),
    path("tableau.csv", views.overview_csv, name="csv"),
    path("carte.svg", views.overview_map, name="map"),
]

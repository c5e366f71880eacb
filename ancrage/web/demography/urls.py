"""Medical demography: where access is worst, and what would change it."""

from django.urls import path

from ancrage.web.demography.views import commune, communes

app_name = "demography"

urlpatterns = [
    path("", communes.communes, name="communes"),
    path("export.csv", communes.communes_csv, name="communes_csv"),
    path("carte.svg", communes.communes_map, name="communes_map"),
    path("communes/<str:code>/", commune.commune, name="commune"),
]

"""Addresses of the territories."""

from django.urls import path

from ancrage.web.territory.views import areas, describing, perimeter, reading

app_name = "territories"

urlpatterns = [
    path("", reading.territory_list, name="list"),
    path("export.csv", reading.territories_csv, name="csv"),
    path("nouveau/", describing.create, name="create"),
    path("<slug:slug>/", reading.sheet, name="sheet"),
    path("<slug:slug>/modifier/", describing.edit, name="edit"),
    path("<slug:slug>/communes/", perimeter.choose, name="perimeter"),
    path("<slug:slug>/communes/confirmer/", perimeter.confirm, name="perimeter_confirm"),
    path("<slug:slug>/missions/", describing.appoint, name="appoint"),
    path("<slug:slug>/bassins/ajouter/", areas.add, name="area_add"),
    path("<slug:slug>/bassins/<int:pk>/", areas.edit, name="area_edit"),
    path("<slug:slug>/bassins/<int:pk>/supprimer/", areas.remove, name="area_remove"),
]

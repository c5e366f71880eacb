"""Addresses of the professions and specialties."""

from django.urls import path

from ancrage.web.professions.views import bridges, editing, reading, specialties

app_name = "professions"

urlpatterns = [
    path("", reading.profession_list, name="list"),
    path("export.csv", reading.professions_csv, name="csv"),
    path("export.xlsx", reading.professions_xlsx, name="xlsx"),
    path("annuler/", editing.undo, name="undo"),
    path("specialites/", specialties.specialty_list, name="specialties"),
    path("specialites/export.csv", specialties.specialties_csv, name="specialties_csv"),
    path("specialites/<slug:code>/retirer/", specialties.retire, name="specialty_retire"),
    path("specialites/<slug:code>/remettre/", specialties.reinstate, name="specialty_reinstate"),
    path("<slug:code>/", reading.sheet, name="sheet"),
    path("<slug:code>/passerelles/", bridges.bridges, name="bridges"),
    path("<slug:code>/modifier/", editing.edit, name="edit"),
    path("<slug:code>/ecritures/", editing.alias_add, name="alias_add"),
    path("<slug:code>/ecritures/<int:pk>/oublier/", editing.alias_close, name="alias_close"),
    path("<slug:code>/retirer/", editing.retire, name="retire"),
    path("<slug:code>/remettre/", editing.reinstate, name="reinstate"),
]

"""Who suits a need, which needs suit me, and the searches one keeps."""

from django.urls import path

from ancrage.web.finding.views import needs, profiles, saved, silencing

app_name = "finding"

urlpatterns = [
    path("besoins/<int:pk>/profils/", profiles.profiles, name="profiles"),
    path("besoins/<int:pk>/profils/export/", profiles.export, name="export"),
    path("besoins-pour-moi/", needs.own, name="needs"),
    path("besoins-pour-moi/export.csv", needs.export_csv, name="needs_csv"),
    path("recherches/", saved.searches, name="saved"),
    path("recherches/export.csv", saved.export_csv, name="saved_csv"),
    path("recherches/enregistrer/", saved.save, name="save"),
    path("recherches/annuler/", saved.undo, name="undo"),
    path("recherches/arreter/<str:token>/", silencing.silence, name="silence"),
    path("recherches/<int:pk>/", saved.edit, name="edit"),
    path("recherches/<int:pk>/ouvrir/", saved.open_search, name="open"),
    path("recherches/<int:pk>/supprimer/", saved.delete, name="delete"),
]

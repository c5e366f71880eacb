"""The plan room, under `evenements/gestion/<pk>/grille/`."""

from django.urls import path

from ancrage.web.meetings.views import pairs, people, room, trials, versions, weights

app_name = "meetings"

urlpatterns = [
    path("", room.room, name="room"),
    path("calculer/", room.build, name="build"),
    path("poids/", weights.edit, name="weights"),
    path("essais/", trials.what_if, name="what_if"),
    path("regles/", pairs.rules, name="rules"),
    path("paires/<int:host>/<int:visitor>/", pairs.pair, name="pair"),
    path("versions/<int:version>/", versions.detail, name="version"),
    path("versions/<int:version>/publier/", versions.publish, name="publish"),
    path("versions/<int:version>/comparer/", versions.compare, name="compare"),
    path("versions/<int:version>/export/", versions.export, name="export"),
    path("versions/<int:version>/participants/", people.listing, name="people"),
    path("versions/<int:version>/participants/<int:party>/", people.detail, name="person"),
    path("versions/<int:version>/voeux/", people.unmet, name="unmet"),
]

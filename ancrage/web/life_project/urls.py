"""One's own life project: told, answered, asked of partners, taken back."""

from django.urls import path

from ancrage.web.life_project.views import asking, keeping, sheet

app_name = "life_project"

urlpatterns = [
    path("", sheet.own, name="own"),
    path("ouvrir/", keeping.opening, name="open"),
    path("modifier/", keeping.edit, name="edit"),
    path("clore/", keeping.close, name="close"),
    path("retirer-mon-accord/", keeping.withdraw, name="withdraw"),
    path("cherche/<slug:kind>/", sheet.need, name="need"),
    path("demander/<int:pk>/", asking.ask, name="ask"),
    path("demandes/annuler/", asking.cancel, name="cancel"),
]

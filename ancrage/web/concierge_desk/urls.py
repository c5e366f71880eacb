"""The coordination follows life projects, under `conciergerie/suivi/`."""

from django.urls import path

from ancrage.web.concierge_desk import views

app_name = "concierge_desk"

urlpatterns = [
    path("", views.project_list, name="list"),
    path("export/", views.export, name="export"),
    path("besoins-sans-reponse/", views.unmet, name="unmet"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/demander/<int:offer>/", views.ask, name="ask"),
    path("<int:pk>/demandes/annuler/", views.cancel, name="cancel"),
    path("<int:pk>/issue/", views.outcome, name="outcome"),
]

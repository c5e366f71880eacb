"""Sheets, badges and lists of an event, under `evenements/gestion/<pk>/fiches/`.

`fiches/badges/?pour=person:12` proposes one person, `?pour=host` one side.
"""

from django.urls import path

from ancrage.web.handouts import views

app_name = "handouts"

urlpatterns = [
    path("<int:pk>/fiches/", views.index, name="index"),
    path("<int:pk>/fiches/<slug:kind>/", views.take, name="take"),
]

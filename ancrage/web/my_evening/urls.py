"""Behind a personal link: the evening. All stands below one address, the scope of its worker."""

from django.urls import path

from ancrage.web.my_evening import views

app_name = "my_evening"

urlpatterns = [
    path("moi/<str:token>/soiree/", views.show, name="show"),
    path("moi/<str:token>/soiree/suite/", views.refresh, name="refresh"),
    path("moi/<str:token>/soiree/revoir/<int:party>/", views.mark, name="mark"),
    path("moi/<str:token>/soiree/relais.js", views.worker, name="worker"),
]

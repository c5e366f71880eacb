"""Pages of no part in particular."""

from django.urls import path

from ancrage.web import views

app_name = "web"

urlpatterns = [
    path("", views.home, name="home"),
    path("bienvenue/", views.after_login, name="after_login"),
]

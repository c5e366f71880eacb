"""Pages of no part in particular."""

from django.urls import path

from ancrage.web import views
from ancrage.web.public.views import home

app_name = "web"

urlpatterns = [
    path("", home, name="home"),
    path("bienvenue/", views.after_login, name="after_login"),
]

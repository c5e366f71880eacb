"""Pages of no part in particular."""

from django.urls import URLPattern

app_name = "web"

urlpatterns: list[URLPattern] = []

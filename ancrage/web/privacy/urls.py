"""The register of processing, open to everybody."""

from django.urls import path

from ancrage.web.privacy import views

app_name = "privacy"

urlpatterns = [path("donnees-personnelles/", views.register, name="register")]

"""The welcome booklet: for anybody, then for one household."""

from django.urls import path

from ancrage.web.booklet import views

app_name = "booklet"

urlpatterns = [
    path("", views.general, name="general"),
    path("livret.pdf", views.general_pdf, name="general_pdf"),
    path("<int:pk>/", views.project, name="project"),
    path("<int:pk>/livret.pdf", views.project_pdf, name="project_pdf"),
]

"""Addresses of reports and of public figures."""

from django.urls import path

from ancrage.web.reports.views import keeping, public, reading

app_name = "reports"

urlpatterns = [
    path("", reading.report_list, name="list"),
    path("nouveau/", keeping.create, name="create"),
    path("chiffres-publics/", public.figures, name="public"),
    path("chiffres-publics/export.csv", public.figures_csv, name="public_csv"),
    path("chiffres-publics/choisir/", public.choose, name="public_choose"),
    path("<int:pk>/", reading.detail, name="detail"),
    path("<int:pk>/rapport.pdf", reading.pdf, name="pdf"),
    path("<int:pk>/rapport.xlsx", reading.xlsx, name="xlsx"),
    path("<int:pk>/calculer/", keeping.compute, name="compute"),
    path("<int:pk>/commentaire/<str:section>/", keeping.comment, name="comment"),
    path("<int:pk>/publier/", keeping.publish, name="publish"),
    path("<int:pk>/rouvrir/", keeping.reopen, name="reopen"),
    path("<int:pk>/abandonner/", keeping.discard, name="discard"),
]

"""After the evening: one's contacts behind the personal link, the report for the organisers."""

from django.urls import path

from ancrage.web.outcomes.views import own, report

app_name = "outcomes"

urlpatterns = [
    path("moi/<str:token>/suites/", own.own, name="own"),
    path("moi/<str:token>/suites/<int:pk>/", own.answer, name="answer"),
    path("moi/<str:token>/avis/", own.feedback, name="feedback"),
    path("gestion/bilans/", report.compared, name="compared"),
    path("gestion/<int:pk>/bilan/", report.report, name="report"),
    path("gestion/<int:pk>/bilan/fichier/", report.export, name="export"),
]

"""Journeys: the day, the lists, one person's page, what follows a hire."""

from django.urls import path

from ancrage.web.journeys.views import (
    answering,
    day,
    exports,
    figures,
    keeping,
    listing,
    parts,
    sheet,
    stays,
)

app_name = "journeys"

urlpatterns = [
    path("", listing.journey_list, name="list"),
    path("export/", exports.export, name="export"),
    path("ma-journee/", day.day, name="day"),
    path("perdues-de-vue/", listing.lost, name="lost"),
    path("perdues-de-vue/export/", exports.lost_export, name="lost_export"),
    path("alertes/", day.alerts, name="alerts"),
    path("chiffres/", figures.figures, name="figures"),
    path("chiffres/export.csv", figures.figures_csv, name="figures_csv"),
    path("chiffres/export.xlsx", figures.figures_xlsx, name="figures_xlsx"),
    path("mon-parcours/", sheet.own, name="own"),
    path("ouvrir/<int:pk>/", keeping.open_for, name="open"),
    path("nouvelles/merci/", answering.answer_done, name="answer_done"),
    path("nouvelles/<str:token>/", answering.answer, name="answer"),
    path("<int:pk>/", sheet.detail, name="detail"),
    path("<int:pk>/prochaine-action/", keeping.plan, name="plan"),
    path("<int:pk>/contact/", keeping.contact, name="contact"),
    path("<int:pk>/modifier/", keeping.edit, name="edit"),
    path("<int:pk>/terminer/", keeping.close, name="close"),
    path("<int:pk>/rouvrir/", keeping.reopen, name="reopen"),
    path("<int:pk>/etapes/", parts.step_add, name="step_add"),
    path("<int:pk>/immersion/", parts.immersion, name="immersion"),
    path("<int:pk>/poste/", stays.stay_open, name="stay_open"),
    path("etapes/<int:pk>/faite/", parts.step_done, name="step_done"),
    path("etapes/<int:pk>/a-refaire/", parts.step_reopen, name="step_reopen"),
    path("etapes/<int:pk>/retirer/", parts.step_remove, name="step_remove"),
    path("contacts/<int:pk>/retirer/", parts.contact_remove, name="contact_remove"),
    path("immersions/<int:pk>/", parts.settle, name="settle"),
    path("postes/<int:pk>/depart/", stays.stay_end, name="stay_end"),
    path("postes/<int:pk>/present/", stays.stay_confirm, name="stay_confirm"),
    path("postes/<int:pk>/retirer/", stays.stay_remove, name="stay_remove"),
    path("points/<int:pk>/reponse/", stays.follow_up_answer, name="follow_up_answer"),
    path("points/<int:pk>/rappele/", stays.called_back, name="called_back"),
]

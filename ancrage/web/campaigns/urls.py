"""Collection campaigns: prepared, answered, summed up."""

from django.urls import path

from ancrage.web.campaigns.views import answering, listing, results, running

app_name = "campaigns"

urlpatterns = [
    path("", listing.campaign_list, name="list"),
    path("nouvelle/", running.create, name="create"),
    path("<int:pk>/", running.detail, name="detail"),
    path("<int:pk>/modifier/", running.edit, name="edit"),
    path("<int:pk>/supprimer/", running.delete, name="delete"),
    path("<int:pk>/ouvrir/", running.open_, name="open"),
    path("<int:pk>/relancer/", running.remind, name="remind"),
    path("<int:pk>/clore/", running.close, name="close"),
    path("<int:pk>/rouvrir/", running.reopen, name="reopen"),
    path("<int:pk>/resultats/", results.results, name="results"),
    path("<int:pk>/resultats.csv", results.results_csv, name="results_csv"),
    path("<int:pk>/resultats.xlsx", results.results_xlsx, name="results_xlsx"),
    path("reponses/<int:pk>/", answering.answer, name="answer"),
    path("reponses/<int:pk>/classeur.xlsx", answering.workbook, name="workbook"),
    path("reponses/<int:pk>/relire/", answering.sheet, name="sheet"),
]

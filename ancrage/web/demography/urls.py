"""Medical demography: where access is worst, and what would change it."""

from django.urls import path

from ancrage.web.demography.views import (
    bringing,
    commune,
    communes,
    comparing,
    leaving,
    quality,
    scenario,
    scenario_files,
    scenarios,
    siting,
    sources,
)

app_name = "demography"

urlpatterns = [
    path("", communes.communes, name="communes"),
    path("export.csv", communes.communes_csv, name="communes_csv"),
    path("carte.svg", communes.communes_map, name="communes_map"),
    path("communes/<str:code>/", commune.commune, name="commune"),
    path("scenarios/", scenarios.scenarios, name="scenarios"),
    path("scenarios/nouveau/", scenarios.scenario_new, name="scenario_new"),
    path("scenarios/comparer/", comparing.compare, name="scenario_compare"),
    path("scenarios/<int:pk>/", scenario.scenario, name="scenario"),
    path("scenarios/<int:pk>/decrire/", scenario.describe, name="scenario_describe"),
    path("scenarios/<int:pk>/ajouter/", scenario.step_add, name="scenario_step"),
    path("scenarios/<int:pk>/retirer/", scenario.step_remove, name="scenario_unstep"),
    path("scenarios/<int:pk>/recalculer/", scenario.compute_again, name="scenario_again"),
    path("scenarios/<int:pk>/copier/", scenarios.scenario_copy, name="scenario_copy"),
    path("scenarios/<int:pk>/supprimer/", scenarios.scenario_delete, name="scenario_delete"),
    path("scenarios/<int:pk>/export.csv", scenario_files.scenario_csv, name="scenario_csv"),
    path("scenarios/<int:pk>/scenario.pdf", scenario_files.scenario_pdf, name="scenario_pdf"),
    path("ou-placer/", siting.siting, name="siting"),
    path("ou-placer/chercher/", siting.siting_ask, name="siting_ask"),
    path("ou-placer/<int:pk>/", siting.study, name="study"),
    path("ou-placer/<int:pk>/export.csv", siting.study_csv, name="study_csv"),
    path("ou-placer/<int:pk>/avancement/", siting.study_progress, name="study_progress"),
    path("ou-placer/<int:pk>/arreter/", siting.study_stop, name="study_stop"),
    path("ou-placer/<int:pk>/retirer/", siting.study_forget, name="study_forget"),
    path("ou-placer/<int:pk>/scenario/", siting.study_scenario, name="study_scenario"),
    path("departs/", leaving.leaving, name="leaving"),
    path("departs/export.csv", leaving.leaving_csv, name="leaving_csv"),
    path("qualite/", quality.quality, name="quality"),
    path("sources/", sources.sources, name="sources"),
    path("sources/<int:pk>/retirer/", sources.vintage_forget, name="vintage_forget"),
    path("sources/importer/", bringing.file_bring, name="file_bring"),
    path("sources/importer/<int:pk>/", bringing.file, name="file"),
    path("sources/importer/<int:pk>/avancement/", bringing.file_progress, name="file_progress"),
    path("sources/importer/<int:pk>/garder/", bringing.file_keep, name="file_keep"),
    path("sources/importer/<int:pk>/abandonner/", bringing.file_drop, name="file_drop"),
]

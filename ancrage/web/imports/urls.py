"""Imports: the list, the deposit, and one file from its columns to its result."""

from django.urls import path

from ancrage.web.imports.views import deciding, deposit, listing, mapping, reading

app_name = "imports"

urlpatterns = [
    path("", listing.import_list, name="list"),
    path("export.csv", listing.export_csv, name="export"),
    path("nouveau/", deposit.create, name="create"),
    path("modele/<slug:kind>.xlsx", deposit.template, name="template"),
    path("<int:pk>/", reading.detail, name="detail"),
    path("<int:pk>/avancement/", reading.progress, name="progress"),
    path("<int:pk>/rapport.xlsx", reading.report, name="report"),
    path("<int:pk>/colonnes/", mapping.columns, name="columns"),
    path("<int:pk>/feuille/", mapping.sheet, name="sheet"),
    path("<int:pk>/lignes/<int:line>/", deciding.line, name="line"),
    path("<int:pk>/decisions/", deciding.decide, name="decide"),
    path("<int:pk>/options/", deciding.options, name="options"),
    path("<int:pk>/appliquer/", deciding.apply, name="apply"),
    path("<int:pk>/abandonner/", deciding.abandon, name="abandon"),
    path("<int:pk>/retablir/", deciding.put_back, name="put_back"),
]

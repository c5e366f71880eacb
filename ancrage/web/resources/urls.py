"""Resources: the shelf, the sheet, writing, the life of a resource, the links of mails."""

from django.urls import path

from ancrage.web.resources.views import editing, exports, freshness, lifecycle, sheet, shelf

app_name = "resources"

urlpatterns = [
    path("", shelf.resource_list, name="list"),
    path("annuler/", lifecycle.undo, name="undo"),
    path("export.csv", exports.export_csv, name="export_csv"),
    path("export.xlsx", exports.export_xlsx, name="export_xlsx"),
    path("nouvelle/", editing.create, name="create"),
    path("actualite/<str:token>/", freshness.freshness, name="freshness"),
    path("actualite/fait/<str:token>/", freshness.freshness_done, name="freshness_done"),
    path("<int:pk>/", sheet.detail, name="detail"),
    path("<int:pk>/historique/", sheet.history, name="history"),
    path("<int:pk>/completer/", editing.complete, name="complete"),
    path("<int:pk>/modifier/", editing.edit, name="edit"),
    path("<int:pk>/dupliquer/", editing.duplicate, name="duplicate"),
    path("<int:pk>/supprimer/", editing.delete, name="delete"),
    path("<int:pk>/publier/", lifecycle.publish, name="publish"),
    path("<int:pk>/pause/", lifecycle.pause, name="pause"),
    path("<int:pk>/confirmer/", lifecycle.confirm, name="confirm"),
    path("<int:pk>/attribuer/", lifecycle.give, name="give"),
    path("<int:pk>/retirer/", lifecycle.withdraw, name="withdraw"),
    path("<int:pk>/rouvrir/", lifecycle.reopen, name="reopen"),
]

"""Addresses of the aids."""

from django.urls import path

from ancrage.web.schemes.views import dating, editing, reading, ruling

app_name = "schemes"

# The first words of the addresses that follow are reserved: no aid may be called so
# (`schemes.services.editing.RESERVED`).
urlpatterns = [
    path("", reading.scheme_list, name="list"),
    path("export.csv", reading.schemes_csv, name="csv"),
    path("nouvelle/", editing.create, name="create"),
    path("annuler/", dating.undo, name="undo"),
    path("mes-aides/", reading.mine, name="mine"),
    path("<slug:code>/", reading.scheme, name="scheme"),
    path("<slug:code>/modifier/", editing.edit, name="edit"),
    path("<slug:code>/montants/", editing.amounts, name="amounts"),
    path("<slug:code>/relue/", dating.checked, name="checked"),
    path("<slug:code>/clore/", dating.close, name="close"),
    path("<slug:code>/rouvrir/", dating.reopen, name="reopen"),
    path("<slug:code>/regle/", ruling.rule, name="rule"),
    path("<slug:code>/regle/essai/", ruling.rule_try, name="rule_try"),
    path("<slug:code>/regle/cas/", ruling.case_save, name="case_save"),
    path("<slug:code>/regle/cas/<int:pk>/retirer/", ruling.case_remove, name="case_remove"),
    path("<slug:code>/versions/", ruling.versions, name="versions"),
]

"""Addresses of the aids."""

from django.urls import path

from ancrage.web.schemes.views import (
    dating,
    editing,
    following,
    listing,
    mine,
    reading,
    ruling,
    zonings,
)

app_name = "schemes"

# The first words of the addresses that follow are reserved: no aid may be called so
# (`schemes.services.editing.RESERVED`).
urlpatterns = [
    path("", reading.scheme_list, name="list"),
    path("export.csv", reading.schemes_csv, name="csv"),
    path("nouvelle/", editing.create, name="create"),
    path("annuler/", dating.undo, name="undo"),
    path("mes-aides/", mine.mine, name="mine"),
    path("mes-aides/personne/<int:pk>/", mine.for_person, name="for_person"),
    path("mes-aides/structure/<int:pk>/", mine.for_structure, name="for_structure"),
    path("demenager/", mine.moving, name="moving"),
    path("zonages/", zonings.zonings, name="zonings"),
    path("zonages/retirer/", zonings.zoning_withdraw, name="zoning_withdraw"),
    path("demandes/", listing.request_list, name="requests"),
    path("demandes/export/", listing.requests_export, name="requests_export"),
    path("demandes/les-miennes/", listing.own_requests, name="own_requests"),
    path("demandes/structures/", listing.structure_requests, name="structure_requests"),
    path("demandes/annuler/", following.undo, name="request_undo"),
    path("demandes/<int:pk>/", following.detail, name="request"),
    path("demandes/<int:pk>/modifier/", following.edit, name="request_edit"),
    path("demandes/<int:pk>/suite/<slug:to>/", following.move, name="request_move"),
    path("<slug:code>/", reading.scheme, name="scheme"),
    path("<slug:code>/demander/", following.ask, name="ask"),
    path("<slug:code>/demander/personne/<int:pk>/", following.ask_person, name="ask_person"),
    path(
        "<slug:code>/demander/structure/<int:pk>/", following.ask_structure, name="ask_structure"
    ),
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

"""Profiles: one’s own, the coordination’s list and sheets, the cards of structures."""

from django.urls import path

from ancrage.web.candidates.views import (
    answering,
    cards,
    duplicates,
    editing,
    exports,
    files,
    listing,
    looking,
    sheets,
)

app_name = "candidates"

urlpatterns = [
    path("mon-profil/", sheets.own, name="own"),
    path("mon-profil/reprendre/<int:pk>/", sheets.claim, name="claim"),
    path("mon-profil/vivier/", sheets.pool, name="pool"),
    path("vivier/", cards.card_list, name="cards"),
    path("profils/", listing.candidate_list, name="list"),
    path("profils/en-attente/", listing.waiting_list, name="waiting"),
    path("profils/export/", exports.export, name="export"),
    path("profils/saisir/", editing.enter, name="enter"),
    path("profils/doublons/", duplicates.pairs, name="duplicates"),
    path("profils/doublons/export/", duplicates.export, name="duplicates_export"),
    path("profils/annuler/", duplicates.undo, name="undo"),
    path("profils/repondre/<str:token>/", answering.confirm, name="confirm"),
    path("profils/<int:pk>/", sheets.detail, name="detail"),
    path("profils/<int:pk>/reponse/", answering.note_answer, name="note_answer"),
    path("profils/<int:pk>/recherche/", looking.looking, name="looking"),
    path("profils/<int:pk>/modifier/<slug:step>/", editing.edit, name="edit"),
    path("profils/<int:pk>/fusionner/<int:other>/", duplicates.merge, name="merge"),
    path("profils/<int:pk>/distinct/<int:other>/", duplicates.distinct, name="distinct"),
    path("profils/<int:pk>/documents/ajouter/", files.document_add, name="document_add"),
    path("profils/<int:pk>/justificatifs/ajouter/", files.proof_add, name="proof_add"),
    path("documents/<int:pk>/", files.document_read, name="document"),
    path("documents/<int:pk>/retirer/", files.document_withdraw, name="document_withdraw"),
    path("justificatifs/<int:pk>/renouveler/", files.proof_renew, name="proof_renew"),
    path("justificatifs/<int:pk>/verifier/", files.proof_check, name="proof_check"),
]

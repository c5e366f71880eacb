from django.urls import path

from ancrage.web.charter.views import drafting, reading

app_name = "charter"

urlpatterns = [
    path("", reading.current, name="current"),
    path("versions/<int:number>/", reading.version, name="version"),
    path("signatures/", reading.signatures, name="signatures"),
    path("signatures.csv", reading.signatures_csv, name="signatures_csv"),
    path("projet/", drafting.draft, name="draft"),
    path("projet/ouvrir/", drafting.draft_start, name="draft_start"),
    path("projet/<int:pk>/texte/", drafting.draft_text, name="draft_text"),
    path("projet/<int:pk>/engagements/", drafting.commitment_add, name="commitment_add"),
    path(
        "projet/<int:pk>/engagements/<int:position>/",
        drafting.commitment_edit,
        name="commitment_edit",
    ),
    path(
        "projet/<int:pk>/engagements/<int:position>/deplacer/",
        drafting.commitment_move,
        name="commitment_move",
    ),
    path(
        "projet/<int:pk>/engagements/<int:position>/retirer/",
        drafting.commitment_remove,
        name="commitment_remove",
    ),
    path("projet/<int:pk>/publier/", drafting.publish, name="publish"),
    path("projet/<int:pk>/abandonner/", drafting.discard, name="discard"),
]

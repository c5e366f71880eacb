"""Addresses of one's own account, and of everybody's for administrators."""

from django.urls import path

from ancrage.web.accounts.views import data, demo, own, security

app_name = "accounts"

urlpatterns = [
    path("compte/connexion/demonstration/", demo.demo_sign_in, name="demo_sign_in"),
    path("compte/", own.profile, name="profile"),
    path("compte/roles/", own.roles, name="roles"),
    path("compte/securite/", security.security, name="security"),
    path("compte/securite/appareils/<int:pk>/fermer/", security.session_end, name="session_end"),
    path(
        "compte/securite/appareils/fermer-les-autres/",
        security.sessions_end_others,
        name="sessions_end_others",
    ),
    path(
        "compte/second-facteur/obligatoire/",
        security.second_factor_setup,
        name="second_factor_setup",
    ),
    path("compte/jetons/", security.tokens, name="tokens"),
    path("compte/jetons/<int:pk>/revoquer/", security.token_revoke, name="token_revoke"),
    path("compte/donnees/", data.data, name="data"),
    path("compte/donnees/telecharger/", data.download, name="download"),
    path("compte/donnees/fermer/", data.close, name="close"),
]

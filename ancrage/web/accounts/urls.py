"""Addresses of one's own account, and of everybody's for administrators."""

from django.urls import path

from ancrage.web.accounts.views import administration, data, demo, journal, own, security

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
    path("compte/presence/", security.presence, name="presence"),
    path("compte/jetons/", security.tokens, name="tokens"),
    path("compte/jetons/<int:pk>/revoquer/", security.token_revoke, name="token_revoke"),
    path("compte/fichier/", data.file_ready, name="file_ready"),
    path("compte/donnees/telecharger/", data.download, name="download"),
    path("compte/donnees/fermer/", data.close, name="close"),
    # --- for administrators
    path("administration/comptes/", administration.user_list, name="user_list"),
    path("administration/comptes.csv", administration.user_export, name="user_export"),
    path("administration/comptes/<int:pk>/", administration.user_sheet, name="user_sheet"),
    path("administration/comptes/<int:pk>/fermer/", administration.user_close, name="user_close"),
    path(
        "administration/comptes/<int:pk>/rouvrir/", administration.user_reopen, name="user_reopen"
    ),
    path(
        "administration/comptes/<int:pk>/second-facteur/retirer/",
        administration.user_remove_second_factors,
        name="user_remove_second_factors",
    ),
    path(
        "administration/comptes/<int:pk>/administration/confier/",
        administration.user_make_admin,
        name="user_make_admin",
    ),
    path(
        "administration/comptes/<int:pk>/administration/retirer/",
        administration.user_unmake_admin,
        name="user_unmake_admin",
    ),
    path(
        "administration/comptes/<int:pk>/missions/",
        administration.user_appoint,
        name="user_appoint",
    ),
    path(
        "administration/missions/<int:pk>/terminer/",
        administration.user_dismiss,
        name="user_dismiss",
    ),
    path("administration/journal/", journal.audit, name="audit"),
    path("administration/journal.csv", journal.audit_export, name="audit_export"),
]

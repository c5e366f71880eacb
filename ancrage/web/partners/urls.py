from django.urls import path

from ancrage.web.partners.views import charter, directory, invitation, members, sheet, sites

app_name = "partners"

urlpatterns = [
    path("", directory.partner_list, name="list"),
    path("export.csv", directory.partners_csv, name="csv"),
    path("export.xlsx", directory.partners_xlsx, name="xlsx"),
    path("nouvelle/", directory.partner_create, name="create"),
    path("invitation/<str:token>/", invitation.invitation, name="invitation"),
    path(
        "invitation/<str:token>/accepter/", invitation.invitation_accept, name="invitation_accept"
    ),
    path("<slug:slug>/", sheet.sheet, name="sheet"),
    path("<slug:slug>/modifier/", sheet.partner_edit, name="edit"),
    path("<slug:slug>/communes/", sheet.perimeter, name="perimeter"),
    path("<slug:slug>/historique/", sheet.history, name="history"),
    path("<slug:slug>/retirer/", sheet.partner_leave, name="leave"),
    path("<slug:slug>/reintegrer/", sheet.partner_rejoin, name="rejoin"),
    path("<slug:slug>/sites/", sites.sites, name="sites"),
    path("<slug:slug>/sites/ajouter/", sites.site_add, name="site_add"),
    path("<slug:slug>/sites/<int:pk>/", sites.site_edit, name="site_edit"),
    path("<slug:slug>/sites/<int:pk>/fermer/", sites.site_close, name="site_close"),
    path("<slug:slug>/sites/<int:pk>/rouvrir/", sites.site_reopen, name="site_reopen"),
    path("<slug:slug>/sites/<int:pk>/services/", sites.unit_add, name="unit_add"),
    path("<slug:slug>/services/<int:pk>/", sites.unit_rename, name="unit_rename"),
    path("<slug:slug>/services/<int:pk>/retirer/", sites.unit_remove, name="unit_remove"),
    path("<slug:slug>/membres/", members.members, name="members"),
    path("<slug:slug>/membres/inviter/", members.invite, name="invite"),
    path("<slug:slug>/membres/<int:pk>/", members.member_edit, name="member_edit"),
    path("<slug:slug>/membres/<int:pk>/retirer/", members.member_remove, name="member_remove"),
    path(
        "<slug:slug>/invitations/<int:pk>/renvoyer/",
        members.invitation_resend,
        name="invitation_resend",
    ),
    path(
        "<slug:slug>/invitations/<int:pk>/annuler/",
        members.invitation_cancel,
        name="invitation_cancel",
    ),
    path("<slug:slug>/charte/", charter.charter, name="charter"),
    path("<slug:slug>/charte/signer/", charter.sign, name="sign"),
]

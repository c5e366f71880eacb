from django.urls import path

from ancrage.web.partners.views import invitation

app_name = "partners"

urlpatterns = [
    path("invitation/<str:token>/", invitation.invitation, name="invitation"),
    path(
        "invitation/<str:token>/accepter/",
        invitation.invitation_accept,
        name="invitation_accept",
    ),
]

"""First contacts: the public form, the coordination's queue."""

from django.urls import path

from ancrage.web.contacts import exports, views

app_name = "contacts"

urlpatterns = [
    path("me-faire-connaitre/", views.contact, name="contact"),
    path("me-faire-connaitre/merci/", views.thanks, name="thanks"),
    path("prises-de-contact/", views.contact_list, name="list"),
    path("prises-de-contact/export/", exports.contact_export, name="export"),
    path("prises-de-contact/<int:pk>/", views.contact_detail, name="detail"),
    path("prises-de-contact/<int:pk>/repondue/", views.contact_answer, name="answer"),
    path("prises-de-contact/<int:pk>/rouvrir/", views.contact_reopen, name="reopen"),
]

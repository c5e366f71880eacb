"""Addresses of the demo's mailbox."""

from django.urls import path

from ancrage.web.mailbox import views

app_name = "mailbox"

urlpatterns = [
    path("demonstration/courriels/", views.mail_list, name="list"),
    path("demonstration/courriels/<slug:name>/", views.mail_detail, name="detail"),
]

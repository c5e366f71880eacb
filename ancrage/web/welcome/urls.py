"""The concierge: the directory, the offers of a partner, the requests it answers, its links."""

from django.urls import path

from ancrage.web.welcome.views import answering, directory, keeping, replying

app_name = "welcome"

urlpatterns = [
    path("", directory.offer_list, name="list"),
    path("export.csv", directory.offers_csv, name="csv"),
    path("offres/<int:pk>/", directory.offer, name="offer"),
    path("nos-offres/", keeping.own_list, name="own"),
    path("nos-offres/<int:pk>/conditions/", keeping.terms, name="terms"),
    path("nos-offres/<int:pk>/calendrier/", keeping.calendar, name="calendar"),
    path("demandes/", answering.request_list, name="requests"),
    path("demandes/export/", answering.requests_export, name="requests_export"),
    path("demandes/<int:pk>/", answering.detail, name="request"),
    path("demandes/<int:pk>/accorder/", answering.grant, name="grant"),
    path("demandes/<int:pk>/refuser/", answering.refuse, name="refuse"),
    path("demandes/<int:pk>/annuler-la-reponse/", answering.undo, name="undo_answer"),
    path("demandes/<int:pk>/annuler-la-place/", answering.cancel, name="cancel"),
    path("reponse/<str:token>/", replying.reply, name="reply"),
    path("reponse/faite/<str:token>/", replying.reply_done, name="reply_done"),
]

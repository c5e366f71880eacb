"""Events announced to everybody, and what one's own link opens."""

from django.urls import path

from ancrage.web.registrations.views import listing, own, registering

app_name = "registrations"

urlpatterns = [
    path("", listing.event_list, name="list"),
    path("moi/<str:token>/", own.personal, name="personal"),
    path("moi/<str:token>/reponses/", own.answers, name="answers"),
    path("moi/<str:token>/presence/", own.presence, name="presence"),
    path("moi/<str:token>/fiche/", own.sharing, name="sharing"),
    path("moi/<str:token>/autre-lien/", own.renew, name="renew"),
    path("moi/<str:token>/rencontre.ics", own.own_calendar, name="own_calendar"),
    path("<slug:slug>/", listing.event, name="event"),
    path("<slug:slug>/rencontre.ics", listing.calendar, name="calendar"),
    path("<slug:slug>/lien/", registering.lost_link, name="lost_link"),
    path("<slug:slug>/lien/envoye/", registering.link_sent, name="link_sent"),
    path("<slug:slug>/inscription/<slug:role>/", registering.register, name="register"),
    path("<slug:slug>/inscrit/<str:result>/", registering.done, name="done"),
]

"""The public offers: list, page, feed, file."""

from django.urls import path

from ancrage.web.offers import views

app_name = "offers"

urlpatterns = [
    path("", views.offer_list, name="list"),
    path("offres.csv", views.offers_csv, name="csv"),
    path("fil.atom", views.offers_feed, name="feed"),
    path("<int:pk>/", views.offer_short, name="short"),
    path("<int:pk>/<slug:slug>/", views.offer, name="offer"),
]

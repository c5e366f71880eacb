"""Behind a personal link: the sheets of the other side, and one's wishes."""

from django.urls import path

from ancrage.web.wishes import views

app_name = "wishes"

urlpatterns = [
    path("moi/<str:token>/voeux/", views.choose, name="choose"),
    path("moi/<str:token>/voeux/dire/", views.say, name="say"),
]

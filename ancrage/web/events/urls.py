"""Events for those who organise them, under `evenements/gestion/`."""

from django.urls import path

from ancrage.web.events.views import home, listing, questions, room, settings

app_name = "events"

_QUESTION = "<int:pk>/questions/<int:question>/"

urlpatterns = [
    path("", listing.event_list, name="list"),
    path("nouveau/", settings.create, name="create"),
    path("<int:pk>/", home.detail, name="detail"),
    path("<int:pk>/etat/<slug:after>/", home.move, name="move"),
    path("<int:pk>/modifier/", settings.edit, name="edit"),
    path("<int:pk>/inscription/", questions.registration, name="registration"),
    path("<int:pk>/cotes/", settings.sides, name="sides"),
    path("<int:pk>/questions/<slug:role>/nouvelle/", questions.question_add, name="question_add"),
    path(_QUESTION, questions.question_edit, name="question_edit"),
    path(f"{_QUESTION}deplacer/", questions.question_move, name="question_move"),
    path(f"{_QUESTION}supprimer/", questions.question_delete, name="question_delete"),
    path("<int:pk>/horaires/", settings.hours, name="hours"),
    path("<int:pk>/salle/", room.room, name="room"),
    path("<int:pk>/salle/nombre/", room.room_count, name="room_count"),
    path("<int:pk>/salle/rangees/", room.room_rows, name="room_rows"),
]

"""Events for those who organise them, under `evenements/gestion/`."""

from django.urls import path

from ancrage.web.events.views import (
    duplicates,
    ending,
    exports,
    home,
    listing,
    people,
    person,
    questions,
    room,
    settings,
)

app_name = "events"

_QUESTION = "<int:pk>/questions/<int:question>/"
_PEOPLE = "<int:pk>/participants/"
_PERSON = f"{_PEOPLE}<int:participant>/"

urlpatterns = [
    path("", listing.event_list, name="list"),
    path("export.csv", exports.export_csv, name="export_csv"),
    path("export.xlsx", exports.export_xlsx, name="export_xlsx"),
    path("nouveau/", settings.create, name="create"),
    path("<int:pk>/", home.detail, name="detail"),
    path("<int:pk>/etat/<slug:after>/", home.move, name="move"),
    path("<int:pk>/annuler/", ending.cancel, name="cancel"),
    path("<int:pk>/retablir/", ending.restore, name="restore"),
    path("<int:pk>/supprimer/", ending.delete, name="delete"),
    path("<int:pk>/modifier/", settings.edit, name="edit"),
    path("<int:pk>/inscription/", questions.registration, name="registration"),
    path("<int:pk>/cotes/", settings.sides, name="sides"),
    path("<int:pk>/questions/<slug:role>/nouvelle/", questions.question_add, name="question_add"),
    path(_QUESTION, questions.question_edit, name="question_edit"),
    path(f"{_QUESTION}deplacer/", questions.question_move, name="question_move"),
    path(f"{_QUESTION}supprimer/", questions.question_delete, name="question_delete"),
    path(_PEOPLE, people.people, name="people"),
    path(f"{_PEOPLE}doublons/", duplicates.duplicates, name="duplicates"),
    path(f"{_PERSON}garder/<int:other>/", duplicates.merge, name="merge"),
    path(f"{_PERSON}distinguer/<int:other>/", duplicates.apart, name="apart"),
    path(f"{_PERSON}comparer/<int:other>/", duplicates.again, name="compare_again"),
    path(f"{_PEOPLE}exporter/", people.export, name="people_export"),
    path(f"{_PEOPLE}ajouter/<slug:role>/", people.add, name="person_add"),
    path(_PERSON, person.sheet, name="participant"),
    path(f"{_PERSON}modifier/", person.edit, name="person_edit"),
    path(f"{_PERSON}desistement/", person.cancel, name="person_cancel"),
    path(f"{_PERSON}place/", person.place, name="person_place"),
    path(f"{_PERSON}reprendre/", person.reinstate, name="person_reinstate"),
    path(f"{_PERSON}groupe/", person.party, name="party_edit"),
    path(f"{_PERSON}reunir/", person.join, name="party_join"),
    path(f"{_PERSON}separer/", person.leave, name="party_leave"),
    path("<int:pk>/horaires/", settings.hours, name="hours"),
    path("<int:pk>/salle/", room.room, name="room"),
    path("<int:pk>/salle/nombre/", room.room_count, name="room_count"),
    path("<int:pk>/salle/rangees/", room.room_rows, name="room_rows"),
]

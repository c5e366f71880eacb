"""The evening itself: the organiser's page, the doors, the rounds, the screen of the room."""

from django.urls import path

from ancrage.web.evenings.views import doors, evening, held, people, projector, replanning, room

app_name = "evenings"

_EVENING = "gestion/<int:pk>/soiree/"

urlpatterns = [
    path(_EVENING, evening.evening, name="evening"),
    path(f"{_EVENING}en-direct/", evening.pulse, name="pulse"),
    path(f"{_EVENING}ouvrir/", doors.open_doors, name="open"),
    path(f"{_EVENING}clore/", doors.close_doors, name="close"),
    path(f"{_EVENING}arrivee/<str:badge>/", people.person, name="person"),
    path(f"{_EVENING}sur-place/", people.walk_in, name="walk_in"),
    path(f"{_EVENING}tous/", people.everybody, name="everybody"),
    path(f"{_EVENING}tous/annuler/", people.everybody_back, name="everybody_back"),
    path(f"{_EVENING}tours/<int:number>/", held.held, name="held"),
    path(f"{_EVENING}tenue/<int:meeting>/", held.correct, name="correct_held"),
    path(f"{_EVENING}tour/", room.act_on_round, name="round"),
    path(f"{_EVENING}salle/", room.room, name="room"),
    path(f"{_EVENING}table/<int:table>/", room.table, name="table"),
    path(f"{_EVENING}recalculer/", replanning.replan, name="replan"),
    path(f"{_EVENING}projection/", projector.projector, name="projector"),
    path(f"{_EVENING}projection/etat/", projector.stage, name="stage"),
]

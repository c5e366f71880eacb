"""Addresses of the roadmap: the whole, its keeping, the meeting, what structures pool."""

from django.urls import path

from ancrage.web.roadmap.views import actions, board, indicators, keeping, meetings, safety

app_name = "roadmap"

_HALF = "conditions-de-travail/<slug:slug>/<int:year>/<int:half>"

urlpatterns = [
    path("", board.roadmap_list, name="list"),
    path("nouvelle/", keeping.create, name="create"),
    path("annuler/", keeping.undo, name="undo"),
    path("<int:pk>/", board.detail, name="detail"),
    path("<int:pk>/modifier/", keeping.edit, name="edit"),
    path("<int:pk>/etat/", keeping.move, name="move"),
    path("<int:pk>/retards/", board.late, name="late"),
    path("<int:pk>/retards/export.csv", board.late_csv, name="late_csv"),
    path("<int:pk>/journal/", board.log, name="log"),
    path("<int:pk>/reunion/", meetings.meeting, name="meeting"),
    path("<int:pk>/reunion/noter/", meetings.meeting_new, name="meeting_new"),
    path("<int:pk>/reunion/decision/", meetings.decision_new, name="decision_new"),
    path("decisions/<int:pk>/retirer/", meetings.decision_remove, name="decision_remove"),
    path("<int:pk>/axes/nouveau/", keeping.axis_new, name="axis_new"),
    path("axes/<int:pk>/modifier/", keeping.axis_edit, name="axis_edit"),
    path("axes/<int:pk>/retirer/", keeping.axis_remove, name="axis_remove"),
    path("axes/<int:pk>/action/", actions.action_new, name="action_new"),
    path("axes/<int:pk>/indicateur/", indicators.indicator_new, name="indicator_new"),
    path("actions/<int:pk>/", actions.action, name="action"),
    path("actions/<int:pk>/modifier/", actions.action_edit, name="action_edit"),
    path("actions/<int:pk>/etat/", actions.action_move, name="action_move"),
    path("actions/<int:pk>/arreter/", actions.action_stop, name="action_stop"),
    path("actions/<int:pk>/retirer/", actions.action_remove, name="action_remove"),
    path("actions/<int:pk>/jalon/", actions.milestone_new, name="milestone_new"),
    path("jalons/<int:pk>/modifier/", actions.milestone_edit, name="milestone_edit"),
    path("jalons/<int:pk>/atteint/", actions.milestone_reached, name="milestone_reached"),
    path("jalons/<int:pk>/retirer/", actions.milestone_remove, name="milestone_remove"),
    path("actions/<int:pk>/document/", actions.document_new, name="document_new"),
    path("documents/<int:pk>/", actions.document, name="document"),
    path("documents/<int:pk>/retirer/", actions.document_remove, name="document_remove"),
    path("indicateurs/<int:pk>/", indicators.indicator, name="indicator"),
    path("indicateurs/<int:pk>/modifier/", indicators.indicator_edit, name="indicator_edit"),
    path("indicateurs/<int:pk>/retirer/", indicators.indicator_remove, name="indicator_remove"),
    path("indicateurs/<int:pk>/valeur/", indicators.value_give, name="value_give"),
    path("valeurs/<int:pk>/retirer/", indicators.value_withdraw, name="value_withdraw"),
    path("conditions-de-travail/", safety.safety, name="safety"),
    path(f"{_HALF}/", safety.report, name="safety_report"),
    path(f"{_HALF}/clore/", safety.close, name="safety_close"),
    path("bonnes-pratiques/", safety.practices, name="practices"),
    path("bonnes-pratiques/<slug:slug>/nouvelle/", safety.practice_new, name="practice_new"),
    path("bonnes-pratiques/<int:pk>/", safety.practice_edit, name="practice_edit"),
    path("bonnes-pratiques/<int:pk>/retirer/", safety.practice_remove, name="practice_remove"),
    path("bonnes-pratiques/<int:pk>/remettre/", safety.practice_restore, name="practice_restore"),
]

"""Introductions: the board, one and its steps, one's own, the links of mails, the plan."""

from django.urls import path

from ancrage.web.introductions.views import (
    agreeing,
    beginning,
    board,
    documents,
    exports,
    own,
    plan,
    proposal,
    sheet,
    steps,
)

app_name = "introductions"

urlpatterns = [
    path("", board.board, name="board"),
    path("liste/", board.introduction_list, name="list"),
    path("liste/lot/", board.bulk, name="bulk"),
    path("export.csv", exports.export_csv, name="export_csv"),
    path("export.xlsx", exports.export_xlsx, name="export_xlsx"),
    path("annuler/", steps.undo, name="undo"),
    path("miennes/", own.own, name="own"),
    path("proposer/", beginning.propose, name="propose"),
    path("demander/<slug:card>/", beginning.request_from_card, name="request"),
    path("candidater/<int:need_pk>/", beginning.apply, name="apply"),
    path("reponse/<str:token>/", proposal.proposal, name="proposal"),
    path("reponse/donnee/<str:token>/", proposal.proposal_done, name="proposal_done"),
    path("plan/", plan.plan, name="plan"),
    path("plan/calculer/", plan.plan_make, name="plan_make"),
    path("plan/<int:pk>/", plan.plan_run, name="plan_run"),
    path("plan/<int:pk>/avancement/", plan.plan_progress, name="plan_progress"),
    path("plan/<int:pk>/choix/", plan.plan_choose, name="plan_choose"),
    path("plan/<int:pk>/proposer/", plan.plan_propose, name="plan_propose"),
    path("plan/<int:pk>/export.csv", plan.plan_csv, name="plan_csv"),
    path("<int:pk>/", sheet.detail, name="detail"),
    path("<int:pk>/message/", sheet.message, name="message"),
    path("<int:pk>/etape/", steps.step, name="step"),
    path("<int:pk>/documents/", documents.documents, name="documents"),
    path("documents/<int:pk>/", documents.document, name="document"),
    path("<int:pk>/transmettre/", agreeing.relay, name="relay"),
    path("<int:pk>/accord/", agreeing.agree, name="agree"),
    path("<int:pk>/accord-recueilli/", agreeing.note_agreement, name="note_agreement"),
    path("<int:pk>/rendez-vous/", steps.meeting, name="meeting"),
    path("<int:pk>/rendez-vous.ics", exports.meeting_ics, name="meeting_ics"),
    path("<int:pk>/embauche/", steps.hire, name="hire"),
    path("<int:pk>/clore/", steps.close, name="close"),
]

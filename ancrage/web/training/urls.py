"""Addresses of training: what everybody reads, what is kept, one's own, the plan."""

from django.urls import path

from ancrage.web.training.views import exports, keeping, money, own, people, plans, public

app_name = "training"

urlpatterns = [
    path("", public.run_list, name="list"),
    path("export.csv", public.runs_csv, name="csv"),
    path("agenda.ics", public.agenda, name="agenda"),
    path("catalogue/", public.course_list, name="courses"),
    path("sessions/<int:pk>/", public.run, name="run"),
    path("sessions/<int:pk>/agenda.ics", public.run_ics, name="run_ics"),
    path("gestion/", keeping.desk, name="desk"),
    path("gestion/organismes/<slug:slug>/", keeping.provider, name="provider"),
    path("gestion/organismes/<slug:slug>/formation/", keeping.course_new, name="course_new"),
    path("gestion/formations/<int:pk>/", keeping.course_edit, name="course_edit"),
    path("gestion/formations/<int:pk>/retirer/", keeping.course_archive, name="course_archive"),
    path("gestion/formations/<int:pk>/session/", keeping.run_new, name="run_new"),
    path("gestion/sessions/<int:pk>/modifier/", keeping.run_edit, name="run_edit"),
    path("gestion/sessions/<int:pk>/etat/", keeping.run_move, name="run_move"),
    path("gestion/sessions/<int:pk>/seances/", keeping.session_add, name="session_add"),
    path("gestion/seances/<int:pk>/retirer/", keeping.session_remove, name="session_remove"),
    path("gestion/sessions/<int:pk>/", people.manage, name="manage"),
    path("gestion/sessions/<int:pk>/inscrire/", people.enrol, name="enrol"),
    path("gestion/sessions/<int:pk>/export/", exports.export, name="export"),
    path("gestion/seances/<int:pk>/presences/", people.attendance, name="attendance"),
    path("gestion/inscriptions/<int:pk>/", people.enrolment, name="enrolment"),
    path("gestion/inscriptions/<int:pk>/financement/", money.funding_new, name="funding_new"),
    path("gestion/financements/<int:pk>/", money.funding, name="funding"),
    path("mes-formations/", own.own, name="own"),
    path("mes-formations/agenda.ics", own.own_ics, name="own_ics"),
    path("mes-formations/souhait/", own.wish_new, name="wish_new"),
    path("mes-formations/souhaits/<int:pk>/modifier/", own.wish_edit, name="wish_edit"),
    path("mes-formations/souhaits/<int:pk>/", own.wish_move, name="wish_move"),
    path("mes-formations/places/<int:pk>/", own.answer, name="answer"),
    path("sessions/<int:pk>/demander/", own.ask, name="ask"),
    path("souhaits/", plans.wishes, name="wishes"),
    path("souhaits/export/", exports.wishes_export, name="wishes_export"),
    path("souhaits/<int:pk>/priorite/", plans.priority, name="priority"),
    path("plan/", plans.plan, name="plan"),
    path("plan/demander/", plans.plan_make, name="plan_make"),
    path("plan/<int:pk>/arreter/", plans.plan_stop, name="plan_stop"),
    path("plan/<int:pk>/ouvrir/", plans.plan_accept, name="plan_accept"),
]

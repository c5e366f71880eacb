"""Shared posts: detected, carried file by file, answered from a mail."""

from django.urls import path

from ancrage.web.shared_posts.views import (
    detection,
    listing,
    people,
    reply,
    retained,
    sheet,
    steps,
    weeks,
)

app_name = "shared_posts"

urlpatterns = [
    path("", listing.post_list, name="list"),
    path("export.csv", listing.export_csv, name="export_csv"),
    path("detection/", detection.latest, name="detection"),
    path("detection/calculer/", detection.ask, name="detection_ask"),
    path("detection/<int:pk>/", detection.run, name="run"),
    path("detection/<int:pk>/avancement/", detection.progress, name="run_progress"),
    path("detection/<int:pk>/arreter/", detection.stop, name="run_stop"),
    path("detection/<int:pk>/choix/", detection.choose, name="run_choose"),
    path("detection/<int:pk>/ouvrir/", detection.open_file, name="run_open"),
    path("detection/<int:pk>/export.csv", detection.run_csv, name="run_csv"),
    path("jours/<int:pk>/", weeks.week, name="week"),
    path("pour/<int:pk>/", people.for_person, name="for_person"),
    path("temps-partiels/", retained.part_times, name="retained"),
    path("temps-partiels/export.csv", retained.export_csv, name="retained_csv"),
    path("temps-partiels/nouveau/", retained.new, name="retained_new"),
    path("temps-partiels/<int:pk>/", retained.edit, name="retained_edit"),
    path("temps-partiels/<int:pk>/retirer/", retained.withdraw, name="retained_withdraw"),
    path("temps-partiels/<int:pk>/retablir/", retained.restore, name="retained_restore"),
    path("reponse/<str:token>/", reply.reply, name="reply"),
    path("reponse/donnee/<str:token>/", reply.reply_done, name="reply_done"),
    path("<int:pk>/", sheet.detail, name="detail"),
    path("<int:pk>/resume.pdf", sheet.summary, name="summary"),
    path("<int:pk>/conditions/", steps.terms, name="terms"),
    path("<int:pk>/etape/", steps.step, name="step"),
    path("<int:pk>/abandonner/", steps.give_up, name="give_up"),
    path("<int:pk>/annuler/", steps.undo, name="undo"),
    path("parts/<int:pk>/reponse/", steps.answer, name="answer"),
    path("parts/<int:pk>/relancer/", steps.ask_again, name="ask_again"),
]

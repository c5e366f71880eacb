"""Personal data: what is done with them for all, one's own, and those who answer for them."""

from django.urls import path

from ancrage.web.privacy.views import breaches, desk, documents, mine, telling

app_name = "privacy"

urlpatterns = [
    path("donnees-personnelles/", documents.register, name="register"),
    path("donnees-personnelles/responsables/", documents.responsible, name="responsible"),
    path("donnees-personnelles/analyse-d-impact/", documents.impact, name="impact"),
    path("compte/donnees/", mine.mine, name="mine"),
    path("compte/donnees/consultations/", mine.looks, name="looks"),
    path("compte/donnees/consultations.csv", mine.looks_export, name="looks_export"),
    path("compte/donnees/accord/", mine.consent_give, name="consent_give"),
    path("compte/donnees/accord/retirer/", mine.consent_withdraw, name="consent_withdraw"),
    path("compte/donnees/copie/", mine.export, name="export"),
    path("compte/donnees/demander/", mine.ask, name="ask"),
    path("compte/donnees/limiter/", mine.limit, name="limit"),
    path("compte/donnees/reprendre/", mine.lift, name="lift"),
    path("compte/donnees/effacer/", mine.erase, name="erase"),
    path("droits/", desk.request_list, name="request_list"),
    path("droits/export.csv", desk.request_export, name="request_export"),
    path("droits/noter/", desk.request_file, name="request_file"),
    path("droits/<int:pk>/", desk.request_sheet, name="request_sheet"),
    path("droits/<int:pk>/clore/", desk.request_close, name="request_close"),
    path("droits/<int:pk>/prolonger/", desk.request_extend, name="request_extend"),
    path("droits/a-prevenir/", telling.telling_list, name="telling_list"),
    path("droits/a-prevenir/<int:pk>/", telling.tell, name="tell"),
    path("violations/", breaches.breach_list, name="breach_list"),
    path("violations/export.csv", breaches.breach_export, name="breach_export"),
    path("violations/noter/", breaches.breach_log, name="breach_log"),
    path("violations/<int:pk>/", breaches.breach_sheet, name="breach_sheet"),
    path("violations/<int:pk>/evaluer/", breaches.breach_assess, name="breach_assess"),
    path("violations/<int:pk>/notifier/", breaches.breach_notify, name="breach_notify"),
    path("violations/<int:pk>/prevenir/", breaches.breach_tell, name="breach_tell"),
    path("violations/<int:pk>/clore/", breaches.breach_close, name="breach_close"),
]

"""Addresses of the bridges: one's own ways, a person's, and who could become what."""

from django.urls import path

from ancrage.web.bridges.views import becoming, fundings, rules, ways

app_name = "bridges"

urlpatterns = [
    path("ma-passerelle/", ways.own, name="own"),
    path("devenir/", becoming.table, name="becoming"),
    path("devenir/export.csv", becoming.table_csv, name="becoming_csv"),
    path("devenir/<slug:code>/", becoming.who, name="who"),
    path("devenir/<slug:code>/export/", becoming.who_export, name="who_export"),
    path("personnes/<int:pk>/", ways.person, name="person"),
    path("personnes/<int:pk>/reponses/", ways.facts, name="facts"),
    path("parcours/<int:pk>/objectif/", ways.aim, name="aim"),
    path("regles/", rules.rules, name="rules"),
    path("regles/export.csv", rules.rules_csv, name="rules_csv"),
    path("regles/nouvelle/", rules.rule_add, name="rule_add"),
    path("regles/<slug:code>/", rules.rule, name="rule"),
    path("regles/<slug:code>/modifier/", rules.rule_edit, name="rule_edit"),
    path("regles/<slug:code>/relue/", rules.rule_check, name="rule_check"),
    path("regles/<slug:code>/clore/", rules.rule_close, name="rule_close"),
    path("regles/<slug:code>/rouvrir/", rules.rule_reopen, name="rule_reopen"),
    path("regles/<slug:code>/annuler/", rules.rule_undo, name="rule_undo"),
    path("financements/", fundings.fundings, name="fundings"),
    path("financements/export.csv", fundings.fundings_csv, name="fundings_csv"),
    path("financements/nouvelle/", fundings.funding_add, name="funding_add"),
    path("financements/<slug:code>/", fundings.funding, name="funding"),
    path("financements/<slug:code>/modifier/", fundings.funding_edit, name="funding_edit"),
    path("financements/<slug:code>/relue/", fundings.funding_check, name="funding_check"),
    path("financements/<slug:code>/clore/", fundings.funding_close, name="funding_close"),
    path("financements/<slug:code>/rouvrir/", fundings.funding_reopen, name="funding_reopen"),
    path("financements/<slug:code>/annuler/", fundings.funding_undo, name="funding_undo"),
]

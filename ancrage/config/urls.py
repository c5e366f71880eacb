"""The map of the site: French addresses, English names."""

from django.conf import settings
from django.urls import include, path, re_path

from ancrage.api import urls as api_urls
from ancrage.web.accounts.views.own import choose_language
from ancrage.web.manifest import brand_mark, brand_sheet, manifest

urlpatterns = [
    path("compte/", include("ancrage.web.accounts.allauth_urls")),
    path("langue/", choose_language, name="set_language"),
    path("manifest.webmanifest", manifest, name="manifest"),
    path("marque.css", brand_sheet, name="brand_sheet"),
    path("marque.svg", brand_mark, name="brand_mark"),
    path("api/v1/", (api_urls.patterns, api_urls.app_name, api_urls.namespace)),
    re_path("^api/", api_urls.errors.unknown, name="api-unknown"),
    path("territoire/", include("ancrage.web.overview.urls")),
    path("offres/", include("ancrage.web.offers.urls")),
    path("besoins/", include("ancrage.web.needs.urls")),
    path("mises-en-relation/", include("ancrage.web.introductions.urls")),
    path("postes-partages/", include("ancrage.web.shared_posts.urls")),
    path("imports/", include("ancrage.web.imports.urls")),
    path("ressources/", include("ancrage.web.resources.urls")),
    path("campagnes/", include("ancrage.web.campaigns.urls")),
    path("territoires/", include("ancrage.web.territory.urls")),
    path("aides/", include("ancrage.web.schemes.urls")),
    path("conciergerie/suivi/", include("ancrage.web.concierge_desk.urls")),
    path("mon-projet-de-vie/", include("ancrage.web.life_project.urls")),
    path("conciergerie/", include("ancrage.web.welcome.urls")),
    path("donnees-ouvertes/", include("ancrage.web.open_directory.urls")),
    path("formations/", include("ancrage.web.training.urls")),
    path("feuille-de-route/", include("ancrage.web.roadmap.urls")),
    path("rapports/", include("ancrage.web.reports.urls")),
    path("livret-d-accueil/", include("ancrage.web.booklet.urls")),
    path("passerelles/", include("ancrage.web.bridges.urls")),
    path("metiers/", include("ancrage.web.professions.urls")),
    path("structures/", include("ancrage.web.partners.urls")),
    path("demographie/", include("ancrage.web.demography.urls")),
    path("charte/", include("ancrage.web.charter.urls")),
    path("parcours/", include("ancrage.web.journeys.urls")),
    path("evenements/gestion/<int:pk>/grille/", include("ancrage.web.meetings.urls")),
    path("evenements/gestion/<int:pk>/demonstration/", include("ancrage.web.demo.urls")),
    path("evenements/gestion/", include("ancrage.web.events.urls")),
    path("evenements/gestion/", include("ancrage.web.handouts.urls")),
    path("evenements/", include("ancrage.web.evenings.urls")),
    path("evenements/", include("ancrage.web.wishes.urls")),
    path("evenements/", include("ancrage.web.outcomes.urls")),
    path("evenements/", include("ancrage.web.my_evening.urls")),
    path("evenements/", include("ancrage.web.registrations.urls")),
    path("", include("ancrage.web.accounts.urls")),
    path("", include("ancrage.web.operations.urls")),
    path("", include("ancrage.web.privacy.urls")),
    path("", include("ancrage.web.candidates.urls")),
    path("", include("ancrage.web.contacts.urls")),
    path("", include("ancrage.web.finding.urls")),
    path("", include("ancrage.web.mailbox.urls")),
    path("", include("ancrage.web.public.urls")),
    path("", include("ancrage.web.urls")),
]
if settings.SHOW_COMPONENTS:
    urlpatterns += [path("composants/", include("ancrage.web.components.urls"))]

handler400 = "ancrage.web.errors.bad_request"
handler403 = "ancrage.web.errors.permission_denied"
handler404 = "ancrage.web.errors.not_found"
handler429 = "ancrage.web.errors.too_many_requests"  # allauth's limits ask for it by that name
handler500 = "ancrage.web.errors.server_error"

"""What a structure does with a need, from the form to the mail that asks about it."""

import re

from playwright.sync_api import Page, expect

from tests.e2e.conftest import PageOpener, SignIn
from tests.e2e.journeys import (
    HOSPITAL_HEAD,
    HOSPITAL_HR,
    expect_title,
    first_link,
    mails_to,
    publish_short_need,
    text_of,
)
from tests.e2e.site import Site

# Nobody has said anything of one need for five weeks.
FORGET_ONE = """
from datetime import timedelta
from django.utils import timezone
from ancrage.needs.models import Need
forgotten = Need.objects.filter(status="published", partner__slug="ehpad-le-phare-fictif")
Need.objects.filter(pk=forgotten.order_by("pk").first().pk).update(
    confirmed_at=timezone.now() - timedelta(days=35), asked_at=None
)
"""


def test_need_is_refreshed_from_its_mail_without_signing_in_then_taken_back(
    page: Page, site: Site
):
    site.manage("shell", "-c", FORGET_ONE)
    site.manage("tend_needs")
    asking = [text for mail in mails_to(site, "") if "/actualite/" in (text := text_of(mail))]
    assert asking, "no mail asks whether a need is still open"

    page.goto(site.url + first_link(asking[-1], "/besoins/actualite/"))
    expect_title(page, "Toujours d’actualité ?")
    page.get_by_role("button", name="Toujours d’actualité").click()
    expect_title(page, "Merci")
    expect(page.get_by_text("Le besoin est à jour et reste proposé.")).to_be_visible()
    page.get_by_role("button", name="Annuler ma réponse").click()

    expect_title(page, "Réponse annulée")
    expect(page.get_by_role("link", name="Se connecter").first).to_be_visible()
    page.goto(f"{site.url}/besoins/")
    expect_title(page, "Se connecter")


def test_freshness_link_that_was_altered_is_refused_politely(page: Page, site: Site):
    answer = page.goto(f"{site.url}/besoins/actualite/lien-recopie-a-moitie/")

    assert answer is not None
    assert answer.status == 403
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_role("button", name="Toujours d’actualité")).to_have_count(0)


def test_need_of_the_short_form_is_found_read_filled_then_gone(
    open_page: PageOpener, site: Site, sign_in: SignIn
):
    structure, visitor = open_page(1440), open_page(1440)
    sign_in(structure, HOSPITAL_HR)

    sheet = publish_short_need(structure, site, profession="pédicure-podologue")
    structure.goto(sheet)
    expect(structure.get_by_text("Publié", exact=True).first).to_be_visible()

    visitor.goto(site.url)
    visitor.get_by_role("searchbox").fill("PEDICURE pornic")
    visitor.get_by_role("button", name="Chercher").click()
    visitor.get_by_role("link", name="Pédicure-podologue", exact=True).click()
    expect_title(visitor, re.compile("Pédicure-podologue"))
    expect(visitor.get_by_text("Hôpital de la Côte (fictif)").first).to_be_visible()
    expect(visitor.get_by_text("6 septembre 2027").first).to_be_visible()

    structure.get_by_role("link", name="Pourvu").click()
    expect_title(structure, "Ce besoin est pourvu")
    structure.get_by_role("button", name="Enregistrer").click()
    expect(structure.get_by_text("Pourvu", exact=True).first).to_be_visible()

    answer = visitor.reload()
    assert answer is not None
    assert answer.status == 410
    visitor.goto(f"{site.url}/offres/?q=podologue")
    expect(visitor.get_by_role("link", name="Pédicure-podologue", exact=True)).to_have_count(0)


def test_second_of_two_editors_is_told_and_loses_nothing_typed(
    open_page: PageOpener, site: Site, sign_in: SignIn
):
    first, second = open_page(1440), open_page(1440)
    sign_in(first, HOSPITAL_HR)
    sign_in(second, HOSPITAL_HEAD)
    sheet = publish_short_need(first, site)
    for editor in (first, second):
        editor.goto(f"{sheet}modifier/")
        expect_title(editor, "Modifier le besoin")

    first.get_by_label("Nombre de postes").fill("2")
    first.get_by_role("button", name="Enregistrer", exact=True).click()
    expect_title(first, re.compile("Orthoptiste"))
    second.get_by_label("Référence").first.fill("SAISI-PAR-LA-SECONDE")
    second.get_by_role("button", name="Enregistrer", exact=True).click()

    told = second.get_by_text("Ce besoin a changé pendant que vous le modifiiez")
    expect(told).to_be_visible()
    expect(second.get_by_text("Karim Hervé (fictif) l’a modifié")).to_be_visible()
    expect(second.get_by_label("Référence").first).to_have_value("SAISI-PAR-LA-SECONDE")
    second.get_by_role("button", name="Enregistrer", exact=True).click()
    expect_title(second, re.compile("Orthoptiste"))
    expect(second.get_by_text("SAISI-PAR-LA-SECONDE").first).to_be_visible()

from datetime import date, timedelta

import pytest

from ancrage.kit.models import AuditLine
from ancrage.needs.enums import Audience, NeedStatus, StartPrecision
from ancrage.needs.models import LegalPublication, Need, PracticeSheet
from ancrage.needs.services import edit_need
from ancrage.professions.enums import ContractKind
from tests.factories import (
    CommuneFactory,
    FacilityFactory,
    MembershipFactory,
    NeedFactory,
    PartnerFactory,
    ProfessionFactory,
    UserFactory,
)
from tests.factories.moments import NOW

pytestmark = pytest.mark.django_db

NEW = "/besoins/nouveau/"


def essentials(**typed):
    return {
        "profession": "IDE",
        "positions": "2",
        "fte": "80 %",
        "contract": "cdi",
        "starts_on": "2027-01-04",
        "start_precision": "month",
        "commune": "pornic",
        "audience": "public",
        **typed,
    }


def details(**typed):
    return {"urgency": "2", "revision": "1", **typed}


def text_of(page):
    return " ".join(page.find("main").get_text(" ", strip=True).split())


@pytest.fixture
def nurse():
    return ProfessionFactory(code="nurse")


# --- the short form ------------------------------------------------------------------------------


def test_create_publishes_in_one_page(client, partner, owner, nurse, commune):
    response = client.post(NEW, {**essentials(), "acte": "publier"})

    need = Need.objects.get()
    assert response.url == f"/besoins/{need.pk}/completer/"
    assert (need.partner, need.profession, need.commune) == (partner, nurse, commune)
    assert (need.positions, need.fte_hundredths, need.contract) == (2, 80, ContractKind.CDI)
    assert (need.starts_on, need.start_precision) == (date(2027, 1, 4), StartPrecision.MONTH)
    assert (need.status, need.audience) == (NeedStatus.PUBLISHED, Audience.PUBLIC)
    assert (need.created_by, need.contact_email) == (owner, partner.contact_email)


def test_create_published_by_mistake_can_be_undone_from_the_next_page(
    client, partner, owner, nurse, read
):
    response = client.post(NEW, {**essentials(), "acte": "publier"}, follow=True)

    bar = read(response).find(class_="undo")
    client.post(bar.form["action"], {"needs": bar.find("input", {"name": "needs"})["value"]})

    assert Need.objects.get().status == NeedStatus.DRAFT


def test_create_keeps_a_draft(client, owner, nurse):
    client.post(NEW, {**essentials(), "acte": "brouillon"})

    assert Need.objects.get().status == NeedStatus.DRAFT


def test_create_takes_the_commune_of_the_facility(client, partner, owner, nurse):
    elsewhere = CommuneFactory(name="Vue")
    site = FacilityFactory(partner=partner, commune=elsewhere)

    client.post(NEW, {**essentials(facility=site.pk, commune=""), "acte": "brouillon"})

    need = Need.objects.get()
    assert (need.facility, need.commune) == (site, elsewhere)


def test_create_proposes_the_only_site(client, partner, owner):
    site = FacilityFactory(partner=partner)
    FacilityFactory(partner=partner, closed_on=date(2020, 1, 1))

    form = client.get(NEW).context["form"]

    assert form.initial == {"facility": site}
    assert list(form.fields["facility"].queryset) == [site]


def test_create_reads_a_specialist(client, owner):
    client.post(NEW, {**essentials(profession="médecin gériatre"), "acte": "brouillon"})

    need = Need.objects.get()
    assert need.profession.is_doctor


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({"profession": ""}, "profession", "obligatoire"),
        ({"profession": "astrologue"}, "profession", "astrologue"),
        ({"positions": "0"}, "positions", "1"),
        ({"positions": "beaucoup"}, "positions", "entier"),
        ({"fte": "1,4"}, "fte", "Un poste ne peut pas dépasser"),
        ({"fte": "parfois"}, "fte", "n’est pas un temps de travail"),
        ({"contract": ""}, "contract", "obligatoire"),
        ({"starts_on": "2027-02-31"}, "starts_on", "date"),
        ({"starts_on": "1904-04-04"}, "starts_on", "valeur laissée par un tableur"),
        ({"starts_on": "2019-01-01"}, "starts_on", "plus de deux ans"),
        ({"commune": ""}, "commune", "Choisissez un établissement ou une commune."),
        ({"commune": "Zyxville"}, "commune", "Aucune commune ne porte ce nom"),
    ],
)
def test_create_with_a_mistake_says_so_at_its_field_and_keeps_what_was_typed(
    client, owner, nurse, read, typed, field, sentence
):
    sent = essentials(**typed)

    response = client.post(NEW, {**sent, "acte": "publier"})

    assert response.status_code == 422
    assert set(response.context["form"].errors) == {field}
    assert sentence in str(response.context["form"].errors[field])
    page = read(response)
    assert page.find("input", {"name": "fte"})["value"] == sent["fte"]
    assert page.find("input", {"name": "profession"}).get("value", "") == sent["profession"]
    assert not Need.objects.exists()


def test_create_for_a_structure_chosen_among_several(client, partner, owner, nurse, read):
    other = PartnerFactory(territory=partner.territory, slug="autre", commune=partner.commune)
    MembershipFactory(user=owner, partner=other)

    chooser = read(client.get(NEW))
    links = {link["href"] for link in chooser.find("main").find_all("a", href=True)}
    client.post(f"{NEW}?structure=autre", {**essentials(), "acte": "brouillon"})

    assert {"?structure=autre", "?structure=hopital"} <= links
    assert Need.objects.get().partner == other


def test_create_for_a_structure_of_others_does_not_exist(client, neighbour, owner):
    assert client.get(f"{NEW}?structure={neighbour.slug}").status_code == 404


# --- the details ---------------------------------------------------------------------------------


def test_complete_writes_the_details_and_publishes(client, partner, owner):
    need = NeedFactory(partner=partner)
    sent = details(
        unit="Médecine",
        reference="R-7",
        reason="leave",
        ends_on="2027-06-30",
        urgency="3",
        works_nights="on",
        pay_min="2 150,50",
        pay_max="2 400 €",
        pay_period="month",
        housing_offered="on",
        description="Une équipe soudée.",
        contact_email="rh@hopital.test",
        contact_phone="02 40 82 12 34",
        acte="publier",
        **{"publication-branch": "fph", "publication-category": "C"},
    )

    response = client.post(f"/besoins/{need.pk}/completer/", sent)

    assert response.url == f"/besoins/{need.pk}/"
    need.refresh_from_db()
    assert (need.unit, need.reference, need.reason, need.urgency) == (
        "Médecine",
        "R-7",
        "leave",
        3,
    )
    assert (need.works_nights, need.works_days, need.housing_offered) == (True, False, True)
    assert (need.pay_min_cents, need.pay_max_cents, need.pay_period) == (215050, 240000, "month")
    assert (need.contact_email, need.contact_phone) == ("rh@hopital.test", "+33240821234")
    assert need.status == NeedStatus.PUBLISHED
    assert LegalPublication.objects.get(need=need).category == "C"


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({"pay_min": "beaucoup"}, "pay_min", "n’est pas un montant"),
        ({"pay_min": "-5"}, "pay_min", "pas possible"),
        ({"pay_min": "2000"}, "pay_min", "par heure, jour, mois ou an"),
        ({"pay_min": "2500", "pay_max": "2000", "pay_period": "month"}, "pay_min", "sous le bas"),
        ({"ends_on": "2026-12-01"}, "ends_on", "précéder"),
        ({"contact_phone": "12"}, "contact_phone", "n’est pas un numéro"),
        ({"contact_email": "rh"}, "contact_email", "valide"),
        ({"reference": "PRISE"}, "reference", "porte déjà la référence « PRISE »"),
    ],
)
def test_complete_with_a_mistake_says_so_at_its_field(
    client, partner, owner, typed, field, sentence
):
    NeedFactory(partner=partner, reference="PRISE")
    need = NeedFactory(partner=partner, contract=ContractKind.VACATION)

    response = client.post(f"/besoins/{need.pk}/completer/", details(**typed))

    assert response.status_code == 422
    errors = response.context["editor"].details.errors
    assert set(errors) == {field}
    assert sentence in str(errors[field])
    need.refresh_from_db()
    assert need.revision == 1


def test_complete_warns_of_the_wording_and_saves_all_the_same(client, partner, owner, read):
    need = NeedFactory(partner=partner, contract=ContractKind.VACATION)
    url = f"/besoins/{need.pk}/completer/"
    sent = details(description="Photo exigée.", contact_email="camille.exemple@hopital.test")

    warned = client.post(url, {**sent, "acte": "publier"})

    page = read(warned)
    assert warned.status_code == 422
    assert "« Photo exigée »" in text_of(page)
    assert "celle d’une personne" in text_of(page)
    assert page.find("textarea", {"name": "description"}).get_text().strip() == "Photo exigée."
    keep = page.find("button", {"name": "quand_meme"})
    assert (keep.get_text(strip=True), keep["value"]) == ("Publier quand même", "publier")
    need.refresh_from_db()
    assert need.description != "Photo exigée."

    client.post(url, {**sent, "quand_meme": keep["value"]})

    need.refresh_from_db()
    assert (need.description, need.status) == ("Photo exigée.", NeedStatus.PUBLISHED)
    assert need.wording_flags == "appearance"


def test_complete_offers_to_save_a_published_need_all_the_same(client, partner, owner, read):
    need = NeedFactory(partner=partner, published=True, contract=ContractKind.VACATION)
    sent = details(description="Photo exigée.")

    page = read(client.post(f"/besoins/{need.pk}/completer/", sent))

    keep = page.find("button", {"name": "quand_meme"})
    assert (keep.get_text(strip=True), keep["value"]) == ("Enregistrer quand même", "enregistrer")
    assert page.find("button", value="publier") is None


def test_complete_asks_for_the_practice_when_the_post_is_one(client, partner, owner):
    doctor = ProfessionFactory(code="general_practitioner")
    need = NeedFactory(partner=partner, profession=doctor, contract=ContractKind.LOCUM)
    url = f"/besoins/{need.pk}/completer/"

    assert client.get(url).context["editor"].practice is not None
    client.post(
        url,
        details(**{"cabinet-patients": "1250", "cabinet-rent": "400", "cabinet-note": "Vue mer"}),
    )

    sheet = PracticeSheet.objects.get(need=need)
    assert (sheet.patients, sheet.rent_cents, sheet.note) == (1250, 40000, "Vue mer")


def test_complete_asks_for_nothing_more_of_an_employee(client, neighbour, coordinator):
    need = NeedFactory(partner=neighbour)

    editor = client.get(f"/besoins/{need.pk}/completer/").context["editor"]

    assert (editor.practice, editor.publication, editor.essentials) == (None, None, None)


# --- editing -------------------------------------------------------------------------------------


def edited(need, **typed):
    return {
        **essentials(profession=str(need.profession), commune=need.commune.name),
        **details(contact_email=need.contact_email, description=need.description),
        "start_precision": "day",
        **typed,
    }


def test_edit_shows_everything_as_it_is(client, partner, owner, read):
    need = NeedFactory(
        partner=partner,
        fte_hundredths=80,
        pay_min_cents=215050,
        pay_period="month",
        contact_phone="+33240821234",
        contract=ContractKind.VACATION,
    )

    page = read(client.get(f"/besoins/{need.pk}/modifier/"))

    def value(name):
        return page.find("input", {"name": name}).get("value")

    assert value("profession") == need.profession.label_fr
    assert value("commune") == need.commune.name
    assert (value("fte"), value("pay_min")) == ("80 %", "2150,50")
    assert (value("contact_phone"), value("starts_on")) == ("02 40 82 12 34", "2027-01-04")
    assert value("revision") == "1"


def test_edit_changes_what_was_typed(client, partner, owner, nurse):
    need = NeedFactory(partner=partner, contract=ContractKind.VACATION)

    response = client.post(
        f"/besoins/{need.pk}/modifier/", edited(need, profession="IDE", positions="4")
    )

    assert response.url == f"/besoins/{need.pk}/"
    need.refresh_from_db()
    assert (need.profession, need.positions, need.revision) == (nurse, 4, 2)


def test_edit_keeps_a_profession_that_is_no_longer_offered(client, partner, owner):
    closed = ProfessionFactory(label_fr="Métier d’hier", valid_to=date(2020, 1, 1))
    need = NeedFactory(partner=partner, profession=closed, contract=ContractKind.VACATION)

    client.post(f"/besoins/{need.pk}/modifier/", edited(need, positions="4"))

    need.refresh_from_db()
    assert (need.profession, need.positions) == (closed, 4)


def versions_of(page) -> dict[str, list[str]]:
    """{field: [when opened, saved meanwhile, typed, what the form now holds]}."""
    table = page.find("caption", string="Les trois versions").find_parent("table")
    return {
        line.th.get_text(strip=True): [cell.get_text(strip=True) for cell in line.find_all("td")]
        for line in table.tbody.find_all("tr")
    }


def hidden_of(page) -> dict[str, str]:
    names = ("revision", "opened_on")
    return {name: page.find("input", {"name": name})["value"] for name in names}


def test_edit_of_a_need_changed_meanwhile_shows_three_versions_and_loses_nothing(
    client, partner, owner, read
):
    colleague = UserFactory(first_name="Dominique", last_name="Fictif")
    need = NeedFactory(partner=partner, contract=ContractKind.VACATION, positions=2)
    url = f"/besoins/{need.pk}/modifier/"
    opened = hidden_of(read(client.get(url)))
    edit_need(
        need=need,
        revision=1,
        by=colleague,
        now=NOW - timedelta(minutes=5),
        positions=9,
        unit="Nuit",
        works_nights=True,
    )
    typed = {"positions": "4", "description": "Ma longue description.", "works_days": "on"}
    sent = {**edited(need, **typed), **opened}

    conflict = client.post(url, sent)

    page = read(conflict)
    assert conflict.status_code == 409
    assert "Dominique Fictif l’a modifié le 16 novembre 2026 à 10:25" in text_of(page)
    versions = versions_of(page)
    assert versions["Nombre de postes"] == ["2", "9", "4", "votre saisie, à vérifier"]
    assert versions["Description"] == [
        "Une équipe qui se parle.", "Une équipe qui se parle.", "Ma longue description.",
        "votre saisie",
    ]  # fmt: skip
    assert versions["Service"] == ["(vide)", "Nuit", "(vide)", "l’autre version, reprise"]
    assert versions["Nuit"] == ["non", "oui", "non", "l’autre version, reprise"]
    assert page.find("textarea", {"name": "description"}).get_text().strip() == sent["description"]
    assert page.find("input", {"name": "unit"})["value"] == "Nuit"
    need.refresh_from_db()
    assert need.positions == 9

    client.post(url, {**sent, **hidden_of(page), "unit": "Nuit", "works_nights": "on"})

    need.refresh_from_db()
    assert (need.positions, need.description, need.unit, need.works_nights) == (
        4, "Ma longue description.", "Nuit", True,
    )  # fmt: skip
    assert AuditLine.objects.filter(action="need.edited").count() == 2


def test_edit_whose_first_version_is_unknown_takes_nothing_from_the_other(
    client, partner, owner, read
):
    need = NeedFactory(partner=partner, contract=ContractKind.VACATION)
    edit_need(need=need, revision=1, by=owner, now=NOW, unit="Nuit")

    page = read(
        client.post(
            f"/besoins/{need.pk}/modifier/", {**edited(need, unit="Jour"), "opened_on": "faux"}
        )
    )

    assert versions_of(page)["Service"] == ["—", "Nuit", "Jour", "votre saisie, à vérifier"]
    assert page.find("input", {"name": "unit"})["value"] == "Jour"


def test_third_change_during_a_conflict_is_seen_too(client, partner, owner, read):
    need = NeedFactory(partner=partner, contract=ContractKind.VACATION)
    url = f"/besoins/{need.pk}/modifier/"
    opened = hidden_of(read(client.get(url)))
    edit_need(need=need, revision=1, by=owner, now=NOW, unit="Nuit")
    first = client.post(url, {**edited(need, positions="4"), **opened})
    need.refresh_from_db()
    edit_need(need=need, revision=2, by=owner, now=NOW, unit="Jour")

    again = client.post(
        url, {**edited(need, positions="4", unit="Nuit"), **hidden_of(read(first))}
    )

    assert again.status_code == 409
    assert versions_of(read(again))["Service"] == [
        "Nuit", "Jour", "Nuit", "l’autre version, reprise",
    ]  # fmt: skip


def test_edit_with_a_revision_that_is_not_one_takes_the_present_one(client, partner, owner):
    need = NeedFactory(partner=partner, contract=ContractKind.VACATION)

    client.post(f"/besoins/{need.pk}/modifier/", edited(need, positions="4", revision="x"))

    need.refresh_from_db()
    assert need.positions == 4


def test_edit_of_a_neighbours_need_does_not_exist(client, neighbour, owner):
    need = NeedFactory(partner=neighbour, published=True)

    assert client.post(f"/besoins/{need.pk}/modifier/", edited(need)).status_code == 404


def test_duplicate_opens_a_draft_to_change(client, partner, owner):
    need = NeedFactory(partner=partner, published=True)

    response = client.post(f"/besoins/{need.pk}/dupliquer/")

    copy = Need.objects.exclude(pk=need.pk).get()
    assert response.url == f"/besoins/{copy.pk}/modifier/"
    assert (copy.status, copy.reference) == (NeedStatus.DRAFT, "")


def test_delete_asks_then_deletes_a_draft(client, partner, owner, read):
    need = NeedFactory(partner=partner)
    url = f"/besoins/{need.pk}/supprimer/"

    page = read(client.get(url))
    assert page.h1.get_text(strip=True) == "Supprimer ce brouillon ?"
    assert Need.objects.exists()
    response = client.post(url)

    assert response.url == "/besoins/"
    assert not Need.objects.exists()


def test_delete_of_a_published_need_is_refused(client, partner, owner, read):
    need = NeedFactory(partner=partner, published=True)

    response = client.post(f"/besoins/{need.pk}/supprimer/", follow=True)

    assert "Seul un brouillon se supprime" in text_of(read(response))
    assert Need.objects.exists()

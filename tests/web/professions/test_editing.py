"""What administrators correct, teach, forget and retire."""

from collections.abc import Mapping
from typing import Any

import pytest
from django.test import Client

from ancrage.kit.models import AuditLine
from ancrage.needs.models import Need
from ancrage.professions.models import Profession, ProfessionAlias, Specialty
from ancrage.professions.queries import find_profession
from ancrage.professions.services import edit_profession
from ancrage.professions.spelling import Cause, Outcome
from tests.factories import NeedFactory, UserFactory
from tests.factories.moments import NOW
from tests.web.partners.support import signed_in, soup, words

pytestmark = pytest.mark.django_db

SHEET = "/metiers/nurse/"


@pytest.fixture
def admin() -> Client:
    return signed_in(UserFactory(is_platform_admin=True))


def nurse() -> Profession:
    return Profession.objects.get(code="nurse")


def typed(**changes: Any) -> Mapping[str, Any]:
    row = nurse()
    return {
        "label_fr": row.label_fr,
        "plural_fr": row.plural_fr,
        "label_en": row.label_en,
        "plural_en": row.plural_en,
        "registration": row.registration,
        "registration_note": row.registration_note,
        "has_practice_sheet": "on",
        "revision": row.revision,
        **changes,
    }


def actions() -> list[str]:
    return list(AuditLine.objects.order_by("pk").values_list("action", flat=True))


# --- Correcting --------------------------------------------------------------------------------


def test_edit_corrects_and_comes_back_to_the_sheet(admin):
    response = admin.post(f"{SHEET}modifier/", typed(label_en="Ward nurse"), follow=True)

    assert response.redirect_chain == [(SHEET, 302)]
    assert "Le métier est enregistré" in words(response)
    assert nurse().label_en == "Ward nurse"
    assert AuditLine.objects.get().changes == {"label_en": ["Registered nurse", "Ward nurse"]}


def test_edit_without_a_change_leaves_no_line(admin):
    assert admin.post(f"{SHEET}modifier/", typed()).status_code == 302
    assert actions() == []


def test_edit_keeps_what_was_typed_when_it_is_refused(admin):
    response = admin.post(f"{SHEET}modifier/", typed(label_fr="", plural_fr="Nursesses"))

    page = soup(response)
    assert response.status_code == 422
    assert page.select_one("#id_plural_fr")["value"] == "Nursesses"
    assert page.select_one(".error-summary a")["href"] == "#id_label_fr"
    assert nurse().label_fr == "Infirmier en soins généraux (IDE)"


def test_edit_refuses_a_label_that_means_another_profession(admin):
    response = admin.post(f"{SHEET}modifier/", typed(label_fr="Aide-soignant"))

    assert response.status_code == 422
    assert "ne désignerait plus sûrement « Aide-soignant" in words(response)
    assert nurse().label_fr == "Infirmier en soins généraux (IDE)"
    assert find_profession("aide-soignante").profession.code == "care_assistant"


def test_edit_tells_the_second_of_two_and_loses_nothing_typed(admin):
    stale = typed(label_en="Mine")
    edit_profession(profession=nurse(), label_en="Theirs", by=None, now=NOW)

    told = admin.post(f"{SHEET}modifier/", stale)

    page = soup(told)
    assert told.status_code == 422
    assert page.select_one("#id_label_en")["value"] == "Mine"
    assert nurse().label_en == "Theirs"
    again = {**stale, "revision": page.select_one("#id_revision")["value"]}
    assert admin.post(f"{SHEET}modifier/", again).status_code == 302
    assert nurse().label_en == "Mine"


def test_edit_shows_what_the_nomenclature_says_of_a_corrected_field(admin):
    edit_profession(
        profession=nurse(), label_en="Ward nurse", registration="ars", by=None, now=NOW
    )

    text = words(admin.get(f"{SHEET}modifier/"))

    assert "Nomenclature : Registered nurse" in text
    assert "Nomenclature : Inscription à l’Ordre" in text


# --- Teaching and forgetting -------------------------------------------------------------------


def test_writing_is_understood_at_once(admin):
    assert find_profession("blouse blanche").outcome != Outcome.CERTAIN

    response = admin.post(
        f"{SHEET}ecritures/", {"text": " Blouse  blanche ", "certain": "yes"}, follow=True
    )

    assert "« Blouse blanche » est apprise" in words(response)
    assert find_profession("BLOUSES BLANCHES").profession == nurse()


def test_writing_in_doubt_asks(admin):
    admin.post(f"{SHEET}ecritures/", {"text": "blouse", "certain": "no"})

    match = find_profession("blouse")
    assert (match.outcome, [one.profession for one in match.suggestions]) == (
        Outcome.TO_CHECK,
        [nurse()],
    )


def test_writing_of_a_specialty_names_it(admin):
    url = "/metiers/specialist_doctor/ecritures/"

    admin.post(url, {"text": "docteur du cœur", "certain": "yes", "specialty": "SM04"})

    assert find_profession("docteurs du coeur").specialty.code == "SM04"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "Ce champ est obligatoire"),
        ("IDE", "Cette écriture est déjà connue pour ce métier."),
        ("aide soignante", "« aide soignante » désigne déjà le métier « Aide-soignant (AS) »"),
        ("équipe mobile de nuit", "accompagne bien des métiers et n’en désigne aucun"),
        ("plombier", "Même apprise, cette écriture ne serait pas comprise."),
        ("médecin", "serait prise pour « Infirmier en soins généraux (IDE) »"),
        ("x" * 101, "au plus 100 caractères"),
    ],
)
def test_writing_that_would_mislead_is_refused_with_its_reason(admin, text, said):
    before = ProfessionAlias.objects.count()

    response = admin.post(f"{SHEET}ecritures/", {"text": text, "certain": "yes"})

    assert response.status_code == 422
    assert said in words(response)
    assert soup(response).select_one("#id_text").get("value", "") == text
    assert ProfessionAlias.objects.count() == before
    assert actions() == []


def test_forgotten_writing_can_be_taken_back(admin):
    alias = ProfessionAlias.objects.get(profession=nurse(), folded="infirmier hygieniste")

    page = soup(admin.post(f"{SHEET}ecritures/{alias.pk}/oublier/", follow=True))

    assert find_profession("infirmier hygiéniste").cause != Cause.WORDING
    bar = page.select_one(".undo form")
    sent = {field["name"]: field["value"] for field in bar.select("input[name=rows]")}
    assert admin.post(bar["action"], sent).status_code == 302
    assert find_profession("infirmier hygiéniste").cause == Cause.WORDING
    assert actions() == ["professions.close_alias", "professions.add_alias"]


def test_forgotten_writing_that_others_explain_is_said_to_be_understood_still(admin):
    alias = ProfessionAlias.objects.get(profession=nurse(), folded="idel")

    page = admin.post(f"{SHEET}ecritures/{alias.pk}/oublier/", follow=True)

    assert "« IDEL » est oubliée, mais reste comprise. Reconnu par le libellé" in words(page)


def test_writing_forgotten_twice_is_told(admin):
    alias = ProfessionAlias.objects.get(profession=nurse(), folded="idel")
    url = f"{SHEET}ecritures/{alias.pk}/oublier/"
    admin.post(url)

    assert "déjà fermée" in words(admin.post(url, follow=True))


def test_writing_of_another_profession_is_not_found_here(admin):
    alias = ProfessionAlias.objects.filter(profession__code="care_assistant").first()

    assert admin.post(f"{SHEET}ecritures/{alias.pk}/oublier/").status_code == 404


@pytest.mark.parametrize("rows", ["", "abc", "99999999"])
def test_undo_of_nothing_is_not_found(admin, rows):
    assert admin.post("/metiers/annuler/", {"rows": rows}).status_code == 404


# --- Leaving the lists -------------------------------------------------------------------------


def test_retired_profession_keeps_its_needs(admin):
    need = NeedFactory(profession=nurse(), published=True)

    question = words(admin.get(f"{SHEET}retirer/"))
    response = admin.post(f"{SHEET}retirer/", follow=True)

    assert "1 besoin en cours garde ce métier" in question
    assert "Le métier est retiré des listes" in words(response)
    assert Need.objects.get(pk=need.pk).profession == nurse()
    assert find_profession("IDE").outcome != Outcome.CERTAIN
    assert actions() == ["professions.retire"]


def test_need_of_a_retired_profession_can_still_be_read_and_edited(admin):
    need = NeedFactory(profession=nurse(), published=True)
    admin.post(f"{SHEET}retirer/")

    assert Client().get(f"/offres/{need.pk}/", follow=True).status_code == 200


def test_retired_profession_comes_back(admin):
    admin.post(f"{SHEET}retirer/")

    response = admin.post(f"{SHEET}remettre/", follow=True)

    assert "de nouveau proposé et compris" in words(response)
    assert find_profession("IDE").profession == nurse()
    assert "Déjà dans les listes" in words(admin.post(f"{SHEET}remettre/", follow=True))


def test_profession_retired_twice_is_told(admin):
    admin.post(f"{SHEET}retirer/")

    assert "Déjà retiré des listes" in words(admin.post(f"{SHEET}retirer/", follow=True))
    assert actions() == ["professions.retire"]


def test_specialty_leaves_the_lists_and_comes_back(admin):
    cardiology = Specialty.objects.get(code="SM04")
    NeedFactory(profession=cardiology.profession, specialty=cardiology)

    question = words(admin.get("/metiers/specialites/SM04/retirer/"))
    admin.post("/metiers/specialites/SM04/retirer/")

    assert "1 besoin en cours garde cette spécialité" in question
    cardiology.refresh_from_db()
    assert cardiology.valid_to is not None
    assert "Déjà retiré" in words(admin.post("/metiers/specialites/SM04/retirer/", follow=True))
    admin.post("/metiers/specialites/SM04/remettre/")
    cardiology.refresh_from_db()
    assert cardiology.valid_to is None
    assert "Déjà dans" in words(admin.post("/metiers/specialites/SM04/remettre/", follow=True))

import io
import zipfile

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from ancrage.candidates.models import Candidate, Document, Proof
from ancrage.privacy.models import AccessTrace, DataSubject
from ancrage.privacy.queries import consent_holds
from ancrage.professions.models import Specialty
from tests.factories import (
    CandidateFactory,
    DocumentFactory,
    ProofFactory,
    UserFactory,
)
from tests.factories.moments import NOW

pytestmark = pytest.mark.django_db

OWN = "/mon-profil/"


@pytest.fixture
def candidate(client, person, territory, nurse, commune):
    client.force_login(person)
    return CandidateFactory(
        user=person, territory=territory, professions=[nurse], commune=commune, email=person.email
    )


def soup(response):
    return BeautifulSoup(response.content, "html.parser")


def step(candidate, name):
    return reverse("candidates:edit", args=[candidate.pk, name])


def test_person_reads_their_profile_and_leaves_no_trace(client, candidate):
    ProofFactory(candidate=candidate)
    DocumentFactory(candidate=candidate, title="CV fictif")

    page = client.get(OWN).content.decode()

    assert candidate.email in page
    assert "CV fictif" in page
    assert "AFGSU niveau 2" in page
    assert AccessTrace.objects.count() == 0


def test_person_without_profile_is_offered_one_and_the_one_that_awaits_them(
    client, person, territory
):
    client.force_login(person)
    waiting = CandidateFactory(territory=territory, email=person.email)
    assert "Un profil vous attend" not in client.get(OWN).content.decode()
    person.emailaddress_set.create(email=person.email, verified=True, primary=True)

    assert "Un profil vous attend" in client.get(OWN).content.decode()
    client.post(reverse("candidates:claim", args=[waiting.pk]))

    assert soup(client.get(OWN)).find("h1").get_text() == "Mon profil"
    assert Candidate.objects.get().subject.user == person


def test_card_is_shown_and_withdrawn_as_easily(client, candidate):
    client.post(reverse("candidates:pool"), {"accord": "oui"})
    assert consent_holds(candidate.subject, "talent_pool") is True
    assert Candidate.objects.get().in_pool is True

    client.post(reverse("candidates:pool"), {"accord": "non"})
    assert consent_holds(candidate.subject, "talent_pool") is False
    assert Candidate.objects.get().in_pool is False


def test_person_stops_looking_and_looks_again(client, candidate):
    client.post(reverse("candidates:pool"), {"accord": "oui"})
    url = reverse("candidates:looking", args=[candidate.pk])

    stopped = soup(client.post(url, {"cherche": "non"}, follow=True))
    assert "Vous ne cherchez plus de poste" in stopped.get_text()
    assert stopped.find("a", href=reverse("finding:needs")) is not None
    assert client.get(reverse("finding:needs")).status_code == 200
    assert (Candidate.objects.get().in_pool, consent_holds(candidate.subject, "talent_pool")) == (
        False,
        True,
    )

    undo = stopped.select_one(".undo form")
    assert (undo["action"], undo.find("input", {"name": "cherche"})["value"]) == (url, "oui")
    again = soup(client.post(url, {"cherche": "oui"}, follow=True)).get_text()
    assert "Vous ne cherchez plus de poste" not in again
    assert "votre carte est montrée, sans votre nom" in again
    assert Candidate.objects.get().in_pool is True


def test_nothing_is_agreed_while_the_profile_is_frozen(client, candidate):
    DataSubject.objects.update(limited_at=NOW)

    client.post(reverse("candidates:pool"), {"accord": "oui"})

    assert "gelé" in client.get(OWN).content.decode()
    assert Candidate.objects.get().in_pool is False


def test_wishes_are_saved_and_shown_in_words(client, candidate):
    response = client.post(
        step(candidate, "souhaits"),
        {
            "revision": "1",
            "experience": "years_2_5",
            "available_from": "2027-01-04",
            "contracts": ["cdi", "cdd"],
            "fte_min": "mi-temps",
            "fte_max": "80 %",
            "works_nights": "on",
        },
    )

    assert response.headers["Location"] == OWN
    candidate.refresh_from_db()
    assert (candidate.fte_min_hundredths, candidate.fte_max_hundredths) == (50, 80)
    page = soup(client.get(OWN)).get_text(" ")
    for words in ("De 2 à 5 ans", "CDI, CDD", "nuit", "4 janvier 2027"):
        assert words in page


def test_identity_is_saved_with_the_place(client, candidate):
    client.post(
        step(candidate, "coordonnees"),
        {
            "revision": "1",
            "first_name": "Alix",
            "last_name": "Nouvelle",
            "email": candidate.email,
            "phone": "06 12 34 56 78",
            "commune": "Pornic",
            "reach_km": "20",
            "rpps": "10000000017",
        },
    )

    candidate.refresh_from_db()
    assert (candidate.last_name, candidate.phone, candidate.reach_km, candidate.rpps) == (
        "Nouvelle",
        "+33612345678",
        20,
        "10000000017",
    )


def test_professions_are_saved_in_their_order_with_their_specialty(client, candidate):
    specialty = Specialty.objects.filter(parent=None, valid_to=None).order_by("pk").first()
    fields = {"revision": "1"}
    for rank in (1, 2, 3):
        fields |= {f"metier{rank}-diploma": "held", f"metier{rank}-registration": "unknown"}
    fields |= {
        "metier1-profession": "aide-soignant",
        "metier2-profession": specialty.profession.label_fr,
        "metier2-specialty": specialty.label_fr,
        "metier2-diploma": "in_training",
    }

    response = client.post(step(candidate, "metiers"), fields)

    assert response.status_code == 302
    rows = candidate.professions.order_by("-is_main", "pk")
    assert [(row.profession.code, row.specialty, row.diploma) for row in rows] == [
        ("care_assistant", None, "held"),
        (specialty.profession.code, specialty, "in_training"),
    ]


@pytest.mark.parametrize(
    ("name", "fields", "sentence", "kept"),
    [
        (
            "coordonnees",
            {"last_name": "", "email": "autre@exemple.test"},
            "Ce champ est obligatoire",
            ("id_email", "autre@exemple.test"),
        ),
        (
            "coordonnees",
            {"last_name": "Nom", "email": "", "phone": ""},
            "Indiquez une adresse électronique ou un téléphone",
            ("id_last_name", "Nom"),
        ),
        (
            "coordonnees",
            {"last_name": "Nom", "email": "a@exemple.test", "rpps": "10000000018"},
            "La clé de ce numéro RPPS",
            ("id_rpps", "10000000018"),
        ),
        (
            "souhaits",
            {"fte_min": "80 %", "fte_max": "50 %"},
            "Le plus est au-dessous du moins",
            ("id_fte_min", "80 %"),
        ),
        (
            "metiers",
            {"metier1-profession": "licorne"},
            "licorne",
            ("id_metier1-profession", "licorne"),
        ),
        (
            "metiers",
            {"metier1-profession": "IDE", "metier2-specialty": "Gériatrie"},
            "Indiquez le métier de cette spécialité",
            ("id_metier2-specialty", "Gériatrie"),
        ),
    ],
)
def test_wrong_step_comes_back_with_what_was_typed(
    client, candidate, name, fields, sentence, kept
):
    response = client.post(step(candidate, name), {"revision": "1", **fields})

    page = soup(response)
    assert response.status_code == 422
    assert sentence.replace(" ", " ") in page.get_text().replace("\xa0", " ")
    assert page.find(id=kept[0])["value"] == kept[1]
    assert Candidate.objects.get().revision == 1


def test_change_made_meanwhile_is_told(client, candidate):
    Candidate.objects.update(revision=4)

    response = client.post(step(candidate, "souhaits"), {"revision": "1"})

    assert response.status_code == 422
    assert "modifié entre-temps" in response.content.decode()


def test_unknown_step_and_the_coordinations_note_do_not_exist_for_the_person(client, candidate):
    assert client.get(step(candidate, "famille")).status_code == 404
    assert client.get(step(candidate, "note")).status_code == 404


def test_document_is_joined_read_back_and_withdrawn(client, candidate):
    add = reverse("candidates:document_add", args=[candidate.pk])
    sent = SimpleUploadedFile("cv<script>.exe", b"%PDF-1.7 fictif", content_type="text/html")

    client.post(add, {"kind": "cv", "title": "CV 2026", "file": sent})

    document = Document.objects.get()
    response = client.get(reverse("candidates:document", args=[document.pk]))
    assert response.content == b"%PDF-1.7 fictif"
    assert response.headers["Content-Disposition"] == (
        f'attachment; filename="cv-{document.pk}.pdf"'
    )
    assert response.headers["Content-Type"] == "application/octet-stream"
    assert "sandbox" in response.headers["Content-Security-Policy"]
    client.post(reverse("candidates:document_withdraw", args=[document.pk]))
    assert Document.objects.count() == 0


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"#!/bin/sh", "ni un PDF"),
        (b"%PDF-1.7 /JavaScript (x)", "refusé par sécurité"),
        (b"%PDF-1.7" + b"x" * (8 * 1024 * 1024), "dépasse 8 Mo"),
    ],
)
def test_script_or_giant_is_refused_and_the_title_kept(client, candidate, content, sentence):
    add = reverse("candidates:document_add", args=[candidate.pk])
    sent = SimpleUploadedFile("cv.pdf", content, content_type="application/pdf")

    response = client.post(add, {"kind": "cv", "title": "CV 2026", "file": sent})

    assert response.status_code == 422
    assert sentence in soup(response).get_text().replace("\xa0", " ")
    assert soup(response).find(id="id_title")["value"] == "CV 2026"
    assert Document.objects.count() == 0


def test_proof_is_added_then_renewed(client, candidate):
    client.post(
        reverse("candidates:proof_add", args=[candidate.pk]),
        {"kind": "afgsu_2", "issued_on": "2022-11-20"},
    )
    proof = Proof.objects.get()
    assert "Se termine bientôt" in client.get(OWN).content.decode()

    client.post(reverse("candidates:proof_renew", args=[proof.pk]), {"issued_on": "2026-11-02"})

    assert Proof.objects.filter(replaced_by__isnull=True).get().issued_on.year == 2026
    assert "Se termine bientôt" not in client.get(OWN).content.decode()


def test_wrong_proof_comes_back_with_what_was_typed(client, candidate):
    response = client.post(
        reverse("candidates:proof_add", args=[candidate.pk]),
        {"kind": "locum_licence", "issued_on": "2026-09-01"},
    )

    page = soup(response)
    assert response.status_code == 422
    assert "Indiquez le département de la faculté" in page.get_text()
    assert page.find(id="id_issued_on")["value"] == "2026-09-01"


def test_stranger_finds_nothing_of_a_profile(client, candidate):
    document = DocumentFactory(candidate=candidate)
    client.force_login(UserFactory())

    for name, args in (
        ("edit", [candidate.pk, "souhaits"]),
        ("document_add", [candidate.pk]),
        ("document", [document.pk]),
    ):
        assert client.get(reverse(f"candidates:{name}", args=args)).status_code == 404


def test_person_names_their_employer_which_then_does_not_see_their_card(
    client, candidate, partner
):
    page = step(candidate, "employeur")
    assert "Vous travaillez déjà" in soup(client.get(OWN)).get_text()

    both = client.post(page, {"employer": partner.pk, "employer_name": "Une clinique"})
    assert both.status_code == 422
    assert "pas les deux" in soup(both).get_text()
    response = client.post(page, {"employer": partner.pk, "employer_name": ""})

    assert response.headers["Location"] == OWN
    candidate.refresh_from_db()
    assert (candidate.employer, candidate.shown_to_employer) == (partner, False)
    assert "où vous travaillez, ne voit pas votre carte" in soup(client.get(OWN)).get_text()


def test_cv_that_tells_too_much_is_told_once_then_taken(client, candidate):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("[Content_Types].xml", "")
        archive.writestr("word/document.xml", "<w:p><w:t>Mariée, deux enfants</w:t></w:p>")
    page = reverse("candidates:document_add", args=[candidate.pk])

    def sent(**more):
        file = SimpleUploadedFile("cv.docx", made.getvalue())
        return client.post(page, {"kind": "cv", "title": "CV", "file": file, **more})

    told = sent()
    read = soup(told)
    assert (told.status_code, Document.objects.count()) == (422, 0)
    assert "La situation de famille ne se garde pas" in read.get_text()
    assert read.find(id="id_title")["value"] == "CV"
    assert sent(relu=read.find(attrs={"name": "relu"})["value"]).status_code == 302
    assert Document.objects.get().title == "CV"


def test_note_of_the_coordination_is_told_once_then_taken(client, candidate, coordinator):
    client.force_login(coordinator)
    typed = {"revision": candidate.revision, "note": "Enceinte, reprend en mai."}

    told = client.post(step(candidate, "note"), typed)

    assert told.status_code == 422
    assert "Enceinte, reprend en mai." in soup(told).find("textarea").get_text()
    client.post(step(candidate, "note"), {**typed, "relu": typed["note"]})
    candidate.refresh_from_db()
    assert candidate.note == typed["note"]

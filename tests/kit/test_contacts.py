import pytest
from django.core.exceptions import ValidationError

from ancrage.kit.contacts import display_phone, looks_like_a_person, normalise_phone


@pytest.mark.parametrize(
    "address",
    [
        "camille.exemple@hopital.test",
        "Camille.Exemple@hopital.test",
        "c.exemple@hopital.test",
        "camille-exemple@hopital.test",
        "camille_exemple2@hopital.test",
        "marie.anne.exemple@hopital.test",
        "cécile.exemple@hopital.test",
    ],
)
def test_looks_like_a_person(address):
    assert looks_like_a_person(address)


@pytest.mark.parametrize(
    "address",
    [
        "recrutement@hopital.test",
        "rh.recrutement@hopital.test",
        "ehpad.mimosas@residence.test",
        "les-mimosas@les-mimosas.test",
        "direction-des-soins@hopital.test",
        "offres.emploi@mairie.test",
        "cabinet.medical.pornic@sante.test",
        "accueil2026@hopital.test",
        "n1.n2.n3.n4@hopital.test",
        "sans-arobase",
        "",
    ],
)
def test_looks_like_a_person_not_for_a_service(address):
    assert not looks_like_a_person(address)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("02 40 82 12 34", "+33240821234"),
        ("02.40.82.12.34", "+33240821234"),
        ("+33 2 40 82 12 34", "+33240821234"),
        ("0033240821234", "+33240821234"),
        ("+32 2 501 02 11", "+3225010211"),
        ("  ", ""),
    ],
)
def test_normalise_phone(text, expected):
    assert normalise_phone(text) == expected


@pytest.mark.parametrize("text", ["12", "02 40 82", "poste 4512", "00 00 00 00 00"])
def test_normalise_phone_refuses_what_does_not_ring(text):
    with pytest.raises(ValidationError, match="n’est pas un numéro de téléphone"):
        normalise_phone(text)


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("+33240821234", "02 40 82 12 34"),
        ("+3225010211", "+32 2 501 02 11"),
        ("+442079460958", "+44 20 7946 0958"),
        ("inconnu", "inconnu"),
        ("", ""),
    ],
)
def test_display_phone(number, expected):
    assert display_phone(number) == expected

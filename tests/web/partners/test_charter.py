"""Signing the charter for a structure, and what its tab then says."""

import pytest

from ancrage.partners.models import CharterSignature, Partner
from tests.factories import (
    CharterFactory,
    CharterSignatureFactory,
    CommitmentFactory,
    MembershipFactory,
    PartnerFactory,
)
from tests.web.partners.support import manager_of, signed_in, soup, words

pytestmark = pytest.mark.django_db

URL = "/structures/hopital/charte/"
TYPED = {"signatory": "Jeanne Exemple", "capacity": "Directrice", "agrees": "on", "version": "1"}


@pytest.fixture
def partner() -> Partner:
    return PartnerFactory(slug="hopital", name="Hôpital fictif")


@pytest.fixture
def charter(partner: Partner):
    made = CharterFactory(territory=partner.territory, published=True, version=1)
    CommitmentFactory(charter=made, position=1, text="Tenir parole.")
    return made


def test_tab_before_any_charter_says_so(partner) -> None:
    assert "Pas encore de charte" in words(signed_in(manager_of(partner)).get(URL))


def test_signatory_reads_and_signs_for_the_structure(partner, charter) -> None:
    user = MembershipFactory(partner=partner, signatory=True).user
    client = signed_in(user)

    offered = words(client.get(URL))
    page = soup(client.get(f"{URL}signer/"))
    signed = client.post(f"{URL}signer/", TYPED, follow=True)

    assert "Lire et signer la charte" in offered
    assert "Tenir parole." in page.get_text()
    assert page.find(id="id_signatory")["value"] == user.full_name
    assert signed.redirect_chain == [(URL, 302)]
    assert "La charte est signée au nom de la structure." in words(signed)
    assert "Jeanne Exemple" in words(signed)
    signature = CharterSignature.objects.get()
    assert (signature.charter, signature.partner, signature.signed_by) == (charter, partner, user)
    assert "Lire et signer" not in words(client.get(URL))


@pytest.mark.parametrize(
    ("values", "field", "sentence"),
    [
        ({"agrees": ""}, "agrees", "Cochez cette case pour signer"),
        ({"signatory": " "}, "signatory", "obligatoire"),
        ({"capacity": ""}, "capacity", "obligatoire"),
    ],
)
def test_signature_needs_a_name_a_capacity_and_a_tick(
    partner, charter, values, field, sentence
) -> None:
    client = signed_in(MembershipFactory(partner=partner, signatory=True).user)

    response = client.post(f"{URL}signer/", {**TYPED, **values})

    assert response.status_code == 422
    assert sentence in soup(response).find(id=f"id_{field}_error").get_text()
    assert not CharterSignature.objects.exists()


def test_signature_of_a_version_just_replaced_asks_to_read_again(partner, charter) -> None:
    client = signed_in(MembershipFactory(partner=partner, signatory=True).user)
    CharterFactory(territory=partner.territory, published=True, version=2)

    response = client.post(f"{URL}signer/", TYPED, follow=True)

    assert response.redirect_chain == [(f"{URL}signer/", 302)]
    assert "Une nouvelle version vient de paraître" in words(response)
    assert not CharterSignature.objects.exists()


def test_version_already_signed_or_absent_leads_back_to_the_tab(partner) -> None:
    client = signed_in(MembershipFactory(partner=partner, signatory=True).user)
    assert client.get(f"{URL}signer/")["Location"] == URL

    charter = CharterFactory(territory=partner.territory, published=True, version=1)
    CharterSignatureFactory(charter=charter, partner=partner)

    assert client.post(f"{URL}signer/", TYPED)["Location"] == URL
    assert CharterSignature.objects.count() == 1

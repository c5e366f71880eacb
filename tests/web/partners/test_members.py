"""Members, invitations and the page behind the link of the mail."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client

from ancrage.accounts.models import User
from ancrage.kit.outbox import run_due
from ancrage.partners import services
from ancrage.partners.enums import MemberRole
from ancrage.partners.models import Invitation, Membership, Partner
from tests.factories import InvitationFactory, MembershipFactory, PartnerFactory, UserFactory
from tests.factories.moments import NOW
from tests.web.partners.support import coordinator_of, manager_of, signed_in, soup, words

pytestmark = pytest.mark.django_db

URL = "/structures/hopital/membres/"


@pytest.fixture
def partner() -> Partner:
    return PartnerFactory(slug="hopital", name="Hôpital fictif")


@pytest.fixture
def link(partner: Partner, time_machine) -> str:
    """The address in the mail of an invitation to ana@exemple.test, who may sign."""
    time_machine.move_to(NOW, tick=False)
    services.invite_member(
        partner=partner, email="ana@exemple.test", may_sign=True, by=None, now=NOW
    )
    run_due(clock=lambda: NOW)
    found = re.search(r"/structures/invitation/[\w-]+/", str(mail.outbox[-1].body))
    assert found is not None
    return found[0]


def proved(email: str) -> User:
    user = UserFactory(email=email)
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    return user


def test_members_are_listed_for_colleagues_without_the_means_to_change_them(partner) -> None:
    colleague = MembershipFactory(partner=partner, user=UserFactory(email="b@exemple.test")).user
    MembershipFactory(partner=partner, user=UserFactory(email="parti@exemple.test"), ended_at=NOW)
    InvitationFactory(partner=partner, email="attendue@exemple.test")

    page = soup(signed_in(colleague).get(URL))

    assert "b@exemple.test" in page.get_text()
    assert "parti@exemple.test" not in page.get_text()
    assert "attendue@exemple.test" not in page.get_text()
    assert page.select("form.form, .table form") == []


def test_structure_without_member_says_whom_to_invite(partner) -> None:
    assert "Personne n’agit encore" in words(signed_in(coordinator_of(partner)).get(URL))


def test_invitation_offers_the_role_that_suits_the_structure() -> None:
    welcome = PartnerFactory(welcome=True)

    page = soup(signed_in(coordinator_of(welcome)).get(f"/structures/{welcome.slug}/membres/"))

    assert page.select_one("#id_role option[selected]")["value"] == MemberRole.WELCOME_PARTNER


def test_manager_invites_resends_and_cancels(partner, time_machine) -> None:
    time_machine.move_to(NOW, tick=False)
    client = signed_in(manager_of(partner))

    sent = client.post(
        f"{URL}inviter/",
        {"email": "ana@exemple.test", "role": "employer", "may_sign": "on"},
        follow=True,
    )
    invitation = Invitation.objects.get()
    assert "Invitation envoyée à ana@exemple.test." in words(sent)
    assert (invitation.may_sign, invitation.is_manager) == (True, False)

    base = f"/structures/hopital/invitations/{invitation.pk}/"
    early = client.post(f"{base}renvoyer/", follow=True)
    time_machine.move_to(NOW + services.RESEND_PAUSE, tick=False)
    later = client.post(f"{base}renvoyer/", follow=True)
    cancelled = client.post(f"{base}annuler/", follow=True)
    twice = client.post(f"{base}annuler/", follow=True)
    too_late = client.post(f"{base}renvoyer/", follow=True)

    assert "attendez dix minutes" in words(early)
    assert "Le lien précédent ne sert plus." in words(later)
    assert "L’invitation est annulée" in words(cancelled)
    assert "déjà été acceptée ou annulée" in words(twice)
    assert "déjà été acceptée ou annulée" in words(too_late)


@pytest.mark.parametrize(
    ("email", "sentence"),
    [
        ("", "obligatoire"),
        ("pas une adresse", "adresse de courriel valide"),
        ("la@exemple.test", "déjà membre dans ce rôle"),
        ("attendue@exemple.test", "Une invitation attend déjà à cette adresse"),
    ],
)
def test_invitation_form_says_what_is_wrong(partner, email, sentence, time_machine) -> None:
    time_machine.move_to(NOW)
    client = signed_in(manager_of(partner))
    MembershipFactory(partner=partner, user=UserFactory(email="la@exemple.test"))
    InvitationFactory(partner=partner, email="attendue@exemple.test")

    response = client.post(f"{URL}inviter/", {"email": email, "role": "employer"})

    assert response.status_code == 422
    assert sentence in words(response)


def test_expired_invitation_is_shown_as_such(partner) -> None:
    InvitationFactory(partner=partner, expires_at=NOW)

    assert "Expirée" in words(signed_in(manager_of(partner)).get(URL))


def test_manager_changes_rights(partner) -> None:
    client = signed_in(manager_of(partner))
    member = MembershipFactory(partner=partner)

    shown = soup(client.get(f"{URL}{member.pk}/"))
    saved = client.post(f"{URL}{member.pk}/", {"is_manager": "on"}, follow=True)

    member.refresh_from_db()
    assert not shown.find(id="id_is_manager").has_attr("checked")
    assert "Les droits sont enregistrés." in words(saved)
    assert (member.is_manager, member.may_sign) == (True, False)


def test_last_manager_gives_the_management_up_only_when_it_is_confirmed(partner) -> None:
    user = manager_of(partner)
    membership = Membership.objects.get(user=user)
    client = signed_in(user)

    asked = client.post(f"{URL}{membership.pk}/", {"may_sign": "on"})
    form = soup(asked).select_one("form.actions")
    membership.refresh_from_db()
    assert asked.status_code == 422
    assert "Laisser la structure sans gestionnaire ?" in words(asked)
    assert membership.is_manager

    client.post(
        form["action"],
        {field["name"]: field["value"] for field in form.select("input[type=hidden]")},
    )

    membership.refresh_from_db()
    assert (membership.is_manager, membership.may_sign) == (False, True)


def test_manager_removes_a_member_after_being_asked(partner) -> None:
    client = signed_in(manager_of(partner))
    member = MembershipFactory(partner=partner, manager=True)

    asked = words(client.get(f"{URL}{member.pk}/retirer/"))
    gone = client.post(f"{URL}{member.pk}/retirer/", follow=True)

    member.refresh_from_db()
    assert f"Retirer {member.user} de la structure ?" in asked
    assert "plus personne ne gère" not in asked
    assert "n’est plus membre de la structure" in words(gone)
    assert member.ended_at is not None
    assert client.post(f"{URL}{member.pk}/retirer/").status_code == 404


def test_last_manager_leaves_only_when_it_is_confirmed(partner) -> None:
    user = manager_of(partner)
    membership = Membership.objects.get(user=user)
    client = signed_in(user)

    asked = client.get(f"{URL}{membership.pk}/retirer/")
    blind = client.post(f"{URL}{membership.pk}/retirer/")
    told = client.post(f"{URL}{membership.pk}/retirer/", {"last": "1"})

    assert "plus personne ne gère la structure" in words(asked)
    assert soup(asked).select_one("main [name=last]")["value"] == "1"
    assert blind.status_code == 422
    assert (told.status_code, told["Location"]) == (302, "/")
    assert client.get(URL).status_code == 403


def test_membership_of_another_structure_is_not_found(partner) -> None:
    foreign = MembershipFactory()
    invitation = InvitationFactory()
    client = signed_in(manager_of(partner))

    assert client.get(f"{URL}{foreign.pk}/").status_code == 404
    assert client.get(f"{URL}{foreign.pk}/retirer/").status_code == 404
    url = f"/structures/hopital/invitations/{invitation.pk}/annuler/"
    assert client.post(url).status_code == 404


def test_members_page_costs_the_same_for_one_and_many(partner, django_assert_num_queries) -> None:
    client = signed_in(manager_of(partner))
    InvitationFactory(partner=partner)
    client.get(URL)

    with django_assert_num_queries(11):
        client.get(URL)
    MembershipFactory.create_batch(3, partner=partner)
    InvitationFactory.create_batch(3, partner=partner)
    with django_assert_num_queries(11):
        client.get(URL)


# --- the link of the mail ------------------------------------------------------------------------


def test_invited_person_reads_the_offer_and_accepts_it(partner, link) -> None:
    ana = proved("ana@exemple.test")
    client = signed_in(ana)

    offer = words(client.get(link))
    accepted = client.post(f"{link}accepter/", follow=True)

    assert "Rejoindre « Hôpital fictif »" in offer
    assert "signer la charte du territoire en son nom" in offer
    assert "Accepter l’invitation" in offer
    assert accepted.redirect_chain == [("/structures/hopital/", 302)]
    assert "vous êtes membre de « Hôpital fictif »" in words(accepted)
    assert Membership.objects.get().user == ana


def test_used_link_is_refused_politely(partner, link) -> None:
    client = signed_in(proved("ana@exemple.test"))
    client.post(f"{link}accepter/")

    for response in (client.get(link), client.post(f"{link}accepter/")):
        assert response.status_code == 410
        assert "Cette invitation n’est plus valable" in words(response)


def test_expired_link_says_how_to_get_another(partner, link, time_machine) -> None:
    time_machine.move_to(NOW + services.INVITATION_LASTS)

    response = signed_in(proved("ana@exemple.test")).get(link)

    assert response.status_code == 410
    assert "Elle date de plus de deux semaines." in words(response)


def test_forged_link_is_refused_politely() -> None:
    response = Client().get("/structures/invitation/forgee/")

    assert response.status_code == 410


def test_somebody_else_is_told_and_may_change_account(partner, link) -> None:
    client = signed_in(proved("autre@exemple.test"))

    shown = words(client.get(link))
    refused = client.post(f"{link}accepter/", follow=True)

    assert "autre@exemple.test, qui n’est pas celle de l’invitation" in shown
    assert "adressée à quelqu’un d’autre" in words(refused)
    assert not Membership.objects.exists()


def test_visitor_with_an_account_signs_in_first(partner, link) -> None:
    proved("ana@exemple.test")

    shown = words(Client().get(link))
    response = Client().post(f"{link}accepter/")

    assert "Se connecter pour accepter" in shown
    assert response["Location"].startswith("/compte/")
    assert "invitation" in response["Location"]


def test_visitor_without_account_opens_one_with_the_address_already_proved(partner, link) -> None:
    client = Client()

    shown = words(client.get(link))
    response = client.post(f"{link}accepter/")

    assert "Ouvrir mon compte et accepter" in shown
    assert "invitation" in response["Location"]
    assert client.session["account_verified_email"] == "ana@exemple.test"

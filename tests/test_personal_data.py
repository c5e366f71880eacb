"""No field holds a person's data without a purpose, a basis and a term. This guards the build."""

from collections.abc import Iterator

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models

from ancrage.accounts.models import ApiToken
from ancrage.kit.models import Base
from ancrage.kit.text import fold
from ancrage.privacy import inventory
from ancrage.privacy.inventory import PersonalField, gaps, personal_fields
from ancrage.privacy.models import DataSubject
from ancrage.privacy.purposes import PURPOSES
from ancrage.privacy.rights import erases, exports
from tests.factories import (
    CharterSignatureFactory,
    ContactRequestFactory,
    InvitationFactory,
    MembershipFactory,
    NeedFactory,
    TerritoryRoleFactory,
    UserFactory,
)

# The purpose of the introduction, whose fields come.
AWAITED = {"application"}


@pytest.fixture
def planted() -> Iterator[type[Base]]:
    """A model whose author thought of nobody; taken out of the registry afterwards."""

    class Planted(Base):
        personal = {"note": "no_such_purpose", "ghost": "account"}
        impersonal = frozenset({"phantom"})

        note = models.TextField()
        nickname = models.CharField(max_length=10)
        author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
        attributes = models.JSONField()
        portrait = models.FileField()
        address = models.GenericIPAddressField()
        # These tell nothing of a person.
        slug = models.SlugField()
        kind = models.CharField(max_length=10, choices=[("a", "A")])
        count = models.IntegerField()

        class Meta:
            app_label = "privacy"

        def __str__(self) -> str:
            return self.nickname

    yield Planted
    del apps.all_models["privacy"]["planted"]
    apps.clear_cache()


def test_inventory_has_no_gap() -> None:
    assert gaps() == []


def test_inventory_denounces_a_careless_model(planted: type[Base]) -> None:
    assert gaps() == [
        "privacy.Planted.address: neither personal nor impersonal",
        "privacy.Planted.attributes: neither personal nor impersonal",
        "privacy.Planted.author: neither personal nor impersonal",
        "privacy.Planted.ghost: declared but does not exist",
        "privacy.Planted.nickname: neither personal nor impersonal",
        "privacy.Planted.note: unknown purpose 'no_such_purpose'",
        "privacy.Planted.phantom: declared impersonal but does not exist",
        "privacy.Planted.portrait: neither personal nor impersonal",
    ]


def test_inventory_denounces_a_library_that_nobody_looked_at(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delitem(inventory._OF_LIBRARIES, "mfa.Authenticator")  # type: ignore[arg-type]

    assert gaps() == ["mfa.Authenticator: a library's table that nobody looked at"]


def test_inventory_names_fields_that_exist_in_the_tables_of_libraries() -> None:
    absent = [
        f"{label}.{name}"
        for label, fields in inventory._OF_LIBRARIES.items()
        for name in fields
        if name not in {field.name for field in apps.get_model(label)._meta.concrete_fields}
    ]

    assert absent == []


def test_inventory_lists_our_fields_and_those_of_libraries() -> None:
    found = personal_fields()

    assert PersonalField("accounts.User", "email", "account") in found
    assert PersonalField("partners.Membership", "user", "membership") in found
    assert PersonalField("usersessions.UserSession", "ip", "account") in found
    assert found == sorted(found, key=lambda one: (one.model, one.field))


@pytest.mark.django_db
def test_journal_calls_no_row_by_the_name_of_a_person() -> None:
    person = UserFactory(
        first_name="Zéphyrine", last_name="Introuvable", email="zephyrine@introuvable.test"
    )
    rows = [
        person,
        MembershipFactory(user=person),
        TerritoryRoleFactory(user=person),
        InvitationFactory(email=person.email, invited_by=person),
        CharterSignatureFactory(signed_by=person, signatory=person.full_name),
        ContactRequestFactory(name=person.full_name, email=person.email),
        NeedFactory(),
        ApiToken(user=person, name="Zéphyrine", prefix="ancrage_abcd"),
    ]

    told = [row.audit_label for row in rows]

    assert [label for label in told if "introuvable" in fold(label) or "zephyr" in label] == []
    assert "Zéphyrine" not in " ".join(told)


def test_every_purpose_says_why_whose_and_how_long() -> None:
    silent = [
        (code, name)
        for code, purpose in PURPOSES.items()
        for name in ("label", "legal_basis", "data", "origin", "seen_by", "kept")
        if not str(getattr(purpose, name)).strip()
    ]

    assert silent == []
    assert [code for code, purpose in PURPOSES.items() if purpose.code != code] == []


def test_every_purpose_is_the_purpose_of_some_field() -> None:
    used = {one.purpose for one in personal_fields()}

    assert set(PURPOSES) - used <= AWAITED


def test_every_part_that_holds_people_erases_and_hands_over() -> None:
    """A row that hangs on a person goes with them, and is in the copy they take away."""
    holding = {
        model._meta.app_label
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if field.related_model is DataSubject and model._meta.app_label != "privacy"
    }

    assert holding >= {"candidates"}
    assert holding - set(erases.functions) == set()
    assert holding - set(exports.functions) == set()

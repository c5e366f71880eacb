"""What one row may hold, and who may read or edit it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction

from ancrage.accounts.policy import may, permitted
from ancrage.professions.enums import AliasKind
from ancrage.professions.models import Profession, ProfessionAlias, Specialty
from tests.factories import ProfessionFactory, SpecialtyFactory
from tests.factories.moments import TODAY

pytestmark = pytest.mark.django_db


def assert_refused(create: Callable[[], object]) -> None:
    """The database itself refuses what `create` writes."""
    with pytest.raises(IntegrityError), transaction.atomic():
        create()


def test_profession_cannot_end_before_it_begins():
    assert_refused(lambda: ProfessionFactory(valid_from=TODAY, valid_to=TODAY - timedelta(days=1)))


def test_specialty_cannot_end_before_it_begins():
    assert_refused(lambda: SpecialtyFactory(valid_from=TODAY, valid_to=TODAY - timedelta(days=1)))


def test_specialty_cannot_be_its_own_variant():
    specialty = SpecialtyFactory()

    assert_refused(lambda: Specialty.objects.filter(pk=specialty.pk).update(parent=specialty))


def test_alias_is_written_once_for_a_profession():
    profession = ProfessionFactory()
    ProfessionAlias.objects.create(profession=profession, text="Zed", folded="zed")

    assert_refused(
        lambda: ProfessionAlias.objects.create(profession=profession, text="ZED", folded="zed")
    )


def test_alias_is_written_once_for_each_specialty():
    profession = ProfessionFactory()
    one, other = SpecialtyFactory(), SpecialtyFactory()

    def write(specialty: Specialty) -> ProfessionAlias:
        return ProfessionAlias.objects.create(
            profession=profession, specialty=specialty, text="Zed", folded="zed"
        )

    assert str(write(one)) == str(write(other)) == "Zed"
    assert_refused(lambda: write(one))


def test_discipline_has_a_specialty():
    profession = ProfessionFactory()

    assert_refused(
        lambda: ProfessionAlias.objects.create(
            profession=profession, text="zédologie", folded="zedologie", kind=AliasKind.DISCIPLINE
        )
    )


def test_profession_without_rome_code_has_none():
    assert ProfessionFactory(rome_codes=[]).rome_code == ""


def test_everybody_reads_professions_and_visitors_edit_none():
    visitor = AnonymousUser()

    readable = permitted(visitor, "professions.view", Profession.objects.all())

    assert readable.count() == Profession.objects.count()
    assert may(visitor, "professions.edit") is False

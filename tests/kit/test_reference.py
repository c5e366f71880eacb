"""Reference data are compared, never overwritten blindly, whatever the app that brings them."""

from io import StringIO

import pytest
from django.core.management import call_command

from ancrage.kit import reference
from ancrage.kit.reference import Difference, FieldChange, load_rows, register_loader
from ancrage.professions.models import Profession, Specialty
from tests.factories.moments import TODAY


def loads_nothing(*, by, now, overwrite):
    return []


@pytest.fixture
def _no_loaders(monkeypatch):
    monkeypatch.setattr(reference, "_loaders", {})


@pytest.mark.usefixtures("_no_loaders")
def test_loaders_come_after_those_they_build_on():
    register_loader("alpha", loads_nothing, after=["omega", "beta"])
    register_loader("omega", loads_nothing)
    register_loader("beta", loads_nothing, after=["omega"])

    assert [name for name, _load in reference.loaders()] == ["omega", "beta", "alpha"]


@pytest.mark.usefixtures("_no_loaders")
def test_register_loader_twice_is_harmless_and_a_second_function_is_refused():
    register_loader("alpha", loads_nothing)
    register_loader("alpha", loads_nothing)

    with pytest.raises(ValueError, match="two loaders are named 'alpha'"):
        register_loader("alpha", lambda *, by, now, overwrite: [])


@pytest.mark.usefixtures("_no_loaders")
def test_loaders_that_build_on_an_unknown_one_are_refused():
    register_loader("alpha", loads_nothing, after=["missing"])

    with pytest.raises(ValueError, match="loaders not registered: missing"):
        reference.loaders()


@pytest.mark.usefixtures("_no_loaders")
def test_loaders_that_wait_for_one_another_are_refused():
    register_loader("alpha", loads_nothing, after=["beta"])
    register_loader("beta", loads_nothing, after=["alpha"])

    with pytest.raises(ValueError, match="loaders wait for one another: "):
        reference.loaders()


def load(wanted, *, overwrite=False) -> Difference:
    return load_rows(
        title="Essais",
        held=Specialty.objects.filter(code__startswith="T-").order_by("pk"),
        key_of=lambda row: row.code,
        wanted={code: {"code": code, "label_fr": label} for code, label in wanted.items()},
        new=Specialty,
        today=TODAY,
        overwrite=overwrite,
    )


def labels() -> dict[str, str]:
    rows = Specialty.objects.filter(code__startswith="T-").order_by("code")
    return dict(rows.values_list("code", "label_fr"))


@pytest.mark.django_db
def test_load_rows_creates_then_updates_what_nobody_touched():
    created = load({"T-1": "Un", "T-2": "Deux"})
    changed = load({"T-1": "Un !", "T-2": "Deux"})

    assert created == Difference("Essais", created=("T-1", "T-2"))
    assert changed == Difference(
        "Essais", changed=(FieldChange("T-1", "label_fr", "Un", "Un !"),), unchanged=1
    )
    assert labels() == {"T-1": "Un !", "T-2": "Deux"}


@pytest.mark.django_db
def test_load_rows_keeps_a_value_changed_by_hand_even_when_the_reference_moves():
    load({"T-1": "Un"})
    Specialty.objects.filter(code="T-1").update(label_fr="À moi")

    first = load({"T-1": "Un !"})
    second = load({"T-1": "Un !"})

    kept = (FieldChange("T-1", "label_fr", "À moi", "Un !"),)
    assert first == second == Difference("Essais", kept=kept, unchanged=1)
    assert bool(first) is False
    assert load({"T-1": "Un !"}, overwrite=True).changed == kept
    assert labels() == {"T-1": "Un !"}


@pytest.mark.django_db
def test_load_rows_leaves_rows_of_other_origin_alone():
    Specialty.objects.create(code="T-9", label_fr="À la main")

    assert load({"T-1": "Un"}).closed == ()
    assert labels() == {"T-1": "Un", "T-9": "À la main"}


@pytest.mark.django_db
def test_load_rows_closes_and_reopens():
    load({"T-1": "Un", "T-2": "Deux"})

    closed = load({"T-1": "Un"})
    nothing = load({"T-1": "Un"})
    reopened = load({"T-1": "Un", "T-2": "Deux"})

    assert closed == Difference("Essais", closed=("T-2",), unchanged=1)
    assert nothing == Difference("Essais", unchanged=1)
    assert reopened == Difference(
        "Essais",
        kept=(),
        reopened=("T-2",),
        unchanged=1,
    )
    assert Specialty.objects.filter(code__startswith="T-", valid_to__isnull=True).count() == 2


@pytest.mark.django_db
def test_load_rows_leaves_open_what_was_reopened_by_hand():
    load({"T-1": "Un"})
    load({})
    Specialty.objects.filter(code="T-1").update(valid_to=None)

    assert load({}) == Difference("Essais")


@pytest.mark.django_db
def test_load_reference_prints_what_it_changes():
    Profession.objects.filter(code="nurse").update(label_fr="À moi")
    Profession.objects.filter(code="dental_assistant").delete()
    dry, real, again, quiet = StringIO(), StringIO(), StringIO(), StringIO()

    call_command("load_reference", dry_run=True, stdout=dry)
    assert Profession.objects.filter(code="dental_assistant").exists() is False
    call_command("load_reference", stdout=real)
    call_command("load_reference", overwrite=True, stdout=again)
    call_command("load_reference", verbosity=0, stdout=quiet)

    assert "Métiers — nouveaux : 1, changés : 0, gardés tels que modifiés à la main : 1, " in (
        dry.getvalue()
    )
    kept = "  = nurse · label_fr : 'À moi' → 'Infirmier en soins généraux (IDE)'\n"
    assert kept in dry.getvalue()
    assert "  + dental_assistant\n" in dry.getvalue()
    assert dry.getvalue().endswith("Rien n’a été écrit (essai à blanc).\n")
    assert "  + dental_assistant\n" not in real.getvalue()
    assert kept in real.getvalue()
    assert kept.replace("=", "~", 1) in again.getvalue()
    assert quiet.getvalue() == ""
    assert Profession.objects.get(code="nurse").label_fr == "Infirmier en soins généraux (IDE)"

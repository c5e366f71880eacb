"""The reference is loaded without losing what people changed, and can be completed."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from ancrage.kit.models import AuditLine
from ancrage.kit.reference import FieldChange
from ancrage.professions import services
from ancrage.professions.models import (
    Profession,
    ProfessionAlias,
    ProfessionBridge,
    Qualification,
    Specialty,
)
from ancrage.professions.queries import find_profession, professions_open_on
from ancrage.professions.reference import PROFESSIONS, SPECIALTIES
from ancrage.professions.spelling import Cause, Outcome
from tests.factories import UserFactory
from tests.factories.moments import NOW, TODAY

pytestmark = pytest.mark.django_db


def nurse() -> Profession:
    return Profession.objects.get(code="nurse")


def counts() -> tuple[int, int, int]:
    return (
        Profession.objects.count(),
        Specialty.objects.count(),
        ProfessionAlias.objects.count(),
    )


def actions() -> list[str]:
    return list(AuditLine.objects.order_by("pk").values_list("action", flat=True))


def test_load_professions_on_an_empty_database_creates_everything():
    ProfessionBridge.objects.all().delete()
    Qualification.objects.all().delete()
    ProfessionAlias.objects.all().delete()
    Specialty.objects.exclude(parent=None).delete()
    Specialty.objects.all().delete()
    Profession.objects.all().delete()

    professions, specialties, aliases = services.load_professions(by=None, now=NOW)

    assert (len(professions.created), len(specialties.created)) == (59, 103)
    assert counts() == (59, 103, len(aliases.created))
    assert (professions.changed, professions.kept, professions.closed) == ((), (), ())
    found = nurse()
    assert (found.label_fr, found.rank, found.rome_code, found.ans_codes, found.valid_from) == (
        "Infirmier en soins généraux (IDE)",
        150,
        "J1506",
        ["G15:60"],
        None,
    )
    assert "registered nurse" in found.search
    assert "ide" in found.search.split()
    assert actions() == []


def test_load_professions_leaves_one_line_when_it_changes_something():
    ProfessionAlias.objects.filter(profession__code="nurse", folded="inf").delete()
    by, unchanged = UserFactory(), ProfessionAlias.objects.count()

    services.load_professions(by=by, now=NOW)

    line = AuditLine.objects.get()
    assert (line.action, line.actor, line.target_label, line.changes) == (
        "professions.load",
        by,
        "Référentiel des métiers",
        {"Écritures des métiers": [unchanged, "+1 ~0 −0 ↑0"]},
    )


def test_load_professions_again_changes_nothing():
    before = counts()
    revision = nurse().revision

    differences = services.load_professions(by=None, now=NOW)

    assert [bool(difference) for difference in differences] == [False, False, False]
    assert [difference.unchanged for difference in differences] == list(before)
    assert counts() == before
    assert nurse().revision == revision
    assert actions() == []


def test_load_professions_on_a_dry_run_says_and_writes_nothing():
    Profession.objects.filter(code="nurse").update(label_fr="Ancien libellé")
    reference = {**nurse().reference, "label_fr": "Ancien libellé"}
    Profession.objects.filter(code="nurse").update(reference=reference)

    professions, *_others = services.load_professions(by=None, now=NOW, dry_run=True)

    assert professions.changed == (
        FieldChange("nurse", "label_fr", "Ancien libellé", "Infirmier en soins généraux (IDE)"),
    )
    assert nurse().label_fr == "Ancien libellé"
    assert actions() == []


def test_load_professions_keeps_what_an_operator_changed():
    services.edit_profession(
        profession=nurse(), label_fr="Infirmier diplômé", by=UserFactory(), now=NOW
    )

    professions, *_others = services.load_professions(by=None, now=NOW)

    assert professions.kept == (
        FieldChange("nurse", "label_fr", "Infirmier diplômé", "Infirmier en soins généraux (IDE)"),
    )
    assert professions.changed == ()
    assert nurse().label_fr == "Infirmier diplômé"


def test_load_professions_overwrites_what_an_operator_changed_when_told():
    services.edit_profession(profession=nurse(), label_fr="Infirmier diplômé", by=None, now=NOW)

    professions, *_others = services.load_professions(by=None, now=NOW, overwrite=True)

    assert professions.kept == ()
    assert nurse().label_fr == "Infirmier en soins généraux (IDE)"


def test_load_professions_closes_what_left_the_tables_and_reopens_it(monkeypatch):
    fewer = tuple(row for row in PROFESSIONS if row.code != "hospital_porter")
    for module in ("services.loading", "reference.catalogue"):
        monkeypatch.setattr(f"ancrage.professions.{module}.PROFESSIONS", fewer)

    professions, _specialties, aliases = services.load_professions(by=None, now=NOW)

    assert professions.closed == ("hospital_porter",)
    assert "hospital_porter · brancardage" in aliases.closed
    porter = Profession.objects.get(code="hospital_porter")
    assert porter.valid_to == TODAY
    assert find_profession("Brancardier").outcome == Outcome.UNKNOWN

    monkeypatch.undo()
    professions, _specialties, aliases = services.load_professions(
        by=None, now=NOW + timedelta(days=30)
    )

    assert professions.reopened == ("hospital_porter",)
    assert "hospital_porter · brancardage" in aliases.reopened
    assert find_profession("Brancardier").profession == porter


def test_load_professions_follows_a_specialty_that_becomes_a_variant(monkeypatch):
    moved = tuple(
        replace(row, parent="SM42") if row.code == "SM33" else row for row in SPECIALTIES
    )
    monkeypatch.setattr("ancrage.professions.services.loading.SPECIALTIES", moved)

    _professions, specialties, _aliases = services.load_professions(by=None, now=NOW)

    assert specialties.changed == (FieldChange("SM33", "parent_id", None, "SM42"),)
    assert Specialty.objects.get(code="SM33").parent == Specialty.objects.get(code="SM42")


def test_load_professions_leaves_closed_what_was_closed_by_hand():
    alias = ProfessionAlias.objects.get(profession__code="nurse", folded="inf")
    services.close_alias(alias=alias, by=None, now=NOW)

    *_others, aliases = services.load_professions(by=None, now=NOW)

    assert aliases.reopened == ()
    alias.refresh_from_db()
    assert alias.valid_to == TODAY


def test_edit_profession_writes_one_line_and_renews_the_reader():
    by = UserFactory()
    assert find_profession("Nursesse").profession is None

    services.edit_profession(
        profession=nurse(), label_fr="Nursesse", plural_fr="Nursesses", by=by, now=NOW
    )

    match = find_profession("Nursesse")
    assert (match.profession, match.cause) == (nurse(), Cause.LABEL)
    assert "nursesses" in nurse().search
    line = AuditLine.objects.get()
    assert (line.action, line.actor, line.target_id) == ("professions.edit", by, str(nurse().pk))
    assert line.changes == {
        "label_fr": ["Infirmier en soins généraux (IDE)", "Nursesse"],
        "plural_fr": ["Infirmiers", "Nursesses"],
    }


def test_edit_profession_refuses_an_empty_label():
    with pytest.raises(ValidationError) as raised:
        services.edit_profession(profession=nurse(), label_fr="", by=None, now=NOW)

    assert set(raised.value.message_dict) == {"label_fr"}
    assert actions() == []


def test_edit_profession_refuses_what_belongs_to_the_reference():
    with pytest.raises(TypeError, match="not editable: code"):
        services.edit_profession(profession=nurse(), code="other", by=None, now=NOW)


def test_add_alias_is_recognised_at_once():
    by = UserFactory()

    alias = services.add_alias(profession=nurse(), text=" Inf. Soins G ", by=by, now=NOW)

    assert (alias.text, alias.folded, alias.is_certain) == ("Inf. Soins G", "inf. soins g", True)
    assert find_profession("INF SOINS G").profession == nurse()
    line = AuditLine.objects.get()
    assert (line.action, line.actor) == ("professions.add_alias", by)
    assert line.changes == {"alias": [None, "Inf. Soins G"], "is_certain": [None, True]}


def test_add_alias_of_a_specialty_gives_the_specialty():
    cardiology = Specialty.objects.get(code="SM04")

    services.add_alias(
        profession=cardiology.profession,
        specialty=cardiology,
        text="Docteur du cœur",
        by=None,
        now=NOW,
    )

    match = find_profession("docteurs du coeur")
    assert (match.profession, match.specialty) == (cardiology.profession, cardiology)
    cardiology.refresh_from_db()
    assert "coeur" in cardiology.search


def test_add_alias_in_doubt_asks():
    services.add_alias(profession=nurse(), text="blouse", is_certain=False, by=None, now=NOW)

    match = find_profession("Blouse")
    assert (match.outcome, [s.profession for s in match.suggestions]) == (
        Outcome.TO_CHECK,
        [nurse()],
    )


def test_add_alias_known_is_refused():
    with pytest.raises(services.AliasKnown):
        services.add_alias(profession=nurse(), text="ide", by=None, now=NOW)

    assert actions() == []


def test_add_alias_that_means_another_profession_is_refused():
    dentist = Profession.objects.get(code="dentist")

    with pytest.raises(services.AliasMeansAnother) as raised:
        services.add_alias(profession=dentist, text="IDE", by=None, now=NOW)

    assert raised.value.messages == [
        "« IDE » désigne déjà le métier « Infirmier en soins généraux (IDE) ». Enregistrez"
        " l’écriture comme « à préciser », ou fermez d’abord l’autre."
    ]


def test_add_alias_closed_before_opens_it_again():
    alias = ProfessionAlias.objects.get(profession__code="nurse", folded="inf")
    services.close_alias(alias=alias, by=None, now=NOW)

    again = services.add_alias(profession=nurse(), text="Inf", is_certain=False, by=None, now=NOW)

    assert (again, again.valid_to, again.is_certain) == (alias, None, False)


def test_close_alias_is_no_longer_recognised():
    by = UserFactory()
    services.add_alias(profession=nurse(), text="zzz", by=None, now=NOW)
    alias = ProfessionAlias.objects.get(folded="zzz")
    assert find_profession("zzz").profession == nurse()

    services.close_alias(alias=alias, by=by, now=NOW)

    assert find_profession("zzz").outcome == Outcome.UNKNOWN
    assert alias.pk == ProfessionAlias.objects.get(folded="zzz").pk
    assert AuditLine.objects.filter(actor=by).get().changes == {"alias": ["zzz", None]}


def test_close_alias_twice_is_refused():
    alias = ProfessionAlias.objects.get(profession__code="nurse", folded="inf")
    services.close_alias(alias=alias, by=None, now=NOW)

    with pytest.raises(services.AliasClosed):
        services.close_alias(alias=alias, by=None, now=NOW)


def test_edit_profession_of_an_outdated_form_is_refused():
    opened = nurse().revision
    services.edit_profession(profession=nurse(), label_en="Theirs", by=None, now=NOW)

    with pytest.raises(services.ProfessionChangedMeanwhile) as raised:
        services.edit_profession(
            profession=nurse(), label_en="Mine", revision=opened, by=None, now=NOW
        )

    assert raised.value.profession == nurse()
    assert nurse().label_en == "Theirs"


def test_edit_profession_without_a_difference_leaves_no_line():
    services.edit_profession(profession=nurse(), label_en="Registered nurse", by=None, now=NOW)

    assert actions() == []


def test_edit_profession_refuses_a_label_that_makes_another_doubtful():
    with pytest.raises(services.LabelMeansAnother) as raised:
        services.edit_profession(profession=nurse(), label_fr="Aide-soignant", by=None, now=NOW)

    assert raised.value.params["profession"] == "Aide-soignant (AS)"
    assert nurse().label_fr == "Infirmier en soins généraux (IDE)"


@pytest.mark.parametrize(
    ("text", "certain", "refusal"),
    [
        ("nuit", True, services.AliasTooCommon),
        ("responsable", False, services.AliasTooCommon),
        ("infirmières D.E.", True, services.AliasMeansAnother),
        ("médecin", True, services.AliasHarms),
        ("IDE bloc", True, services.AliasHarms),
        ("plombier", True, services.AliasNotRead),
        ("plombier", False, services.AliasNotRead),
        ("IDE", True, services.AliasMeansAnother),
    ],
)
def test_add_alias_that_would_mislead_is_refused(text, certain, refusal):
    dentist = Profession.objects.get(code="dentist")

    with pytest.raises(refusal):
        services.add_alias(profession=dentist, text=text, is_certain=certain, by=None, now=NOW)

    assert actions() == []


def test_retired_profession_is_neither_offered_nor_read_nor_reopened_by_a_load():
    services.retire_profession(profession=nurse(), by=None, now=NOW)

    professions, *_others = services.load_professions(by=None, now=NOW)

    yesterday = TODAY - timedelta(days=1)
    assert nurse().valid_to == yesterday
    assert nurse() not in professions_open_on(TODAY)
    assert find_profession("IDEL").profession is None
    assert professions.reopened == ()
    assert professions.kept == (FieldChange("nurse", "valid_to", yesterday, None),)
    assert actions() == ["professions.retire"]


def test_load_professions_that_overwrites_reopens_what_was_retired_and_says_so():
    services.retire_profession(profession=nurse(), by=None, now=NOW)

    professions, *_others = services.load_professions(by=None, now=NOW, overwrite=True)

    assert professions.reopened == ("nurse",)
    assert find_profession("IDEL").profession == nurse()


def test_profession_created_today_is_valid_to_the_end_of_today():
    Profession.objects.filter(code="nurse").update(valid_from=TODAY)

    assert services.retire_profession(profession=nurse(), by=None, now=NOW).valid_to == TODAY


def test_retire_and_reinstate_twice_are_refused():
    services.retire_profession(profession=nurse(), by=None, now=NOW)
    with pytest.raises(services.AlreadyRetired):
        services.retire_profession(profession=nurse(), by=None, now=NOW)

    services.reinstate_profession(profession=nurse(), by=None, now=NOW)
    with pytest.raises(services.NotRetired):
        services.reinstate_profession(profession=nurse(), by=None, now=NOW)

    assert find_profession("IDEL").profession == nurse()
    assert actions() == ["professions.retire", "professions.reinstate"]


def test_retired_specialty_is_no_longer_read():
    cardiology = Specialty.objects.get(code="SM04")

    services.retire_specialty(specialty=cardiology, by=None, now=NOW)

    assert find_profession("cardiologue").specialty != cardiology
    services.reinstate_specialty(specialty=Specialty.objects.get(code="SM04"), by=None, now=NOW)
    assert find_profession("cardiologue").specialty == cardiology

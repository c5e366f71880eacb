"""Lists to choose from, and the reader over the database."""

from datetime import timedelta

import pytest
from django.utils import translation

from ancrage.professions import queries
from ancrage.professions.enums import Family
from ancrage.professions.models import Profession, Specialty
from ancrage.professions.spelling import Cause, Outcome
from tests.factories import ProfessionFactory, SpecialtyFactory
from tests.factories.moments import TODAY

pytestmark = pytest.mark.django_db

YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)


def codes(professions) -> list[str]:
    return [profession.code for profession in professions]


def test_professions_open_on_a_day_follow_the_reference():
    found = codes(queries.professions_open_on(TODAY))

    assert len(found) == 59
    assert found[:3] == ["general_practitioner", "specialist_doctor", "geriatrician"]
    assert found[-3:] == ["medico_social_director", "hospital_director", "home_care_manager"]


def test_professions_open_on_a_day_include_the_last_day_and_leave_out_the_next():
    ending = ProfessionFactory(valid_to=TODAY)
    coming = ProfessionFactory(valid_from=TOMORROW)

    today, tomorrow = (
        queries.professions_open_on(day).filter(pk__in=[ending.pk, coming.pk])
        for day in (TODAY, TOMORROW)
    )

    assert (list(today), list(tomorrow)) == ([ending], [coming])


def test_professions_by_family_are_in_the_order_of_families():
    ProfessionFactory(code="zz_home", family=Family.HOME, rank=1)

    groups = queries.professions_by_family(TODAY)

    assert [group.family for group in groups] == list(Family)
    assert sum(len(group.professions) for group in groups) == 60
    assert codes(groups[2].professions) == [
        "care_assistant",
        "childcare_assistant",
        "hospital_orderly",
        "hospital_porter",
    ]
    assert codes(groups[6].professions) == [
        "zz_home",
        "home_care_assistant",
        "family_life_assistant",
        "social_family_technician",
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("KINÉ", ["physiotherapist"]),
        ("j1506", ["nurse"]),
        ("registered nurse", ["nurse"]),
        ("aides-soi", ["care_assistant", "hospital_porter", "sterilisation_agent"]),
        ("opératoire infirmier", ["theatre_nurse"]),
        ("dompteur", []),
    ],
)
def test_professions_matching_every_word(text, expected):
    assert codes(queries.professions_matching(text, on=TODAY)) == expected


def test_professions_matching_nothing_typed_are_all():
    assert queries.professions_matching("  ", on=TODAY).count() == 59


def test_specialties_open_on_a_day_leave_out_variants():
    psychiatrist = Profession.objects.get(code="psychiatrist")
    closed = SpecialtyFactory(code="XX9", profession=psychiatrist, valid_to=YESTERDAY)

    found = queries.specialties_open_on(TODAY, profession=psychiatrist)

    assert [specialty.code for specialty in found] == ["SM42"]
    assert closed not in queries.specialties_open_on(TODAY)
    assert queries.specialties_open_on(TODAY).count() == 57


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("coeur", []),
        ("cardiologue", ["SM04"]),
        ("urolo", ["SM12"]),
        ("emergency", ["SI05", "SM59"]),
    ],
)
def test_specialties_matching_every_word(text, expected):
    found = queries.specialties_matching(text, on=TODAY)

    assert sorted(specialty.code for specialty in found) == expected


def test_specialties_matching_within_a_profession():
    nurse = Profession.objects.get(code="advanced_practice_nurse")

    found = queries.specialties_matching("urgences", on=TODAY, profession=nurse)

    assert [specialty.code for specialty in found] == ["SI05"]


def test_find_profession_asks_the_database_once_when_nothing_changed(django_assert_num_queries):
    queries.find_profession("IDE")

    with django_assert_num_queries(1):
        match = queries.find_profession("IDE de nuit")

    assert match.profession.code == "nurse"


def test_profession_reader_reads_without_the_database(django_assert_num_queries):
    reader = queries.profession_reader()

    with django_assert_num_queries(0):
        found = [reader.find(text) for text in ("AS", "cardiologue", "Dompteur")]

    assert [match.outcome for match in found] == [
        Outcome.CERTAIN,
        Outcome.CERTAIN,
        Outcome.UNKNOWN,
    ]


def test_find_profession_suggests_professions_and_specialties():
    match = queries.find_profession("gynécologue")

    assert [(s.profession.code, s.specialty.code) for s in match.suggestions] == [
        ("specialist_doctor", "SM19"),
        ("specialist_doctor", "SM20"),
    ]
    assert match.profession is None


def test_find_profession_ignores_a_profession_closed():
    Profession.objects.filter(code="orthoptist").update(valid_to=TODAY)

    assert queries.find_profession("Orthoptiste").profession is None


def test_find_profession_ignores_the_writings_of_a_specialty_closed():
    Specialty.objects.filter(code="SM48").update(valid_to=TODAY)
    Profession.objects.filter(code="specialist_doctor").update(revision="changed")

    assert queries.find_profession("Rhumatologue").profession is None


@pytest.mark.parametrize(
    ("text", "cause", "reason"),
    [
        ("Infirmiers", Cause.LABEL, "Reconnu par le libellé « Infirmiers »."),
        ("infirmière libérale", Cause.LABEL, "Reconnu par le libellé « Infirmiers »."),
        ("Laborantine", Cause.WORDING, "Reconnu par l’appellation « laborantin »."),
        ("IDE de nuit", Cause.ABBREVIATION, "Reconnu par l’abréviation IDE."),
        ("J1506", Cause.CODE, "Reconnu par le code J1506."),
        (
            "aide soigante",
            Cause.TYPO,
            "Reconnu malgré la faute de frappe dans « soigante ».",
        ),
        (
            "ortho",
            Cause.AMBIGUOUS,
            "« ortho » ne suffit pas à désigner un métier : choisissez-le.",
        ),
        (
            "Dompteur",
            Cause.NOTHING,
            "Aucun métier connu ne ressemble à « Dompteur ».",
        ),
        ("", Cause.EMPTY, "Aucun métier n’est indiqué."),
    ],
)
def test_reason_says_why_in_french(text, cause, reason):
    match = queries.find_profession(text)

    assert (match.cause, match.reason) == (cause, reason)


def test_every_cause_has_its_sentence():
    sentences = {str(queries.spellings._SENTENCES[cause]) for cause in Cause}

    assert len(sentences) == len(Cause)


def test_reason_bears_a_percent_sign_in_the_text():
    match = queries.find_profession("dompteur 100 %s")

    assert match.reason == "Aucun métier connu ne ressemble à « dompteur 100 %s »."


def test_labels_follow_the_language():
    nurse = Profession.objects.get(code="nurse")
    cardiology = Specialty.objects.get(code="SM04")
    untranslated = SpecialtyFactory(label_fr="Nouvelle", label_en="")

    with translation.override("en"):
        english = (nurse.label, nurse.plural, cardiology.label, untranslated.label)

    assert english == (
        "Registered nurse",
        "Registered nurses",
        "Cardiology and vascular diseases",
        "Nouvelle",
    )
    assert str(cardiology) == "Cardiologie et maladies vasculaires"
    assert (nurse.label, str(nurse), nurse.plural) == (
        "Infirmier en soins généraux (IDE)",
        "Infirmier en soins généraux (IDE)",
        "Infirmiers",
    )

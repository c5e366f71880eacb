from itertools import combinations
from random import Random

import pytest
from django.db.models import Q

from ancrage.candidates import services
from ancrage.candidates.enums import CandidateStatus
from ancrage.candidates.models import Candidate, CandidateMerge, Proof, SearchEntry
from ancrage.candidates.queries import Likeness, alike, duplicates_in, duplicates_of
from ancrage.candidates.services import merging
from ancrage.kit.models import AuditLine
from ancrage.privacy.models import DataSubject
from ancrage.privacy.services import SubjectFrozen
from tests.factories import (
    CandidateFactory,
    ProfessionFactory,
    ProofFactory,
    TerritoryFactory,
    UserFactory,
)
from tests.factories.moments import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def territory():
    return TerritoryFactory()


@pytest.fixture
def nurse():
    return ProfessionFactory()


def person(territory, nurse, **facts):
    return CandidateFactory(
        **{"territory": territory, "professions": [nurse], "user": None, **facts}
    )


def test_likeness_is_by_telephone_address_or_name_and_profession(territory, nurse):
    typed = person(
        territory, nurse, first_name="Anne-Lise", last_name="Le Goff", phone="+33612345678"
    )
    by_name = person(territory, nurse, first_name="ANNÉ LISE", last_name="Le-Goff")
    by_phone = person(territory, nurse, phone="+33612345678")
    by_email = person(territory, nurse, email=typed.email)
    person(territory, nurse)
    other_work = person(
        territory, ProfessionFactory(), first_name="Anne-Lise", last_name="Le Goff"
    )
    person(TerritoryFactory(), nurse, email=typed.email)

    found = duplicates_of(typed)

    assert found == [
        Likeness(by_name, ("name",)),
        Likeness(by_phone, ("phone",)),
        Likeness(by_email, ("email",)),
    ]
    assert other_work not in [one.candidate for one in found]
    assert alike(
        territory,
        first_name="anne lise",
        last_name="le goff",
        email="",
        phone="",
        professions=[nurse],
    ) == [Likeness(typed, ("name",)), Likeness(by_name, ("name",))]


def test_pairs_of_a_territory_leave_out_those_said_distinct(territory, nurse):
    one = person(territory, nurse, email="meme@exemple.test")
    other = person(territory, nurse, email="meme@exemple.test")
    person(territory, nurse, email="", phone="+33612345678")
    person(territory, nurse, email="", phone="+33612345679")

    pairs = duplicates_in(Candidate.objects.all())

    assert pairs == [(one, Likeness(other, ("email",)))]
    services.declare_distinct(one=other, other=one, by=UserFactory(), now=NOW)
    services.declare_distinct(one=one, other=other, by=UserFactory(), now=NOW)
    assert duplicates_in(Candidate.objects.all()) == []
    assert duplicates_of(one) == []
    assert AuditLine.objects.count() == 1


@pytest.mark.parametrize("count", [2, 12])
def test_pairs_take_the_same_queries_whatever_their_number(
    territory, nurse, count, django_assert_num_queries
):
    for rank in range(count):
        person(territory, nurse, email=f"p{rank // 2}@exemple.test")

    with django_assert_num_queries(3):
        assert len(duplicates_in(Candidate.objects.all())) == count // 2


@pytest.mark.parametrize("seed", range(5))
def test_pairs_are_those_found_by_comparing_everybody(territory, nurse, seed):
    draw, midwife = Random(seed), ProfessionFactory()
    people = [
        person(
            territory,
            draw.choice([nurse, midwife]),
            first_name=draw.choice(["Anne", "Lise"]),
            last_name="Guérin",
            email=draw.choice([f"p{rank}@exemple.test", "une@exemple.test", "deux@exemple.test"]),
            phone=draw.choice(["", "+33612345678", "+33612345679"]),
        )
        for rank in range(12)
    ]
    work = {one: {row.profession_id for row in one.professions.all()} for one in people}

    def shared(one, other):
        told = {
            "email": one.email == other.email,
            "phone": one.phone and one.phone == other.phone,
            "name": one.first_name == other.first_name and work[one] & work[other],
        }
        return tuple(code for code, holds in told.items() if holds)

    expected = [
        (one, Likeness(other, reasons))
        for one, other in combinations(people, 2)
        if (reasons := shared(one, other))
    ]

    assert duplicates_in(Candidate.objects.all()) == expected
    assert duplicates_in(Candidate.objects.all(), limit=3) == expected[:3]
    assert duplicates_in(Candidate.objects.all(), reason="phone") == [
        pair for pair in expected if "phone" in pair[1].reasons
    ]


def test_merged_profile_holds_what_both_held_and_can_be_parted(territory, nurse):
    aide, account = ProfessionFactory(), UserFactory()
    kept = person(territory, nurse, phone="", reach_km=None)
    absorbed = person(
        territory,
        aide,
        user=account,
        phone="+33612345678",
        reach_km=30,
        pooled=True,
        first_name="Autre",
    )
    proof = ProofFactory(candidate=absorbed)
    by = UserFactory()

    merge = services.merge_candidates(kept=kept, absorbed=absorbed, by=by, now=NOW)

    kept.refresh_from_db()
    absorbed.refresh_from_db()
    proof.refresh_from_db()
    assert (kept.phone, kept.reach_km, kept.first_name) == ("+33612345678", 30, "Alix")
    assert (absorbed.status, absorbed.merged_into, absorbed.in_pool) == (
        CandidateStatus.MERGED,
        kept,
        False,
    )
    assert (kept.subject.user, proof.candidate) == (account, kept)
    assert kept.in_pool is False
    entries = SearchEntry.objects.order_by("-is_main").values_list("candidate", "profession")
    assert list(entries) == [(kept.pk, nurse.pk), (kept.pk, aide.pk)]

    services.unmerge_candidates(merge=merge, by=by, now=NOW)

    kept.refresh_from_db()
    absorbed.refresh_from_db()
    proof.refresh_from_db()
    assert (kept.phone, kept.reach_km) == ("", None)
    assert (absorbed.status, absorbed.merged_into, absorbed.in_pool) == (
        CandidateStatus.ACTIVE,
        None,
        True,
    )
    subjects = DataSubject.objects.order_by("pk")
    assert {one.user for one in subjects} == {None, account}
    assert (absorbed.subject.user, proof.candidate) == (account, absorbed)
    assert absorbed.professions.get().is_main is True
    assert SearchEntry.objects.get(candidate=absorbed).in_pool is True
    with pytest.raises(services.NothingToUndo):
        services.unmerge_candidates(merge=merge, by=by, now=NOW)


def test_rows_of_the_parts_above_follow(territory, nurse, monkeypatch):
    kept, absorbed = person(territory, nurse), person(territory, nurse)
    calls = []
    monkeypatch.setattr(
        merging.merges, "functions", {"mine": lambda *, kept, absorbed, now: [7, 8]}
    )
    monkeypatch.setattr(
        merging.unmerges,
        "functions",
        {"mine": lambda *, kept, absorbed, moved, now: calls.append(moved)},
    )

    merge = services.merge_candidates(kept=kept, absorbed=absorbed, by=None, now=NOW)
    services.unmerge_candidates(merge=merge, by=None, now=NOW)

    assert calls == [[7, 8]]


def test_profiles_that_cannot_be_one_are_not_merged(territory, nurse):
    kept = person(territory, nurse, user=UserFactory())
    refused = [
        (kept, "pair"),
        (person(TerritoryFactory(), nurse), "pair"),
        (person(territory, nurse, user=UserFactory()), "two_accounts"),
        (CandidateFactory(pending=True, territory=territory), "pending"),
    ]

    for other, code in refused:
        with pytest.raises(services.NotMergeable) as refusal:
            services.merge_candidates(kept=kept, absorbed=other, by=None, now=NOW)
        assert refusal.value.code == code
    DataSubject.objects.filter(pk=kept.subject_id).update(limited_at=NOW)
    with pytest.raises(SubjectFrozen):
        services.merge_candidates(kept=kept, absorbed=person(territory, nurse), by=None, now=NOW)
    with pytest.raises(services.NotMergeable):
        services.declare_distinct(one=kept, other=kept, by=None, now=NOW)
    assert CandidateMerge.objects.count() == 0


def test_merge_with_a_profile_gone_since_cannot_be_undone(territory, nurse):
    kept, absorbed = person(territory, nurse), person(territory, nurse)
    merge = services.merge_candidates(kept=kept, absorbed=absorbed, by=None, now=NOW)
    Candidate.objects.filter(pk=absorbed.pk).update(
        status=CandidateStatus.ERASED, merged_into=None
    )

    with pytest.raises(services.NothingToUndo):
        services.unmerge_candidates(merge=merge, by=None, now=NOW)


def test_erasing_a_merged_person_erases_both_profiles(territory, nurse):
    kept, absorbed = person(territory, nurse), person(territory, nurse)
    ProofFactory(candidate=absorbed)
    services.merge_candidates(kept=kept, absorbed=absorbed, by=None, now=NOW)

    services.erase_candidate(subject=kept.subject, now=NOW)

    assert set(Candidate.objects.values_list("status", "last_name", "email")) == {
        (CandidateStatus.ERASED, "", "")
    }
    assert (Proof.objects.count(), CandidateMerge.objects.count()) == (0, 0)
    assert Candidate.objects.filter(~Q(name_key="")).count() == 0

"""Nobody's employer learns by the platform that they look elsewhere."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from ancrage.accounts.policy import permitted
from ancrage.candidates import services
from ancrage.candidates.models import Candidate
from ancrage.candidates.queries import (
    CardCriteria,
    candidates_on_cards,
    card_named,
    cards_matching,
    employer_pairs,
    employs,
    hidden_from,
    supply_of,
)
from ancrage.kit.models import AuditLine
from ancrage.partners.enums import MemberRole
from ancrage.partners.queries import partner_called
from ancrage.privacy.queries import visible_fields
from ancrage.privacy.scopes import Viewer, viewer_of
from tests.factories import (
    CandidateFactory,
    CommuneFactory,
    MembershipFactory,
    PartnerFactory,
    ProfessionFactory,
    TerritoryFactory,
    TerritoryRoleFactory,
)
from tests.factories.moments import NOW, TODAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def territory():
    return TerritoryFactory()


@pytest.fixture
def employer(territory):
    return PartnerFactory(territory=territory, name="EHPAD de l’Étier", short_name="L’Étier")


@pytest.fixture
def other(territory):
    return PartnerFactory(territory=territory, name="Hôpital fictif")


@pytest.fixture
def nurse():
    return ProfessionFactory()


@pytest.fixture
def pool(territory, nurse):
    commune = CommuneFactory()
    return CandidateFactory.create_batch(
        5, territory=territory, pooled=True, professions=[nurse], commune=commune
    )


@pytest.fixture
def employee(pool, employer):
    Candidate.objects.filter(pk=pool[0].pk).update(employer=employer)
    return Candidate.objects.get(pk=pool[0].pk)


def fields(facts):
    return {name: facts[name] for name in ("employer", "employer_name", "shown_to_employer")}


def change(candidate, **facts):
    return services.change_profile(
        candidate=candidate, revision=candidate.revision, by=None, now=NOW, **facts
    )


def test_card_is_neither_shown_nor_counted_to_ones_own_employer(
    territory, employer, other, pool, employee
):
    def seen_by(partner):
        found = cards_matching(CardCriteria(), territories=[territory.pk], partners=[partner.pk])
        return found.total, {card.key for card in found.cards}

    # Four people of the cell are left to the employer: too few, nobody is shown.
    assert seen_by(employer) == (0, set())
    assert seen_by(other) == (5, {one.card for one in pool})
    where = {"territories": [territory.pk]}
    assert card_named(employee.card, **where, partners=[employer.pk]) is None
    assert card_named(employee.card, **where, partners=[other.pk]).key == employee.card
    assert employee not in candidates_on_cards([territory.pk], partners=[employer.pk, other.pk])


def test_card_is_shown_to_ones_employer_by_choice(territory, employer, pool, employee):
    change(employee, employer=employer, employer_name="", shown_to_employer=True)

    found = cards_matching(CardCriteria(), territories=[territory.pk], partners=[employer.pk])

    assert found.total == 5
    employee.refresh_from_db()
    assert employs(employee, employer.pk) is False


def test_whoever_belongs_to_the_employer_in_any_role_reads_no_card_of_its_people(
    territory, employer, other, employee, pool
):
    recruiter = MembershipFactory(partner=other).user
    MembershipFactory(partner=employer, user=recruiter, role=MemberRole.WELCOME_PARTNER)
    stranger = MembershipFactory(partner=other).user

    def rows(user):
        return set(permitted(user, "candidates.cards", Candidate.objects.all()))

    assert rows(recruiter) == set(pool[1:])
    assert rows(stranger) == {employee, *pool[1:]}


def test_figures_that_anybody_reads_are_the_same_for_everybody(territory, nurse, pool, employee):
    def people():
        found = supply_of(territory, since=TODAY, until=TODAY + timedelta(days=30))
        return found.by_profession[nurse.pk]

    assert people() == 4
    change(employee, employer=employee.employer, shown_to_employer=True)
    assert people() == 5


def test_employer_is_read_by_the_coordination_and_by_no_structure_even_one_agreed_to(
    territory, employer, employee
):
    coordinator = TerritoryRoleFactory(territory=territory).user
    anybody = Viewer(user_pk=0, scopes=frozenset({f"partner:{employer.pk}"}))

    def seen(viewer):
        return visible_fields(viewer, employee.subject, Candidate, "current_employer")

    assert seen(viewer_of(coordinator)) == {"employer", "employer_name", "shown_to_employer"}
    assert seen(anybody) == frozenset()


def test_name_written_by_hand_that_is_a_structure_of_the_territory_is_that_structure(
    territory, employer
):
    candidate = CandidateFactory(territory=territory)

    for typed in ("ehpad de l'etier", "L’ÉTIER"):
        row = change(candidate, employer=None, employer_name=typed, shown_to_employer=True)
        assert fields(vars(row) | {"employer": row.employer}) == {
            "employer": employer,
            "employer_name": "",
            "shown_to_employer": True,
        }
        candidate = change(row, employer=None, employer_name="", shown_to_employer=True)
        assert (candidate.employer, candidate.shown_to_employer) == (None, False)
    row = change(candidate, employer=None, employer_name="  Une clinique   nantaise ")
    assert (row.employer, row.employer_name) == (None, "Une clinique nantaise")
    assert partner_called("EHPAD", territory=territory) is None
    assert partner_called(" - ", territory=territory) is None
    assert partner_called(employer.name, territory=TerritoryFactory()) is None


def test_employer_is_one_structure_of_the_territory(territory, employer):
    candidate = CandidateFactory(territory=territory)
    stranger = PartnerFactory()

    for facts, field in (
        ({"employer": employer, "employer_name": "Autre"}, "employer_name"),
        ({"employer": stranger, "employer_name": ""}, "employer"),
    ):
        with pytest.raises(ValidationError) as refusal:
            change(candidate, **facts)
        assert list(refusal.value.message_dict) == [field]


def test_post_taken_makes_the_employer_and_its_end_unmakes_it(territory, employer, other):
    candidate = CandidateFactory(territory=territory, employer_name="Une clinique")

    services.note_employer(candidate=candidate, partner=employer, by=None, now=NOW)
    services.note_employer(candidate=candidate, partner=employer, by=None, now=NOW)
    services.note_departure(candidate=candidate, partner=other, by=None, now=NOW)

    candidate.refresh_from_db()
    assert (candidate.employer, candidate.employer_name) == (employer, "")
    services.note_departure(candidate=candidate, partner=employer, by=None, now=NOW)
    candidate.refresh_from_db()
    assert candidate.employer is None
    # The journal says that it changed, never to what.
    assert (
        list(AuditLine.objects.values_list("action", "changes"))
        == [("candidates.change", {"fields": ["", "employer"]})] * 2
    )


def test_merged_profile_takes_the_employer_it_lacks_and_gives_it_back(territory, employer, nurse):
    kept, absorbed = CandidateFactory.create_batch(2, territory=territory, professions=[nurse])
    Candidate.objects.filter(pk=absorbed.pk).update(employer=employer, shown_to_employer=True)

    merge = services.merge_candidates(kept=kept, absorbed=absorbed, by=None, now=NOW)

    kept.refresh_from_db()
    assert (kept.employer, kept.shown_to_employer) == (employer, True)
    services.unmerge_candidates(merge=merge, by=None, now=NOW)
    kept.refresh_from_db()
    absorbed.refresh_from_db()
    assert (kept.employer, kept.shown_to_employer) == (None, False)
    assert (absorbed.employer, absorbed.shown_to_employer) == (employer, True)


def test_a_second_post_hides_from_both_structures_until_each_is_left(employer, other, territory):
    person = CandidateFactory(territory=territory)
    for partner in (employer, other):
        services.note_employer(candidate=person, partner=partner, by=None, now=NOW)

    person.refresh_from_db()
    assert [employs(person, partner.pk) for partner in (employer, other)] == [True, True]
    assert person.pk in {row["pk"] for row in hidden_from([employer.pk])}
    assert sorted(employer_pairs(territory)) == sorted(
        [(person.pk, employer.pk), (person.pk, other.pk)]
    )

    services.note_departure(candidate=person, partner=other, by=None, now=NOW)
    person.refresh_from_db()
    assert [employs(person, partner.pk) for partner in (employer, other)] == [True, False]

    services.note_departure(candidate=person, partner=employer, by=None, now=NOW)
    person.refresh_from_db()
    assert (person.employer, person.other_employers.count()) == (None, 0)


def test_two_profiles_merged_stay_hidden_from_every_employer(employer, other, territory):
    kept = CandidateFactory(territory=territory, employer_name="Clinique d’ailleurs")
    absorbed = CandidateFactory(territory=territory, employer=employer, subject__user=None)

    merge = services.merge_candidates(kept=kept, absorbed=absorbed, by=None, now=NOW)

    kept.refresh_from_db()
    assert employs(kept, employer.pk)
    services.unmerge_candidates(merge=merge, by=None, now=NOW)
    kept.refresh_from_db()
    assert not employs(kept, employer.pk)


def test_permission_and_search_hide_the_same_people(territory, employer, other, pool):
    reader = MembershipFactory(partner=employer).user
    told, second = pool[1], pool[2]
    Candidate.objects.filter(pk__in=[pool[0].pk, told.pk]).update(employer=employer)
    Candidate.objects.filter(pk=told.pk).update(shown_to_employer=True)
    Candidate.objects.filter(pk=second.pk).update(employer=other, shown_to_employer=True)
    second.other_employers.add(employer)

    read = permitted(reader, "candidates.cards", Candidate.objects.all())
    searched = Candidate.objects.exclude(pk__in=hidden_from([employer.pk]))

    assert set(read) == set(searched) == {told, pool[3], pool[4]}
    assert [employs(one, employer.pk) for one in pool] == [True, False, True, False, False]
    assert set(employer_pairs(territory)) == {
        (pool[0].pk, employer.pk),
        (second.pk, employer.pk),
    }

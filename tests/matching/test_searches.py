"""Saved searches: kept, told of by mail, stopped, deleted, erased."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import call_command

from ancrage.kit.links import LinkExpired, LinkForged
from ancrage.kit.models import AuditLine, OutboxTask
from ancrage.matching.models import SavedSearch
from ancrage.matching.queries import silence_token, silenced_search
from ancrage.matching.services import (
    MOST_SEARCHES,
    NameTaken,
    TendedSearches,
    TooManySearches,
    change_search,
    delete_search,
    erase_searches,
    export_searches,
    restore_search,
    save_search,
    silence_search,
    tend_searches,
)
from tests.factories import (
    CandidateFactory,
    CommuneFactory,
    DataSubjectFactory,
    MembershipFactory,
    NeedFactory,
    SavedSearchFactory,
    UserFactory,
)
from tests.factories.moments import NOW

pytestmark = pytest.mark.django_db
TOMORROW = NOW + timedelta(days=1)


@pytest.fixture
def place():
    return CommuneFactory(insee="44901", latitude=47.1, longitude=-2.1)


@pytest.fixture
def pool(territory, nurse, place):
    def people(count, **facts):
        return CandidateFactory.create_batch(
            count,
            territory=territory,
            professions=[nurse],
            commune=place,
            pooled=True,
            first_name="Zéphyrine",
            **facts,
        )

    return people


def mail():
    return OutboxTask.objects.get(kind="kit.mail").payload


def save(by, need, name="Nuits", frequency="daily"):
    return save_search(need=need, words={}, name=name, frequency=frequency, by=by, now=NOW)


def test_structure_is_told_how_many_are_new_and_nobody_s_name(recruiter, need, pool):
    pool(5)
    search = save(recruiter, need)
    people = pool(6, updated_at=NOW + timedelta(hours=2))

    done = tend_searches(now=TOMORROW)

    assert done == TendedSearches(searched=1, mails=1, forgotten=0)
    letter = mail()
    assert letter["to"] == recruiter.email
    assert "6 profils nouveaux ou mis à jour" in letter["text"]
    assert f"/recherches/{search.pk}/ouvrir/" in letter["text"]
    assert silence_token(search) in letter["text"]
    for secret in ("Zéphyrine", people[0].last_name, people[0].card):
        assert secret not in letter["text"] + letter["html"]


def test_number_of_a_few_new_people_is_not_told(recruiter, need, pool):
    pool(5)
    save(recruiter, need)
    pool(2, updated_at=NOW + timedelta(hours=2))

    tend_searches(now=TOMORROW)

    assert "Des profils nouveaux ou mis à jour" in mail()["text"]


def test_invented_people_do_not_have_the_number_told(recruiter, need, pool):
    pool(5)
    save(recruiter, need)
    pool(1, updated_at=NOW + timedelta(hours=2))
    for _one in range(4):
        unknown = DataSubjectFactory(home="territory:1", is_confirmed=False)
        pool(1, updated_at=NOW + timedelta(hours=2), subject=unknown)

    tend_searches(now=TOMORROW)

    assert "Des profils nouveaux ou mis à jour" in mail()["text"]


def test_pool_too_small_to_be_shown_is_not_told_of(recruiter, need, pool):
    save(recruiter, need)
    pool(4, updated_at=NOW + timedelta(hours=2))

    assert tend_searches(now=TOMORROW).mails == 0


def test_what_was_told_is_not_told_again(recruiter, need, pool):
    pool(5)
    save(recruiter, need)
    pool(6, updated_at=NOW + timedelta(hours=2))

    rounds = [
        tend_searches(now=moment).mails
        for moment in (TOMORROW, TOMORROW + timedelta(minutes=5), TOMORROW + timedelta(days=1))
    ]

    assert rounds == [1, 0, 0]


def test_weekly_search_waits_for_its_week_and_a_silent_one_for_ever(recruiter, need, pool):
    pool(5)
    save(recruiter, need, name="Semaine", frequency="weekly")
    save(recruiter, need, name="Jamais", frequency="never")
    pool(5, updated_at=NOW + timedelta(hours=2))

    assert tend_searches(now=NOW + timedelta(days=6)).searched == 0
    assert tend_searches(now=NOW + timedelta(days=7)).searched == 1


def test_all_the_news_of_an_owner_is_in_one_mail(recruiter, need, pool):
    pool(5)
    save(recruiter, need, name="Une")
    save(recruiter, need, name="Deux")
    pool(5, updated_at=NOW + timedelta(hours=2))

    assert tend_searches(now=TOMORROW).mails == 1
    assert mail()["subject"] == "Du nouveau dans 2 de vos recherches"


def test_somebody_who_left_the_structure_is_told_nothing(recruiter, partner, need, pool):
    pool(5)
    save(recruiter, need)
    pool(5, updated_at=NOW + timedelta(hours=2))
    recruiter.memberships.update(ended_at=NOW)

    assert tend_searches(now=TOMORROW).mails == 0


def test_need_that_was_filled_is_no_longer_searched_for(recruiter, need, pool):
    pool(5)
    save(recruiter, need)
    pool(5, updated_at=NOW + timedelta(hours=2))
    need.status = "filled"
    need.save()

    assert tend_searches(now=TOMORROW).mails == 0


def test_coordination_is_told_of_profiles(coordinator, need, territory, nurse):
    save(coordinator, need)
    CandidateFactory(territory=territory, professions=[nurse], updated_at=NOW + timedelta(hours=2))

    tend_searches(now=TOMORROW)

    assert "Des profils nouveaux ou mis à jour" in mail()["text"]


def test_person_is_told_of_the_needs_that_suit_her(territory, partner, nurse):
    user = UserFactory(first_name="Alix", language="en")
    CandidateFactory(territory=territory, user=user, professions=[nurse])
    save(user, None)
    later = NOW + timedelta(hours=2)
    for audience in ("public", "members"):
        NeedFactory(
            partner=partner,
            profession=nurse,
            published=True,
            published_at=later,
            audience=audience,
        )

    tend_searches(now=TOMORROW)

    letter = mail()
    assert letter["subject"] == "Something new in one of your searches"
    assert "1 new need suits you." in letter["text"]


def test_person_without_a_profile_any_more_is_told_nothing(territory, nurse):
    save(UserFactory(), None)

    assert tend_searches(now=TOMORROW) == TendedSearches(searched=1, mails=0, forgotten=0)


def test_command_says_what_the_round_did(capsys):
    call_command("tend_searches")

    assert capsys.readouterr().out == '{"searched": 0, "mails": 0, "forgotten": 0}\n'


def test_searches_have_a_limit_and_names_of_their_own(recruiter, need):
    first = save(recruiter, need)
    with pytest.raises(NameTaken):
        save(recruiter, need)
    delete_search(search=first, by=recruiter, now=NOW)
    save(recruiter, need)
    with pytest.raises(NameTaken):
        restore_search(search=first, by=recruiter, now=NOW)
    SavedSearchFactory.create_batch(MOST_SEARCHES - 1, owner=recruiter, need=need)
    with pytest.raises(TooManySearches):
        save(recruiter, need, name="Une de trop")

    assert [line.action for line in AuditLine.objects.order_by("pk")] == [
        "searches.save",
        "searches.delete",
        "searches.save",
    ]
    assert AuditLine.objects.first().target_label == f"recherche {first.pk}"


def test_mails_asked_for_again_tell_nothing_of_the_silence(recruiter, need):
    search = save(recruiter, need, frequency="never")

    change_search(search=search, name="Nuits", frequency="weekly", by=recruiter, now=TOMORROW)

    search.refresh_from_db()
    assert (search.frequency, search.told_at) == ("weekly", TOMORROW)


def test_deleted_search_is_forgotten_after_a_day_with_those_of_closed_accounts(recruiter, need):
    deleted = save(recruiter, need)
    delete_search(search=deleted, by=recruiter, now=NOW)
    kept = save(recruiter, need, name="Gardée")
    SavedSearchFactory(owner=UserFactory(is_active=False, closed_at=NOW))

    assert tend_searches(now=NOW + timedelta(hours=23)).forgotten == 1
    assert tend_searches(now=TOMORROW).forgotten == 1
    assert list(SavedSearch.objects.all()) == [kept]


def test_silencing_is_noted_once(recruiter, need):
    token = silence_token(save(recruiter, need))

    for _turn in range(2):
        silence_search(token=token, now=NOW)

    assert SavedSearch.objects.get().frequency == "never"
    assert AuditLine.objects.filter(action="searches.silence").count() == 1


def test_link_of_another_search_of_the_same_number_opens_nothing(recruiter, need):
    search = save(recruiter, need)
    token = silence_token(search)
    SavedSearch.objects.filter(pk=search.pk).update(created_at=datetime(2027, 1, 1, tzinfo=UTC))

    with pytest.raises(LinkExpired):
        silenced_search(token)
    with pytest.raises(LinkForged):
        silenced_search(f"{token}x")


def test_person_takes_her_searches_away_and_they_are_erased_with_her(territory, nurse):
    user = UserFactory()
    candidate = CandidateFactory(territory=territory, user=user, professions=[nurse])
    save(user, None, name="Près de chez moi")
    other = SavedSearchFactory(owner=MembershipFactory().user)

    taken = export_searches(subject=candidate.subject).tables["recherches_enregistrees"]
    erase_searches(subject=candidate.subject, now=NOW)

    assert taken == [
        {
            "nom": "Près de chez moi",
            "objet": "needs",
            "criteres": "",
            "frequence": "daily",
            "enregistree_le": NOW.isoformat(),
            "ouverte_le": NOW.isoformat(),
        }
    ]
    assert list(SavedSearch.objects.all()) == [other]


def test_person_without_an_account_keeps_no_search(candidate):
    SavedSearchFactory()

    erase_searches(subject=candidate.subject, now=NOW)

    assert SavedSearch.objects.count() == 1
    assert export_searches(subject=candidate.subject).tables == {"recherches_enregistrees": []}

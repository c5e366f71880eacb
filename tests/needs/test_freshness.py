from datetime import date, timedelta

import pytest
from django.utils import timezone

from ancrage.kit.freshness import Freshness
from ancrage.kit.models import AuditLine, OutboxTask
from ancrage.needs.enums import NeedStatus
from ancrage.needs.models import Need, NeedStatusChange
from ancrage.needs.queries import freshness_of, is_of_freshness, with_freshness
from ancrage.needs.services import Asked, Paused, ask_freshness, confirm_need, pause_stale
from tests.factories import MembershipFactory, NeedFactory, PartnerFactory, UserFactory
from tests.factories.moments import NOW

pytestmark = pytest.mark.django_db


def days(number):
    return NOW - timedelta(days=number)


def mails():
    return [
        (task.key, task.payload["to"], task.payload["subject"])
        for task in OutboxTask.objects.order_by("key")
    ]


@pytest.fixture
def partner():
    return PartnerFactory(name="EHPAD fictif des Dunes")


@pytest.fixture
def member(partner):
    user = UserFactory(email="camille@exemple.test", first_name="Camille")
    MembershipFactory(partner=partner, user=user)
    return user


@pytest.mark.parametrize(
    ("age", "expected"),
    [
        (0, Freshness.FRESH),
        (29, Freshness.FRESH),
        (30, Freshness.TO_CONFIRM),
        (44, Freshness.TO_CONFIRM),
        (45, Freshness.STALE),
        (300, Freshness.STALE),
    ],
)
def test_freshness_of_says_the_same_as_its_condition(age, expected):
    need = NeedFactory(published=True, confirmed_at=days(age))

    (row,) = with_freshness(Need.objects.all(), now=NOW)

    assert freshness_of(need, now=NOW) == expected
    assert row.freshness == expected
    assert [
        one for one in Freshness if Need.objects.filter(is_of_freshness(one, now=NOW)).exists()
    ] == [expected]


@pytest.mark.parametrize("trait", [{}, {"paused": True}, {"closed": True}])
def test_freshness_of_what_is_not_published(trait):
    need = NeedFactory(**trait, **({"confirmed_at": days(90)} if trait else {}))

    (row,) = with_freshness(Need.objects.all(), now=NOW)

    assert freshness_of(need, now=NOW) is None
    assert row.freshness == ""


def test_freshness_counts_whole_local_days():
    late_that_evening = timezone.localtime(days(30)).replace(hour=23, minute=59)
    need = NeedFactory(published=True, confirmed_at=late_that_evening)

    assert freshness_of(need, now=NOW) == Freshness.TO_CONFIRM


def test_ask_freshness_writes_one_mail_a_person_with_all_their_needs(partner, member):
    other = PartnerFactory()
    MembershipFactory(partner=other, user=member)
    colleague = MembershipFactory(partner=partner).user
    first = NeedFactory(partner=partner, published=True, confirmed_at=days(31), unit="Médecine")
    second = NeedFactory(partner=other, published=True, confirmed_at=days(30))
    NeedFactory(partner=partner, published=True, confirmed_at=days(29))

    assert ask_freshness(now=NOW) == Asked(needs=2, mails=2)

    assert [(key, to) for key, to, _subject in mails()] == sorted(
        [
            (f"needs.ask:user-{member.pk}:2026-11-16", member.email),
            (f"needs.ask:user-{colleague.pk}:2026-11-16", colleague.email),
        ]
    )
    theirs = OutboxTask.objects.get(key__contains=f"user-{member.pk}:").payload
    assert theirs["subject"] == "2 besoins à confirmer : toujours d’actualité ?"
    assert "Bonjour Camille" in theirs["text"]
    assert "EHPAD fictif des Dunes" in theirs["text"]
    assert "Médecine" in theirs["text"]
    assert theirs["text"].count("/besoins/actualite/") == 2
    assert theirs["html"].count('<p class="act">') == 2
    assert set(Need.objects.filter(asked_at=NOW)) == {first, second}


def test_ask_freshness_twice_writes_once(partner, member):
    NeedFactory(partner=partner, published=True, confirmed_at=days(31))

    ask_freshness(now=NOW)
    again = ask_freshness(now=NOW + timedelta(hours=2))
    next_day = ask_freshness(now=NOW + timedelta(days=1))

    assert (again, next_day) == (Asked(needs=0, mails=0), Asked(needs=0, mails=0))
    assert len(mails()) == 1


def test_ask_freshness_keeps_for_tomorrow_what_falls_due_after_the_mail_of_the_day(
    partner, member
):
    NeedFactory(partner=partner, published=True, confirmed_at=days(31))
    ask_freshness(now=NOW)
    late = NeedFactory(partner=partner, published=True, confirmed_at=days(31))

    same_day = ask_freshness(now=NOW + timedelta(hours=2))
    next_day = ask_freshness(now=NOW + timedelta(days=1))

    assert (same_day, next_day) == (Asked(needs=0, mails=0), Asked(needs=1, mails=1))
    assert set(Need.objects.filter(asked_at=NOW + timedelta(days=1))) == {late}


def test_ask_freshness_reminds_once_when_the_need_goes_stale(partner, member):
    NeedFactory(partner=partner, published=True, confirmed_at=NOW)

    sent = [day for day in range(60) if ask_freshness(now=NOW + timedelta(days=day)).mails]

    assert sent == [30, 45]


def test_ask_freshness_starts_again_after_a_confirmation(partner, member):
    need = NeedFactory(partner=partner, published=True, confirmed_at=NOW)
    ask_freshness(now=NOW + timedelta(days=30))
    confirm_need(need=need, by=member, now=NOW + timedelta(days=31))

    sent = [day for day in range(31, 80) if ask_freshness(now=NOW + timedelta(days=day)).mails]

    assert sent == [61, 76]


def test_ask_freshness_leaves_out_who_no_longer_recruits(partner):
    partner.contact_email = ""
    partner.save()
    MembershipFactory(partner=partner, ended_at=NOW)
    MembershipFactory(partner=partner, user__is_active=False, user__closed_at=NOW)
    MembershipFactory(welcome=True, partner=partner)
    NeedFactory(partner=partner, published=True, confirmed_at=days(31))

    assert ask_freshness(now=NOW) == Asked(needs=0, mails=0)
    assert Need.objects.get().asked_at is None


def test_ask_freshness_writes_to_the_mailbox_of_a_structure_without_members(partner):
    NeedFactory(partner=partner, published=True, confirmed_at=days(31))

    assert ask_freshness(now=NOW) == Asked(needs=1, mails=1)
    assert mails() == [
        (
            f"needs.ask:partner-{partner.pk}:2026-11-16",
            partner.contact_email,
            "Un besoin à confirmer : toujours d’actualité ?",
        )
    ]


def test_ask_freshness_leaves_a_structure_that_left_in_peace(partner, member):
    partner.left_at = NOW
    partner.save()
    NeedFactory(partner=partner, published=True, confirmed_at=days(31))

    assert ask_freshness(now=NOW) == Asked(needs=0, mails=0)


def test_ask_freshness_in_the_language_of_the_reader(partner, member):
    member.language = "en"
    member.save()
    NeedFactory(partner=partner, published=True, confirmed_at=days(31))

    ask_freshness(now=NOW)

    payload = OutboxTask.objects.get().payload
    assert '<html lang="en">' in payload["html"]


def test_pause_stale_pauses_and_says_so(partner, member):
    silent = NeedFactory(partner=partner, published=True, confirmed_at=days(60))
    fresher = NeedFactory(partner=partner, published=True, confirmed_at=days(59))

    assert pause_stale(now=NOW) == Paused(needs=1, mails=1)
    assert pause_stale(now=NOW) == Paused(needs=0, mails=0)

    silent.refresh_from_db()
    fresher.refresh_from_db()
    assert (silent.status, fresher.status) == (NeedStatus.PAUSED, NeedStatus.PUBLISHED)
    assert list(NeedStatusChange.objects.values_list("need", "source", "by")) == [
        (silent.pk, "automatic", None)
    ]
    assert [line.action for line in AuditLine.objects.all()] == ["need.paused"]
    assert mails() == [
        (
            f"needs.paused:user-{member.pk}:2026-11-16",
            member.email,
            "Un besoin mis en pause, faute de nouvelles",
        )
    ]
    assert "/besoins/actualite/" in OutboxTask.objects.get().payload["text"]


def test_ask_freshness_does_not_ask_what_will_be_paused(partner, member):
    NeedFactory(partner=partner, published=True, confirmed_at=days(60))

    assert ask_freshness(now=NOW) == Asked(needs=0, mails=0)


def test_text_of_a_mail_keeps_apostrophes(partner, member):
    NeedFactory(
        partner=partner, published=True, confirmed_at=days(31), unit="Service d'accueil & soins"
    )

    ask_freshness(now=NOW)

    assert "Service d'accueil & soins" in OutboxTask.objects.get().payload["text"]


def test_ask_freshness_costs_the_same_for_many_needs(
    partner, member, django_assert_max_num_queries
):
    for number in range(20):
        NeedFactory(
            partner=partner,
            published=True,
            confirmed_at=days(31),
            starts_on=date(2027, 1, 1 + number),
        )

    with django_assert_max_num_queries(8):
        ask_freshness(now=NOW)

"""A campaign's life: prepared, opened, reminded, closed, reopened."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from ancrage.accounts.models import User
from ancrage.kit.models import AuditLine, OutboxTask
from ancrage.needs import services as needs
from ancrage.needs.enums import AnswerStatus, CampaignStatus
from ancrage.needs.models import Campaign, CampaignAnswer
from ancrage.needs.queries import (
    Reach,
    answer_rate,
    answers_by_state,
    answers_to_remind,
    campaign_counts,
    reach_of,
    structures_asked,
    structures_out_of_reach,
    with_answer_counts,
)
from tests.factories import (
    CampaignAnswerFactory,
    CampaignFactory,
    MembershipFactory,
    PartnerFactory,
    ProfessionFactory,
    TerritoryFactory,
    TerritoryRoleFactory,
    UserFactory,
)
from tests.factories.moments import NOW, TODAY

pytestmark = pytest.mark.django_db

CLOSES = TODAY + timedelta(days=30)


@pytest.fixture
def territory():
    return TerritoryFactory()


@pytest.fixture
def coordinator(territory) -> User:
    return TerritoryRoleFactory(territory=territory).user


@pytest.fixture
def nurse():
    return ProfessionFactory(code="nurse")


@pytest.fixture
def draft(territory, coordinator, nurse) -> Campaign:
    return needs.create_campaign(
        territory=territory,
        name="Recensement 2026",
        reference_day=date(2026, 11, 1),
        closes_on=CLOSES,
        professions=[nurse],
        message="Bonjour",
        questions=["Qui part ?", "  ", "Qui arrive ?"],
        by=coordinator,
        now=NOW,
    )


def _facts(campaign, **changes):
    return {
        "name": campaign.name,
        "reference_day": campaign.reference_day,
        "closes_on": campaign.closes_on,
        "professions": list(campaign.professions.order_by("pk")),
        **changes,
    }


def _actions():
    return list(AuditLine.objects.order_by("pk").values_list("action", flat=True))


def _mails():
    return list(
        OutboxTask.objects.filter(kind="kit.mail").order_by("pk").values_list("payload", flat=True)
    )


def test_campaign_is_prepared_with_its_questions_in_order(draft, nurse, coordinator):
    assert draft.status == CampaignStatus.DRAFT
    assert draft.created_by == coordinator
    assert list(draft.professions.order_by("pk")) == [nurse]
    assert list(draft.questions.order_by("position").values_list("position", "text")) == [
        (1, "Qui part ?"),
        (2, "Qui arrive ?"),
    ]
    assert _actions() == ["campaign.created"]


def test_campaign_prepared_by_a_command_has_no_author(territory, nurse):
    campaign = needs.create_campaign(
        territory=territory,
        name="Nuit",
        reference_day=TODAY,
        closes_on=CLOSES,
        professions=[nurse],
        by=None,
        now=NOW,
    )

    assert campaign.created_by is None


def test_campaign_about_nothing_is_refused(territory, draft):
    with pytest.raises(needs.CampaignEmpty):
        needs.create_campaign(
            territory=territory, **_facts(draft, name="Autre", professions=[]), by=None, now=NOW
        )
    with pytest.raises(needs.CampaignEmpty):
        needs.edit_campaign(
            campaign=draft, revision=1, **_facts(draft, professions=[]), by=None, now=NOW
        )


def test_name_is_taken_once_in_a_territory(territory, draft):
    with pytest.raises(needs.CampaignNameTaken):
        needs.create_campaign(territory=territory, **_facts(draft), by=None, now=NOW)

    elsewhere = needs.create_campaign(
        territory=TerritoryFactory(), **_facts(draft), by=None, now=NOW
    )
    assert elsewhere.name == draft.name


def test_draft_is_changed_and_the_change_told(draft):
    doctor = ProfessionFactory()

    edited = needs.edit_campaign(
        campaign=draft,
        revision=draft.revision,
        **_facts(draft, name="Recensement d’automne", professions=[doctor], questions=["Quoi ?"]),
        by=None,
        now=NOW,
    )

    assert (edited.name, edited.message, edited.revision) == ("Recensement d’automne", "", 2)
    assert list(edited.professions.order_by("pk")) == [doctor]
    assert [question.text for question in edited.questions.order_by("position")] == ["Quoi ?"]
    assert AuditLine.objects.get(action="campaign.edited").changes == {
        "name": ["Recensement 2026", "Recensement d’automne"],
        "message": ["Bonjour", ""],
    }


def test_change_of_a_draft_changed_meanwhile_is_refused_and_shows_it(draft):
    needs.edit_campaign(
        campaign=draft, revision=1, **_facts(draft, name="Première"), by=None, now=NOW
    )

    with pytest.raises(needs.CampaignChangedMeanwhile) as refused:
        needs.edit_campaign(
            campaign=draft, revision=1, **_facts(draft, name="Seconde"), by=None, now=NOW
        )

    assert refused.value.current.name == "Première"
    assert Campaign.objects.get(pk=draft.pk).name == "Première"


def test_campaign_once_open_is_neither_changed_nor_deleted(territory):
    opened = CampaignFactory(territory=territory, open=True)
    opened.professions.add(ProfessionFactory())

    with pytest.raises(needs.CampaignNotDraft):
        needs.edit_campaign(campaign=opened, revision=1, **_facts(opened), by=None, now=NOW)
    with pytest.raises(needs.CampaignNotDraft):
        needs.delete_draft_campaign(campaign=opened, by=None, now=NOW)


def test_draft_is_deleted(draft):
    needs.delete_draft_campaign(campaign=draft, by=None, now=NOW)

    assert Campaign.objects.count() == 0
    assert _actions() == ["campaign.created", "campaign.deleted"]


def test_opening_asks_recruiting_structures_and_writes_to_those_who_recruit(draft, territory):
    partner = PartnerFactory(territory=territory, name="EHPAD fictif")
    recruiter = MembershipFactory(partner=partner).user
    MembershipFactory(partner=partner, ended_at=NOW)
    MembershipFactory(partner=partner, user=UserFactory(is_active=False, closed_at=NOW))
    alone = PartnerFactory(
        territory=territory, name="SSIAD fictif", contact_email="accueil@ssiad.test"
    )
    silent = PartnerFactory(territory=territory, contact_email="")
    PartnerFactory(territory=territory, welcome=True)
    PartnerFactory(territory=territory, left_at=NOW)
    PartnerFactory()

    reach = reach_of(territory)
    opened = needs.open_campaign(campaign=draft, by=None, now=NOW)

    assert reach == Reach(structures=3, people=1, mailboxes=1, silent=(silent,))
    assert (opened.status, opened.opened_at, opened.revision) == (CampaignStatus.OPEN, NOW, 2)
    assert {answer.partner for answer in opened.answers.order_by("pk")} == {
        partner,
        alone,
        silent,
    }
    assert set(structures_asked(territory)) == {partner, alone, silent}
    to_mailbox, mail = sorted(_mails(), key=lambda mail: mail["to"] == recruiter.email)
    answer = opened.answers.get(partner=partner)
    assert mail["to"] == recruiter.email
    assert mail["subject"] == "EHPAD fictif : votre réponse à « Recensement 2026 »"
    assert f"/campagnes/reponses/{answer.pk}/" in mail["text"]
    assert f"/campagnes/reponses/{answer.pk}/" in mail["html"]
    assert "Bonjour" in mail["text"]
    assert to_mailbox["to"] == "accueil@ssiad.test"
    assert to_mailbox["subject"] == "SSIAD fictif : votre réponse à « Recensement 2026 »"
    for body in (to_mailbox["text"], to_mailbox["html"]):
        assert "Personne dans votre structure n’a encore de compte" in body
        assert "aucun membre de SSIAD fictif n’a de compte" in body
        assert "/campagnes/reponses/" not in body


def test_opening_without_anybody_to_ask_is_refused(draft):
    with pytest.raises(needs.NobodyToAsk):
        needs.open_campaign(campaign=draft, by=None, now=NOW)


def test_opening_after_its_deadline_is_refused(draft, territory):
    PartnerFactory(territory=territory)

    with pytest.raises(needs.DeadlinePassed):
        needs.open_campaign(campaign=draft, by=None, now=NOW + timedelta(days=31))


def test_opening_twice_is_refused(draft, territory):
    PartnerFactory(territory=territory)
    stale = Campaign.objects.get(pk=draft.pk)
    needs.open_campaign(campaign=draft, by=None, now=NOW)

    with pytest.raises(needs.CampaignNotDraft):
        needs.open_campaign(campaign=stale, by=None, now=NOW)

    assert CampaignAnswer.objects.count() == 1


def test_two_campaigns_are_not_open_at_once(draft, territory):
    PartnerFactory(territory=territory)
    other = CampaignFactory(territory=territory, open=True)
    closed = CampaignFactory(territory=territory, closed=True)

    with pytest.raises(needs.AnotherCampaignOpen):
        needs.open_campaign(campaign=draft, by=None, now=NOW)
    with pytest.raises(needs.AnotherCampaignOpen):
        needs.reopen_campaign(campaign=closed, by=None, now=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        Campaign.objects.filter(pk=draft.pk).update(status=CampaignStatus.OPEN)

    assert list(Campaign.objects.filter(status=CampaignStatus.OPEN)) == [other]
    assert draft.answers.count() == 0


def test_closing_and_reopening(territory):
    campaign = CampaignFactory(territory=territory, open=True)

    closed = needs.close_campaign(campaign=campaign, by=None, now=NOW)
    assert (closed.status, closed.closed_at) == (CampaignStatus.CLOSED, NOW)
    with pytest.raises(needs.CampaignNotOpen):
        needs.close_campaign(campaign=campaign, by=None, now=NOW)

    reopened = needs.reopen_campaign(campaign=campaign, by=None, now=NOW)
    assert (reopened.status, reopened.closed_at) == (CampaignStatus.OPEN, None)
    with pytest.raises(needs.CampaignNotClosed):
        needs.reopen_campaign(campaign=campaign, by=None, now=NOW)

    assert _actions() == ["campaign.closed", "campaign.reopened"]


@pytest.fixture
def late():
    """An awaited answer of a structure with one recruiter."""
    answer = CampaignAnswerFactory()
    MembershipFactory(partner=answer.partner)
    return answer


def test_reminding_writes_to_those_that_have_not_sent(late):
    campaign = late.campaign
    sent = CampaignAnswerFactory(campaign=campaign, status=AnswerStatus.SUBMITTED)
    MembershipFactory(partner=sent.partner)
    silent = CampaignAnswerFactory(campaign=campaign, partner__contact_email="")

    count = needs.remind_late(campaign=campaign, by=None, now=NOW)

    late.refresh_from_db()
    assert (count, late.reminders, late.last_reminded_at) == (1, 1, NOW)
    untouched = CampaignAnswer.objects.filter(pk__in=[sent.pk, silent.pk])
    assert set(untouched.values_list("reminders", flat=True)) == {0}
    (mail,) = _mails()
    assert mail["subject"] == (
        f"Rappel : « {campaign.name} », réponse attendue jusqu’au 31 janvier"
    )
    assert AuditLine.objects.get().changes == {"late": [0, 1]}
    assert list(answers_to_remind(campaign)) == [late]
    assert list(structures_out_of_reach(campaign)) == [silent.partner]


def test_reminding_writes_to_the_mailbox_of_a_structure_without_member(late):
    campaign = late.campaign
    alone = CampaignAnswerFactory(
        campaign=campaign, partner__contact_email="accueil@structure.test"
    )
    begun = CampaignAnswerFactory(
        campaign=campaign, status=AnswerStatus.STARTED, partner__contact_email="rh@autre.test"
    )
    MembershipFactory(partner=begun.partner, ended_at=NOW)

    count = needs.remind_late(campaign=campaign, by=None, now=NOW)

    assert count == 3
    written = {mail["to"]: "aucun membre de" in mail["text"] for mail in _mails()}
    member = late.partner.memberships.get().user
    assert written == {
        member.email: False,
        "accueil@structure.test": True,
        "rh@autre.test": True,
    }
    alone.refresh_from_db()
    assert (alone.reminders, alone.last_reminded_at) == (1, NOW)


@pytest.mark.parametrize(
    ("later", "count"),
    [
        (timedelta(minutes=1), 0),
        (timedelta(days=2, hours=23), 0),
        (timedelta(days=3), 1),
    ],
)
def test_structure_is_not_reminded_twice_within_three_days(late, later, count):
    needs.remind_late(campaign=late.campaign, by=None, now=NOW)

    again = needs.remind_late(campaign=late.campaign, by=None, now=NOW + later)

    late.refresh_from_db()
    assert (again, late.reminders, len(_mails())) == (count, 1 + count, 1 + count)
    assert AuditLine.objects.count() == 1 + count


def test_reminding_about_a_closed_campaign_is_refused(late):
    needs.close_campaign(campaign=late.campaign, by=None, now=NOW)

    with pytest.raises(needs.CampaignNotOpen):
        needs.remind_late(campaign=late.campaign, by=None, now=NOW)


def test_rate_counts_each_state():
    campaign = CampaignFactory(open=True)
    empty = answer_rate(campaign)
    for status in (AnswerStatus.WAITING, AnswerStatus.STARTED, AnswerStatus.SUBMITTED):
        CampaignAnswerFactory(campaign=campaign, status=status)

    rate = answer_rate(campaign)

    assert (empty.asked, empty.percent, empty.waiting) == (0, None, 0)
    assert (rate.asked, rate.submitted, rate.started, rate.percent, rate.waiting) == (
        3,
        1,
        1,
        33,
        2,
    )
    assert [answer.status for answer in answers_by_state(campaign)] == [
        AnswerStatus.WAITING,
        AnswerStatus.STARTED,
        AnswerStatus.SUBMITTED,
    ]


def test_list_counts_answers_and_states(territory):
    closed = CampaignFactory(territory=territory, closed=True, reference_day=date(2026, 1, 1))
    draft = CampaignFactory(territory=territory)
    CampaignAnswerFactory(campaign=closed, status=AnswerStatus.SUBMITTED)
    CampaignAnswerFactory(campaign=closed)

    rows = with_answer_counts(Campaign.objects.all())

    assert [(row, row.asked, row.submitted) for row in rows] == [(draft, 0, 0), (closed, 2, 1)]
    assert campaign_counts(Campaign.objects.all()) == {"draft": 1, "open": 0, "closed": 1}

"""What a structure answers, what is proposed to it, and what the answers add up to."""

from datetime import UTC, date, datetime

import pytest

from ancrage.kit.models import AuditLine
from ancrage.needs import services as needs
from ancrage.needs.enums import AnswerStatus
from ancrage.needs.models import CampaignAnswer, CampaignQuestion
from ancrage.needs.queries import (
    Figures,
    Proposal,
    campaign_before,
    figures_of,
    prefilled,
    results_by_structure,
    results_of,
)
from tests.factories import (
    CampaignAnswerFactory,
    CampaignFactory,
    NeedFactory,
    PartnerFactory,
    ProfessionFactory,
    TerritoryFactory,
    UserFactory,
)
from tests.factories.moments import NOW

pytestmark = pytest.mark.django_db

SAID = Figures(present_fte=1250, vacant_fte=100, target_3y_fte=1400, departures=2)


@pytest.fixture
def nurse():
    return ProfessionFactory(code="nurse")


@pytest.fixture
def assistant():
    return ProfessionFactory(code="care_assistant")


@pytest.fixture
def territory():
    return TerritoryFactory()


@pytest.fixture
def campaign(territory, nurse, assistant):
    made = CampaignFactory(territory=territory, open=True, reference_day=date(2026, 11, 1))
    made.professions.set([nurse, assistant])
    return made


@pytest.fixture
def last_campaign(territory, nurse, assistant):
    made = CampaignFactory(territory=territory, closed=True, reference_day=date(2025, 11, 1))
    made.professions.set([nurse, assistant])
    return made


@pytest.fixture
def answer(campaign):
    return CampaignAnswerFactory(campaign=campaign)


def _save(answer, figures, *, submit=True, revision=None, by=None, **more):
    return needs.save_answer(
        answer=answer,
        revision=answer.revision if revision is None else revision,
        figures=figures,
        open_answers=more.pop("open_answers", {}),
        submit=submit,
        by=by,
        now=NOW,
        **more,
    )


def _said(campaign, partner, figures):
    """Store a sent answer, whatever the state of the campaign."""
    answer = CampaignAnswerFactory(
        campaign=campaign, partner=partner, status=AnswerStatus.SUBMITTED
    )
    for profession, line in figures.items():
        answer.lines.create(profession=profession, **vars(line))
    return answer


def test_answer_is_kept_then_sent(answer, campaign, nurse, assistant):
    question = CampaignQuestion.objects.create(campaign=campaign, position=1, text="Qui part ?")
    other = CampaignQuestion.objects.create(campaign=campaign, position=2, text="Qui vient ?")
    colleague = UserFactory()

    kept = _save(answer, {nurse: SAID, assistant: Figures()}, submit=False)
    assert (kept.status, kept.started_at, kept.submitted_at, kept.revision) == (
        AnswerStatus.STARTED,
        NOW,
        None,
        2,
    )
    assert figures_of(kept) == {nurse.pk: SAID}

    sent = _save(
        kept,
        {assistant: SAID},
        by=colleague,
        comment="À lire",
        open_answers={question: "Deux", other: ""},
    )

    assert (sent.status, sent.submitted_at, sent.submitted_by, sent.comment) == (
        AnswerStatus.SUBMITTED,
        NOW,
        colleague,
        "À lire",
    )
    assert figures_of(sent) == {assistant.pk: SAID}
    assert [(row.question, row.text) for row in sent.open_answers.order_by("pk")] == [
        (question, "Deux")
    ]
    assert list(AuditLine.objects.order_by("pk").values_list("action", "changes")) == [
        ("answer.saved", {"status": ["waiting", "started"]}),
        ("answer.submitted", {"status": ["started", "submitted"]}),
    ]


def test_sent_answer_is_corrected_and_stays_sent(answer, nurse):
    sent = _save(answer, {nurse: SAID})

    corrected = _save(sent, {nurse: Figures(present_fte=100)}, submit=False)

    assert (corrected.status, figures_of(corrected)) == (
        AnswerStatus.SUBMITTED,
        {nurse.pk: Figures(present_fte=100)},
    )
    assert AuditLine.objects.get(action="answer.saved").changes == {}


def test_of_two_saves_the_second_is_refused_and_sees_the_first(answer, nurse):
    mine = CampaignAnswer.objects.get(pk=answer.pk)
    _save(answer, {nurse: SAID}, submit=False)

    with pytest.raises(needs.AnswerChangedMeanwhile) as refused:
        _save(mine, {nurse: Figures(present_fte=100)}, revision=1)

    assert (refused.value.current.revision, refused.value.current.status) == (
        2,
        AnswerStatus.STARTED,
    )
    assert figures_of(refused.value.current) == {nurse.pk: SAID}


def test_answer_after_the_closing_is_refused(answer, campaign, nurse):
    needs.close_campaign(campaign=campaign, by=None, now=NOW)

    with pytest.raises(needs.CampaignNotOpen):
        _save(answer, {nurse: SAID})

    assert figures_of(answer) == {}


def test_answer_about_something_else_is_refused(answer, nurse):
    stray = CampaignQuestion.objects.create(
        campaign=CampaignFactory(), position=1, text="Ailleurs ?"
    )

    with pytest.raises(needs.ProfessionNotAsked):
        _save(answer, {ProfessionFactory(): SAID})
    with pytest.raises(needs.ProfessionNotAsked):
        _save(answer, {nurse: SAID}, open_answers={stray: "Non"})


def test_first_answer_ever_proposes_the_needs_published(answer, nurse, assistant):
    NeedFactory(
        partner=answer.partner,
        profession=nurse,
        published=True,
        starts_on=date(2026, 9, 1),
        positions=2,
        fte_hundredths=80,
    )
    NeedFactory(
        partner=answer.partner, profession=nurse, published=True, starts_on=date(2026, 11, 1)
    )
    NeedFactory(partner=answer.partner, profession=assistant, starts_on=date(2026, 9, 1))
    NeedFactory(profession=assistant, published=True, starts_on=date(2026, 9, 1))

    assert prefilled(answer, [nurse, assistant]) == Proposal(
        figures={nurse.pk: Figures(vacant_fte=260), assistant.pk: Figures()},
        from_needs=frozenset({nurse.pk}),
    )


@pytest.mark.parametrize(
    ("facts", "vacant"),
    [
        ({"starts_on": date(2026, 11, 1)}, 100),
        ({"starts_on": date(2026, 11, 2)}, None),
        ({"starts_on": date(2026, 6, 1), "ends_on": date(2026, 10, 31)}, None),
        ({"starts_on": date(2026, 6, 1), "ends_on": date(2026, 11, 1)}, 100),
        ({"status": "filled", "status_since": datetime(2026, 11, 2, 9, tzinfo=UTC)}, 100),
        ({"status": "filled", "status_since": datetime(2026, 11, 1, 9, tzinfo=UTC)}, None),
        ({"status": "withdrawn", "status_since": datetime(2026, 11, 2, 9, tzinfo=UTC)}, None),
    ],
)
def test_proposed_vacancies_are_those_of_the_reference_day(answer, nurse, facts, vacant):
    state = {"closed": True} if "status" in facts else {"published": True}
    NeedFactory(
        partner=answer.partner,
        profession=nurse,
        **{"starts_on": date(2026, 9, 1), **state, **facts},
    )

    assert prefilled(answer, [nurse]).figures == {nurse.pk: Figures(vacant_fte=vacant)}


def test_next_answer_proposes_the_last_one_sent(answer, campaign, last_campaign, nurse, assistant):
    _said(last_campaign, answer.partner, {nurse: SAID})
    CampaignAnswerFactory(
        campaign=CampaignFactory(territory=campaign.territory, reference_day=date(2026, 6, 1)),
        partner=answer.partner,
    )

    assert prefilled(answer, [nurse, assistant]) == Proposal(
        figures={
            nurse.pk: Figures(present_fte=1250, vacant_fte=0, target_3y_fte=1400),
            assistant.pk: Figures(),
        },
        taken_from=last_campaign.name,
    )


def test_answer_once_saved_is_shown_as_saved_emptied_figures_included(
    answer, last_campaign, nurse, assistant
):
    _said(last_campaign, answer.partner, {nurse: SAID})
    saved = _save(answer, {assistant: SAID}, submit=False)

    assert prefilled(saved, [nurse, assistant]) == Proposal(
        figures={nurse.pk: Figures(), assistant.pk: SAID}
    )


def test_results_compare_the_same_structures_only(campaign, last_campaign, nurse, assistant):
    faithful, newcomer, forgetful, gone = PartnerFactory.create_batch(
        4, territory=campaign.territory
    )
    _said(last_campaign, faithful, {nurse: Figures(present_fte=1000, vacant_fte=200)})
    _said(last_campaign, forgetful, {nurse: Figures(present_fte=500)})
    _said(last_campaign, gone, {nurse: Figures(present_fte=9000, vacant_fte=900)})
    _said(
        campaign,
        faithful,
        {nurse: Figures(present_fte=900, vacant_fte=300), assistant: Figures(departures=1)},
    )
    _said(campaign, newcomer, {nurse: Figures(present_fte=7000, vacant_fte=700)})
    _said(campaign, forgetful, {nurse: Figures(vacant_fte=50)})
    begun = CampaignAnswerFactory(campaign=campaign, status=AnswerStatus.STARTED)
    begun.lines.create(profession=nurse, present_fte=4000)

    results = results_of(campaign)

    assert results.before == last_campaign
    assert [
        (row.profession, row.structures, row.figures, row.changes, row.compared)
        for row in results.rows
    ] == [
        (
            nurse,
            3,
            Figures(present_fte=7900, vacant_fte=1050),
            Figures(present_fte=-100, vacant_fte=100),
            1,
        ),
        (assistant, 1, Figures(departures=1), Figures(), 0),
    ]
    assert results.total == Figures(present_fte=7900, vacant_fte=1050, departures=1)
    assert results.changes == Figures(present_fte=-100, vacant_fte=100)


def test_results_of_the_first_campaign_compare_with_nothing(campaign, nurse):
    CampaignFactory(closed=True, reference_day=date(2025, 1, 1))
    _said(campaign, PartnerFactory(), {nurse: SAID})

    results = results_of(campaign)

    assert campaign_before(campaign) is None
    assert (results.before, results.rows[0].changes) == (None, Figures())


def test_results_withhold_professions_of_few_structures(campaign, nurse, assistant):
    for partner in PartnerFactory.create_batch(3, territory=campaign.territory):
        _said(campaign, partner, {nurse: Figures(present_fte=100)})
    _said(campaign, PartnerFactory(), {assistant: SAID})
    _said(campaign, PartnerFactory(), {nurse: Figures(vacant_fte=50)})

    results = results_of(campaign, fewest_structures=3)

    assert [row.profession for row in results.rows] == [nurse]
    assert (results.total, results.withheld) == (Figures(present_fte=300), 1)


def test_results_by_structure_hold_what_was_sent(campaign, nurse):
    question = CampaignQuestion.objects.create(campaign=campaign, position=1, text="Qui ?")
    second = _said(campaign, PartnerFactory(name="B"), {nurse: SAID})
    first = _said(campaign, PartnerFactory(name="A"), {})
    text = first.open_answers.create(question=question, text="Personne")
    CampaignAnswerFactory(campaign=campaign, status=AnswerStatus.STARTED)

    assert [
        (row.answer, list(row.lines), list(row.open_answers))
        for row in results_by_structure(campaign)
    ] == [(first, [], [text]), (second, [second.lines.get()], [])]


@pytest.mark.parametrize("count", [1, 6])
def test_results_take_the_same_queries_whatever_the_answers(
    campaign, last_campaign, nurse, count, django_assert_num_queries
):
    for partner in PartnerFactory.create_batch(count, territory=campaign.territory):
        _said(last_campaign, partner, {nurse: SAID})
        _said(campaign, partner, {nurse: SAID})

    with django_assert_num_queries(4):
        results_of(campaign)
    with django_assert_num_queries(3):
        results_by_structure(campaign)

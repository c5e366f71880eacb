"""Reports: their figures are those of the pages, masked; a version published stays as it was."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from ancrage.kit.models import AuditLine
from ancrage.needs.enums import NeedStatus
from ancrage.privacy.append_only import AppendOnlyViolation
from ancrage.roadmap import services
from ancrage.roadmap.enums import ReportSection
from ancrage.roadmap.models import PublicFigure, Report, ReportEdition
from ancrage.roadmap.queries import edition_of, public_figures_of, standings
from ancrage.roadmap.services.report_contents import period_before
from ancrage.roadmap.services.report_words import Told, agree, sentences_of, summary_of
from ancrage.roadmap.services.reports import RoadmapOfAnother
from ancrage.territory.enums import MeasurePart
from ancrage.territory.measures import (
    Period,
    Reading,
    counted,
    days,
    fte,
    hidden,
    measures,
    people,
    reading_in_words,
    readings,
    share,
)
from ancrage.territory.perimeters import Perimeter
from tests.factories import CandidateFactory, NeedFactory, PartnerFactory, TerritoryFactory
from tests.factories.moments import NOW, TODAY
from tests.factories.roadmap import (
    ActionFactory,
    IndicatorFactory,
    IndicatorValueFactory,
    RoadmapFactory,
)

pytestmark = pytest.mark.django_db

YEAR = {"starts_on": date(2026, 1, 1), "ends_on": date(2026, 12, 31)}
# The year is over: its report may be published.
AFTER = datetime(2027, 1, 4, 9, 30, tzinfo=UTC)


@pytest.fixture
def territory():
    """One need in progress, one filled, six people known this year."""
    territory = TerritoryFactory()
    partner = PartnerFactory(territory=territory)
    NeedFactory(partner=partner, published=True, positions=2)
    NeedFactory(
        partner=partner,
        status=NeedStatus.FILLED,
        published_at=NOW - timedelta(days=50),
        status_since=NOW - timedelta(days=10),
    )
    CandidateFactory.create_batch(6, territory=territory, created_at=NOW)
    return territory


def open_report(territory, roadmap=None, **facts):
    return services.create_report(
        territory=territory, roadmap=roadmap, by=None, now=NOW, **{**YEAR, **facts}
    )


def comment(report, text, revision=0, section=ReportSection.NEEDS):
    return services.comment_on(
        report=report, section=section, text=text, revision=revision, by=None, now=NOW
    )


def figure(contents, key):
    return next(one for part in contents["parts"] for one in part["figures"] if one["key"] == key)


def test_numbers_agree_with_their_nouns():
    said = [agree(number, "poste", "postes") for number in (0, 1, 2, 1200)]

    assert [one.replace("\u202f", "\xa0") for one in said] == [
        "0\xa0poste",
        "1\xa0poste",
        "2\xa0postes",
        "1\xa0200\xa0postes",
    ]


def test_sentences_agree_compare_and_leave_out_what_is_not_known():
    told = Told(
        {
            "needs.published": counted(1),
            "needs.filled": counted(2),
            "needs.days_to_fill": days(None),
            "needs.open": counted(3),
            "needs.posts": counted(1),
            "needs.fte_missing": fte(50),
            "needs.fresh": share(1, 3),
            "needs.response_rate": share(1, 4),
        },
        {"needs.filled": counted(5)},
    )

    assert [one.replace("\xa0", " ") for one in sentences_of(MeasurePart.NEEDS, told)] == [
        "Pendant la période, 1 besoin a été publié et 2 besoins ont été pourvus, contre 5 à la "
        "période précédente.",
        "Au moment du calcul, 3 besoins sont en cours, soit 1 poste et 0,5 ETP à pourvoir.",
        "33 % de ces besoins sont à jour.",
        "1 structure a répondu à la dernière campagne de recensement, sur 4 interrogées.",
    ]


def test_states_of_actions_agree_in_number():
    states = [("Prévue", 3), ("En cours", 10), ("Réalisée", 4), ("Arrêtée", 1)]
    told = {"states": [{"label": label, "count": count} for label, count in states], "late": []}

    said = services.state_sentence(told).replace("\xa0", " ")

    assert said == "18 actions : 3 prévues, 10 en cours, 4 réalisées, 1 arrêtée."
    assert services.state_sentence({**told, "on": "2 mai 2026"}).startswith("Au 2 mai 2026, 18")


def test_access_is_told_with_the_year_it_is_of():
    read = {"demography.apl": Reading(Decimal("3.7"), vintage="APL 2015")}

    [said] = sentences_of(MeasurePart.DEMOGRAPHY, Told(read, {}))

    assert said.replace("\xa0", " ") == (
        "En moyenne, l’accessibilité est de 3,7 consultations par habitant et par an (APL 2015)."
    )


def test_masked_people_are_told_of_without_their_number():
    told = Told({"people.known": people(12), "people.hired": hidden()}, {})

    assert [one.replace("\xa0", " ") for one in sentences_of(MeasurePart.PEOPLE, told)] == [
        "12 personnes se sont fait connaître ; trop peu ont pris un poste pour que leur nombre "
        "soit dit."
    ]


def test_every_part_finds_words_for_everything_and_for_nothing():
    full = {one.key: Reading(Decimal(7), 7, 9) for one in measures()}
    empty = {one.key: hidden() for one in measures()}

    for part in MeasurePart:
        if not measures(part):
            continue
        said = sentences_of(part, Told(full, full))
        assert said
        assert all(one.endswith(".") and "None" not in one for one in said)
        assert all("7" not in one for one in sentences_of(part, Told(empty, full)))
    assert len(summary_of(Told(full, full))) == 5


@pytest.mark.parametrize(
    ("starts", "ends", "before"),
    [
        (date(2026, 1, 1), date(2026, 12, 31), (date(2025, 1, 1), date(2025, 12, 31))),
        (date(2026, 3, 1), date(2026, 3, 31), (date(2026, 2, 1), date(2026, 2, 28))),
        (date(2025, 11, 1), date(2026, 1, 31), (date(2025, 8, 1), date(2025, 10, 31))),
    ],
)
def test_period_before_has_as_many_months(starts, ends, before):
    found = period_before(Period(starts, ends, NOW))

    assert (found.starts, found.ends) == before


def test_report_says_what_the_registry_reads_small_numbers_masked(territory):
    CandidateFactory.create_batch(2, territory=territory, created_at=NOW - timedelta(days=400))

    report = open_report(territory)

    read = readings(Perimeter(territory), Period(*YEAR.values(), NOW))
    told = [one for part in report.contents["parts"] for one in part["figures"]]
    assert [(one["key"], one["text"], one["masked"]) for one in told] == [
        (one.key, reading_in_words(read[one.key], one.unit), read[one.key].masked)
        for one in measures()
    ]
    assert figure(report.contents, "people.known")["value"] == "6"
    assert figure(report.contents, "people.known")["before"] == "masqué"
    assert report.contents["professions"][0]["posts"] == 2
    assert report.contents["roadmap"] is None
    assert report.title == "Rapport d’activité 2026"


def test_report_tells_the_roadmap_its_indicators_against_their_targets(territory):
    roadmap = RoadmapFactory(territory=territory)
    action = ActionFactory(axis__roadmap=roadmap, running=True, ends_on=TODAY)
    aim = {"target": Decimal(1), "target_on": date(2026, 12, 31)}
    IndicatorFactory(axis=action.axis, measure="needs.filled", **aim)
    IndicatorFactory(axis=action.axis, measure="gone.measure", **aim)
    typed = IndicatorFactory(axis=action.axis, **aim)

    told = open_report(territory, roadmap).contents["roadmap"]

    [axis] = told["axes"]
    assert [(one["text"], one["reached"]) for one in axis["indicators"]] == [
        ("1", True),
        ("sans objet", None),
        ("sans objet", None),
    ]
    assert (told["reached"], told["aimed"]) == (1, 1)
    assert [one["title"] for one in axis["actions"]] == [action.title]
    [stand] = standings([typed], territory, now=NOW)
    assert stand.target == axis["indicators"][2]["target"]


def test_report_says_how_far_each_indicator_is_from_its_target(territory):
    roadmap = RoadmapFactory(territory=territory)
    aim = {"target": Decimal(45), "target_on": date(2026, 12, 31)}
    delay = IndicatorFactory(axis__roadmap=roadmap, direction="down", unit="jours", **aim)
    pupils = IndicatorFactory(axis=delay.axis, unit="lycéens", **aim)
    reached = IndicatorFactory(axis=delay.axis, unit="tuteurs", **aim)
    for indicator, value in ((delay, 116), (pupils, 19), (reached, 45)):
        IndicatorValueFactory(indicator=indicator, value=value)

    [axis] = open_report(territory, roadmap).contents["roadmap"]["axes"]

    assert [one["gap"] for one in axis["indicators"]] == [
        "71 jours de trop",
        "il manque 26 lycéens",
        "",
    ]


def test_report_on_months_gone_by_dates_what_it_tells_and_keeps_later_values_out(territory):
    roadmap = RoadmapFactory(territory=territory)
    indicator = IndicatorFactory(axis__roadmap=roadmap, unit="jours")
    ActionFactory(axis=indicator.axis, created_at=datetime(2026, 1, 5, tzinfo=UTC))
    for year in (2025, 2026):
        first, last = date(year, 1, 1), date(year, 12, 31)
        IndicatorValueFactory(indicator=indicator, starts_on=first, ends_on=last, value=year)

    contents = open_report(
        territory, roadmap, starts_on=date(2026, 2, 1), ends_on=date(2026, 5, 31)
    ).contents

    [axis] = contents["roadmap"]["axes"]
    assert [one["value"] for one in axis["indicators"]] == ["2025.00"]
    assert any(one.startswith("Au 16 novembre 2026, 1\xa0besoin") for one in contents["summary"])
    assert services.state_sentence(contents["roadmap"]).startswith("Au 31 mai 2026, 1")


def test_report_is_computed_in_as_many_queries_whatever_there_is(
    territory, django_assert_max_num_queries
):
    with django_assert_max_num_queries(110):
        open_report(territory)
    NeedFactory.create_batch(5, partner=PartnerFactory(territory=territory), published=True)
    with django_assert_max_num_queries(110):
        open_report(territory, starts_on=date(2026, 7, 1))


@pytest.mark.parametrize(
    ("starts", "ends"),
    [
        (date(2026, 1, 2), date(2026, 12, 31)),
        (date(2026, 1, 1), date(2026, 12, 30)),
        (date(2026, 5, 1), date(2026, 4, 30)),
    ],
)
def test_report_covers_whole_months(starts, ends):
    with pytest.raises(services.MonthsNotWhole):
        open_report(TerritoryFactory(), starts_on=starts, ends_on=ends)


def test_report_of_the_future_or_of_months_that_have_theirs_is_refused(territory):
    with pytest.raises(services.PeriodToCome):
        open_report(territory, starts_on=date(2027, 1, 1), ends_on=date(2027, 12, 31))
    open_report(territory)
    with pytest.raises(ValidationError, match="déjà son rapport"):
        open_report(territory)
    with pytest.raises(RoadmapOfAnother):
        open_report(territory, RoadmapFactory(), starts_on=date(2026, 7, 1))


def test_published_version_keeps_its_figures_and_the_next_one_has_its_own(territory):
    report = open_report(territory)
    written = comment(report, "Une bonne année.")
    first = services.publish_report(report=report, by=None, now=AFTER)
    NeedFactory(partner=PartnerFactory(territory=territory), published=True)

    with pytest.raises(services.StepNotAllowed):
        services.compute_report(report=report, by=None, now=NOW)
    with pytest.raises(services.StepNotAllowed):
        comment(report, "Trop tard", revision=written.revision)
    with pytest.raises(services.StepNotAllowed):
        services.publish_report(report=report, by=None, now=AFTER)

    services.reopen_report(report=report, by=None, now=NOW)
    assert edition_of(report) == first
    second = services.publish_report(report=report, by=None, now=AFTER + timedelta(hours=1))

    first.refresh_from_db()
    assert [figure(one.contents, "needs.open")["value"] for one in (first, second)] == ["1", "2"]
    assert first.contents["comments"] == second.contents["comments"]
    assert (first.version, second.version) == (1, 2)
    assert edition_of(report) == second
    assert edition_of(report, 1) == first
    assert AuditLine.objects.filter(action="reports.published").count() == 2


def test_report_is_published_once_its_period_is_over_and_its_draft_says_where_it_stops(territory):
    report = open_report(territory)
    evening = datetime(2026, 12, 31, 22, 59, tzinfo=UTC)

    assert figure(report.contents, "people.known")["when"] == "du 1er janvier au 16 novembre 2026"
    with pytest.raises(ValidationError, match="à partir du 1er janvier 2027"):
        services.publish_report(report=report, by=None, now=evening)
    edition = services.publish_report(report=report, by=None, now=evening + timedelta(minutes=1))

    told = figure(edition.contents, "people.known")
    assert told["when"] == "du 1er janvier au 31 décembre 2026"


def test_draft_given_up_goes_back_to_the_version_before_or_out(territory):
    report = open_report(territory)
    comment(report, "Publié.")
    services.publish_report(report=report, by=None, now=AFTER)
    services.reopen_report(report=report, by=None, now=NOW)
    comment(report, "Jamais publié.", revision=1)

    back = services.discard_draft(report=report, by=None, now=NOW)

    assert (back.status, back.version) == ("published", 1)
    assert [one.text for one in back.comments.all()] == ["Publié."]
    other = open_report(territory, starts_on=date(2026, 7, 1))
    assert services.discard_draft(report=other, by=None, now=NOW) is None
    assert list(Report.objects.all()) == [report]


def test_comment_changed_meanwhile_is_told_and_said_nowhere_in_the_journal(territory):
    report = open_report(territory)
    comment(report, "Un mot.")

    with pytest.raises(services.ChangedMeanwhile) as refusal:
        comment(report, "Un autre mot.")
    changed = comment(report, "Encore un mot.", revision=1)

    assert refusal.value.current.text == "Un mot."
    assert (changed.text, changed.revision) == ("Encore un mot.", 2)
    assert comment(report, "Encore un mot.", revision=2).revision == 2
    lines = AuditLine.objects.filter(action="reports.commented")
    assert [line.changes for line in lines] == [{"section": ["", "needs"]}] * 2


def test_nothing_is_public_until_opened_and_then_as_the_last_report_told_it(territory):
    report = open_report(territory)
    services.publish_report(report=report, by=None, now=AFTER)
    assert public_figures_of(territory).figures == ()

    services.set_public_figures(
        territory=territory, keys=["people.known", "needs.open"], by=None, now=NOW
    )
    CandidateFactory.create_batch(3, territory=territory, created_at=NOW)
    services.reopen_report(report=report, by=None, now=NOW)

    shown = public_figures_of(territory)
    assert [(one["key"], one["text"]) for one in shown.figures] == [
        ("needs.open", "1"),
        ("people.known", "6 personnes"),
    ]
    assert shown.edition.report == report
    services.set_public_figures(territory=territory, keys=["needs.open"], by=None, now=NOW)
    assert list(PublicFigure.objects.values_list("measure", flat=True)) == ["needs.open"]
    lines = AuditLine.objects.filter(action__startswith="figures.").order_by("pk")
    assert [line.action for line in lines] == ["figures.opened"] * 2 + ["figures.closed"]


def test_published_version_is_written_once(territory):
    edition = services.publish_report(report=open_report(territory), by=None, now=AFTER)
    edition.title = "Autre"

    for act in (
        edition.save,
        edition.delete,
        ReportEdition.objects.all().delete,
        lambda: ReportEdition.objects.update(title="Autre"),
    ):
        with pytest.raises(AppendOnlyViolation):
            act()

    assert edition_of(edition.report).title == "Rapport d’activité 2026"

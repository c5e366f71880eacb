"""Studies of where to put posts: answered at once, proved, stopped, kept as they were asked."""

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from ancrage.core.accessibility.siting.values import Objective, Search, Siting
from ancrage.demography.enums import Among, Care, SitingGoal, StudyStatus
from ancrage.demography.models import SitingStudy
from ancrage.demography.services.model import summary_of, territory_model
from ancrage.demography.services.siting import (
    Asked,
    NoCandidate,
    NothingToPlaceFrom,
    Planner,
    Wish,
    anchored_state,
    ask_study,
    forget_study,
    plans,
    restore_study,
    search_study,
    stop_study,
    studies,
    target_of,
)
from ancrage.kit.models import AuditLine, OutboxTask
from tests.demography.land import professionals, save, save_land, territory_of_land
from tests.factories import FacilityFactory, PartnerFactory, UserFactory

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
LATER = NOW + timedelta(minutes=5)
TWO = Asked(posts=2, most=2, target=2.5, near=10, among=Among.ALL)


@pytest.fixture
def territory():
    save_land()
    return territory_of_land()


def study(territory, asked: Asked = TWO, by=None) -> SitingStudy:
    return ask_study(territory=territory, care=Care.GP, asked=asked, by=by, now=NOW)


def test_a_small_territory_is_answered_and_proved_at_once(territory):
    coordinator = UserFactory()

    found = study(territory, by=coordinator)

    assert (found.status, found.done_count, found.done_at) == (StudyStatus.DONE, 3, NOW)
    assert [plan["objective"] for plan in found.plans] == ["deficit", "worst-off", "cover"]
    assert all(plan["searched"] for plan in found.plans)
    deficit = found.plans[0]
    assert deficit["before"] == found.today["lack"]
    assert deficit["value"] == deficit["measures"]["lack"] < found.today["lack"]
    assert sum(count for _code, count in deficit["posts"]) <= 2
    assert deficit["gap"] == 0
    # Those of the map: both communes whose published access is under 2.5; not the one that nobody
    # has published, though it may receive posts.
    under = summary_of(territory_model(territory=territory, care=Care.GP)).under
    today = found.today
    assert (today["communes_under"], today["people_under"]) == (under.communes, under.people)
    assert today["communes_under"] == 2
    assert "44904" in found.candidates
    assert "44904" not in found.access
    assert [row["year"] for row in found.used] == [2023, 2024]
    assert not OutboxTask.objects.exists()
    assert AuditLine.objects.get(action="siting.asked").actor == coordinator


def test_what_is_planned_from_is_what_is_published(territory):
    model = territory_model(territory=territory, care=Care.GP)

    state = anchored_state(model)

    told = ~np.isnan(model.published)
    assert state.access[told].tolist() == model.published[told].tolist()
    # The silent commune is brought to the level of the others.
    silent = model.ranks["44904"]
    scale = (state.people[told] @ model.published[told]) / (
        state.people[told] @ model.computed[told]
    )
    assert state.access[silent] == pytest.approx(model.computed[silent] * scale)
    assert target_of(model) == 2.5


def test_the_measures_of_a_plan_are_those_of_its_posts_counted_again(territory):
    model = territory_model(territory=territory, care=Care.GP)
    planner = Planner(model, Wish(2, 2, 2.5, 10, ("44901", "44902", "44903")))

    plan = planner.plan(Objective.WORST_OFF, search=Search.EXACT, seconds=2)

    access = planner.state.access.copy()
    for code, count in plan["posts"]:
        site = model.ranks[code]
        weights = planner.state.catchments.going.toarray()[:, site]
        access += weights * count * 5_400 / planner.state.demand[site]
    assert plan["measures"]["worst"] == pytest.approx(access[planner.helped].min())
    assert {code: after for code, _before, after in plan["gains"]} == pytest.approx(
        {
            place.code: access[rank]
            for rank, place in enumerate(model.places)
            if access[rank] > planner.state.access[rank]
        }
    )


def test_communes_with_a_host_are_those_of_partners(territory):
    commune = territory.communes.get(insee="44902")
    partner = PartnerFactory(territory=territory, commune=commune)
    FacilityFactory(partner=partner, commune=territory.communes.get(insee="44903"))

    found = study(territory, Asked(1, 1, 2.5, 10, Among.HOSTS, goal=SitingGoal.COVER))

    assert found.candidates == ["44902", "44903"]
    assert found.goal == "cover"


def test_communes_may_be_chosen_and_none_is_refused(territory):
    one = study(territory, Asked(1, 1, 2.5, 10, Among.CHOSEN, chosen=("44904", "75056")))

    assert one.candidates == ["44904"]
    with pytest.raises(NoCandidate):
        study(territory, Asked(1, 1, 2.5, 10, Among.CHOSEN, chosen=("75056",)))


def test_without_professionals_nothing_is_planned():
    with pytest.raises(NothingToPlaceFrom):
        study(territory_of_land())


def test_a_large_territory_is_answered_first_and_proved_aside(territory, monkeypatch):
    monkeypatch.setattr(plans, "TINY", 0)
    found = study(territory)
    assert (found.status, found.plans[0]["searched"]) == (StudyStatus.WAITING, False)
    assert found.plans[0]["bound"] is not None
    assert found.done_count < 3
    assert OutboxTask.objects.get().payload == {"study": found.pk}

    studies._handle({"study": found.pk}, LATER)
    studies._handle({"study": 0}, LATER)

    found.refresh_from_db()
    assert (found.status, found.done_at, found.done_count) == (StudyStatus.DONE, LATER, 3)
    assert all(plan["searched"] for plan in found.plans if plan["gap"] != 0)
    assert search_study(study=found, now=NOW).done_at == LATER


def test_a_search_that_is_stopped_keeps_what_was_found(territory, monkeypatch):
    monkeypatch.setattr(plans, "TINY", 0)
    found = study(territory)
    before = found.plans
    stop_study(study=found, by=None, now=NOW)
    stop_study(study=found, by=None, now=NOW)

    search_study(study=found, now=LATER)

    found.refresh_from_db()
    assert (found.status, found.plans, found.is_outdated) == (StudyStatus.DONE, before, False)
    assert AuditLine.objects.filter(action="siting.stopped").count() == 1


def test_a_search_is_followed_and_stopped_before_its_end(territory, monkeypatch):
    monkeypatch.setattr(plans, "TINY", 0)
    found = study(territory)
    found.plans[0] |= {"searched": False, "gap": 0.5, "bound": 0.0}
    found.save()
    seen = []

    def place(planner, objective, *, search, seconds, watch):
        row = SitingStudy.objects.get()
        seen.append((row.turn, row.turn_gap, row.began_at, row.turned_at >= row.began_at))
        so_far = Siting(objective, (), 1.0, 4.0, 0.4, searched=False, stuck=())
        seen.append(0 < watch(so_far) <= 60)
        stop_study(study=row, by=None, now=NOW)
        seen.append((watch(so_far), SitingStudy.objects.get().turn_gap))
        return found.plans[0] | {"before": 4.0, "value": 1.0, "bound": 0.4, "gap": 1 / 6}

    monkeypatch.setattr(Planner, "plan", place)
    search_study(study=found, now=LATER)

    assert seen == [
        ("deficit", 0.5, LATER, True),
        True,
        (0.0, pytest.approx(1 / 6)),
    ]
    found.refresh_from_db()
    assert (found.status, found.turn, found.turn_gap) == (StudyStatus.DONE, "", None)
    assert (found.plans[0]["bound"], found.plans[0]["gap"]) == (0.4, pytest.approx(1 / 6))


def test_a_study_whose_files_changed_keeps_its_answer_and_says_so(territory, monkeypatch):
    monkeypatch.setattr(plans, "TINY", 0)
    found = study(territory)
    before = found.plans
    save(professionals("44903;9;40\n"), 2024, replace=True)

    search_study(study=found, now=LATER)

    found.refresh_from_db()
    assert (found.plans, found.is_outdated) == (before, True)


def test_a_study_is_put_away_and_brought_back(territory):
    found = study(territory)

    forget_study(study=found, by=None, now=NOW)
    restore_study(study=found, by=None, now=LATER)

    assert SitingStudy.objects.get().removed_at is None
    actions = AuditLine.objects.order_by("pk").values_list("action", flat=True)
    assert list(actions)[-2:] == ["siting.forgotten", "siting.restored"]


def test_more_posts_than_useful_are_not_placed_and_lonely_sites_are_named(territory):
    territory.communes.filter(insee="44904").update(population=0)

    found = study(territory, Asked(40, 40, 2.5, 10, Among.ALL))

    assert sum(count for _code, count in found.plans[0]["posts"]) < 40
    assert found.plans[0]["value"] == 0
    assert found.alone == []


def test_other_professions_have_the_threshold_of_their_zoning():
    territory = territory_of_land()
    found = [target_of(territory_model(territory=territory, care=care)) for care in Care]

    assert found == [2.5, 73.1, 51.8, 9.8, None]

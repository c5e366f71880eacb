"""Part-times that structures keep: declared, completed by the open fractions of others."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from ancrage.kit.outbox import run_due
from ancrage.matching.enums import PostChoiceKind, PostEnd, PostState, SetAside
from ancrage.matching.models import PostChoice, RetainedPartTime, SharedPost
from ancrage.matching.queries import part_of
from ancrage.matching.services import posts
from ancrage.needs.models import Need
from tests.factories import PartnerFactory
from tests.factories.moments import NOW
from tests.factories.posts import fractions_of, part_time

pytestmark = pytest.mark.django_db
HOW = {"by": None, "now": NOW}


@pytest.fixture
def needs(neighbour, territory):
    """Two fractions of 40 % that others look for, in one place."""
    return fractions_of(neighbour, PartnerFactory(territory=territory), ftes=(40, 40))


@pytest.fixture
def kept(needs, partner):
    return part_time(needs[0], partner)


def detected(territory):
    run = posts.ask_detection(territory=territory, **HOW)
    run_due(clock=lambda: NOW)
    run.refresh_from_db()
    return run


def agreed_by_all(territory):
    """The file of what is detected first, once every employer agreed."""
    post = posts.open_from_detection(run=detected(territory), rank=0, **HOW)
    post.parts.update(answer="asked", asked_at=NOW)
    SharedPost.objects.filter(pk=post.pk).update(state=PostState.STUDIED, vehicle="secondment")
    for part in post.parts.order_by("pk"):
        posts.answer_part(part=part, agrees=True, **HOW)
    return read(post)


def read(post):
    return SharedPost.objects.select_related("territory", "lead", "need").get(pk=post.pk)


def statuses(needs):
    return [Need.objects.get(pk=need.pk).status for need in needs]


def facts_of(row, **facts):
    names = ("profession", "commune", "fte_hundredths", "starts_on", "wished_least", "wished_most")
    return {name: getattr(row, name) for name in names} | {"slots": ["1m", "2m"]} | facts


def test_part_time_is_completed_by_the_fraction_of_another_and_by_one_only(territory, kept, needs):
    run = detected(territory)

    (post,) = run.found
    first, held = post["parts"]
    assert (post["fte"], post["start"]) == (90, needs[0].starts_on.isoformat())
    assert (first["ref"], first["fte"], first["kept"]) == (str(needs[0].pk), 40, False)
    assert (held["ref"], held["fte"], held["kept"]) == (f"r{kept.pk}", 50, True)
    assert held["week"] == kept.slots
    assert set(first["week"].split()) & set(kept.slots.split()) == set()
    assert [(row["ref"], row["why"]) for row in run.left] == [(str(needs[1].pk), "outbid")]


def test_part_times_that_nothing_may_complete_say_why(territory, kept, needs, partner):
    Need.objects.all().update(fte_hundredths=10)
    part_time(needs[0], partner, withdrawn_at=NOW)
    part_time(needs[0], PartnerFactory())

    run = detected(territory)

    held = [(row["ref"], row["why"]) for row in run.left if row["ref"].startswith("r")]
    assert held == [(f"r{kept.pk}", "total")]


def test_set_with_a_part_time_is_kept_apart_and_imposed(territory, kept, needs):
    together = {"territory": territory, **HOW}
    pair = [f"r{kept.pk}", str(needs[1].pk)]

    posts.choose_fractions(refs=pair, kind=PostChoiceKind.LOCK, **together)
    imposed = detected(territory)
    posts.choose_fractions(refs=pair, kind=PostChoiceKind.EXCLUDE, **together)
    apart = detected(territory)

    assert PostChoice.objects.get().needs == f"{needs[1].pk} r{kept.pk}"
    assert [part["ref"] for part in imposed.found[0]["parts"]] == [
        str(needs[1].pk),
        f"r{kept.pk}",
    ]
    assert [part["ref"] for part in apart.found[0]["parts"]] == [str(needs[0].pk), f"r{kept.pk}"]


def test_file_of_a_part_time_looks_for_nobody(territory, kept, needs, partner):
    post = agreed_by_all(territory)

    assert (post.state, post.need, post.lead) == (PostState.AGREED, None, partner)
    assert statuses(needs) == ["paused", "published"]
    assert part_of(needs[0]).set_aside == SetAside.PAUSED

    posts.start_post(post=post, **HOW)
    running = statuses(needs)
    step = posts.last_post_step(post)
    posts.undo_post_step(post=post, step=step, **HOW)
    undone = (read(post).state, *statuses(needs))
    posts.start_post(post=read(post), by=None, now=NOW + timedelta(hours=1))
    posts.end_post(post=read(post), ends_on=date(2027, 6, 30), **HOW)

    assert running == ["filled", "published"]
    assert undone == (PostState.AGREED, "paused", "published")
    assert detected(territory).found[0]["parts"][1]["ref"] == f"r{kept.pk}"


def test_file_of_a_part_time_is_given_up_and_taken_up_again(territory, kept, needs):
    post = agreed_by_all(territory)

    posts.give_up_post(post=post, reason=PostEnd.NOBODY_FOUND, **HOW)
    given_up = statuses(needs)
    remembered = PostChoice.objects.get().needs
    posts.undo_post_step(post=post, step=posts.last_post_step(post), **HOW)

    assert (given_up, remembered) == (
        ["published", "published"],
        f"{needs[0].pk} r{kept.pk}",
    )
    assert statuses(needs) == ["paused", "published"]
    assert PostChoice.objects.count() == 0


def test_part_time_of_a_live_file_is_in_no_other_and_does_not_change(territory, kept, needs):
    run = detected(territory)
    posts.open_from_detection(run=run, rank=0, **HOW)

    with pytest.raises(posts.FractionTaken):
        posts.open_shared_post(
            parts=[posts.PartToOpen(kept, "1m"), posts.PartToOpen(needs[1], "2m")], travel=0, **HOW
        )
    with pytest.raises(posts.PartTimeIsShared):
        posts.edit_part_time(part_time=kept, **facts_of(kept), **HOW)
    with pytest.raises(posts.PartTimeIsShared):
        posts.withdraw_part_time(part_time=kept, **HOW)


def test_part_time_is_declared_changed_withdrawn_and_restored(needs, partner):
    facts = facts_of(part_time(needs[0], partner))
    row = posts.declare_part_time(partner=partner, **facts, **HOW)

    posts.edit_part_time(part_time=row, **facts | {"fte_hundredths": 60}, **HOW)
    posts.withdraw_part_time(part_time=row, **HOW)
    withdrawn = RetainedPartTime.objects.get(pk=row.pk).withdrawn_at
    posts.restore_part_time(part_time=row, **HOW)

    again = RetainedPartTime.objects.get(pk=row.pk)
    assert (again.slots, again.fte_hundredths) == ("1m 2m", 60)
    assert (withdrawn, again.withdrawn_at) == (NOW, None)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"slots": []}, "Cochez les créneaux où ce poste est tenu."),
        ({"wished_least": 50}, "Le total souhaité dépasse le temps d’aujourd’hui"),
        ({"wished_least": 90, "wished_most": 85}, "Le maximum est sous le minimum."),
    ],
)
def test_part_time_that_cannot_stand_is_refused(needs, partner, wrong, sentence):
    facts = facts_of(part_time(needs[0], partner))

    with pytest.raises(ValidationError, match=sentence):
        posts.declare_part_time(partner=partner, **facts | wrong, **HOW)

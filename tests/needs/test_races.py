"""Two people at once, as two real processes: the second is told, nothing is done twice."""

import pytest

from ancrage.kit.models import AuditLine, OutboxTask
from ancrage.needs import services
from ancrage.needs.enums import NeedStatus
from ancrage.needs.models import Need, NeedStatusChange
from tests.factories import MembershipFactory, NeedFactory
from tests.factories.moments import NOW
from tests.processes import FORK, Shared

pytestmark = [pytest.mark.django_db(transaction=True)]


@pytest.fixture
def shared(transactional_db, tmp_path):
    return Shared(tmp_path)


def written(**traits):
    return NeedFactory(**traits).pk


def together(shared, act, *arguments):
    """Run `act` in two processes that both have read what they change before either writes."""
    ready = FORK.Barrier(2)
    both = [shared.start(act, ready, number, *arguments) for number in range(2)]
    return sorted(running.end() for running in both)


def refusals(ends):
    return [sentence.split(":")[0] for outcome, sentence in ends if outcome == "raised"]


def edit(ready, number, pk):
    need = Need.objects.get(pk=pk)
    ready.wait(20)
    services.edit_need(need=need, revision=need.revision, by=None, now=NOW, positions=2 + number)
    return number


def publish(ready, number, pk):
    need = Need.objects.select_related("partner", "profession").get(pk=pk)
    ready.wait(20)
    services.publish_need(need=need, by=None, now=NOW)
    return number


def fill_one(ready, number, pk):
    need = Need.objects.select_related("partner", "profession").get(pk=pk)
    ready.wait(20)
    services.fill_need(need=need, by=None, now=NOW, filled=1)
    return number


def undo(ready, number, pk):
    need = Need.objects.select_related("partner", "profession").get(pk=pk)
    ready.wait(20)
    services.undo_last_change(need=need, by=None, now=NOW)
    return number


def create(ready, number, pk):
    template = Need.objects.select_related("partner", "profession", "commune").get(pk=pk)
    ready.wait(20)
    services.create_need(
        partner=template.partner,
        profession=template.profession,
        commune=template.commune,
        contract="cdi",
        starts_on=template.starts_on,
        reference="LA-MÊME",
        by=None,
        now=NOW,
    )
    return number


def ask(ready, number):
    ready.wait(20)
    services.ask_freshness(now=NOW)
    return number


def pause_stale(ready, number):
    ready.wait(20)
    return services.pause_stale(now=NOW).needs


def silent_need(days):
    need = NeedFactory(
        published=True, confirmed_at=NOW.replace(day=1, month=10 if days < 60 else 8)
    )
    MembershipFactory(partner=need.partner)
    return need.pk


def row(pk):
    return Need.objects.values_list("status", "positions", "revision").get(pk=pk)


def counts():
    return (
        AuditLine.objects.count(),
        NeedStatusChange.objects.count(),
        OutboxTask.objects.count(),
    )


def test_two_editions_at_once_write_one_and_tell_the_other(shared):
    pk = shared.call(written)

    ends = together(shared, edit, pk)

    assert refusals(ends) == ["NeedChangedMeanwhile"]
    winner = next(value for outcome, value in ends if outcome == "returned")
    assert shared.call(row, pk) == (NeedStatus.DRAFT, 2 + winner, 2)
    assert shared.call(counts) == (1, 0, 0)


def test_two_publications_at_once_publish_once(shared):
    pk = shared.call(written)

    ends = together(shared, publish, pk)

    assert refusals(ends) == ["NeedChangedMeanwhile"]
    assert shared.call(row, pk) == (NeedStatus.PUBLISHED, 1, 2)
    assert shared.call(counts) == (1, 1, 0)


def published_with_three_posts():
    return written(published=True, positions=3)


def test_two_posts_filled_at_once_are_not_lost(shared):
    pk = shared.call(published_with_three_posts)

    ends = together(shared, fill_one, pk)

    assert refusals(ends) == ["NeedChangedMeanwhile"]
    assert shared.call(row, pk) == (NeedStatus.PUBLISHED, 2, 2)


def paused_twice():
    need = NeedFactory()
    services.publish_need(need=need, by=None, now=NOW)
    services.pause_need(need=need, by=None, now=NOW)
    return need.pk


def test_two_undos_at_once_take_back_one_change(shared):
    pk = shared.call(paused_twice)

    ends = together(shared, undo, pk)

    assert refusals(ends) == ["NeedChangedMeanwhile"]
    assert shared.call(row, pk)[0] == NeedStatus.PUBLISHED


def test_the_same_reference_written_twice_at_once_is_kept_once(shared):
    pk = shared.call(written)

    ends = together(shared, create, pk)

    assert refusals(ends) == ["ReferenceTaken"]
    assert shared.call(Need.objects.count) == 2


def test_two_rounds_of_questions_at_once_send_one_mail(shared):
    shared.call(silent_need, 31)

    ends = together(shared, ask)

    assert refusals(ends) == []
    assert shared.call(counts)[2] == 1


def test_two_rounds_of_pauses_at_once_pause_once(shared):
    shared.call(silent_need, 61)

    ends = together(shared, pause_stale)

    assert refusals(ends) == []
    assert sum(value for _outcome, value in ends) == 1
    assert shared.call(counts) == (1, 1, 1)

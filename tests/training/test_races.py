"""Two people at once, as two real processes: a place is given once, on both databases."""

import pytest

from ancrage.training import services
from ancrage.training.enums import EnrolmentState
from ancrage.training.models import CourseRun, Enrolment
from tests.factories import CourseRunFactory, EnrolmentFactory
from tests.factories.moments import NOW
from tests.processes import FORK, Shared

pytestmark = [pytest.mark.django_db(transaction=True)]


def two_requests():
    run = CourseRunFactory(places=1)
    return [one.pk for one in EnrolmentFactory.create_batch(2, run=run)]


def accept(ready, number, pks):
    row = Enrolment.objects.get(pk=pks[number])
    ready.wait(20)
    services.move_enrolment(enrolment=row, to=EnrolmentState.ACCEPTED, by=None, now=NOW)
    return number


def ends_of_all():
    states = sorted(Enrolment.objects.values_list("state", flat=True))
    return states, CourseRun.objects.get().taken


def test_last_place_granted_to_two_people_in_the_same_second(transactional_db, tmp_path):
    shared = Shared(tmp_path)
    pks = shared.call(two_requests)
    ready = FORK.Barrier(2)

    both = [shared.start(accept, ready, number, pks) for number in range(2)]
    ends = sorted(running.end() for running in both)

    assert [sentence.split(":")[0] for outcome, sentence in ends if outcome == "raised"] == [
        "RunFull"
    ]
    assert shared.call(ends_of_all) == (["accepted", "asked"], 1)

"""Two people at the same profile, in real processes, on both databases."""

from typing import Any

import pytest

from ancrage.candidates import services
from ancrage.candidates.enums import CandidateStatus
from ancrage.candidates.models import Candidate
from ancrage.candidates.services import profiles
from ancrage.privacy.services import erase_subject
from tests.factories import CandidateFactory
from tests.factories.moments import NOW
from tests.processes import FORK, Shared

pytestmark = [pytest.mark.django_db(transaction=True)]


def edit(read: Any, other_is_done: Any, pk: int, name: str) -> str:
    """Change the name of a profile, and leave time to the other between reading and writing."""
    write = profiles.apply_columns

    def written(row: Candidate, clean: Any) -> list[str]:
        read.set()
        other_is_done.wait(2)
        return write(row, clean)

    profiles.apply_columns = written
    candidate = Candidate.objects.get(pk=pk)
    try:
        services.change_profile(candidate=candidate, revision=1, by=None, now=NOW, first_name=name)
    except services.ProfileChangedMeanwhile:
        return "refused"
    return "written"


def after(read: Any, done: Any, act: Any, *arguments: Any) -> str:
    """Act once the other has read, and say so."""
    read.wait(20)
    try:
        return act(*arguments)
    finally:
        done.set()


def erase(pk: int) -> str:
    subject = Candidate.objects.select_related("subject").get(pk=pk).subject
    erase_subject(subject=subject, by=None, now=NOW)
    return "erased"


def rename(pk: int) -> str:
    read = FORK.Event()
    done = FORK.Event()
    done.set()
    return edit(read, done, pk, "Second")


def kept(pk: int) -> tuple[str, str, int]:
    candidate = Candidate.objects.get(pk=pk)
    return candidate.status, candidate.first_name, candidate.revision


@pytest.fixture
def shared(transactional_db, tmp_path) -> Shared:
    CandidateFactory(first_name="Alix")
    return Shared(tmp_path)


def test_profile_edited_while_it_is_erased_stays_erased(shared):
    pk = shared.call(the_profile)
    read, done = FORK.Event(), FORK.Event()

    editing = shared.start(edit, read, done, pk, "First")
    erasing = shared.start(after, read, done, erase, pk)
    assert (editing.result(), erasing.result()) == ("written", "erased")

    status, name, _revision = shared.call(kept, pk)
    assert (status, name) == (CandidateStatus.ERASED, "")


def test_profile_edited_by_two_people_keeps_what_the_first_wrote(shared):
    pk = shared.call(the_profile)
    read, done = FORK.Event(), FORK.Event()

    first = shared.start(edit, read, done, pk, "First")
    second = shared.start(after, read, done, rename, pk)
    assert (first.result(), second.result()) == ("written", "refused")

    assert shared.call(kept, pk) == (CandidateStatus.ACTIVE, "First", 2)


def the_profile() -> int:
    return Candidate.objects.get().pk

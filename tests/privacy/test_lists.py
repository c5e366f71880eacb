"""A list that names many people leaves a line for each of them, once a day."""

from datetime import timedelta

import pytest

from ancrage.privacy.models import AccessTrace
from ancrage.privacy.services import trace_list
from tests.factories import DataSubjectFactory, UserFactory
from tests.factories.moments import NOW

pytestmark = pytest.mark.django_db
SCOPE = "territory:1"


def look(viewer, *subjects, now=NOW, scope=SCOPE, purpose="identity", fields=("last_name",)):
    return trace_list(
        shown=[(one.pk, scope) for one in subjects],
        purpose=purpose,
        fields=fields,
        by=viewer,
        now=now,
    )


def test_each_person_of_a_list_reads_who_saw_their_name():
    people, reader = DataSubjectFactory.create_batch(2), UserFactory()

    assert look(reader, *people, people[0]) == 2

    lines = AccessTrace.objects.order_by("subject")
    assert [(one.subject, one.viewer, one.scope, one.fields, one.at) for one in lines] == [
        (one, reader, SCOPE, ["last_name"], NOW) for one in people
    ]


def test_same_list_read_again_within_a_day_says_nothing_new():
    person, newcomer, reader = DataSubjectFactory(), DataSubjectFactory(), UserFactory()
    look(reader, person, fields=["first_name", "last_name", "email"])
    soon, later = NOW + timedelta(hours=23), NOW + timedelta(hours=25)

    assert look(reader, person, now=soon) == 0
    assert look(reader, person, newcomer, now=soon) == 1
    assert look(reader, person, now=soon, purpose="support") == 1
    assert look(reader, person, now=soon, scope="partner:1") == 1
    assert look(UserFactory(), person, now=soon) == 1
    assert look(reader, person, now=soon, fields=["phone"]) == 1
    assert look(reader, person, now=later) == 1


def test_own_name_and_nobody_leave_no_line():
    person = DataSubjectFactory()

    assert look(person.user, person) == look(person.user) == 0
    assert look(UserFactory(), person, fields=[]) == 0
    assert not AccessTrace.objects.exists()


@pytest.mark.parametrize("count", [1, 40])
def test_noting_costs_the_same_whatever_the_number(count, django_assert_num_queries):
    people, reader = DataSubjectFactory.create_batch(count), UserFactory()

    with django_assert_num_queries(3):
        look(reader, *people)
    with django_assert_num_queries(1):
        look(reader, *people)

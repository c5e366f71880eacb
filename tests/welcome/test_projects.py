from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from ancrage.kit.models import AuditLine
from ancrage.privacy.purposes import purpose_of
from ancrage.privacy.retention import purge
from ancrage.privacy.services import erase_subject
from ancrage.privacy.terms import Since, add_months
from ancrage.welcome import services
from ancrage.welcome.models import LifeProject, WelcomeRequest
from tests.factories import (
    CommuneFactory,
    DataSubjectFactory,
    LifeProjectFactory,
    ProfessionFactory,
    WelcomeRequestFactory,
)
from tests.factories.moments import NOW

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=1)


def test_project_is_opened_with_the_agreement_and_the_journal_holds_nothing_of_it(subject):
    services.open_project(
        subject=subject,
        by=subject.user,
        now=NOW,
        arrives_on=date(2027, 5, 3),
        workplace=CommuneFactory(name="Pornic"),
        child_ages=[14],
        spouse_profession=ProfessionFactory(),
        shifts=[[0, 405, 855], [1, 1245, 1845]],
    )

    project = LifeProject.objects.get()
    assert (project.child_ages, project.adults, project.revision) == ([14], 1, 1)
    line = AuditLine.objects.get(action="welcome.project_opened")
    assert (line.scope, line.changes) == (subject.home, {})


def test_project_is_not_opened_without_the_agreement():
    with pytest.raises(services.ConsentMissing):
        services.open_project(subject=DataSubjectFactory(), by=None, now=NOW)

    assert not LifeProject.objects.exists()


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"arrives_on": date(2037, 5, 3)}, "arrives_on"),
        ({"arrives_on": date(2027, 5, 3), "leaves_on": date(2027, 5, 2)}, "leaves_on"),
        ({"needs": ["housing", "palace"]}, "needs"),
        ({"adults": 0}, "adults"),
        ({"child_ages": [217]}, "child_ages"),
        ({"max_minutes": 181}, "max_minutes"),
        ({"shifts": [[0, 405, 1846]]}, "shifts"),
        ({"shifts": [[7, 405, 500]]}, "shifts"),
        ({"shifts": [[0, 405]]}, "shifts"),
    ],
)
def test_project_that_cannot_stand_says_why_beside_the_field(subject, facts, field):
    with pytest.raises(ValidationError) as refused:
        services.open_project(subject=subject, by=None, now=NOW, **facts)

    assert list(refused.value.message_dict) == [field]


def test_two_people_who_edit_at_once_are_told(project):
    services.edit_project(project=project, revision=1, by=None, now=NOW, adults=2)

    with pytest.raises(services.ProjectChangedMeanwhile):
        services.edit_project(project=project, revision=1, by=None, now=NOW, adults=3)

    project.refresh_from_db()
    assert (project.adults, project.revision) == (2, 2)


def test_closed_project_is_opened_again_as_it_was(project, subject):
    services.close_project(project=project, by=None, now=NOW)
    with pytest.raises(services.ProjectClosed):
        services.edit_project(project=project, revision=1, by=None, now=NOW, adults=2)

    again = services.open_project(subject=subject, by=None, now=LATER)

    assert (again.pk, again.closed_at, again.max_minutes) == (project.pk, None, 30)


def test_export_hands_over_the_project_and_what_was_answered(project):
    WelcomeRequestFactory(project=project, message="Une chambre", answer="")

    tables = services.export_project(subject=project.subject).tables

    assert tables["projet_de_vie"][0]["arrives_on"] == "2027-05-03"
    assert tables["demandes_d_accueil"][0]["message"] == "Une chambre"
    assert tables["etapes_des_demandes"] == []


def test_erased_person_leaves_only_what_counts(project):
    WelcomeRequestFactory(project=project, message="Une chambre")

    erase_subject(subject=project.subject, by=None, now=NOW)

    assert not LifeProject.objects.exists()
    assert WelcomeRequest.objects.values_list("project", "message", "starts_on").get() == (
        None,
        "",
        date(2027, 5, 1),
    )


def test_project_is_forgotten_when_its_term_has_passed(project, subject):
    term = purpose_of("concierge").term
    assert (term.months, term.since) == (services.KEPT_MONTHS, Since.END)
    services.close_project(project=project, by=None, now=NOW)
    kept = LifeProjectFactory()

    assert purge(now=add_months(NOW, 3))["life_projects"] == 0
    assert purge(now=add_months(NOW, 3) + timedelta(seconds=1))["life_projects"] == 1

    assert LifeProject.objects.get() == kept

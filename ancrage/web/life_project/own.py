"""Whose project a page is about: the reader's own, and nobody else's."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest

from ancrage.candidates.models import Candidate
from ancrage.candidates.queries import candidate_of
from ancrage.privacy.queries import consent_holds
from ancrage.web.access import reader
from ancrage.welcome.models import LifeProject
from ancrage.welcome.services import PURPOSE


@dataclass(frozen=True, slots=True)
class Own:
    """The profile of the reader, whether they agree, and their project if they told one."""

    person: Candidate
    agrees: bool
    project: LifeProject | None

    @property
    def open_project(self) -> LifeProject:
        """The project, where a page needs one that is open; 404 else."""
        if self.project is None or self.project.closed_at is not None:
            raise Http404
        return self.project


def own_of(request: HttpRequest) -> Own | None:
    """Return what the reader's own pages are about; None without a profile."""
    person = candidate_of(reader(request))
    if person is None:
        return None
    rows = LifeProject.objects.select_related("subject", "workplace", "spouse_profession")
    return Own(
        person=person,
        agrees=consent_holds(person.subject, PURPOSE),
        project=rows.filter(subject=person.subject_id).first(),
    )


def own_or_404(request: HttpRequest) -> Own:
    """The same, for the pages that need a profile."""
    found = own_of(request)
    if found is None:
        raise Http404
    return found


def requests_of(project: LifeProject) -> list[Any]:
    """Return what was asked for a project, the newest first, with its steps."""
    rows = project.requests.select_related("partner", "resource").prefetch_related("moves")
    return list(rows.order_by("-sent_at", "-pk"))

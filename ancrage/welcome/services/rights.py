"""What happens to a life project when its person asks for their rights, or its term passes."""

from datetime import datetime

from ancrage.privacy.models import DataSubject
from ancrage.privacy.retention import purges
from ancrage.privacy.rights import Export, erases, exports, rows_told, withdraws
from ancrage.privacy.terms import add_months
from ancrage.welcome.enums import OPEN_STATES, ClosingReason, RequestState
from ancrage.welcome.models import LifeProject, RequestMove, WelcomeRequest
from ancrage.welcome.permissions import PURPOSE, scope_of
from ancrage.welcome.services.projects import forget_project
from ancrage.welcome.services.requests import close_request

# The term of the purpose `concierge`: a test sees that they are equal.
KEPT_MONTHS = 3


@erases("welcome")
def erase_project(*, subject: DataSubject, now: datetime) -> None:
    """Delete the project; of its requests, what was asked of whom and the month remain."""
    for project in LifeProject.objects.filter(subject=subject):
        forget_project(project=project, reason=ClosingReason.NO_LONGER_NEEDED, now=now)


@withdraws("welcome")
def forget_what_was_agreed(
    *, subject: DataSubject, purpose: str, scope: str, now: datetime
) -> None:
    """End what rested on the agreement, at once: with a partner, or with everybody."""
    if purpose != PURPOSE:
        return
    for project in LifeProject.objects.filter(subject=subject):
        if not scope:
            forget_project(project=project, reason=ClosingReason.CONSENT_WITHDRAWN, now=now)
            continue
        states = sorted(OPEN_STATES | {RequestState.GRANTED})
        theirs = project.requests.filter(state__in=states)
        for request in theirs.select_related("partner", "resource").order_by("pk"):
            if scope == scope_of(request.partner):
                close_request(
                    request=request, reason=ClosingReason.CONSENT_WITHDRAWN, by=None, now=now
                )


@exports("welcome")
def export_project(*, subject: DataSubject) -> Export:
    """Hand over the project, what was asked of partners and what they answered."""
    projects = LifeProject.objects.filter(subject=subject)
    requests = WelcomeRequest.objects.filter(project__in=projects)
    return Export(
        tables={
            "projet_de_vie": rows_told(
                projects,
                *("needs", "arrives_on", "leaves_on", "workplace", "max_minutes", "adults"),
                *("child_ages", "has_vehicle", "spouse_profession", "spouse_trade", "shifts"),
                *("max_price_cents", "created_at", "updated_at", "closed_at"),
            ),
            "demandes_d_accueil": rows_told(
                requests,
                *("partner", "resource", "kind", "first_name", "email", "phone"),
                *("starts_on", "ends_on", "granted_from", "granted_to", "places", "child_ages"),
                *("message", "state", "reason", "answer", "sent_at", "answered_at", "ended_at"),
            ),
            "etapes_des_demandes": rows_told(
                RequestMove.objects.filter(request__in=requests),
                *("request_id", "before", "after", "reason", "at"),
            ),
        }
    )


@purges("life_projects")
def forget_old_projects(*, now: datetime) -> int:
    """Forget the projects closed for longer than their term; return how many."""
    old = LifeProject.objects.filter(closed_at__lt=add_months(now, -KEPT_MONTHS))
    count = 0
    for project in old.order_by("pk"):
        forget_project(project=project, reason=ClosingReason.NO_LONGER_NEEDED, now=now)
        count += 1
    return count

"""Reading one's own project: where each need stands, and what answers it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from ancrage.privacy.notices import current_notice
from ancrage.web.access import allowed
from ancrage.web.addresses import offer_address, title_of
from ancrage.web.life_project.own import own_of, own_or_404, requests_of
from ancrage.web.life_project.words import facts_shown, request_shown
from ancrage.web.rendering import render_page
from ancrage.web.undo import undo_offered
from ancrage.web.welcome_answers import needs_shown
from ancrage.welcome.enums import WelcomeKind
from ancrage.welcome.services import PURPOSE, posts_for_spouse


@require_safe
@never_cache
@allowed("life_projects.keep_own")
def own(request: HttpRequest) -> HttpResponse:
    """The whole project; an invitation to open one where there is none."""
    found = own_of(request)
    if found is None or found.project is None:
        invitation = {"own": found, "notice": current_notice(PURPOSE)}
        return render_page(request, "life_project/none.html", invitation)
    project, asked = found.project, requests_of(found.project)
    now, territory = timezone.now(), found.person.territory
    is_open = project.closed_at is None
    spouse = posts_for_spouse(project=project, territory=territory)
    context = {
        "project": project,
        "agrees": found.agrees,
        "is_open": is_open,
        "facts": facts_shown(project),
        "needs": needs_shown(project=project, requests=asked, territory=territory, now=now)
        if is_open
        else [],
        "requests": [request_shown(one, today=timezone.localdate(now)) for one in asked],
        "posts": [(post, offer_address(post), title_of(post)) for post in spouse.posts],
        "employers": spouse.employers,
        "undo_offer": undo_offered(request, "life_project"),
    }
    return render_page(request, "life_project/own.html", context)


@require_safe
@never_cache
@allowed("life_projects.keep_own")
def need(request: HttpRequest, kind: str) -> HttpResponse:
    """One need: the offers that answer it, those that do not, and why."""
    found = own_or_404(request)
    project = found.open_project
    if kind not in project.needs:
        raise Http404
    (shown,) = needs_shown(
        project=project,
        requests=requests_of(project),
        territory=found.person.territory,
        now=timezone.now(),
        kinds=[WelcomeKind(kind)],
    )
    asked = set(
        project.requests.filter(state__in=["sent", "seen", "granted"]).values_list(
            "resource", flat=True
        )
    )
    context = {"need": shown, "asked": asked, "project": project}
    return render_page(request, "life_project/need.html", context)

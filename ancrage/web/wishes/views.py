"""One page: whom one would like to meet, in order; each button says one thing and keeps it."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ancrage.events.enums import PLACED_STATES
from ancrage.events.models import Participant, Party
from ancrage.events.services import (
    forget_wish,
    move_wish,
    refuse,
    wish,
    wishes_are_open,
)
from ancrage.web.personal_links import by_personal_link
from ancrage.web.rendering import render_page, wants_fragment
from ancrage.web.wishes.forms import Act, Said, SayForm, SheetsForm
from ancrage.web.wishes.listing import Choice, choices_of, kept, wanted_in

PER_PAGE = 20


@require_safe
@by_personal_link
def choose(request: HttpRequest, participant: Participant, token: str) -> HttpResponse:
    """The wishes, then the sheets of the other side, the most compatible first."""
    return _answer(request, participant, token)


@require_POST
@by_personal_link
def say(request: HttpRequest, participant: Participant, token: str) -> HttpResponse:
    """Keep one step: wish, move, refuse, forget."""
    form = SayForm(request.POST)
    if not form.is_valid():
        return _answer(request, participant, token, mistake=_("Ce bouton n’est plus valable."))
    about = form.cleaned_data["party"]
    try:
        _do(Act(form.cleaned_data["act"]), participant.party, about)
    except ValidationError as refusal:
        return _answer(request, participant, token, mistake=" ".join(refusal.messages))
    if wants_fragment(request):
        return _answer(request, participant, token, changed=about)
    address = reverse("wishes:choose", kwargs={"token": token})
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    return HttpResponseRedirect(f"{address}{query}#fiche-{about}")


def _do(act: Act, party: Party, about: int) -> None:
    asked: Any = {"party": party, "about": about, "by": None, "now": timezone.now()}
    match act:
        case Act.WISH:
            wish(**asked)
        case Act.UP:
            move_wish(**asked, places=-1)
        case Act.DOWN:
            move_wish(**asked, places=1)
        case Act.REFUSE:
            refuse(**asked)
        case Act.FORGET:
            forget_wish(**asked)


def _answer(
    request: HttpRequest,
    participant: Participant,
    token: str,
    *,
    changed: int | None = None,
    mistake: str = "",
) -> HttpResponse:
    form = SheetsForm(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    choices = choices_of(participant.party) if participant.state in PLACED_STATES else []
    shown = kept(choices, words=asked.get("q", ""), said=asked.get("montrer", ""))
    page = Paginator(shown, PER_PAGE).get_page(request.GET.get("page"))
    wanted = wanted_in(choices)
    context: dict[str, Any] = {
        "participant": participant,
        "event": participant.event,
        "token": token,
        "form": form,
        "choices": choices,
        "wanted": wanted,
        "page": page,
        "is_open": wishes_are_open(event=participant.event, now=timezone.now()),
        "is_alone": participant.party.members.count() == 1,
        "query": request.GET.urlencode(),
        "changed": changed,
        "focused": _focused(changed, list(page.object_list), wanted),
        "announced": _announced(changed, choices),
        "mistake": mistake,
    }
    status = 422 if mistake else 200
    return render_page(request, "wishes/choose.html", context, fragment="results", status=status)


def _focused(changed: int | None, shown: list[Choice], wanted: list[Choice]) -> str:
    """Return which of the two places where a party stands takes the focus back."""
    if any(choice.party == changed for choice in shown):
        return "sheet"
    return "wish" if any(choice.party == changed for choice in wanted) else "list"


def _announced(changed: int | None, choices: list[Choice]) -> str:
    choice = next((one for one in choices if one.party == changed), None)
    if choice is None:
        return ""
    words = {"title": choice.sheet.title, "rank": choice.rank}
    if choice.said == Said.WANTED:
        return _("%(title)s : vœu n° %(rank)d.") % words
    if choice.said == Said.REFUSED:
        return _("%(title)s : à ne pas rencontrer.") % words
    return _("%(title)s : sans avis.") % words

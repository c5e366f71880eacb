"""Changing a draft from a page: done, or why not, without losing what was typed."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ancrage.partners import services
from ancrage.partners.models import Charter
from ancrage.territory.models import Territory
from ancrage.web.conflicts import revision_sent

Act = Callable[[dict[str, Any]], object]


def draft_address(territory: Territory) -> str:
    """Return the address of the draft of a territory."""
    return f"{reverse('charter:draft')}?territoire={territory.slug}"


def change_draft(
    request: HttpRequest,
    charter: Charter,
    act: Act,
    *,
    done: str,
    then: str = "",
    refused: Callable[[], HttpResponse] | None = None,
) -> HttpResponse:
    """Do `act`, which takes charter, revision, by and now; say `done` and go to `then`.

    Whatever stops it is told; `refused` shows again, with its form, what had been typed when
    somebody else changed the draft meanwhile.
    """
    common = {
        "charter": charter,
        "revision": revision_sent(request.POST),
        "by": request.user,
        "now": timezone.now(),
    }
    back = draft_address(charter.territory)
    try:
        act(common)
    except services.CharterChangedMeanwhile:
        messages.warning(
            request,
            _(
                "Quelqu’un a modifié le projet entre-temps : le voici à jour. Rien n’a été"
                " enregistré ; vérifiez, puis recommencez."
            ),
        )
        return refused() if refused is not None else redirect(back)
    except services.CharterFrozen:
        messages.error(request, _("Cette version est publiée : son texte ne change plus."))
    except (services.DraftDiscarded, services.NoSuchCommitment):
        messages.warning(request, _("Ce que vous vouliez modifier a été retiré entre-temps."))
    except services.CharterEmpty:
        messages.error(request, _("Ajoutez au moins un engagement avant de publier."))
    else:
        messages.success(request, done)
        return redirect(then or back)
    return redirect(back)

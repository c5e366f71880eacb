"""What the page of a study of where to put posts prints."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from ancrage.accounts.policy import permitted
from ancrage.demography.enums import Care, SitingGoal, StudyStatus
from ancrage.demography.models import SitingStudy
from ancrage.demography.services.siting import ASIDE, newer_set
from ancrage.web.demography.asked import page_context, study_asked
from ancrage.web.demography.set_words import set_line
from ancrage.web.demography.siting_words import (
    Plan,
    asked_again,
    file_label,
    inputs_of,
    maps_of,
    names_in,
    others_in,
    plans_of,
    side_by_side,
)
from ancrage.web.demography.words import NOT_OPPOSABLE, number, unit_of

GOING_ON = (StudyStatus.WAITING, StudyStatus.RUNNING)
GOALS = tuple(SitingGoal)


@dataclass(frozen=True)
class Progress:
    """How far the search of the proof is.

    Attributes:
        percent: of the whole search, by its time.
        turn: « objectif 2 sur 3 », or that it waits.
        detail: since when, and how far the best answer may be from the best of all.
    """

    percent: int
    turn: str
    detail: str


def study_context(request: HttpRequest, found: SitingStudy) -> dict[str, Any]:
    """Return the answers side by side, their proof, one of them on a map, who gains."""
    names = names_in(found)
    plans = plans_of(found, names)
    chosen = _chosen(request, plans)
    care, newer = Care(found.care), newer_set(found)
    asked = study_asked(request, found)
    return page_context(request, asked) | {
        "study": found,
        "plans": plans,
        "chosen": chosen,
        "others": others_in(found, chosen, names),
        "maps": maps_of(found, chosen, names),
        "goals": [
            (plan.goal.label, f"?objectif={plan.goal.value}#gains", plan is chosen)
            for plan in plans
        ],
        "table": side_by_side(found, plans),
        "again": "&".join(filter(None, (urlencode(asked.kept), asked_again(found)))),
        "inputs": inputs_of(found),
        "files": [file_label(row) for row in found.used],
        "unit": unit_of(care),
        "not_opposable": NOT_OPPOSABLE,
        "progress": progress_of(found, now=timezone.now()),
        "may_keep": _may_keep(request, found),
        "lonely": ", ".join(names.get(code, code) for code in found.alone),
        "is_about_files": True,
        "newer": set_line(newer.facts) if newer else "",
    }


def progress_of(found: SitingStudy, *, now: datetime) -> Progress | None:
    """Return how far the search is; None once it ended."""
    if found.status not in GOING_ON:
        return None
    if not found.turn or found.began_at is None or found.turned_at is None:
        return Progress(0, _("en attente de son tour"), "")
    rank = GOALS.index(SitingGoal(found.turn))
    spent = min((now - found.turned_at).total_seconds() / ASIDE, 1.0)
    said = [_("depuis %(time)s") % {"time": _elapsed(now - found.began_at)}]
    if found.turn_gap is not None:
        said.append(_("écart : %(gap)s %% au plus") % {"gap": number(100 * found.turn_gap, 1)})
    return Progress(
        round(100 * (rank + max(spent, 0.0)) / len(GOALS)),
        _("objectif %(rank)d sur %(count)d, « %(goal)s »")
        % {"rank": rank + 1, "count": len(GOALS), "goal": SitingGoal(found.turn).label},
        " ; ".join(said),
    )


def _elapsed(time: timedelta) -> str:
    """« 42 s », « 1 min 05 s »."""
    minutes, seconds = divmod(max(round(time.total_seconds()), 0), 60)
    if not minutes:
        return _("%(seconds)d s") % {"seconds": seconds}
    return _("%(minutes)d min %(seconds)02d s") % {"minutes": minutes, "seconds": seconds}


def _chosen(request: HttpRequest, plans: list[Plan]) -> Plan:
    wanted = request.GET.get("objectif", "")
    return next((plan for plan in plans if plan.goal.value == wanted), plans[0])


def _may_keep(request: HttpRequest, found: SitingStudy) -> bool:
    rows = permitted(request.user, "sitings.keep", SitingStudy.objects.filter(pk=found.pk))
    return rows.exists()

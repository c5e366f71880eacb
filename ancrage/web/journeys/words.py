"""Journeys in words: sections of the day, reasons to worry, what happened and when."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ancrage.journeys.enums import (
    ContactOutcome,
    FollowUpState,
    ImmersionState,
    MilestoneKind,
    Presence,
)
from ancrage.journeys.models import Journey
from ancrage.journeys.queries import Alert, Lost, Section
from ancrage.training.enums import EnrolmentState, Result

SECTIONS: Mapping[Section, tuple[Promise, Promise]] = {
    Section.LATE: (
        gettext_lazy("En retard"),
        gettext_lazy("À faire par nous, le jour est passé."),
    ),
    Section.TODAY: (gettext_lazy("Aujourd’hui"), gettext_lazy("À faire par nous, ce jour.")),
    Section.REMIND: (
        gettext_lazy("À relancer"),
        gettext_lazy("Quelqu’un d’autre devait agir, et son jour est venu."),
    ),
    Section.WAITING: (
        gettext_lazy("En attente de quelqu’un d’autre"),
        gettext_lazy("Rien à faire avant le jour dit."),
    ),
    Section.COMING: (
        gettext_lazy("Dans les sept jours"),
        gettext_lazy("À faire par nous, bientôt."),
    ),
}
LOST: Mapping[Lost, Promise] = {
    Lost.NOBODY: gettext_lazy("Personne n’est référent"),
    Lost.NEVER: gettext_lazy("Jamais accompagnée"),
    Lost.LATE: gettext_lazy("Action en retard de plus d’un mois"),
    Lost.SILENT: gettext_lazy("Sans échange depuis trois mois"),
}
ALERTS: Mapping[Alert, Promise] = {
    Alert.CALL_WANTED: gettext_lazy("Demande à être rappelé"),
    Alert.BAD_ANSWER: gettext_lazy("Cela se passe mal"),
    Alert.CONTRACT_ENDING: gettext_lazy("Fin de contrat proche"),
    Alert.UNANSWERED: gettext_lazy("Sans réponse au point d’étape"),
}


@dataclass(frozen=True)
class Moment:
    """One line of the timeline."""

    on: date
    title: str
    text: str
    icon: str
    tone: str = ""


def timeline_of(journey: Journey, courses: Iterable[Any]) -> list[Moment]:
    """Return what happened in a journey read by `whole_journey`, with the courses that its person
    follows as `courses_followed` reads them, the newest first."""
    found = [
        *_courses(courses),
        *_contacts(journey),
        *_milestones(journey),
        *_immersions(journey),
        *_posts(journey),
    ]
    return sorted(found, key=lambda moment: moment.on, reverse=True)


def done_by(journey: Journey, courses: Iterable[Any]) -> list[Moment]:
    """Return what the person themselves reads as done, the oldest first."""
    reached = [
        Moment(one.on, str(one.get_kind_display()), "", "flag", "success")
        for one in journey.milestones.all()
    ]
    return sorted([*reached, *_courses(courses)], key=lambda moment: moment.on)


def _courses(courses: Iterable[Any]) -> list[Moment]:
    found = []
    for one in courses:
        course = one.run.course
        what = f"{course.title} – {course.provider.partner.name}"
        confirmed = timezone.localdate(one.confirmed_at)
        told = [(confirmed, _("Place en formation confirmée"), "success")]
        if one.state == EnrolmentState.ATTENDED:
            told.append((one.run.ends_on, _("Formation suivie"), "success"))
        if one.result:
            title = _("Résultat de la formation : %(result)s") % {
                "result": str(one.get_result_display()).lower()
            }
            told.append((one.result_on, title, "" if one.result == Result.FAILED else "success"))
        found += [Moment(on, title, what, "graduation-cap", tone) for on, title, tone in told]
    return found


def _contacts(journey: Journey) -> list[Moment]:
    return [
        Moment(
            contact.on,
            f"{contact.get_kind_display()} · {contact.get_outcome_display()}",
            contact.note,
            "message-circle" if contact.outcome == ContactOutcome.ANSWERED else "phone-missed",
            "success" if contact.outcome == ContactOutcome.ANSWERED else "",
        )
        for contact in journey.contacts.all()
    ]


def _milestones(journey: Journey) -> list[Moment]:
    # What posts say of themselves is told below, with the structure.
    told_by_posts = (MilestoneKind.HIRED, MilestoneKind.LEFT, MilestoneKind.IMMERSED)
    return [
        Moment(one.on, str(one.get_kind_display()), "", "flag", "success")
        for one in journey.milestones.all()
        if one.kind not in told_by_posts
    ]


def _immersions(journey: Journey) -> list[Moment]:
    return [
        Moment(
            one.starts_on,
            f"{one.get_kind_display()} · {one.get_state_display()}",
            " – ".join(part for part in (str(one.partner or ""), one.note) if part),
            "footprints",
            "success" if one.state == ImmersionState.DONE else "",
        )
        for one in journey.immersions.all()
    ]


def _posts(journey: Journey) -> list[Moment]:
    found = []
    for stay in journey.stays.all():
        where = str(stay.partner or _("Hors des structures membres"))
        found.append(Moment(stay.started_on, _("Prise de poste"), where, "briefcase", "success"))
        if stay.ended_on is not None:
            reason = f"{where} – {stay.get_leave_reason_display()}"
            found.append(Moment(stay.ended_on, _("Départ du poste"), reason, "log-out", "error"))
        for one in stay.follow_ups.all():
            if one.state != FollowUpState.ANSWERED or one.answered_on is None:
                continue
            here = one.presence == Presence.HERE
            found.append(
                Moment(
                    one.answered_on,
                    _("Point à %(months)d mois, %(side)s : %(answer)s")
                    % {
                        "months": one.months,
                        "side": str(one.get_side_display()).lower(),
                        "answer": str(one.get_presence_display()).lower(),
                    },
                    " – ".join(
                        str(part) for part in (one.get_rating_display(), one.comment) if part
                    ),
                    "circle-check" if here else "circle-alert",
                    "success" if here else "error",
                )
            )
    return found
